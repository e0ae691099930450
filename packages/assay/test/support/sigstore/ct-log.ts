import type { KeyObject } from "node:crypto";
import { concat, octetString } from "../der-writer.ts";
import { newKey, spkiOf } from "../x509/make.ts";
import { bigEndian, sha256, vector } from "./octets.ts";
import { type HashName, signWith } from "./signing-keys.ts";

export interface CtLog {
  readonly key: KeyObject;
  /** SHA-256 of the SPKI, RFC 6962 section 3.2. */
  readonly logId: Uint8Array;
}

export function makeCtLog(kind: Parameters<typeof newKey>[0] = "P-256"): CtLog {
  const key = newKey(kind);
  return { key, logId: sha256(spkiOf(key)) };
}

/** What a test may want otherwise about one SCT. */
export interface SctRecipe {
  /** Who signs; by default the instance's own log. */
  readonly log?: CtLog;
  readonly logId?: Uint8Array;
  readonly version?: number;
  readonly at?: Date;
  /** See `leafIndexExtension`. */
  readonly extensions?: Uint8Array;
  readonly hash?: HashName;
  /** What the SCT says of its algorithms, where that should not be what was used: TLS numbers. */
  readonly algorithms?: readonly [hash: number, signature: number];
  /** Over another issuer's key, as if the certificate were of another CA. */
  readonly issuerKeyHash?: Uint8Array;
  readonly tamperSigned?: (bytes: Uint8Array) => Uint8Array;
  readonly tamperSignature?: (signature: Uint8Array) => Uint8Array;
  readonly tamper?: (sct: Uint8Array) => Uint8Array;
}

/** What the log signs: the TBS without the SCTs, and whose certificate it will be; or a whole certificate. */
export type CtEntry = { readonly tbs: Uint8Array; readonly issuer: KeyObject } | { readonly certificate: Uint8Array };

const TLS_HASHES = { sha256: 4, sha384: 5, sha512: 6 } as const;
const TLS_SIGNATURES: Readonly<Record<string, number>> = { rsa: 1, ec: 3, ed25519: 7 };

/** The parts of an SCT as `add-chain` and `add-pre-chain` answer them. */
export interface SctParts {
  readonly version: number;
  readonly logId: Uint8Array;
  readonly at: Date;
  readonly extensions: Uint8Array;
  /** A TLS `digitally-signed` struct: algorithms, then the signature with its length. */
  readonly signed: Uint8Array;
}

/** Signs an SCT over an entry, RFC 6962 section 3.2. */
export function signSct(entry: CtEntry, log: CtLog, at: Date, recipe: SctRecipe = {}): SctParts {
  const signer = recipe.log ?? log;
  const time = recipe.at ?? at;
  const version = recipe.version ?? 0;
  const extensions = recipe.extensions ?? new Uint8Array();
  const body =
    "tbs" in entry
      ? concat(bigEndian(1, 2), recipe.issuerKeyHash ?? sha256(spkiOf(entry.issuer)), vector(entry.tbs, 3))
      : concat(bigEndian(0, 2), vector(entry.certificate, 3));
  // The 0 after the version means certificate_timestamp.
  const bytes = concat(bigEndian(version, 1), bigEndian(0, 1), bigEndian(time.getTime(), 8), body, vector(extensions, 2));
  const hash = recipe.hash ?? "sha256";
  const made = signWith(signer.key, recipe.tamperSigned?.(bytes) ?? bytes, hash);
  const signature = recipe.tamperSignature?.(made) ?? made;
  const algorithms = recipe.algorithms ?? [TLS_HASHES[hash], TLS_SIGNATURES[signer.key.asymmetricKeyType!]!];
  return {
    version,
    logId: recipe.logId ?? signer.logId,
    at: time,
    extensions,
    signed: concat(Uint8Array.from(algorithms), vector(signature, 2)),
  };
}

export function serializeSct({ version, logId, at, extensions, signed }: SctParts): Uint8Array {
  return concat(bigEndian(version, 1), logId, bigEndian(at.getTime(), 8), vector(extensions, 2), signed);
}

/** Where a static log put the entry: https://c2sp.org/static-ct-api, a type, a length and 40 bits. */
export const leafIndexExtension = (index: number): Uint8Array => concat(Uint8Array.of(0, 0, 5), bigEndian(index, 5));

/** The value of the certificate extension 1.3.6.1.4.1.11129.2.4.2. */
export function sctList(scts: readonly Uint8Array[]): Uint8Array {
  return octetString(vector(concat(...scts.map((sct) => vector(sct, 2))), 2));
}
