import { generateKeyPairSync, type KeyObject } from "node:crypto";
import { existsSync, mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { makeCa, makeCertificate, type MadeCertificate } from "../../packages/assay/test/support/x509/make.ts";

/** Keys are in a folder that only its owner enters; the two servers that insist on a password get this one. */
export const KEY_PASSWORD = "the folder is what protects this key";

const YEAR = 365 * 24 * 3600 * 1000;
const TIME_STAMPING = "1.3.6.1.5.5.7.3.8";
const CODE_SIGNING = "1.3.6.1.5.5.7.3.3";

/** The files that the servers read, and the public ones that make the trusted root. */
export interface Authorities {
  /** Fulcio's chain (intermediate, root), its root alone, and the intermediate's key. */
  readonly fulcioChain: string;
  readonly fulcioRoot: string;
  readonly fulcioKey: string;
  /** The timestamp authority's chain (leaf, root), and the leaf's key. */
  readonly tsaChain: string;
  readonly tsaKey: string;
  readonly ctKey: string;
  readonly ctPublicKey: string;
  readonly rekor2Key: string;
  readonly rekor2PublicKey: string;
  readonly rekor1Key: string;
  readonly rekor1PublicKey: string;
  readonly issuerKey: string;
}

/** Makes every key and certificate of a private Sigstore in `folder`, unless an earlier run made them there. */
export function makeAuthorities(folder: string): Authorities {
  const file = (name: string): string => join(folder, name);
  const authorities: Authorities = {
    fulcioChain: file("fulcio-chain.pem"),
    fulcioRoot: file("fulcio-root.pem"),
    fulcioKey: file("fulcio.key.pem"),
    tsaChain: file("tsa-chain.pem"),
    tsaKey: file("tsa.key.pem"),
    ctKey: file("ct.key.pem"),
    ctPublicKey: file("ct.pub.pem"),
    rekor2Key: file("rekor2.key.pem"),
    rekor2PublicKey: file("rekor2.pub.pem"),
    rekor1Key: file("rekor1.key.pem"),
    rekor1PublicKey: file("rekor1.pub.pem"),
    issuerKey: file("issuer.key.pem"),
  };
  // Written last: with it, all of the others are there.
  if (existsSync(authorities.issuerKey)) return authorities;
  mkdirSync(folder, { recursive: true, mode: 0o700 });

  const { fulcio, fulcioRoot } = makeFulcio();
  writeFileSync(authorities.fulcioRoot, fulcioRoot.pem);
  writeFileSync(authorities.fulcioChain, fulcio.pem + fulcioRoot.pem);
  writeSecret(authorities.fulcioKey, encrypted(fulcio.privateKey));

  const { tsa, tsaRoot } = makeTsa();
  writeFileSync(authorities.tsaChain, tsa.pem + tsaRoot.pem);
  writeSecret(authorities.tsaKey, encrypted(tsa.privateKey));

  const ct = generateKeyPairSync("ec", { namedCurve: "P-256" });
  writeSecret(authorities.ctKey, ct.privateKey.export({ type: "sec1", format: "pem" }));
  writePublic(authorities.ctPublicKey, ct.publicKey);
  const rekor2 = generateKeyPairSync("ed25519");
  writeSecret(authorities.rekor2Key, rekor2.privateKey.export({ type: "pkcs8", format: "pem" }));
  writePublic(authorities.rekor2PublicKey, rekor2.publicKey);
  const rekor1 = generateKeyPairSync("ec", { namedCurve: "P-256" });
  writeSecret(authorities.rekor1Key, encrypted(rekor1.privateKey));
  writePublic(authorities.rekor1PublicKey, rekor1.publicKey);
  const issuer = generateKeyPairSync("rsa", { modulusLength: 2048 });
  writeSecret(authorities.issuerKey, issuer.privateKey.export({ type: "pkcs8", format: "pem" }));
  return authorities;
}

/** Ten years, from an hour ago: clocks differ, and bundles must stay verifiable after a restart. */
function validity(): { readonly notBefore: Date; readonly notAfter: Date } {
  const now = Math.floor(Date.now() / 1000) * 1000;
  return { notBefore: new Date(now - 3_600_000), notAfter: new Date(now + 10 * YEAR) };
}

/** Fulcio refuses an intermediate certificate that does not itself say "for code signing". */
function makeFulcio(): { readonly fulcio: MadeCertificate; readonly fulcioRoot: MadeCertificate } {
  const fulcioRoot = makeCa({ subject: "private-fulcio-root", ...validity() });
  const fulcio = makeCa({
    subject: "private-fulcio",
    issuer: fulcioRoot,
    pathLength: 0,
    extendedKeyUsage: [CODE_SIGNING],
    serial: 2,
    ...validity(),
  });
  return { fulcio, fulcioRoot };
}

/** RFC 3161 section 2.3: the certificate is for time stamping, only for that, and critically so. */
function makeTsa(): { readonly tsa: MadeCertificate; readonly tsaRoot: MadeCertificate } {
  const tsaRoot = makeCa({ subject: "private-tsa-root", ...validity() });
  const tsa = makeCertificate({
    subject: "private-tsa",
    issuer: tsaRoot,
    extendedKeyUsage: [TIME_STAMPING],
    extendedKeyUsageCritical: true,
    serial: 2,
    ...validity(),
  });
  return { tsa, tsaRoot };
}

function encrypted(key: KeyObject): string {
  return String(key.export({ type: "pkcs8", format: "pem", cipher: "aes-256-cbc", passphrase: KEY_PASSWORD }));
}

function writeSecret(file: string, text: string | Buffer): void {
  writeFileSync(file, text, { mode: 0o600 });
}

function writePublic(file: string, key: KeyObject): void {
  writeFileSync(file, key.export({ type: "spki", format: "pem" }));
}
