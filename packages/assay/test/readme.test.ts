import assert from "node:assert/strict";
import { execFileSync, spawnSync } from "node:child_process";
import { appendFileSync, cpSync, readFileSync, symlinkSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { test } from "node:test";
import { fileURLToPath } from "node:url";
import { keySigner, sign } from "../src/index.ts";
import { makeKeyPair } from "./support/keys.ts";
import { writeFiles } from "./support/models/on-disk.ts";
import { safetensors } from "./support/scan/safetensors.ts";
import { temporaryFolder } from "./support/temporary-folder.ts";
import { email, makeCa, makeCertificate } from "./support/x509/make.ts";

const root = fileURLToPath(new URL("../../../", import.meta.url));
const readme = readFileSync(join(root, "README.md"), "utf8");
const blocks = (language: string): string[] =>
  [...readme.matchAll(new RegExp(`^\`\`\`${language}\\n([\\s\\S]*?)^\`\`\`$`, "gm"))].map(([, code = ""]) => code);

/** The folder of a reader who follows the README: a model, another version of it, keys, a team's certificate and its CAs. */
function readersFolder(): string {
  const folder = temporaryFolder();
  const weights = safetensors({ weight: { shape: [25, 50] } });
  const card = "---\nlicense: apache-2.0\n---\n# Granite\n";
  writeFiles(join(folder, "granite"), { "README.md": card, "config.json": "{}", "model-00001-of-00001.safetensors": weights });
  const keys = makeKeyPair("P-256");
  const rootCa = makeCa();
  const ca = makeCa({ issuer: rootCa });
  const team = makeCertificate({ subject: "Model team", issuer: ca, names: [email("models@example.com")] });
  const files = {
    "key.pem": keys.privateKey,
    "key.pub": keys.publicKey,
    "team.key": team.privateKey.export({ type: "pkcs8", format: "pem" }).toString(),
    "team.crt": team.pem,
    "ca.crt": ca.pem,
    "root.crt": rootCa.pem,
  };
  for (const [name, content] of Object.entries(files)) writeFileSync(join(folder, name), content, { mode: 0o600 });
  cpSync(join(folder, "granite"), join(folder, "granite-2"), { recursive: true });
  appendFileSync(join(folder, "granite-2", "config.json"), "\n");
  // `assay` and `node` as the reader has them.
  writeFiles(join(folder, "bin"), {});
  symlinkSync(join(root, "packages/assay/dist/bin/assay.js"), join(folder, "bin", "assay"));
  return folder;
}

const folder = readersFolder();
const env = { ...process.env, PATH: `${join(folder, "bin")}:${dirname(process.execPath)}:${process.env["PATH"] ?? ""}` };

// The README begins with a download: the publisher has signed it with a key of which the reader has the public part.
execFileSync("sh", ["-c", "assay sign key granite --private-key key.pem --signature granite/model.sig"], { cwd: folder, env });

test("the README begins with lines that the demo prints", () => {
  const [shown = ""] = blocks("console");
  const lines = shown.trimEnd().split("\n");
  assert.ok(lines.length >= 8);
  const { status, stdout } = spawnSync("sh", ["-c", "assay demo"], { cwd: folder, env: { ...env, COLUMNS: undefined }, encoding: "utf8" });
  assert.equal(status, 0);
  for (let at = 0; at < lines.length; at += 2) assert.ok(stdout.includes(`\n${lines[at] ?? ""}\n${lines[at + 1] ?? ""}\n`), lines[at]);
});

test("the README has ten examples that need no server", () => assert.equal(blocks("sh").length, 10));

test("the README's examples run as written, one after another", () => {
  const outputs: string[] = [];
  for (const script of blocks("sh")) {
    const { status, stdout, stderr } = spawnSync("sh", ["-c", script], { cwd: folder, env, encoding: "utf8" });
    // `assay diff` exits with 1 where something changed, as it does here; a starting policy denies what was not reviewed.
    assert.equal(status, /assay diff|assay policy init/.test(script) ? 1 : 0, `${script}\n${stdout}${stderr}`);
    outputs.push(stdout);
  }
  const [denied = "", allowed = "", verified = "", , , scanned = "", signed = "", certified = "", shown = ""] = outputs;
  assert.match(denied, /^✘ DENY: granite by pin: the lock file is missing/);
  assert.match(allowed, /✔ ALLOW: granite: 4 of 4 rules pass/);
  assert.match(readFileSync(join(folder, "report.html"), "utf8"), /<title>ALLOW: granite<\/title>/);
  assert.match(verified, /Verified: all 3 files/);
  assert.match(scanned, /^✔ Data only: granite, 4 of 4 files examined[^]*1,250 parameters, F32/);
  assert.match(signed, /Signed: all 3 files/);
  assert.match(certified, /Verified: .*Model team/);
  assert.match(shown, /Nothing is verified here/);
  assert.match(shown, /changed +config\.json/);
  const answer: unknown = JSON.parse(readFileSync(join(folder, "answer.json"), "utf8"));
  const pin = readFileSync(join(folder, "granite.digest"), "utf8").trim();
  // The recorded digest is the one that covers names, so that no warning is due.
  assert.partialDeepStrictEqual(answer, { outcome: "verified", manifest: { manifestDigest: pin }, warnings: [] });
});

test("the README's library example runs as written", () => {
  const [code = ""] = blocks("ts");
  writeFiles(join(folder, "node_modules"), {});
  symlinkSync(join(root, "packages/assay"), join(folder, "node_modules", "assay"));
  writeFileSync(join(folder, "example.mts"), code);
  const { status, stdout, stderr } = spawnSync(process.execPath, ["example.mts"], { cwd: folder, env, encoding: "utf8" });
  assert.equal(status, 0, stderr);
  assert.match(stdout, /[0-9a-f]{64}/);
  assert.match(stdout, /data-only null allow\n$/);
});

test("the program of docs/api asks four questions, as written", () => {
  const [, code = ""] = /^```ts\n([\s\S]*?)^```$/m.exec(readFileSync(join(root, "docs/api/README.md"), "utf8")) ?? [];
  writeFileSync(join(folder, "questions.mts"), code);
  const run = (model: string) => spawnSync(process.execPath, ["questions.mts", model], { cwd: folder, env, encoding: "utf8" });
  const allowed = run("granite");
  assert.equal(allowed.status, 0, allowed.stderr);
  assert.match(allowed.stdout, /^verified sha256:[0-9a-f]{64}\ndata-only null null\n[^]*pin pass /);
  const missing = run("nothing");
  assert.equal(missing.status, 3);
  assert.match(missing.stderr, /^FILE_NOT_FOUND /);
});

test("the library example of docs/openness.md runs as written", () => {
  const page = readFileSync(join(root, "docs/openness.md"), "utf8");
  const [, code = ""] = /^```js\n([\s\S]*?)^```$/m.exec(page) ?? [];
  const cwd = temporaryFolder();
  const model = "release:\n  name: granite\n  license:\n    distribution:\n      name: apache-2.0\n  components:\n    - name: Model card\n";
  writeFiles(cwd, {
    "example.mjs": code,
    "mof.yml": `framework:\n  name: Model Openness Framework\n  version: "1.0"\n  date: "2024-12-15"\n${model}`,
  });
  writeFiles(join(cwd, "node_modules"), {});
  symlinkSync(join(root, "packages/assay"), join(cwd, "node_modules", "assay"));
  const { status, stdout, stderr } = spawnSync(process.execPath, ["example.mjs"], { cwd, encoding: "utf8" });
  assert.equal(status, 0, stderr);
  assert.match(stdout, /Unclassified[\s\S]*component:/);
});

test("the longer library example runs", () => {
  const { status, stdout, stderr } = spawnSync(process.execPath, ["examples/sign-and-verify.mjs"], { cwd: root, encoding: "utf8" });
  assert.equal(status, 0, stderr);
  assert.match(stdout, /before: verified[\s\S]*after: failed \(MODEL_MISMATCH\): changed weights\.bin/);
});

test("the page for a browser is built, and tells who signed and what", async () => {
  const folder = temporaryFolder();
  const { status, stderr } = spawnSync(process.execPath, ["examples/browser/build.mjs", folder], { cwd: root, encoding: "utf8" });
  assert.equal(status, 0, stderr);
  assert.doesNotMatch(readFileSync(join(folder, "page.js"), "utf8"), /["']node:/);
  const { check } = (await import(join(folder, "page.js"))) as {
    check: (bundle: Uint8Array, key: string) => Promise<{ files: string[] }>;
  };
  const keys = makeKeyPair("P-256");
  const model = writeFiles(join(folder, "tiny"), { "config.json": "{}", "weights.bin": "1" });
  const { bundle } = await sign(model, { signer: await keySigner(keys) });
  assert.deepEqual((await check(bundle, keys.publicKey)).files, ["config.json", "weights.bin"]);
  await assert.rejects(check(bundle, makeKeyPair("P-256").publicKey), { code: "SIGNATURE_INVALID" });
});

test("the keyless example says what it needs", () => {
  const { status, stderr } = spawnSync(process.execPath, ["examples/keyless.mjs"], { cwd: root, encoding: "utf8" });
  assert.deepEqual([status, stderr], [2, "usage: keyless.mjs MODEL IDENTITY IDENTITY_PROVIDER\n"]);
});
