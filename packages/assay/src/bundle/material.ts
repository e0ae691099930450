import type { JsonNode } from "../encoding/json.ts";
import type { SigstoreBundle, VerificationMaterial } from "./bundle.ts";
import { type LogEntry, readLogEntry } from "./log-entry.ts";

const KINDS = ["publicKey", "x509CertificateChain", "certificate"] as const;

/** More than any bundle has; what comes in larger numbers is there to fill the memory. */
const MAX_CERTIFICATES = 1000;
const MAX_TIMESTAMPS = 32;
/** Each costs several signatures to verify; Sigstore's clients stop at the same number. */
const MAX_TLOG_ENTRIES = 32;

/**
 * The bundle's `verificationMaterial`: exactly one way of naming the signer, and the log entries and
 * timestamps beside it. Unknown fields are ignored, absent and null mean the same.
 * https://github.com/sigstore/protobuf-specs/blob/main/protos/sigstore_bundle.proto
 *
 * @throws BUNDLE_MATERIAL, BUNDLE_SHAPE, BUNDLE_BASE64
 */
export function readMaterial(node: JsonNode): Pick<SigstoreBundle, "material" | "tlogEntries" | "timestamps"> {
  return { material: readSigner(node), tlogEntries: readTlogEntries(node), timestamps: readTimestamps(node) };
}

function readSigner(node: JsonNode): VerificationMaterial {
  const present = KINDS.filter((kind) => node.optional(kind) !== undefined);
  const [kind] = present;
  if (kind === undefined || present.length > 1) {
    const found = present.length === 0 ? "none" : present.join(" and ");
    return node.fail(`"${node.path}" should hold exactly one of ${KINDS.join(", ")}; found ${found}`, "BUNDLE_MATERIAL");
  }
  const material = node.require(kind);
  if (kind === "publicKey") {
    return { kind, hint: material.optional("hint")?.string(), rawBytes: material.optional("rawBytes")?.base64("BUNDLE_BASE64") };
  }
  if (kind === "certificate") return { kind, certificate: readCertificate(material) };
  return { kind, certificates: readChain(material.require("certificates")) };
}

function readChain(list: JsonNode): Uint8Array[] {
  const certificates: Uint8Array[] = [];
  for (const certificate of list.elements()) {
    if (certificates.length === MAX_CERTIFICATES) {
      list.fail(`"${list.path}" holds more than ${MAX_CERTIFICATES} certificates`, "BUNDLE_MATERIAL");
    }
    certificates.push(readCertificate(certificate));
  }
  return certificates.length > 0 ? certificates : list.fail(`"${list.path}" holds no certificate`, "BUNDLE_MATERIAL");
}

function readCertificate(node: JsonNode): Uint8Array {
  const rawBytes = node.require("rawBytes");
  const der = rawBytes.base64("BUNDLE_BASE64");
  return der.length > 0 ? der : rawBytes.fail(`"${rawBytes.path}" is empty, expected a certificate`);
}

function readTlogEntries(node: JsonNode): LogEntry[] {
  const list = node.optional("tlogEntries");
  if (list === undefined) return [];
  const entries: LogEntry[] = [];
  for (const entry of list.elements()) {
    if (entries.length === MAX_TLOG_ENTRIES) list.fail(`"${list.path}" holds more than ${MAX_TLOG_ENTRIES} log entries`);
    entries.push(readLogEntry(entry.object(), "BUNDLE_BASE64"));
  }
  return entries;
}

function readTimestamps(node: JsonNode): Uint8Array[] {
  const list = node.optional("timestampVerificationData")?.optional("rfc3161Timestamps");
  if (list === undefined) return [];
  const timestamps: Uint8Array[] = [];
  for (const timestamp of list.elements()) {
    if (timestamps.length === MAX_TIMESTAMPS) list.fail(`"${list.path}" holds more than ${MAX_TIMESTAMPS} timestamps`);
    timestamps.push(timestamp.require("signedTimestamp").base64("BUNDLE_BASE64"));
  }
  return timestamps;
}
