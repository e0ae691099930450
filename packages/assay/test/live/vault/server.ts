// The Vault signer against a real OpenBao: npm run test:signers
// It fails without OpenBao, and says how to get it; `npm test` uses a fake.
import assert from "node:assert/strict";
import { createPublicKey } from "node:crypto";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { after, test } from "node:test";
import type { Signer } from "../../../src/signing/signer.ts";
import { vaultSigner } from "../../../src/signing/vault/vault-signer.ts";
import { sign } from "../../../src/api/sign.ts";
import { verify } from "../../../src/api/verify.ts";
import { refusedWith, rejectsWith } from "../../support/rejects.ts";
import { temporaryFolder } from "../../support/temporary-folder.ts";
import { startOpenBao } from "./openbao.ts";

const bao = await startOpenBao();
after(() => bao.stop());
const folder = temporaryFolder();
const model = join(folder, "model.gguf");
writeFileSync(model, "weights");
const message = Buffer.from("what is to be signed");

function open(keyUri: string, environment: Record<string, string> = {}): Promise<Signer> {
  return vaultSigner({ keyUri, environment: { BAO_ADDR: bao.address, BAO_TOKEN: bao.rootToken, ...environment } });
}

async function makeKey(name: string, type: string, namespace?: string): Promise<void> {
  await bao.ask("POST", `transit/keys/${name}`, { type }, namespace);
}

const kinds = [
  ["ecdsa-p256", "ecdsa-p256-sha256"],
  ["ecdsa-p384", "ecdsa-p384-sha384"],
  ["ecdsa-p521", "ecdsa-p521-sha512"],
  ["rsa-2048", "rsa-pkcs1v15-sha256"],
  ["rsa-3072", "rsa-pkcs1v15-sha256"],
  ["rsa-4096", "rsa-pkcs1v15-sha256"],
] as const;
for (const [type, algorithm] of kinds) {
  test(`a model signed with a key of the type ${type} verifies with its public key`, async () => {
    await makeKey(type, type);
    const signer = await open(`hashivault://${type}`);
    assert.equal(signer.algorithm, algorithm);
    const signature = join(folder, `${type}.sig`);
    await sign(model, { signer, signature });
    const publicKey = createPublicKey({ key: Buffer.from(signer.publicKey), format: "der", type: "spki" }).export({
      type: "spki",
      format: "pem",
    });
    assert.equal((await verify(model, { signature, trust: { method: "key", publicKey } })).outcome, "verified");
  });
}

for (const type of ["ed25519", "aes256-gcm96"]) {
  test(`a key of the type ${type} is refused`, async () => {
    await makeKey(`no-${type}`, type);
    await rejectsWith("ALGORITHM_FORBIDDEN", () => open(`openbao://no-${type}`));
  });
}

test("a rotated key signs with the version that was read, and any version can be asked for", async () => {
  await makeKey("rotated", "ecdsa-p256");
  const before = await open("openbao://rotated");
  await bao.ask("POST", "transit/keys/rotated/rotate");
  await before.sign(message);
  const now = await open("openbao://rotated");
  const first = await open("openbao://rotated?version=1");
  await now.sign(message);
  await first.sign(message);
  assert.deepEqual(first.publicKey, before.publicKey);
  assert.notDeepEqual(now.publicKey, before.publicKey);
  await rejectsWith("SERVER_REFUSED", () => open("openbao://rotated?version=3"));
});

test("a token that may read and sign with this key alone is enough, and does not open another", async () => {
  await makeKey("allowed", "ecdsa-p256");
  const policy = 'path "transit/keys/allowed" { capabilities = ["read"] } path "transit/sign/allowed" { capabilities = ["update"] }';
  await bao.ask("POST", "sys/policies/acl/signer", { policy });
  const { auth } = (await bao.ask("POST", "auth/token/create", { policies: ["signer"], no_default_policy: true })) as {
    auth: { client_token: string };
  };
  const token = { BAO_TOKEN: auth.client_token };
  await (await open("openbao://allowed", token)).sign(message);
  const error = await rejectsWith("SERVER_REFUSED", () => open("openbao://rotated", token));
  assert.ok(!`${error.message} ${error.hint} ${error.stack}`.includes(auth.client_token));
});

test("a key in a namespace is found there and nowhere else", async () => {
  await bao.ask("POST", "sys/namespaces/team-a");
  await bao.ask("POST", "sys/mounts/transit", { type: "transit" }, "team-a");
  await makeKey("theirs", "ecdsa-p256", "team-a");
  await (await open("openbao://theirs", { BAO_NAMESPACE: "team-a" })).sign(message);
  await rejectsWith("SERVER_REFUSED", () => open("openbao://theirs"));
});

test("a wrong token and a key that is not there are refusals", async () => {
  await rejectsWith("SERVER_REFUSED", () => open("openbao://rotated", { BAO_TOKEN: "s.wrong" }));
  await rejectsWith("SERVER_REFUSED", () => open("openbao://missing"));
});

test("a sealed server leaves the question open", async () => {
  await bao.ask("POST", "sys/seal");
  await refusedWith("SERVER_UNREACHABLE", () => open("openbao://rotated"));
});
