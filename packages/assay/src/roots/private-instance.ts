import { encodeBase64 } from "../encoding/base64.ts";
import { contentOf, type GivenFile } from "../encoding/given-file.ts";
import { encodeUtf8 } from "../encoding/utf8.ts";
import { asCallersFault, AssayError, reworded } from "../core/error.ts";
import { isLoopback, webUrl } from "../network/url.ts";
import { readPublicKey } from "../trust/public-key-file.ts";
import { parsePublicKey } from "../trust/public-key.ts";
import type { Certificate } from "../trust/x509/certificate.ts";
import { readIssuingChain, readTimestampingChain } from "./authority-chain.ts";
import { keyDetails, logIdOf } from "./log-facts.ts";

/** What the operator of a private Sigstore knows about it. */
export interface PrivateInstance {
  readonly certificateAuthority: AuthorityFacts;
  readonly log: LogFacts & {
    /** 1: Rekor; 2: the tile-backed one. By default 2 for an Ed25519 key, else 1. */
    readonly version?: 1 | 2 | undefined;
    /** The name in a version 2 log's checkpoints; by default the host of its URL. */
    readonly origin?: string | undefined;
  };
  readonly ctLog: LogFacts;
  readonly timestampAuthority?: AuthorityFacts | undefined;
  /** URL of the identity provider: with one, the result can sign and not only verify. */
  readonly issuer?: string | undefined;
  /** Since when all of it is in use; by default since the certificate authority's certificate is valid. */
  readonly validFrom?: Date | undefined;
}

/** A certificate authority or timestamp authority of a private instance. */
export interface AuthorityFacts {
  readonly url: string;
  /** Files with the certificates from its own up to the root, PEM or DER. */
  readonly chain: readonly GivenFile[];
}

/** A log of a private instance. */
export interface LogFacts {
  readonly url: string;
  /** Its public key, PEM or DER. */
  readonly key: GivenFile;
}

type Json = string | number | readonly Json[] | { readonly [name: string]: Json };

/**
 * Writes down whom to trust in a private instance, as JSON: a trusted root, or, where an identity
 * provider is named, a `ClientTrustConfig` with a signing configuration beside it. Everything given is
 * checked first.
 *
 * Throws USAGE for a malformed URL, and for a version 2 log without a timestamp authority; for keys
 * KEY_INVALID, PEM_INVALID, ALGORITHM_FORBIDDEN, ALGORITHM_UNKNOWN; for chains what
 * `readIssuingChain` and `readTimestampingChain` throw. The message says which part it is about.
 */
export async function describeInstance(instance: PrivateInstance, now: Date): Promise<Uint8Array> {
  const { certificateAuthority, log, ctLog, timestampAuthority, issuer } = instance;
  for (const url of [certificateAuthority.url, log.url, ctLog.url, timestampAuthority?.url, issuer]) if (url !== undefined) webUrl(url);
  // A token travels to these two at signing: without TLS it would be refused then.
  for (const [url, what] of [
    [certificateAuthority.url, "certificate authority"],
    [issuer, "identity provider"],
  ] as const) {
    if (url !== undefined) requireTls(url, what);
  }
  const chain = await about("certificate authority's chain", () => readIssuingChain(certificateAuthority.chain, now));
  const tsaChain =
    timestampAuthority && (await about("timestamp authority's chain", () => readTimestampingChain(timestampAuthority.chain, now)));
  const logKey = await about("log's key", () => parsePublicKey(readPublicKey(contentOf(log.key))));
  const ctKey = await about("certificate log's key", () => parsePublicKey(readPublicKey(contentOf(ctLog.key))));
  if (ctKey.kind === "ed25519") {
    throw new AssayError(
      "KEY_INVALID",
      "the certificate log's key is refused: it is Ed25519, and certificate logs sign with ECDSA or RSA (RFC 6962)",
    );
  }
  const version = log.version ?? (logKey.kind === "ed25519" ? 2 : 1);
  if (version === 2 && timestampAuthority === undefined) {
    throw new AssayError("USAGE", "a log of version 2 proves no time: an instance with one needs a timestamp authority", {
      remedy: "name-timestamp-authority-or-log-version",
    });
  }
  const validFor = { start: rfc3339(instance.validFrom ?? chain[0]?.notBefore ?? now) };
  const logJson = (url: string, key: typeof logKey, id: Uint8Array): Json => ({
    baseUrl: url,
    hashAlgorithm: "SHA2_256",
    publicKey: { rawBytes: encodeBase64(key.spki), keyDetails: keyDetails(key), validFor },
    logId: { keyId: encodeBase64(id) },
  });
  const trustedRoot: Json = {
    mediaType: "application/vnd.dev.sigstore.trustedroot+json;version=0.1",
    tlogs: [logJson(log.url, logKey, logIdOf(logKey, version, log.origin ?? webUrl(log.url).hostname))],
    certificateAuthorities: [authorityJson(certificateAuthority.url, chain, validFor)],
    ctlogs: [logJson(ctLog.url, ctKey, logIdOf(ctKey, 1, ""))],
    timestampAuthorities: tsaChain && timestampAuthority ? [authorityJson(timestampAuthority.url, tsaChain, validFor)] : [],
  };
  if (issuer === undefined) return toBytes(trustedRoot);
  const service = (url: string, majorApiVersion: number): Json => [
    { url, majorApiVersion, validFor, operator: webUrl(certificateAuthority.url).hostname },
  ];
  return toBytes({
    mediaType: "application/vnd.dev.sigstore.clienttrustconfig.v0.1+json",
    trustedRoot,
    signingConfig: {
      mediaType: "application/vnd.dev.sigstore.signingconfig.v0.2+json",
      caUrls: service(certificateAuthority.url, 1),
      oidcUrls: service(issuer, 1),
      rekorTlogUrls: service(log.url, version),
      ...(timestampAuthority === undefined ? {} : { tsaUrls: service(timestampAuthority.url, 1) }),
      rekorTlogConfig: { selector: "ANY" },
      ...(timestampAuthority === undefined ? {} : { tsaConfig: { selector: "ANY" } }),
    },
  });
}

function requireTls(url: string, what: string): void {
  const parsed = webUrl(url);
  if (parsed.protocol === "https:" || isLoopback(parsed)) return;
  throw new AssayError(
    "USAGE",
    `the ${what} ${url} is reached without TLS: identity tokens travel there, and no client sends one over http`,
    {
      hint: "give its https address",
    },
  );
}

function authorityJson(uri: string, chain: readonly Certificate[], validFor: Json): Json {
  const root = chain.at(-1);
  const attribute = (oid: string): string => root?.subject.rdns.flat().find((found) => found.oid === oid)?.text ?? "";
  return {
    subject: { organization: attribute("2.5.4.10"), commonName: attribute("2.5.4.3") },
    uri,
    certChain: { certificates: chain.map(({ der }) => ({ rawBytes: encodeBase64(der) })) },
    validFor,
  };
}

/** Says which of the files a fault is in. */
async function about<Value>(what: string, read: () => Value | Promise<Value>): Promise<Value> {
  try {
    return await read();
  } catch (error) {
    if (!(error instanceof AssayError)) throw error;
    throw asCallersFault(reworded(error, `the ${what} is refused: ${error.message}`));
  }
}

/** To the second: the form that the public instances use. */
function rfc3339(date: Date): string {
  return date.toISOString().replace(/\.\d+Z$/u, "Z");
}

function toBytes(document: Json): Uint8Array {
  return encodeUtf8(`${JSON.stringify(document, undefined, 2)}\n`);
}
