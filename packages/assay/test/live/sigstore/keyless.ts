import assert from "node:assert/strict";
import { appendFileSync, cpSync } from "node:fs";
import type { RekorVersion } from "../../../../../scripts/sigstore/trust-config.ts";
import { readBundle, refused, succeeded, type Case, type Scene } from "./scene.ts";

const ENTRY: Readonly<Record<RekorVersion, string>> = { 1: "dsse 0.0.1", 2: "hashedrekord 0.0.2" };

/** Signing and verifying on one version of Rekor, by Assay and by the Python reference, and each what the other signed. */
export function keyless(rekor: RekorVersion): Case[] {
  const ours = `assay-${rekor}.sig`;
  const theirs = `python-${rekor}.sig`;
  const on = `Rekor ${rekor}`;
  return [
    { name: `signs on ${on}, with a ${ENTRY[rekor]} entry`, check: (scene) => signs(scene, rekor, ours) },
    { name: `verifies what it signed on ${on}, and says who signed`, check: (scene) => verifies(scene, rekor, ours) },
    { name: `verifies it with the trusted root alone (${on})`, check: (scene) => verifiesByRoot(scene, rekor, ours) },
    { name: `has what it signed on ${on} verified by the Python reference`, check: (scene) => pythonVerifies(scene, rekor, ours) },
    { name: `is signed by the Python reference on ${on}, and verifies that`, check: (scene) => verifiesPythons(scene, rekor, theirs) },
    { name: `refuses another identity, and says which one signed (${on})`, check: (scene) => otherIdentity(scene, rekor, ours) },
    { name: `refuses another identity provider (${on})`, check: (scene) => otherIssuer(scene, rekor, ours) },
    { name: `refuses a model with one byte more (${on})`, check: (scene) => tampered(scene, rekor, ours) },
    { name: `refuses what is in another log than the trusted root's (${on})`, check: (scene) => otherLog(scene, rekor, ours) },
    { name: `signs the same model again on ${on}`, check: (scene) => signs(scene, rekor, `again-${ours}`) },
  ];
}

async function signs(scene: Scene, rekor: RekorVersion, signature: string): Promise<void> {
  succeeded(await scene.sign(rekor, signature));
  const { tlogEntries, timestampVerificationData } = readBundle(scene.file(signature)).verificationMaterial;
  assert.deepEqual(
    tlogEntries.map(({ kindVersion: { kind, version } }) => `${kind} ${version}`),
    [ENTRY[rekor]],
  );
  // Rekor 2 says no time: a timestamp must.
  if (rekor === 2) assert.equal(timestampVerificationData?.rfc3161Timestamps?.length, 1);
}

async function verifies(scene: Scene, rekor: RekorVersion, signature: string): Promise<void> {
  const outcome = await scene.verify(rekor, signature);
  succeeded(outcome);
  assert.match(outcome.stdout, /alice@example\.com/);
}

async function verifiesByRoot(scene: Scene, rekor: RekorVersion, signature: string): Promise<void> {
  const trust = ["--trusted-root", scene.stack.trust[rekor].trustedRoot];
  succeeded(await scene.verify(rekor, signature, { trust }));
}

async function pythonVerifies(scene: Scene, rekor: RekorVersion, signature: string): Promise<void> {
  succeeded(await scene.pythonReference(scene.pythonVerifyWords(rekor, signature)));
}

async function verifiesPythons(scene: Scene, rekor: RekorVersion, signature: string): Promise<void> {
  const words = ["--trust_config", scene.config(rekor), "--identity_token", await scene.token()];
  succeeded(await scene.pythonReference(["sign", "sigstore", scene.model, "--signature", scene.file(signature), ...words]));
  succeeded(await scene.pythonReference(scene.pythonVerifyWords(rekor, signature)));
  succeeded(await scene.verify(rekor, signature));
}

async function otherIdentity(scene: Scene, rekor: RekorVersion, signature: string): Promise<void> {
  refused(await scene.verify(rekor, signature, { identity: "bob@example.com" }), 1, /alice@example\.com/);
  // An identity is compared whole, never as a pattern or a beginning.
  refused(await scene.verify(rekor, signature, { identity: "alice@example" }), 1, /alice@example\.com/);
}

async function otherIssuer(scene: Scene, rekor: RekorVersion, signature: string): Promise<void> {
  refused(await scene.verify(rekor, signature, { issuer: "https://accounts.example.com" }), 1, /127\.0\.0\.1/);
}

async function tampered(scene: Scene, rekor: RekorVersion, signature: string): Promise<void> {
  const model = scene.file(`tampered-${rekor}`);
  cpSync(scene.model, model, { recursive: true });
  appendFileSync(`${model}/config.json`, " ");
  refused(await scene.verify(rekor, signature, { model }), 1, /config\.json/);
}

async function otherLog(scene: Scene, rekor: RekorVersion, signature: string): Promise<void> {
  const trust = ["--trusted-root", scene.stack.trust[rekor === 1 ? 2 : 1].trustedRoot];
  refused(await scene.verify(rekor, signature, { trust }), 1, /log/i);
}
