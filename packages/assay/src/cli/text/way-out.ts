import type { GivenFileRole, MistakenFile } from "../../core/error-details.ts";

/** Names that a shell takes as they are; a command for any other shows a placeholder. */
const PLAIN_NAME = /^[A-Za-z0-9_./][A-Za-z0-9_./-]*$/;

/**
 * What to do with a file that was given by mistake, or a format that another program reads: the command that
 * converts it, where there is one. Each command was run once, on Debian 12, and its result looked at: OpenSSL 3.0.19,
 * OpenSSH 9.2, Node 24, git-lfs 3.3, age 1.1, zstd 1.5, unzip 6.0, gzip, xz, bzip2, iconv, keytool of OpenJDK 17.
 * The advice that only names a program (PuTTYgen, cosign, gpg, minisign, `ssh-keygen -Y verify`) was not tried.
 */
export function wayOut({ format, role, name }: MistakenFile): string | undefined {
  const file = name !== undefined && PLAIN_NAME.test(name) ? name : "FILE";
  return FOR_ROLE[role][format]?.(file) ?? FOR_ANY[format]?.(file);
}

/** By the names of encoding/known-format.ts. */
type Ways = Readonly<Partial<Record<string, (file: string) => string>>>;

const NEW_KEY = "openssl genpkey -algorithm EC -pkeyopt ec_paramgen_curve:P-256 -out KEY.pem";
const JWK_TO_PEM = (file: string, make: string, form: string): string =>
  `convert it: node -p "require('crypto').${make}({key: JSON.parse(require('fs').readFileSync('${file}')), format: 'jwk'}).export({type: '${form}', format: 'pem'})" > KEY.pem`;

export const FOR_ANY: Ways = {
  html: () => "the address leads to a page about the file: download the file itself",
  "lfs-pointer": () => "fetch the file itself: git lfs pull",
  gzip: (file) => `unpack it: gzip -dc ${file} > UNPACKED`,
  zip: (file) => `unpack it: unzip ${file}`,
  xz: (file) => `unpack it: xz -dc ${file} > UNPACKED`,
  zstd: (file) => `unpack it: zstd -dc ${file} > UNPACKED`,
  bzip2: (file) => `unpack it: bzip2 -dc ${file} > UNPACKED`,
  "utf-16": (file) => `save it as UTF-8: iconv -f UTF-16 -t UTF-8 ${file} > CONVERTED`,
  "ssh2-public": (file) => `convert it: ssh-keygen -i -f ${file} > KEY.pub`,
  "putty-key": () => "export it from PuTTYgen as an OpenSSH key",
  "base64-der": (file) => `decode it: tr -d ' \\n\\r' < ${file} | openssl base64 -d -A > DECODED.der`,
  jks: (file) => `convert it to PKCS#12: keytool -importkeystore -srckeystore ${file} -destkeystore STORE.p12 -deststoretype PKCS12`,
  "certificate-request": () => "give the certificate that the authority issued for it",
  "age-file": (file) => `decrypt it: age -d -i KEY -o DECRYPTED ${file}`,
};

export const FOR_ROLE: Readonly<Record<GivenFileRole, Ways>> = {
  "public key": {
    "private-key": (file) => `make the public key of it: openssl pkey -in ${file} -pubout -out PUBLIC_KEY.pem`,
    "encrypted-private-key": (file) => `make the public key of it: openssl pkey -in ${file} -pubout -out PUBLIC_KEY.pem`,
    "openssh-private": (file) => `make the public key of it: ssh-keygen -y -f ${file} > KEY.pub`,
    "cosign-private": () => "give the public key that cosign wrote beside it, cosign.pub",
    certificate: (file) => `take its key: openssl x509 -in ${file} -noout -pubkey > PUBLIC_KEY.pem`,
    "certificate-request": (file) => `take its key: openssl req -in ${file} -noout -pubkey > PUBLIC_KEY.pem`,
    pkcs7: () => "it may hold certificates: verify by the method for certificates",
    "pkcs7-der": () => "it may hold certificates: verify by the method for certificates",
    pkcs12: (file) => `take the key out of it: openssl pkcs12 -in ${file} -clcerts -nokeys | openssl x509 -noout -pubkey > PUBLIC_KEY.pem`,
    jwk: (file) => JWK_TO_PEM(file, "createPublicKey", "spki"),
    "jwk-private": (file) => JWK_TO_PEM(file, "createPublicKey", "spki"),
    "pgp-key": () => "OpenPGP signs in another format: ask the signer for the key of this signature, in PEM",
    minisign: () => "minisign signs in another format: ask the signer for the key of this signature, in PEM",
    "sigstore-bundle": () => "this is the signature; name the public key of its signer",
  },
  "private key": {
    "public-key": () => "give the private key: a public key only verifies",
    "pkcs1-public": () => "give the private key: a public key only verifies",
    "openssh-public": () => "give the private key beside it, in the file without .pub",
    certificate: () => "give the private key of the certificate",
    "openssh-private": (file) => `convert a copy of it: cp ${file} COPY; ssh-keygen -p -m PKCS8 -f COPY`,
    pkcs12: (file) => `take the key out of it: openssl pkcs12 -in ${file} -nocerts -nodes -out KEY.pem`,
    jwk: () => "give the private key: a public key only verifies",
    "jwk-private": (file) => JWK_TO_PEM(file, "createPrivateKey", "pkcs8"),
    "pgp-key": () => `OpenPGP signs in another format; make a key for models: ${NEW_KEY}`,
    minisign: () => `minisign signs in another format; make a key for models: ${NEW_KEY}`,
    "age-key": () => `make a key for signing: ${NEW_KEY}`,
    parameters: () => `make a key: ${NEW_KEY}`,
  },
  certificate: {
    pkcs7: (file) => `take the certificates out of it: openssl pkcs7 -print_certs -in ${file} -out CERTIFICATES.pem`,
    "pkcs7-der": (file) => `take the certificates out of it: openssl pkcs7 -print_certs -inform DER -in ${file} -out CERTIFICATES.pem`,
    pkcs12: (file) => `take the certificates out of it: openssl pkcs12 -in ${file} -nokeys -out CERTIFICATES.pem`,
    "public-key": () => "for a public key, verify by the method for keys",
    "private-key": () => "give the certificate of the key",
    "trusted-root": () => "a trusted root of Sigstore is for keyless signatures",
  },
  "revocation list": {
    certificate: () => "give the list that the authority publishes",
  },
  "trusted root": {
    certificate: () => "a trusted root is JSON that lists logs and authorities; it can be made of their certificates and keys",
    "public-key": () => "a trusted root is JSON that lists logs and authorities; it can be made of their certificates and keys",
    "sigstore-bundle": () => "this is a signature; name the trusted root that it is verified with",
  },
  "Sigstore bundle": {
    empty: () => "fetch the signature again: the download was cut off before its first byte",
    "base64-raw": () => "ask the signer for the Sigstore bundle: cosign writes one with --bundle",
    "cosign-bundle": () => "ask the signer for a Sigstore bundle: cosign writes one with --new-bundle-format",
    "private-key": () => "name the signature here; a private key is for signing: keep it to yourself",
    "ssh-signature": () => "it is verified with ssh-keygen -Y verify; ask the signer for a Sigstore bundle",
    "bare-signature": () => "ask the signer for the Sigstore bundle: cosign writes one with --bundle",
    "dsse-envelope": () => "ask the signer for the bundle: it says who signed, as the envelope alone does not",
    "public-key": () => "give the signature here, and the key where trust is named",
    certificate: () => "give the signature here, and the certificate where trust is named",
    "pgp-message": () => "verify it with gpg; ask the signer for a Sigstore bundle",
    minisign: () => "verify it with minisign; ask the signer for a Sigstore bundle",
  },
};
