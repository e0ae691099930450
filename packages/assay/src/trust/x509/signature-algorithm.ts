import { AssayError } from "../../error.ts";
import { contextTag, type DerReader, type DerValue, invalid, TAG } from "../../encoding/der.ts";
import { readOid, readSmallInteger } from "../../encoding/der-values.ts";
import type { Hash, SignatureScheme } from "../signature.ts";

const RSA_PSS = "1.2.840.113549.1.1.10";
const MGF1 = "1.2.840.113549.1.1.8";
const ED25519 = "1.3.101.112";

const ECDSA: ReadonlyMap<string, Hash> = new Map([
  ["1.2.840.10045.4.3.2", "SHA-256"],
  ["1.2.840.10045.4.3.3", "SHA-384"],
  ["1.2.840.10045.4.3.4", "SHA-512"],
]);

const RSA: ReadonlyMap<string, Hash> = new Map([
  ["1.2.840.113549.1.1.11", "SHA-256"],
  ["1.2.840.113549.1.1.12", "SHA-384"],
  ["1.2.840.113549.1.1.13", "SHA-512"],
]);

const HASHES: ReadonlyMap<string, Hash> = new Map([
  ["2.16.840.1.101.3.4.2.1", "SHA-256"],
  ["2.16.840.1.101.3.4.2.2", "SHA-384"],
  ["2.16.840.1.101.3.4.2.3", "SHA-512"],
]);

const FORBIDDEN: ReadonlyMap<string, string> = new Map([
  ["1.2.840.113549.1.1.2", "MD2 with RSA"],
  ["1.2.840.113549.1.1.4", "MD5 with RSA"],
  ["1.2.840.113549.1.1.5", "SHA-1 with RSA"],
  ["1.2.840.113549.1.1.14", "SHA-224 with RSA"],
  ["1.2.840.10040.4.3", "SHA-1 with DSA"],
  ["2.16.840.1.101.3.4.3.2", "SHA-256 with DSA"],
  ["1.2.840.10045.4.1", "SHA-1 with ECDSA"],
  ["1.2.840.10045.4.3.1", "SHA-224 with ECDSA"],
]);

/**
 * How a certificate says that it is signed: its AlgorithmIdentifier, RFC 5280 section 4.1.1.2 with
 * RFC 5758, RFC 4055 and RFC 8410.
 *
 * Throws ALGORITHM_FORBIDDEN for what is known to be too weak, ALGORITHM_UNKNOWN for what is not known.
 */
export function readSignatureAlgorithm(value: DerValue): SignatureScheme {
  const fields = value.in(TAG.sequence);
  const oid = readOid(fields.next());
  const weak = FORBIDDEN.get(oid);
  if (weak !== undefined) throw new AssayError("ALGORITHM_FORBIDDEN", `a certificate is signed by ${weak}, which proves nothing any more`);
  const ecdsa = ECDSA.get(oid);
  if (ecdsa !== undefined) {
    fields.end();
    return { kind: "ecdsa", hash: ecdsa };
  }
  const rsa = RSA.get(oid);
  if (rsa !== undefined) {
    if (fields.next(TAG.null).content.length !== 0) throw invalid("a NULL with content");
    fields.end();
    return { kind: "rsa-pkcs1v15", hash: rsa };
  }
  if (oid === ED25519) {
    fields.end();
    return { kind: "ed25519" };
  }
  if (oid === RSA_PSS) return readPss(fields);
  throw new AssayError("ALGORITHM_UNKNOWN", `a certificate is signed by the algorithm ${oid}, which is not known here`);
}

/** The scheme of an anchor's signature on itself, where SHA-1 is let through: it proves nothing, it only tells roots from others. */
export function isSha1(value: DerValue): "ecdsa" | "rsa-pkcs1v15" | undefined {
  const oid = readOid(value.in(TAG.sequence).next());
  if (oid === "1.2.840.10045.4.1") return "ecdsa";
  return oid === "1.2.840.113549.1.1.5" ? "rsa-pkcs1v15" : undefined;
}

/** RFC 4055 section 3.1; the defaults are SHA-1, so that leaving a field out is forbidden too. */
function readPss(fields: DerReader): SignatureScheme {
  const parameters = fields.next().in(TAG.sequence);
  fields.end();
  const hash = readHash(parameters.optional(contextTag(0, true))?.children());
  const mask = parameters.optional(contextTag(1, true))?.children().next().in(TAG.sequence);
  const maskHash = mask !== undefined && readOid(mask.next()) === MGF1 ? readHash(mask) : undefined;
  const salt = parameters.optional(contextTag(2, true))?.children().next();
  const trailer = parameters.optional(contextTag(3, true))?.children().next();
  parameters.end();
  if (hash === undefined || maskHash !== hash || (trailer !== undefined && readSmallInteger(trailer) !== 1)) {
    throw new AssayError("ALGORITHM_FORBIDDEN", "a certificate is signed by RSA-PSS with SHA-1, two different hashes, or another trailer");
  }
  return { kind: "rsa-pss", hash, saltLength: salt === undefined ? 20 : readSmallInteger(salt) };
}

function readHash(fields: DerReader | undefined): Hash | undefined {
  return fields === undefined ? undefined : HASHES.get(readOid(fields.next().in(TAG.sequence).next()));
}
