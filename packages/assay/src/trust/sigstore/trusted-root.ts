import { type JsonNode, parseJson } from "../../encoding/json.ts";
import type { LogKey } from "./log-key.ts";
import { readLogKey } from "./log-key.ts";
import { readTimeRange } from "./time-range.ts";
import type { ValidityPeriod } from "./validity.ts";

/**
 * The keys and certificates of a Sigstore instance, past ones included: what a keyless signature is
 * checked with. Everything in it is trusted, so that it never comes from a bundle.
 * https://github.com/sigstore/protobuf-specs/blob/main/protos/sigstore_trustroot.proto
 */
export interface TrustedRoot {
  /** Transparency logs of signatures (Rekor). */
  readonly logs: readonly TransparencyLog[];
  /** Transparency logs of certificates. */
  readonly ctLogs: readonly TransparencyLog[];
  /** Who issues certificates for identities (Fulcio). */
  readonly certificateAuthorities: readonly CertificateAuthority[];
  readonly timestampAuthorities: readonly CertificateAuthority[];
}

/** A log of a trusted root, with its key and the time for which it counts. */
export interface TransparencyLog {
  readonly baseUrl: string;
  /** What entries and certificate timestamps name the log by. */
  readonly logId: Uint8Array;
  /** What checkpoints name the log's key by: its first four bytes precede each signature. */
  readonly checkpointKeyId: Uint8Array;
  readonly key: LogKey;
  readonly validFor: ValidityPeriod;
}

/** A certificate authority of a trusted root, with its certificates and the time for which it counts. */
export interface CertificateAuthority {
  readonly uri: string;
  /** DER, from the one that signs up to the root, which is last. */
  readonly certificates: readonly Uint8Array[];
  readonly validFor: ValidityPeriod;
}

const MEDIA_TYPES: ReadonlySet<string> = new Set([
  "application/vnd.dev.sigstore.trustedroot+json;version=0.1",
  "application/vnd.dev.sigstore.trustedroot.v0.1+json",
  "application/vnd.dev.sigstore.trustedroot.v0.2+json",
]);

/** A root with history has a few dozen; a bound on what a hostile one costs. */
const MAX_ENTRIES = 256;

/** Reads a `trusted_root.json`, strictly. Throws TRUSTED_ROOT_INVALID and what `parseJson` throws. */
export function readTrustedRoot(bytes: Uint8Array): TrustedRoot {
  return trustedRootFromNode(
    parseJson(bytes, { what: "trusted root", shapeCode: "TRUSTED_ROOT_INVALID", maxDepth: 32, maxValues: 1 << 17 }),
  );
}

/** The same for a part of a larger document, whose shape code should be TRUSTED_ROOT_INVALID. */
export function trustedRootFromNode(node: JsonNode): TrustedRoot {
  const mediaType = node.require("mediaType").string();
  if (!MEDIA_TYPES.has(mediaType)) {
    node.fail(`its media type ${JSON.stringify(mediaType.slice(0, 100))} is not that of a Sigstore trusted root`, "TRUSTED_ROOT_INVALID");
  }
  return {
    logs: readAll(node, "tlogs", readLog),
    ctLogs: readAll(node, "ctlogs", readLog),
    certificateAuthorities: readAll(node, "certificateAuthorities", readAuthority),
    timestampAuthorities: readAll(node, "timestampAuthorities", readAuthority),
  };
}

function readAll<Item>(root: JsonNode, name: string, read: (node: JsonNode) => Item): Item[] {
  const items: Item[] = [];
  for (const node of root.optional(name)?.elements() ?? []) {
    if (items.length === MAX_ENTRIES) root.fail(`"${name}" holds more than ${MAX_ENTRIES} elements`);
    items.push(read(node));
  }
  return items;
}

function readLog(node: JsonNode): TransparencyLog {
  const publicKey = node.require("publicKey");
  const logId = node.require("logId").require("keyId").base64("TRUSTED_ROOT_INVALID");
  return {
    baseUrl: node.optional("baseUrl")?.string() ?? "",
    logId,
    checkpointKeyId: node.optional("checkpointKeyId")?.optional("keyId")?.base64("TRUSTED_ROOT_INVALID") ?? logId,
    key: readLogKey(publicKey),
    validFor: readTimeRange(publicKey.require("validFor")),
  };
}

function readAuthority(node: JsonNode): CertificateAuthority {
  const list = node.require("certChain").require("certificates");
  const certificates = Array.from(list.elements(), (certificate) => certificate.require("rawBytes").base64("TRUSTED_ROOT_INVALID"));
  if (certificates.length === 0) list.fail(`"${list.path}" holds no certificate`);
  return { uri: node.optional("uri")?.string() ?? "", certificates, validFor: readTimeRange(node.require("validFor")) };
}
