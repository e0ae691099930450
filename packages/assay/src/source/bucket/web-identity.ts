import { AssayError } from "../../core/error.ts";
import { decodeUtf8 } from "../../encoding/utf8.ts";
import { childText, parseXml, type XmlElement } from "../../encoding/xml.ts";
import { readBounded } from "../../files/read-bounded.ts";
import { httpClient } from "../../network/http.ts";
import { isLoopback } from "../../network/url.ts";
import type { RemoteAccess } from "../remote/remote-server.ts";
import type { AwsCredentials } from "./sign-request.ts";

/** A role that is assumed with the token of an identity provider, as in a CI job or a cluster. */
export interface WebIdentity {
  readonly tokenFile: string;
  /** The ARN of the role. */
  readonly role: string;
  readonly session: string | undefined;
  readonly region: string;
  /** Of the security token service; undefined: that of AWS in the region. */
  readonly endpoint: URL | undefined;
}

/** Credentials are renewed when they have less than this left. */
const MARGIN_MS = 5 * 60_000;
const WHAT = "the answer of the security token service";

/**
 * Credentials by AssumeRoleWithWebIdentity (AWS Security Token Service, version 2011-06-15), renewed before they expire. The token
 * is read anew each time: what issues it replaces the file.
 *
 * Throws USAGE, FILE_NOT_FOUND, FILE_UNREADABLE, REMOTE_DENIED, SERVER_UNREACHABLE, SERVER_ANSWER, ABORTED.
 */
export function webIdentity(identity: WebIdentity, access: RemoteAccess): () => Promise<AwsCredentials> {
  const { region, endpoint = new URL(`https://sts.${region}.${awsDomain(region)}/`) } = identity;
  if (endpoint.protocol !== "https:" && !isLoopback(endpoint)) {
    throw new AssayError("USAGE", `an identity token is not sent to ${endpoint.host} without TLS`);
  }
  let known: Promise<AwsCredentials & { readonly expires: number }> | undefined;
  let renewAt = 0;
  return async () => {
    if (known === undefined || Date.now() > renewAt) {
      renewAt = Infinity;
      known = assume(identity, endpoint, access);
      known.then(
        ({ expires }) => (renewAt = expires - MARGIN_MS),
        () => (known = undefined),
      );
    }
    return known;
  };
}

/** The domain of AWS in a region. */
export function awsDomain(region: string): string {
  return region.startsWith("cn-") ? "amazonaws.com.cn" : "amazonaws.com";
}

async function assume(
  { tokenFile, role, session }: WebIdentity,
  endpoint: URL,
  access: RemoteAccess,
): Promise<AwsCredentials & { readonly expires: number }> {
  const token = decodeUtf8(readBounded(tokenFile, "web identity token", 64 * 1024), "USAGE", `the token in ${tokenFile}`).trim();
  const client = httpClient({
    ...(access.signal === undefined ? {} : { signal: access.signal }),
    ...(access.environment === undefined ? {} : { environment: access.environment }),
    ...(access.userAgent === undefined ? {} : { userAgent: access.userAgent }),
    maxBytes: 256 * 1024,
  });
  const body = new URLSearchParams({
    Action: "AssumeRoleWithWebIdentity",
    Version: "2011-06-15",
    RoleArn: role,
    RoleSessionName: session ?? "assay",
    WebIdentityToken: token,
  });
  const answer = await client.request({
    url: endpoint.href,
    method: "POST",
    headers: { "content-type": "application/x-www-form-urlencoded" },
    body: Buffer.from(body.toString()),
    service: "the security token service",
    isSecret: true,
  });
  if (answer.status !== 200) {
    const message = `${endpoint.host} does not give credentials for the role of the web identity (status ${answer.status})`;
    throw new AssayError("REMOTE_DENIED", message, { hint: "check AWS_ROLE_ARN, and that the role trusts the issuer of the token" });
  }
  return credentialsIn(parseXml(answer.body, { what: WHAT, code: "SERVER_ANSWER" }));
}

function credentialsIn(document: XmlElement): AwsCredentials & { readonly expires: number } {
  const result = document.children.find(({ name }) => name === "AssumeRoleWithWebIdentityResult");
  const given = result?.children.find(({ name }) => name === "Credentials") ?? refuse("it has no Credentials");
  const text = (name: string): string => {
    const value = childText(given, name, refuse)?.trim() ?? "";
    return /^[\x21-\x7e]{1,8192}$/.test(value) ? value : refuse(`its ${name} is missing or cannot be one`);
  };
  const expires = Date.parse(text("Expiration"));
  if (Number.isNaN(expires)) refuse("its Expiration is not a time");
  return { accessKeyId: text("AccessKeyId"), secretAccessKey: text("SecretAccessKey"), sessionToken: text("SessionToken"), expires };
}

function refuse(why: string): never {
  throw new AssayError("SERVER_ANSWER", `${WHAT} is not as expected: ${why}`);
}
