import { createHash } from "node:crypto";
import { existsSync } from "node:fs";
import { readFile, writeFile } from "node:fs/promises";
import { parseArgs } from "node:util";
import { AssayError } from "assay";
import { parseSigstoreBundle, writeBundle, writeMessageBundle } from "assay/bundle";
import { type Artifact, verifyBundle } from "assay/trust";
import { keylessSignerFor, materialFor } from "./instance.ts";

const IN_TOTO = "application/vnd.in-toto+json";

/** `sign-bundle [--staging] [--in-toto] --identity-token TOKEN --bundle FILE [--trusted-root F] [--signing-config F] FILE` */
export async function signBundle(words: readonly string[]): Promise<void> {
  const { values, positionals } = parseArgs({
    args: [...words],
    allowPositionals: true,
    options: {
      staging: { type: "boolean" },
      "in-toto": { type: "boolean" },
      "identity-token": { type: "string" },
      bundle: { type: "string" },
      "trusted-root": { type: "string" },
      "signing-config": { type: "string" },
    },
  });
  const { "identity-token": token = "", bundle: path = "", staging = false } = values;
  const artifact = await readFile(positionals[0] ?? "");
  const signer = await keylessSignerFor(token, { staging, trustedRoot: values["trusted-root"], signingConfig: values["signing-config"] });
  if (values["in-toto"] === true) {
    const { signature, ...proof } = await signer.seal({ kind: "dsse", payloadType: IN_TOTO, payload: artifact });
    return writeFile(path, writeBundle({ ...proof, envelope: { payloadType: IN_TOTO, payload: artifact, signature } }));
  }
  const digest = createHash("sha256").update(artifact).digest();
  const { signature, ...proof } = await signer.seal({ kind: "message", artifact, digest });
  return writeFile(path, writeMessageBundle({ ...proof, message: { signature, digest: { algorithm: "SHA2_256", digest } } }));
}

/** `verify-bundle [--staging] --bundle FILE (--certificate-identity I --certificate-oidc-issuer URL | --key FILE) [--trusted-root F] FILE_OR_DIGEST` */
export async function verifyOneBundle(words: readonly string[]): Promise<void> {
  const { values, positionals } = parseArgs({
    args: [...words],
    allowPositionals: true,
    options: {
      staging: { type: "boolean" },
      bundle: { type: "string" },
      "certificate-identity": { type: "string" },
      "certificate-oidc-issuer": { type: "string" },
      key: { type: "string" },
      "trusted-root": { type: "string" },
    },
  });
  const { bundle: path = "", staging = false, key } = values;
  const material = await materialFor({ staging, trustedRoot: values["trusted-root"] });
  const bundle = parseSigstoreBundle(await readFile(path));
  const artifact = await readArtifact(positionals[0] ?? "");
  if (key !== undefined) {
    await verifyBundle(bundle, artifact, { method: "key", publicKey: await readFile(key), material });
    return;
  }
  const { "certificate-identity": identity, "certificate-oidc-issuer": identityProvider } = values;
  if (identity === undefined || identityProvider === undefined) throw new AssayError("USAGE", "neither a key nor an identity is named");
  await verifyBundle(bundle, artifact, { method: "sigstore", material, identity, identityProvider });
}

/** A path, or `sha256:` and the digest of what is not at hand. */
async function readArtifact(fileOrDigest: string): Promise<Artifact> {
  const hex = /^sha256:([0-9a-f]{64})$/.exec(fileOrDigest)?.[1];
  if (hex === undefined || existsSync(fileOrDigest)) return { bytes: await readFile(fileOrDigest) };
  return { sha256: Buffer.from(hex, "hex") };
}
