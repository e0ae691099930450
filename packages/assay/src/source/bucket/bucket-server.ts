import { asAssayError, AssayError } from "../../core/error.ts";
import { childText, parseXml } from "../../encoding/xml.ts";
import { plainServerText } from "../../network/server-text.ts";
import type { Refusal, RemoteServer } from "../remote/remote-server.ts";
import type { AwsAccount } from "./aws-account.ts";
import { signRequest, type AwsCredentials } from "./sign-request.ts";
import { awsDomain } from "./web-identity.ts";

/** A bucket as one region has it. */
export interface BucketServer extends RemoteServer {
  readonly region: string;
  /** The region that the server said the bucket is in, where that is another one. */
  readonly otherRegion: () => string | undefined;
}

/** Part of the name of a host: names with dots would need a certificate of their own. */
const HOST_PART = /^[a-z0-9](?:[a-z0-9-]{1,61})[a-z0-9]$/;
const REGION = /^[a-z0-9-]{1,40}$/;

/**
 * The server of a bucket. Requests are signed for its own origin; a server that names another region is believed in that alone: the
 * host is made of the region's name here, and is never one that the server gives.
 */
export function bucketServer(bucket: string, account: AwsAccount, region: string): BucketServer {
  const endpoint = endpointOf(bucket, account.endpoint, region);
  let last: AwsCredentials | undefined;
  let otherRegion: string | undefined;
  const secrets = (): string[] => [last?.accessKeyId, last?.secretAccessKey, last?.sessionToken].filter((secret) => secret !== undefined);
  return {
    endpoint,
    region,
    title: "the bucket's server",
    fileServer: "another server",
    otherRegion: () => otherRegion,
    async credentials(request) {
      if (account.credentials === undefined) return {};
      last = await account.credentials();
      return signRequest(request, last, { region, date: new Date() });
    },
    secrets,
    isRefusal: ({ headers }) => headers.has("x-amz-bucket-region"),
    refusal(refused) {
      const said = readError(refused.body, secrets());
      const named = refused.headers.get("x-amz-bucket-region") ?? said.region;
      const isOfRegion = [301, 307, 400].includes(refused.status) && named !== undefined && named !== region;
      if (isOfRegion && REGION.test(named)) {
        otherRegion = named;
        return new AssayError(
          "SERVER_ANSWER",
          `${endpoint.host} says that the bucket ${bucket} is in the region ${named}, and not in ${region}`,
          {
            hint: "set AWS_REGION",
          },
        );
      }
      return bucketRefusal(bucket, endpoint.host, refused, said, account);
    },
    limitRemedy: "wait-for-server",
  };
}

function endpointOf(bucket: string, own: URL | undefined, region: string): URL {
  if (own !== undefined) return withBucket(own, bucket);
  const host = `s3.${region}.${awsDomain(region)}`;
  return HOST_PART.test(bucket) ? new URL(`https://${bucket}.${host}/`) : withBucket(new URL(`https://${host}/`), bucket);
}

function withBucket(base: URL, bucket: string): URL {
  const url = new URL(base);
  url.pathname = `${url.pathname.replace(/\/+$/, "")}/${bucket}`;
  return url;
}

/** What the body of a refusal says: error responses of S3. */
interface SaidError {
  readonly code: string | undefined;
  readonly region: string | undefined;
  /** Cleaned. */
  readonly words: string;
}

function readError(body: Uint8Array, secrets: readonly string[]): SaidError {
  try {
    const error = parseXml(body, { what: "an error", code: "SERVER_ANSWER", maxElements: 100 });
    const text = (name: string): string | undefined => childText(error, name, unreadable);
    const words = plainServerText(text("Message") ?? "", { secrets });
    return { code: text("Code"), region: text("Region"), words: words === "" ? "" : `: ${words}` };
  } catch (thrown) {
    if (asAssayError(thrown).code !== "SERVER_ANSWER") throw thrown;
    return { code: undefined, region: undefined, words: "" };
  }
}

function unreadable(why: string): never {
  throw new AssayError("SERVER_ANSWER", why);
}

/** Undefined: as the status says for every server. */
function bucketRefusal(
  bucket: string,
  host: string,
  { status, what }: Refusal,
  { code = "", words }: SaidError,
  { credentials, withoutCredentials }: AwsAccount,
): AssayError | undefined {
  const denied = (why: string): AssayError => {
    const message = `${host} does not give ${what} (status ${status}): ${why}`;
    if (withoutCredentials !== undefined) return new AssayError("REMOTE_DENIED", message, { hint: withoutCredentials });
    return new AssayError("REMOTE_DENIED", message, { remedy: "give-bucket-credentials" });
  };
  if (status === 412 || code === "NoSuchKey") {
    return new AssayError("REMOTE_CHANGED", `${what} was replaced or removed after ${host} listed it`);
  }
  if (code === "NoSuchBucket") return new AssayError("REMOTE_NOT_FOUND", `${host} has no bucket ${bucket}`);
  if (code === "SlowDown" || code === "RequestLimitExceeded") {
    return new AssayError("REMOTE_LIMIT", `${host} limits requests (status ${status})${words}`, { remedy: "wait-for-server" });
  }
  if (code === "InvalidObjectState") {
    return new AssayError("REMOTE_DENIED", `${what} is archived, and ${host} does not give it before it is restored`);
  }
  const why = DENIALS.get(code);
  if (why !== undefined) return denied(why);
  if (status === 401 || status === 403) {
    const isSigned = credentials !== undefined;
    return denied(
      isSigned
        ? "the credentials may not read it, or it does not exist"
        : "it is private or does not exist, and the request was not signed",
    );
  }
  if (words === "" || status === 404 || status >= 500) return undefined;
  return new AssayError("SERVER_ANSWER", `${host} answers the request for ${what} with status ${status}${words}`);
}

/** Error codes of S3 that are about the credentials. */
const DENIALS: ReadonlyMap<string, string> = new Map([
  ["InvalidAccessKeyId", "it does not know the access key"],
  ["SignatureDoesNotMatch", "the secret key is not that of the access key"],
  ["ExpiredToken", "the credentials have expired"],
  ["InvalidToken", "the session token is not valid"],
  ["TokenRefreshRequired", "the session token must be renewed"],
  ["RequestTimeTooSkewed", "this machine's clock is wrong"],
]);
