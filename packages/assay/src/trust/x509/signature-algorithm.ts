import { AssayError } from "../../core/error.ts";
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

/** id-sha256, id-sha384 and id-sha512: RFC 5754 section 2. */
export const HASH_OIDS: ReadonlyMap<string, Hash> = new Map([
  ["2.16.840.1.101.3.4.2.1", "SHA-256"],
  ["2.16.840.1.101.3.4.2.2", "SHA-384"],
  ["2.16.840.1.101.3.4.2.3", "SHA-512"],
]);

const FORBIDDEN: ReadonlyMap<string, string> = new Map([
  ["1.2.840.113549.1.1.2", "MD2 with RSA"],
  ["1.2.840.113549.1.1.3", "MD4 with RSA"],
  ["1.3.14.3.2.3", "MD5 with RSA"],
  ["1.3.14.3.2.29", "SHA-1 with RSA"],
  ["1.3.14.3.2.27", "SHA-1 with DSA"],
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
  mustNotBeWeak(value);
  const oid = readOid(fields.next());
  const ecdsa = ECDSA.get(oid);
  if (ecdsa !== undefined) {
    fields.end();
    return { kind: "ecdsa", hash: ecdsa };
  }
  const rsa = RSA.get(oid);
  if (rsa !== undefined) {
    // RFC 4055 section 5: the parameters are NULL, and readers take them absent as well.
    if (!fields.isAtEnd) readNull(fields);
    fields.end();
    return { kind: "rsa-pkcs1v15", hash: rsa };
  }
  if (oid === ED25519) {
    fields.end();
    return { kind: "ed25519" };
  }
  if (oid === RSA_PSS) return readPss(fields);
  throw new AssayError("ALGORITHM_UNKNOWN", `a certificate is signed by the algorithm ${oid}, which is unsupported`);
}

/** Throws ALGORITHM_FORBIDDEN where the algorithm is known to be too weak, for a signature that is not verified here. */
export function mustNotBeWeak(value: DerValue): void {
  const weak = FORBIDDEN.get(readOid(value.in(TAG.sequence).next()));
  if (weak !== undefined) throw new AssayError("ALGORITHM_FORBIDDEN", `a certificate is signed by ${weak}, which is no longer secure`);
}

/** The scheme of a signature with SHA-1, which only a root may have made, on itself: see `isSelfSigned`. */
export function sha1Scheme(value: DerValue): "ecdsa" | "rsa-pkcs1v15" | undefined {
  const oid = readOid(value.in(TAG.sequence).next());
  if (oid === "1.2.840.10045.4.1") return "ecdsa";
  return oid === "1.2.840.113549.1.1.5" ? "rsa-pkcs1v15" : undefined;
}

/** RFC 4055 section 3.1; the defaults are SHA-1, so that leaving a field out is forbidden too. */
function readPss(fields: DerReader): SignatureScheme {
  const parameters = fields.next(TAG.sequence).children();
  fields.end();
  const hash = readExplicit(parameters, 0, readHash);
  const maskHash = readExplicit(parameters, 1, readMaskHash);
  const saltLength = readExplicit(parameters, 2, (value) => readSmallInteger(value)) ?? 20;
  const trailer = readExplicit(parameters, 3, (value) => readSmallInteger(value)) ?? 1;
  parameters.end();
  if (hash === undefined || maskHash !== hash) {
    throw new AssayError("ALGORITHM_FORBIDDEN", "a certificate is signed by RSA-PSS with SHA-1, another hash, or two different ones");
  }
  // What no key of 2048 bits or more could hold, and the one trailer that there is.
  if (saltLength > 512 || trailer !== 1) throw invalid("invalid RSA-PSS parameters");
  return { kind: "rsa-pss", hash, saltLength };
}

function readExplicit<Value>(fields: DerReader, number: number, read: (value: DerValue) => Value): Value | undefined {
  const wrapper = fields.optional(contextTag(number, true))?.children();
  if (wrapper === undefined) return undefined;
  const value = read(wrapper.next());
  wrapper.end();
  return value;
}

/** A hash's AlgorithmIdentifier, parameters NULL or absent; undefined for one that is not SHA-2 of 256 bits or more. */
function readHash(value: DerValue): Hash | undefined {
  const fields = value.in(TAG.sequence);
  const hash = HASH_OIDS.get(readOid(fields.next()));
  if (!fields.isAtEnd) readNull(fields);
  fields.end();
  return hash;
}

function readMaskHash(value: DerValue): Hash | undefined {
  const fields = value.in(TAG.sequence);
  if (readOid(fields.next()) !== MGF1) return undefined;
  const hash = readHash(fields.next());
  fields.end();
  return hash;
}

function readNull(fields: DerReader): void {
  if (fields.next(TAG.null).content.length !== 0) throw invalid("a NULL with content");
}
