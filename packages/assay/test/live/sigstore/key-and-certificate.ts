import assert from "node:assert/strict";
import { createPublicKey, generateKeyPairSync, type KeyObject } from "node:crypto";
import { writeFileSync } from "node:fs";
import { setTimeout as sleep } from "node:timers/promises";
import type { RekorVersion } from "../../../../../scripts/sigstore/trust-config.ts";
import { makeCa, makeCertificate } from "../../support/x509/make.ts";
import { readBundle, refused, succeeded, type Case, type Scene } from "./scene.ts";

/** Keys and certificates of one's own, with the private instance's log and timestamp authority beside them. */
export const keyAndCertificate: readonly Case[] = [
  { name: "signs with a key, timestamped and logged on Rekor 1", check: (scene) => withKey(scene, 1, newKey("P-256")) },
  { name: "signs with a key, timestamped and logged on Rekor 2", check: (scene) => withKey(scene, 2, newKey("P-256")) },
  {
    name: "finds the entry that is in Rekor 2 already, when the same signature comes again",
    async check(scene) {
      // Ed25519 signs the same bytes with the same signature: to the log, the second entry is the first.
      const key = newKey("Ed25519");
      await withKey(scene, 2, key);
      const first = readBundle(scene.file("key-2.sig")).verificationMaterial.tlogEntries[0]?.logIndex;
      await withKey(scene, 2, key);
      const second = readBundle(scene.file("key-2.sig")).verificationMaterial.tlogEntries[0]?.logIndex;
      assert.equal(second, first);
    },
  },
  { name: "verifies a certificate that has expired since, by its timestamp", check: expiredSince },
  {
    name: "refuses a timestamp of another authority",
    async check(scene) {
      const other = makeCa({ subject: "another timestamp authority", notBefore: hoursFromNow(-1), notAfter: hoursFromNow(1) });
      writeFileSync(scene.file("other-tsa.pem"), other.pem);
      refused(await verifyKey(scene, "key-2.sig", ["--tsa-chain", scene.file("other-tsa.pem")]), 1, /timestamp/i);
    },
  },
];

function newKey(kind: "P-256" | "Ed25519"): KeyObject {
  return kind === "P-256" ? generateKeyPairSync("ec", { namedCurve: kind }).privateKey : generateKeyPairSync("ed25519").privateKey;
}

async function withKey(scene: Scene, rekor: RekorVersion, key: KeyObject): Promise<void> {
  const signature = `key-${rekor}.sig`;
  writeFileSync(scene.file("key.pem"), key.export({ type: "pkcs8", format: "pem" }), { mode: 0o600 });
  writeFileSync(scene.file("key.pub"), createPublicKey(key).export({ type: "spki", format: "pem" }));
  const { tsa, rekor1, rekor2 } = scene.stack.urls;
  const services = ["--tsa-url", tsa, "--rekor-url", rekor === 1 ? rekor1 : rekor2];
  const words = ["sign", "key", scene.model, "--private-key", scene.file("key.pem"), "--signature", scene.file(signature), "--force"];
  // Signing verifies what it is about to write, and needs to know whom to trust as verifying does.
  const trust = ["--trusted-root", scene.stack.trust[rekor].trustedRoot];
  succeeded(await scene.assay([...words, ...services, ...trust]));
  const { tlogEntries, timestampVerificationData } = readBundle(scene.file(signature)).verificationMaterial;
  assert.equal(tlogEntries.length, 1);
  assert.equal(timestampVerificationData?.rfc3161Timestamps?.length, 1);
  succeeded(await verifyKey(scene, signature, trust));
}

async function verifyKey(scene: Scene, signature: string, trust: readonly string[]): ReturnType<Scene["assay"]> {
  const words = ["verify", "key", scene.model, "--public-key", scene.file("key.pub"), "--signature", scene.file(signature)];
  return await scene.assay([...words, ...trust]);
}

async function expiredSince(scene: Scene): Promise<void> {
  const root = makeCa({ subject: "a root", notBefore: hoursFromNow(-1), notAfter: hoursFromNow(1) });
  // Seconds are the resolution of certificates: long enough to sign in, short enough to wait for.
  const notAfter = new Date(Math.ceil(Date.now() / 1000) * 1000 + 8000);
  const leaf = makeCertificate({ subject: "a signer", issuer: root, notBefore: hoursFromNow(-1), notAfter });
  writeFileSync(scene.file("leaf.key"), leaf.privateKey.export({ type: "pkcs8", format: "pem" }), { mode: 0o600 });
  writeFileSync(scene.file("leaf.pem"), leaf.pem);
  writeFileSync(scene.file("root.pem"), root.pem);
  const chain = ["--certificate-chain", scene.file("root.pem")];
  const signer = ["--private-key", scene.file("leaf.key"), "--signing-certificate", scene.file("leaf.pem"), ...chain];
  const tsaChain = ["--tsa-chain", scene.stack.authorities.tsaChain];
  for (const [signature, services] of [
    ["expiring.sig", []],
    ["stamped.sig", ["--tsa-url", scene.stack.urls.tsa, ...tsaChain]],
  ] as const) {
    succeeded(await scene.assay(["sign", "certificate", scene.model, "--signature", scene.file(signature), ...signer, ...services]));
  }
  await sleep(Math.max(0, notAfter.getTime() - Date.now()) + 1000);
  const verify = async (signature: string, trust: readonly string[]): ReturnType<Scene["assay"]> =>
    await scene.assay(["verify", "certificate", scene.model, "--signature", scene.file(signature), ...chain, ...trust]);
  refused(await verify("expiring.sig", tsaChain), 1, /expired/);
  succeeded(await verify("stamped.sig", tsaChain));
}

function hoursFromNow(hours: number): Date {
  return new Date((Math.floor(Date.now() / 1000) + hours * 3600) * 1000);
}
