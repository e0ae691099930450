import { execFileSync } from "node:child_process";
import { generateKeyPairSync, type KeyObject } from "node:crypto";
import { writeFileSync } from "node:fs";
import { join } from "node:path";

export type KeyKind = "P-256" | "P-384" | "P-521" | "RSA-2048" | "RSA-3072" | "Ed25519";

/** What a signer and a verifier need, as files. */
export interface KeyFiles {
  readonly privateKey: string;
  readonly encryptedKey: string;
  readonly publicKey: string;
  readonly certificate: string;
}

export interface Authority {
  readonly root: string;
  readonly intermediate: string;
}

export const PASSWORD = "correct horse";

/** A root and an intermediate authority, both P-256. Needs the command `openssl`. */
export function makeAuthority(folder: string): Authority {
  const root = issue(
    folder,
    "root",
    newKey("P-256"),
    undefined,
    "basicConstraints=critical,CA:TRUE\nkeyUsage=critical,keyCertSign,cRLSign",
  );
  const intermediate = issue(
    folder,
    "intermediate",
    newKey("P-256"),
    "root",
    "basicConstraints=critical,CA:TRUE,pathlen:0\nkeyUsage=critical,keyCertSign,cRLSign",
  );
  return { root, intermediate };
}

/** A key pair and a code-signing certificate for it under the intermediate authority. */
export function makeKey(folder: string, kind: KeyKind): KeyFiles {
  const { privateKey, publicKey } = newKey(kind);
  const files = {
    privateKey: join(folder, `${kind}.pem`),
    encryptedKey: join(folder, `${kind}.encrypted.pem`),
    publicKey: join(folder, `${kind}.pub`),
  };
  writeFileSync(files.privateKey, privateKey.export({ type: "pkcs8", format: "pem" }), { mode: 0o600 });
  const encryption = { type: "pkcs8", format: "pem", cipher: "aes-256-cbc", passphrase: PASSWORD } as const;
  writeFileSync(files.encryptedKey, privateKey.export(encryption), { mode: 0o600 });
  writeFileSync(files.publicKey, publicKey.export({ type: "spki", format: "pem" }));
  const extensions = "basicConstraints=critical,CA:FALSE\nkeyUsage=critical,digitalSignature\nextendedKeyUsage=codeSigning";
  return { ...files, certificate: issue(folder, kind, { privateKey, publicKey }, "intermediate", extensions) };
}

interface Pair {
  readonly privateKey: KeyObject;
  readonly publicKey: KeyObject;
}

function newKey(kind: KeyKind): Pair {
  if (kind === "Ed25519") return generateKeyPairSync("ed25519");
  if (kind.startsWith("RSA-")) return generateKeyPairSync("rsa", { modulusLength: Number(kind.slice(4)) });
  return generateKeyPairSync("ec", { namedCurve: kind });
}

function issue(folder: string, name: string, { privateKey }: Pair, issuer: string | undefined, extensions: string): string {
  const path = (suffix: string, of = name): string => join(folder, `ca-${of}.${suffix}`);
  writeFileSync(path("key"), privateKey.export({ type: "pkcs8", format: "pem" }), { mode: 0o600 });
  const identifiers = `subjectKeyIdentifier=hash\n${issuer === undefined ? "" : "authorityKeyIdentifier=keyid:always\n"}`;
  writeFileSync(path("ext"), `${identifiers}${extensions}\n`);
  openssl("req", "-new", "-key", path("key"), "-subj", `/O=Interop/CN=${name}`, "-out", path("csr"));
  const by = issuer === undefined ? ["-key", path("key")] : ["-CA", path("crt", issuer), "-CAkey", path("key", issuer), "-CAcreateserial"];
  openssl("x509", "-req", "-in", path("csr"), ...by, "-days", "30", "-extfile", path("ext"), "-out", path("crt"));
  return path("crt");
}

function openssl(...words: readonly string[]): void {
  execFileSync("openssl", words, { stdio: ["ignore", "ignore", "pipe"] });
}
