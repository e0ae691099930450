import { createHash, createHmac } from "node:crypto";
import type { OwnRequest } from "../remote/remote-server.ts";

/** What proves a caller to AWS, and to what speaks its protocol. */
export interface AwsCredentials {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  /** Of credentials that were lent for a while. */
  readonly sessionToken: string | undefined;
}

/** Where and when a request is signed. */
export interface SigningScope {
  readonly region: string;
  readonly date: Date;
}

const NO_BODY = sha256("");

/**
 * The headers that sign a request without a body to S3: AWS Signature Version 4 ("Authenticating Requests: Using the
 * Authorization Header" in the reference of S3). All headers of the request are signed, and the host.
 *
 * The path and query of the URL are encoded as `encodeAws` does it.
 */
export function signRequest(
  { method, url, headers }: OwnRequest,
  { accessKeyId, secretAccessKey, sessionToken }: AwsCredentials,
  { region, date }: SigningScope,
): Readonly<Record<string, string>> {
  const time = date.toISOString().replace(/[:-]|\.\d{3}/g, "");
  const day = time.slice(0, 8);
  const own: Record<string, string> = {
    "x-amz-content-sha256": NO_BODY,
    "x-amz-date": time,
    ...(sessionToken === undefined ? {} : { "x-amz-security-token": sessionToken }),
  };
  const signed = Object.entries({ ...headers, ...own, host: url.host })
    .map(([name, value]) => [name.toLowerCase(), value.trim().replace(/ +/g, " ")] as const)
    .toSorted(([a], [b]) => order(a, b));
  const names = signed.map(([name]) => name).join(";");
  const canonical = [
    method,
    url.pathname,
    canonicalQuery(url),
    ...signed.map(([name, value]) => `${name}:${value}`),
    "",
    names,
    NO_BODY,
  ].join("\n");
  const scope = `${day}/${region}/s3/aws4_request`;
  const key = [day, region, "s3", "aws4_request"].reduce<string | Buffer>(
    (secret, part) => createHmac("sha256", secret).update(part).digest(),
    `AWS4${secretAccessKey}`,
  );
  const signature = createHmac("sha256", key)
    .update(`AWS4-HMAC-SHA256\n${time}\n${scope}\n${sha256(canonical)}`)
    .digest("hex");
  return {
    ...own,
    authorization: `AWS4-HMAC-SHA256 Credential=${accessKeyId}/${scope}, SignedHeaders=${names}, Signature=${signature}`,
  };
}

/** UriEncode of the specification: all but letters, digits, `-`, `.`, `_` and `~`. */
export function encodeAws(text: string): string {
  return encodeURIComponent(text).replace(/[!'()*]/g, (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`);
}

function canonicalQuery({ search }: URL): string {
  return search
    .slice(1)
    .split("&")
    .filter((pair) => pair !== "")
    .map((pair): readonly [string, string] => {
      const at = pair.indexOf("=");
      return at < 0 ? [pair, ""] : [pair.slice(0, at), pair.slice(at + 1)];
    })
    .toSorted(([a, x], [b, y]) => order(a, b) || order(x, y))
    .map(([name, value]) => `${name}=${value}`)
    .join("&");
}

function order(a: string, b: string): number {
  if (a === b) return 0;
  return a < b ? -1 : 1;
}

function sha256(text: string): string {
  return createHash("sha256").update(text).digest("hex");
}
