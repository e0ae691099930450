import { decodeBase64 } from "./base64.ts";
import { derKind } from "./der-kind.ts";
import { AssayError } from "../core/error.ts";

/** What people give by mistake for a key, a certificate or a signature: how a message names it. */
export const KNOWN_FORMATS = {
  empty: "an empty file",
  html: "an HTML page",
  "lfs-pointer": "a git-LFS pointer to a file that was not downloaded",
  gzip: "a gzip archive",
  zip: "a zip archive",
  xz: "an xz archive",
  zstd: "a Zstandard archive",
  bzip2: "a bzip2 archive",
  "utf-16": "text in UTF-16",
  "openssh-public": "an OpenSSH public key",
  "openssh-private": "an OpenSSH private key",
  "ssh2-public": "an SSH public key in the form of RFC 4716",
  "ssh-signature": "an SSH signature",
  "putty-key": "a PuTTY key",
  "pgp-key": "an OpenPGP key",
  "pgp-message": "an OpenPGP message or signature",
  "age-key": "an age key, which encrypts and cannot sign",
  "age-file": "a file encrypted with age",
  minisign: "a minisign or signify file",
  jks: "a Java key store",
  pkcs12: "a PKCS#12 store",
  pkcs7: "a PKCS#7 container (CMS) in PEM",
  "pkcs7-der": "a PKCS#7 container (CMS) in DER",
  "certificate-request": "a certificate request",
  certificate: "a certificate",
  "revocation-list": "a revocation list",
  "public-key": "a public key",
  "pkcs1-public": "a PKCS#1 public key",
  "private-key": "a private key",
  "encrypted-private-key": "an encrypted private key",
  "cosign-private": "a private key as cosign encrypts it",
  parameters: "parameters of a key, without a key",
  jwk: "a public JSON web key (JWK)",
  "jwk-private": "a private JSON web key (JWK)",
  "sigstore-bundle": "a Sigstore bundle",
  "trusted-root": "a trusted root of Sigstore",
  "cosign-bundle": "a bundle of cosign's older format",
  "dsse-envelope": "a DSSE envelope without its bundle",
  statement: "an in-toto statement without a signature",
  json: "JSON of another kind",
  "bare-signature": "a bare signature, without a bundle around it",
  "base64-raw": "a detached signature or raw key in base64, without a structure around it",
  "base64-der": "base64 of DER, without the boundaries of PEM",
} as const;

export type KnownFormat = keyof typeof KNOWN_FORMATS;

const MAGIC: readonly (readonly [KnownFormat, readonly number[]])[] = [
  ["gzip", [0x1f, 0x8b]],
  ["zip", [0x50, 0x4b, 3, 4]],
  ["xz", [0xfd, 0x37, 0x7a, 0x58, 0x5a, 0]],
  ["zstd", [0x28, 0xb5, 0x2f, 0xfd]],
  ["bzip2", [0x42, 0x5a, 0x68]],
  ["utf-16", [0xff, 0xfe]],
  ["utf-16", [0xfe, 0xff]],
  ["jks", [0xfe, 0xed, 0xfe, 0xed]],
  ["pgp-key", [0x99, 0x01]],
  ["pgp-key", [0x99, 0x02]],
];

const PEM_LABELS: ReadonlyMap<string, KnownFormat> = new Map([
  ["PUBLIC KEY", "public-key"],
  ["RSA PUBLIC KEY", "pkcs1-public"],
  ["PRIVATE KEY", "private-key"],
  ["RSA PRIVATE KEY", "private-key"],
  ["EC PRIVATE KEY", "private-key"],
  ["DSA PRIVATE KEY", "private-key"],
  ["ENCRYPTED PRIVATE KEY", "encrypted-private-key"],
  ["OPENSSH PRIVATE KEY", "openssh-private"],
  ["ENCRYPTED SIGSTORE PRIVATE KEY", "cosign-private"],
  ["ENCRYPTED COSIGN PRIVATE KEY", "cosign-private"],
  ["CERTIFICATE", "certificate"],
  ["X509 CERTIFICATE", "certificate"],
  ["TRUSTED CERTIFICATE", "certificate"],
  ["CERTIFICATE REQUEST", "certificate-request"],
  ["NEW CERTIFICATE REQUEST", "certificate-request"],
  ["X509 CRL", "revocation-list"],
  ["PKCS7", "pkcs7"],
  ["CMS", "pkcs7"],
  ["SSH SIGNATURE", "ssh-signature"],
  ["AGE ENCRYPTED FILE", "age-file"],
  ["PGP PUBLIC KEY BLOCK", "pgp-key"],
  ["PGP PRIVATE KEY BLOCK", "pgp-key"],
  ["PGP MESSAGE", "pgp-message"],
  ["PGP SIGNATURE", "pgp-message"],
  ["PGP SIGNED MESSAGE", "pgp-message"],
  ["EC PARAMETERS", "parameters"],
  ["DH PARAMETERS", "parameters"],
  ["DSA PARAMETERS", "parameters"],
]);

const TEXTS: readonly (readonly [KnownFormat, RegExp])[] = [
  ["html", /^(?:<\?xml[^>]*>\s*)?(?:<!--[^]*?-->\s*)*<(?:!doctype\s+html|html|head|body)\b/i],
  ["lfs-pointer", /^version https:\/\/git-lfs\.github\.com\/spec\/v\d/],
  ["openssh-public", /^(?:sk-)?(?:ssh-(?:ed25519|rsa|dss)|ecdsa-sha2-nistp\d+)(?:@openssh\.com)? AAAA/],
  ["ssh2-public", /^---- BEGIN SSH2 PUBLIC KEY ----/],
  ["putty-key", /^PuTTY-User-Key-File-\d/],
  ["age-key", /^(?:#[^\n]*\n)*(?:age1[a-z0-9]{50}|AGE-SECRET-KEY-1)/],
  ["age-file", /^age-encryption\.org\/v\d/],
  ["minisign", /^untrusted comment: /],
];

/** How much is looked at: what a format begins with, and for JSON its first members. */
const WINDOW = 64 * 1024;

/** Which known format a file is of, by its content alone; undefined for what is not known. */
export function recognizeFormat(file: Uint8Array | string): KnownFormat | undefined {
  const bytes = typeof file === "string" ? new TextEncoder().encode(file) : file;
  const magic = MAGIC.find(([, start]) => start.every((octet, index) => bytes[index] === octet));
  if (magic !== undefined) return magic[0];
  if (bytes[0] === 0x30) {
    const kind = derKind(bytes);
    if (kind !== undefined) return kind;
  }
  const text = new TextDecoder().decode(bytes.subarray(0, WINDOW)).trimStart();
  if (text === "") return "empty";
  // UTF-16 without its mark: ASCII with a zero in every second place.
  if (/^(?:\0[\t\n\r -~]){8}|^(?:[\t\n\r -~]\0){8}/.test(text)) return "utf-16";
  return TEXTS.find(([, pattern]) => pattern.test(text))?.[0] ?? pemKind(text) ?? jsonKind(text) ?? base64Kind(text);
}

/** A private key decides over the other blocks; else the first block. */
function pemKind(text: string): KnownFormat | undefined {
  const kinds = [...text.matchAll(/^-----BEGIN ([^\r\n]*?)-----[ \t]*$/gm)].map(([, label = ""]) => PEM_LABELS.get(label));
  return kinds.find((kind) => kind?.includes("private") === true) ?? kinds.find((kind) => kind !== "parameters") ?? kinds[0];
}

/** By its members' names: the text may be cut off, or too large to parse for a message. */
const JSON_KINDS: readonly (readonly [KnownFormat, RegExp])[] = [
  ["sigstore-bundle", /"mediaType"\s*:\s*"application\/vnd\.dev\.sigstore\.bundle/],
  ["trusted-root", /"mediaType"\s*:\s*"application\/vnd\.dev\.sigstore\.(?:trustedroot|clienttrustconfig)/],
  ["json", /"(?:mediaType|verificationMaterial)"\s*:/],
  ["cosign-bundle", /"(?:base64Signature|rekorBundle)"\s*:/],
  ["jwk-private", /"kty"\s*:[^]*"d"\s*:|"d"\s*:[^]*"kty"\s*:/],
  ["jwk", /"kty"\s*:/],
  ["dsse-envelope", /"payloadType"\s*:/],
  ["statement", /"_type"\s*:\s*"https:\/\/in-toto\.io\/Statement/],
];

function jsonKind(text: string): KnownFormat | undefined {
  if (!/^[{[]/.test(text)) return undefined;
  return JSON_KINDS.find(([, pattern]) => pattern.test(text))?.[0] ?? (/^(?:\{\s*"|\[\s*[{["\d])/.test(text) ? "json" : undefined);
}

function base64Kind(text: string): KnownFormat | undefined {
  const compact = text.replaceAll(/\s+/g, "");
  if (compact.length >= WINDOW || !/^[A-Za-z0-9+/]{16,}={0,2}$/.test(compact)) return undefined;
  try {
    const kind = derKind(decodeBase64(compact, "PEM_INVALID", "base64"));
    if (kind !== undefined) return kind === "bare-signature" ? kind : "base64-der";
    return compact.length >= 40 && compact.length <= 800 ? "base64-raw" : undefined;
  } catch (error) {
    if (error instanceof AssayError) return undefined;
    throw error;
  }
}
