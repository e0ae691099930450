import assert from "node:assert/strict";
import { appendFileSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { suite, test } from "node:test";
import { Ajv2020 } from "ajv/dist/2020.js";
import { SPECS } from "../../src/cli/registry.ts";
import type { SchemaName } from "../../src/report/json/head.ts";
import * as certificates from "../support/cli/certificate-folder.ts";
import { assay, SIGN, signedFolder, VERIFY, workFolder } from "../support/cli/command.ts";

const ajv = new Ajv2020({ strict: true, allErrors: true });

/** The published schema, and with it that no field is printed that it does not name. */
function checkAgainst(name: SchemaName, document: unknown): void {
  const text = readFileSync(new URL(`../../schemas/${name}.v1.json`, import.meta.url), "utf8");
  const schema = closed(JSON.parse(text) as object, name);
  const validate = ajv.getSchema(`${name}-closed`) ?? ajv.compile(schema);
  assert.ok(validate(document), JSON.stringify(validate.errors, undefined, 2));
}

function closed(schema: object, name: string): object {
  const text = JSON.stringify(schema, (_, value: unknown) =>
    typeof value === "object" && value !== null && "properties" in value && "type" in value
      ? { ...value, additionalProperties: false }
      : value,
  );
  return { ...(JSON.parse(text) as object), $id: `${name}-closed` };
}

async function json(name: SchemaName, argv: readonly string[], cwd: string, exitCode: number): Promise<Record<string, unknown>> {
  const ran = await assay([...argv, "--json"], { cwd });
  assert.equal(ran.exitCode, exitCode, ran.stdout + ran.stderr);
  const document = JSON.parse(ran.stdout) as Record<string, unknown>;
  checkAgainst(name, document);
  assert.equal(document["schema"], `urn:assay:schema:${name}:v1`);
  assert.equal(document["exitCode"], exitCode);
  return document;
}

suite("--json prints one object that its published schema describes", () => {
  test("for sign, over whole files and in shards", async () => {
    const cwd = workFolder({ "a.bin": "aaaa", "x.log": "x" });
    const whole = await json("sign", [...SIGN, "--ignore-paths", "granite/x.log"], cwd, 0);
    assert.equal((whole["notCovered"] as unknown[]).length, 1);
    await json("sign", [...SIGN, "--shard-size", "3", "--hash", "blake3"], cwd, 0);
  });

  test("for verify, verified", async () => {
    const cwd = await signedFolder({ "a.bin": "aaaa", ".gitattributes": "x" });
    writeFileSync(join(cwd, "granite", "new"), "new");
    const document = await json("verify", [...VERIFY, "--ignore-unsigned-files"], cwd, 0);
    assert.equal(document["outcome"], "verified");
    assert.deepEqual(document["unsigned"], [{ name: "new", size: 3 }]);
    assert.equal(document["error"], null);
  });

  test("for verify, failed, with every difference", async () => {
    const files = Object.fromEntries(Array.from({ length: 30 }, (_, index) => [`f${index}`, `content ${index}`]));
    const cwd = await signedFolder({ ...files, gone: "gone", old: "old name" });
    for (const name of Object.keys(files)) appendFileSync(join(cwd, "granite", name), "!");
    rmSync(join(cwd, "granite", "gone"));
    renameSync(join(cwd, "granite", "old"), join(cwd, "granite", "new"));
    writeFileSync(join(cwd, "granite", "extra"), "extra");
    const document = await json("verify", VERIFY, cwd, 1);
    assert.equal(document["outcome"], "failed");
    assert.equal((document["differences"] as unknown[]).length, 33);
  });

  test("for verify, before the files are looked at", async () => {
    const cwd = await signedFolder();
    writeFileSync(join(cwd, "model.sig"), "{}");
    const document = await json("verify", VERIFY, cwd, 1);
    assert.equal(document["signer"], null);
    assert.equal(document["manifest"], null);
  });

  test("for sign, verify and inspect with a certificate", async () => {
    const cwd = certificates.certificateFolder();
    const signed = await json("sign", [...certificates.SIGN, "--certificate-chain", "intermediate.pem,root.pem"], cwd, 0);
    assert.equal((signed["signer"] as { anchor: unknown }).anchor, null);
    const verified = await json("verify", [...certificates.VERIFY, "root.pem"], cwd, 0);
    assert.equal((verified["signer"] as { path: unknown[] }).path.length, 3);
    const inspected = await json("inspect", ["inspect", "model.sig"], cwd, 0);
    assert.equal((inspected["claimed"] as { subject: string }).subject, "CN=Granite Models");
  });

  test("for verify by another method than the bundle's", async () => {
    const cwd = await signedFolder();
    const document = await json("verify", ["verify", "granite", "--identity", "me", "--identity-provider", "x"], cwd, 1);
    assert.equal((document["error"] as { code: string }).code, "METHOD_MISMATCH");
  });

  test("for digest", async () => {
    const cwd = workFolder();
    const document = await json("digest", ["digest", "granite"], cwd, 0);
    assert.equal((document["files"] as unknown[]).length, 2);
    const { stdout } = await assay(["digest", "granite"], { cwd });
    assert.equal(stdout, `${String(document["rootDigest"])}\n`);
  });

  test("for inspect", async () => {
    const cwd = await signedFolder();
    const document = await json("inspect", ["inspect", "model.sig"], cwd, 0);
    assert.equal(document["verified"], false);
  });

  test("for diff, of the same and of different things", async () => {
    const cwd = await signedFolder();
    await json("diff", ["diff", "model.sig", "granite"], cwd, 0);
    appendFileSync(join(cwd, "granite", "config.json"), "!");
    const document = await json("diff", ["diff", "model.sig", "granite"], cwd, 1);
    assert.equal(document["same"], false);
  });

  test("for errors of the command line too, and nothing else is printed", async () => {
    const cwd = workFolder();
    for (const argv of [
      ["verfy"],
      ["verify", "key", "granite"],
      ["digest", "nowhere"],
      ["digest", "granite", "--hash", "md5"],
      ["digest", "granite", "--timeout", "soon"],
    ]) {
      const document = await json("error", argv, cwd, 2);
      assert.equal((document["error"] as { outcome: string }).outcome, "usage");
      assert.equal((await assay([...argv, "--json"], { cwd })).stderr, "");
    }
  });

  test("for help, the version, the demo and the schema of a mof.yml", async () => {
    const cwd = workFolder();
    assert.equal(((await json("help", ["help"], cwd, 0))["commands"] as unknown[]).length, SPECS.length);
    assert.equal(((await json("help", ["help", "verify", "key"], cwd, 0))["commands"] as unknown[]).length, 1);
    assert.equal(((await json("help", ["verify", "--help"], cwd, 0))["commands"] as unknown[]).length, 4);
    assert.deepEqual((await json("help", ["--version"], cwd, 0))["commands"], []);
    await json("demo", ["demo"], cwd, 0);
    await json("openness-schema", ["openness", "schema"], cwd, 0);
  });

  test("for models side by side, with a policy and without", async () => {
    const cwd = await signedFolder();
    writeFileSync(join(cwd, "policy.yml"), 'version: 1\nname: test\nmodels:\n  - { match: { name: "**" }, rules: { load: any } }\n');
    await json("compare", ["compare", "granite", "granite", "--sector", "public"], cwd, 0);
    await json("compare", ["compare", "granite", "granite", "--policy", "policy.yml"], cwd, 0);
  });

  test("for a key that cannot sign", async () => {
    const cwd = workFolder();
    const document = await json("error", ["sign", "key", "granite", "--private-key", "key.pub"], cwd, 2);
    assert.equal((document["error"] as { code: string }).code, "KEY_INVALID");
    assert.equal(document["command"], "sign key");
  });
});

test("every published schema compiles in strict mode, without any allowance", () => {
  const folder = new URL("../../schemas/", import.meta.url);
  for (const file of readdirSync(folder)) {
    const schema = JSON.parse(readFileSync(new URL(file, folder), "utf8")) as object;
    assert.doesNotThrow(() => new Ajv2020({ strict: true, allErrors: true }).compile(schema), file);
  }
});
