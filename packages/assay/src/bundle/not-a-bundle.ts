/** A file of a known kind that was given in the place of a signature, and what to do about it. */
export interface ForeignFile {
  /** With its article: "an HTML page". */
  readonly kind: string;
  readonly hint?: string;
}

interface Kind extends ForeignFile {
  readonly begins: RegExp;
}

/** Bytes are looked at as Latin-1, so that one pattern serves for text and binary files. */
const KINDS: readonly Kind[] = [
  { kind: "an empty file", begins: /^\s*$/, hint: "fetch the signature again: the download was cut off before its first byte" },
  { kind: "a text in UTF-16", begins: /^(?:\xff\xfe|\xfe\xff)/, hint: "save it as UTF-8" },
  {
    kind: "an HTML page",
    begins: /^(?:\xef\xbb\xbf)?\s*<(?:!doctype\s+html|html|head|\?xml)/i,
    hint: "fetch the file itself, not the page that shows it: on a hub, the address with /resolve/ in the place of /blob/",
  },
  {
    kind: "a git-LFS pointer",
    begins: /^version https?:\/\/[^\n]*(?:git-lfs|hawser|git-media)/,
    hint: "fetch the file that it stands for with: git lfs pull",
  },
  // oxlint-disable-next-line no-control-regex -- the first bytes of the format
  { kind: "a gzip file", begins: /^\x1f\x8b/, hint: "unpack it with: gzip -d" },
  // oxlint-disable-next-line no-control-regex -- the first bytes of the format
  { kind: "a zip file", begins: /^PK\x03\x04/, hint: "unpack it" },
  {
    kind: "a certificate in PEM",
    begins: /^(?:[^\n]*\n){0,40}?-----BEGIN (?:TRUSTED )?CERTIFICATE-----/,
    hint: "give the signature here, and the certificate where trust is named",
  },
  {
    kind: "a public key in PEM",
    begins: /^-----BEGIN (?:RSA |EC )?PUBLIC KEY-----/,
    hint: "give the signature here, and the key where trust is named",
  },
  { kind: "a private key", begins: /^-----BEGIN [A-Z ]*PRIVATE KEY-----/, hint: "a private key is for signing: keep it to yourself" },
  {
    kind: "a PGP signature or message",
    begins: /^-----BEGIN PGP /,
    hint: "PGP signatures are verified with gpg; a model's signature is a Sigstore bundle",
  },
  { kind: "an OpenSSH signature", begins: /^-----BEGIN SSH SIGNATURE-----/, hint: "it is verified with ssh-keygen -Y verify" },
  { kind: "a minisign signature", begins: /^untrusted comment:/, hint: "it is verified with minisign" },
  {
    kind: "a detached signature in base64, without its bundle",
    begins: /^[A-Za-z0-9+/]{60,800}={0,2}\s*$/,
    hint: "a model's signature is a Sigstore bundle: JSON with the signed statement in it",
  },
];

/** The kind of a file that is not JSON; undefined where it begins as a JSON object does. */
export function foreignFile(bytes: Uint8Array): ForeignFile | undefined {
  let head = "";
  for (const byte of bytes.subarray(0, 4096)) head += String.fromCharCode(byte);
  return KINDS.find(({ begins }) => begins.test(head)) ?? (/^\s*\{/.test(head) ? undefined : OTHER);
}

const OTHER: ForeignFile = { kind: "another file", hint: "a model's signature is JSON and begins with {; it is often called model.sig" };
