import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { generateKeyPairSync } from "node:crypto";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { assessOpenness, digest, keySigner, sign } from "../../src/index.ts";
import { licenseCatalog } from "../../src/openness/license-catalog.ts";
import { rejectsWith } from "../support/rejects.ts";
import { temporaryFolder } from "../support/temporary-folder.ts";
import { makeFolder, MODEL_FOLDERS } from "../support/models/described.ts";

const root = temporaryFolder();

test("a program asks a folder: findings, both answers, the digest; relative to its own folder", async () => {
  makeFolder(root, "claiming", MODEL_FOLDERS["weights-code-and-paper"] ?? {});
  const { findings, asFound, ifClaimsHold, binding, coverage, name } = await assessOpenness("claiming", { cwd: root });
  assert.equal(name, "claiming");
  assert.equal(findings.components.length, 17);
  assert.equal(asFound.evaluation.components.length, ifClaimsHold.evaluation.components.length);
  assert.equal(binding?.manifestDigest, (await digest(join(root, "claiming"))).manifestDigest);
  assert.equal(coverage, undefined);
});

test("a mof.yml in the folder is read, and one that cannot be is told", async () => {
  const folder = makeFolder(root, "described", { "mof.yml": "release: { name: Granite, license: MIT }\n", "README.md": "x" });
  assert.equal((await assessOpenness(folder)).ifClaimsHold.model.release.name, "Granite");
  writeFileSync(join(folder, "mof.yml"), "release: [\n");
  const { warnings } = await assessOpenness(folder);
  assert.ok(warnings.some(({ code, message }) => code === "EVIDENCE_MOF_BROKEN" && message.includes("mof.yml, line 2")));
});

test("strictness and licenses are the caller's", async () => {
  const words = Array.from({ length: 40 }, (_, at) => `word${at}`).join(" ");
  const folder = makeFolder(root, "spelled", { "README.md": `---\nlicense: apache-2.0\n---\n# Model\n\n${words}\n` });
  const statusOfCard = async (options: Parameters<typeof assessOpenness>[1]): Promise<string | undefined> => {
    const { ifClaimsHold } = await assessOpenness(folder, options);
    return ifClaimsHold.evaluation.components.find(({ name }) => name === "Model card")?.status;
  };
  assert.equal(await statusOfCard({}), "included");
  assert.equal(await statusOfCard({ strict: true }), "invalid");
  assert.equal(await statusOfCard({ licenses: licenseCatalog() }), "invalid");
});

test("with trust, the assessment says which files are signed, and a signature that does not hold does not throw", async () => {
  const folder = makeFolder(root, "signed", { "README.md": "a" });
  const pair = (): { privateKey: string; publicKey: string } =>
    generateKeyPairSync("ec", {
      namedCurve: "P-256",
      privateKeyEncoding: { type: "pkcs8", format: "pem" },
      publicKeyEncoding: { type: "spki", format: "pem" },
    });
  const [alice, mallory] = [pair(), pair()];
  const signature = join(root, "signed.sig");
  await sign(folder, { signer: await keySigner({ privateKey: alice.privateKey }), signature });
  const assess = (publicKey: string) => assessOpenness(folder, { signature, trust: { method: "key", publicKey } });
  assert.equal((await assess(alice.publicKey)).coverage?.verification.outcome, "verified");
  const refused = await assess(mallory.publicKey);
  assert.equal(refused.coverage?.verification.outcome, "failed");
  assert.notEqual(refused.binding, undefined);
});

test("anything but a folder is rejected", async () => {
  await rejectsWith("FILE_NOT_FOUND", () => assessOpenness("nowhere", { cwd: root }));
  writeFileSync(join(root, "file"), "");
  await rejectsWith("USAGE", () => assessOpenness("file", { cwd: root }));
});

test("a program that only verifies loads no reader of YAML", () => {
  const index = new URL("../../src/index.ts", import.meta.url).href;
  const code = `await import(${JSON.stringify(index)}); const { createRequire } = await import("node:module");
    const cache = Object.keys(createRequire(import.meta.url).cache); process.exit(cache.some((name) => /node_modules.yaml/.test(name)) ? 1 : 0);`;
  const { status, stderr } = spawnSync(process.execPath, ["--input-type=module", "-e", code], { encoding: "utf8" });
  assert.equal(status, 0, stderr);
});
