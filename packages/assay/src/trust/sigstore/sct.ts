import { concatenate, sameBytes } from "../../encoding/bytes.ts";
import { readDer, TAG, refusingDer } from "../../encoding/der.ts";
import { AssayError } from "../../core/error.ts";
import type { Certificate } from "../x509/certificate.ts";
import { digestOfBytes } from "../digest.ts";
import { parsePublicKey } from "../public-key.ts";
import { verifyByLogKey } from "./log-key.ts";
import { SCT_LIST, withoutSctList } from "./precertificate.ts";
import { TlsReader } from "./tls-reader.ts";
import type { TransparencyLog } from "./trusted-root.ts";
import { covers } from "./validity.ts";

/** A signed certificate timestamp, version 1: RFC 6962 section 3.2. */
export interface SignedCertificateTimestamp {
  readonly logId: Uint8Array;
  /** Milliseconds since 1970, 8 octets. */
  readonly timestamp: Uint8Array;
  /** Empty, or the leaf index that logs with static tiles put here; part of what is signed. */
  readonly extensions: Uint8Array;
  readonly hashAlgorithm: number;
  readonly signatureAlgorithm: number;
  readonly signature: Uint8Array;
}

/** What of the known logs a certificate was shown to. */
export interface CertificateLogged {
  readonly log: string;
  readonly time: Date;
}

const MAX_SCTS = 32;

/**
 * Proves that a certificate is in a certificate transparency log of the trusted root, by the timestamps
 * inside of it (RFC 6962 section 3.3) or, where the authority gave them apart, by those.
 *
 * Every timestamp of a known log must hold, and there must be one; those of other logs count for nothing.
 * `issuer` is the certificate above the leaf on the validated path.
 * Throws SCT_MISSING, SCT_INVALID, CT_LOG_UNKNOWN.
 */
export async function verifyCertificateLogged(
  leaf: Certificate,
  issuer: Certificate,
  ctLogs: readonly TransparencyLog[],
  detached: readonly SignedCertificateTimestamp[] = [],
): Promise<readonly CertificateLogged[]> {
  const embedded = embeddedScts(leaf);
  if (embedded.length + detached.length === 0) {
    throw new AssayError(
      "SCT_MISSING",
      "the certificate carries no signed certificate timestamp: nothing shows that it is in a public log",
    );
  }
  const signedEntry = embedded.length === 0 ? new Uint8Array() : await precertificateEntry(leaf, issuer);
  const logged = [
    ...(await verifyAll(embedded, signedEntry, ctLogs)),
    ...(await verifyAll(detached, concatenate(Uint8Array.of(0, 0), withLength24(leaf.der)), ctLogs)),
  ];
  if (logged.length > 0) return logged;
  throw new AssayError("CT_LOG_UNKNOWN", "no SCT from a log that the trusted root lists for that time");
}

function embeddedScts(leaf: Certificate): SignedCertificateTimestamp[] {
  const extension = leaf.extensions.get(SCT_LIST);
  if (extension === undefined) return [];
  return refusingDer("SCT_INVALID", "the certificate's list of signed certificate timestamps is", () =>
    readSctList(readDer(extension.value).expect(TAG.octetString).content),
  );
}

/** RFC 6962 section 3.3. Throws SCT_INVALID. */
export function readSctList(bytes: Uint8Array): SignedCertificateTimestamp[] {
  const outer = new TlsReader(bytes, "SCT_INVALID", "a list of signed certificate timestamps");
  const list = outer.reader(2);
  outer.end();
  const scts: SignedCertificateTimestamp[] = [];
  while (!list.isAtEnd) {
    if (scts.length === MAX_SCTS) throw new AssayError("SCT_INVALID", `there are more than ${MAX_SCTS} signed certificate timestamps`);
    scts.push(readSct(list.vector(2)));
  }
  return scts;
}

/** One timestamp, in the encoding of TLS. Throws SCT_INVALID. */
export function readSct(bytes: Uint8Array): SignedCertificateTimestamp {
  const fields = new TlsReader(bytes, "SCT_INVALID", "a signed certificate timestamp");
  const version = fields.integer(1);
  if (version !== 0) throw new AssayError("SCT_INVALID", `a signed certificate timestamp has the unknown version ${version + 1}`);
  const sct = {
    logId: fields.bytes(32),
    timestamp: fields.bytes(8),
    extensions: fields.vector(2),
    hashAlgorithm: fields.integer(1),
    signatureAlgorithm: fields.integer(1),
    signature: fields.vector(2),
  };
  fields.end();
  return sct;
}

async function verifyAll(
  scts: readonly SignedCertificateTimestamp[],
  signedEntry: Uint8Array,
  ctLogs: readonly TransparencyLog[],
): Promise<CertificateLogged[]> {
  const logged: CertificateLogged[] = [];
  for (const sct of scts) {
    const time = new Date(Number(new DataView(sct.timestamp.slice().buffer).getBigUint64(0)));
    const log = ctLogs.find(({ logId, validFor }) => sameBytes(logId, sct.logId) && covers(validFor, time));
    if (log === undefined) continue;
    if (!(await isSignedByLog(sct, signedEntry, log))) {
      throw new AssayError(
        "SCT_INVALID",
        `a signed certificate timestamp does not hold: the log ${log.baseUrl} did not sign this certificate`,
      );
    }
    logged.push({ log: log.baseUrl, time });
  }
  return logged;
}

/** Version 1, certificate_timestamp, then what the timestamp and the entry say: RFC 6962 section 3.2. */
async function isSignedByLog(sct: SignedCertificateTimestamp, signedEntry: Uint8Array, { key }: TransparencyLog): Promise<boolean> {
  // RFC 6962 section 2.1.4: with SHA-256 whatever the key; RFC 5246 section 7.4.1.4.1 has the numbers.
  const expected = { rsa: 1, ec: 3, ed25519: 7 }[parsePublicKey(key.spki).kind];
  const isKnownPair = sct.signatureAlgorithm === expected && (expected === 7 ? sct.hashAlgorithm === 8 : sct.hashAlgorithm === 4);
  if (!isKnownPair) return false;
  const extensions = concatenate(Uint8Array.of(sct.extensions.length >> 8, sct.extensions.length & 0xff), sct.extensions);
  return verifyByLogKey(key, sct.signature, concatenate(Uint8Array.of(0, 0), sct.timestamp, signedEntry, extensions), "SHA-256");
}

/** precert_entry: the issuer's key hash, and what it signed as it was before the timestamps went in. */
async function precertificateEntry(leaf: Certificate, issuer: Certificate): Promise<Uint8Array> {
  return concatenate(Uint8Array.of(0, 1), await digestOfBytes("SHA-256", issuer.spki), withLength24(withoutSctList(leaf.tbs)));
}

function withLength24(bytes: Uint8Array): Uint8Array {
  return concatenate(Uint8Array.of(bytes.length >> 16, (bytes.length >> 8) & 0xff, bytes.length & 0xff), bytes);
}
