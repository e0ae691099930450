import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync, symlinkSync, writeFileSync } from "node:fs";
import { homedir, hostname } from "node:os";
import { join } from "node:path";
import { suite, test } from "node:test";
import { parseBundle } from "../../src/bundle/parse.ts";
import { readEvidenceStatement } from "../../src/statement/evidence/read.ts";
import { checkFolder, POISON, type CheckFolder } from "../support/check/checked.ts";
import { certificateFolder } from "../support/cli/certificate-folder.ts";
import { assay, type Ran } from "../support/cli/command.ts";
import { closedSchema } from "../support/cli/closed-schema.ts";
import { makeKeyPair } from "../support/keys.ts";

const RULES = "signers: [{ key: { file: ours.pub } }]\nload: data-only\n";
const STATEMENTS = ["verification-summary", "simple-verification-result", "openness", "load-risk"];
const DOCUMENTS = ["bom.cdx.json", "bom.spdx3.json", "decision.json", "load-risk.sarif", "manifest.txt", "report.html"];
const unsigned = STATEMENTS.map((name) => `${name}.unsigned.json`);
const signed = STATEMENTS.map((name) => `${name}.sigstore.json`);

async function folderWithKey(files?: Parameters<typeof checkFolder>[0]): Promise<CheckFolder> {
  const folder = await checkFolder(files);
  const { privateKey, publicKey } = makeKeyPair("P-256");
  writeFileSync(join(folder.root, "intake.pem"), privateKey, { mode: 0o600 });
  writeFileSync(join(folder.root, "intake.pub"), publicKey);
  folder.policy(RULES);
  return folder;
}

async function checkWith({ root }: CheckFolder, ...options: string[]): Promise<Ran> {
  return assay(["check", "granite", "--policy", "policy.yml", ...options], { cwd: root });
}

const SIGN = ["--sign", "key", "--private-key", "intake.pem"];

suite("assay check --evidence", () => {
  test("writes unsigned statements that are named so, and every document, into a folder that it makes", async () => {
    const folder = await folderWithKey();
    const { exitCode, stdout, stderr } = await checkWith(folder, "--evidence", "a/b");
    assert.equal(exitCode, 0, stderr);
    assert.deepEqual(readdirSync(join(folder.root, "a/b")).sort(), [...unsigned, ...DOCUMENTS].sort());
    assert.match(stdout, /Evidence {4}10 files in a\/b, unsigned/);
    assert.match(stdout, /sign it with --sign METHOD/);
  });

  test("with --sign, each statement becomes a Sigstore bundle, and the JSON lists what was written", async () => {
    const folder = await folderWithKey();
    const { exitCode, stdout, stderr } = await checkWith(
      folder,
      "--evidence",
      "evidence",
      ...SIGN,
      "--verifier-id",
      "urn:example:intake",
      "--json",
    );
    assert.equal(exitCode, 0, stderr);
    const document = JSON.parse(stdout) as { evidence: { folder: string; files: { name: string; digest: string; signed: boolean }[] } };
    const validate = closedSchema("check");
    assert.ok(validate(document), JSON.stringify(validate.errors, undefined, 2));
    const written = join(folder.root, "evidence");
    assert.deepEqual(readdirSync(written).sort(), [...signed, ...DOCUMENTS].sort());
    for (const { name, digest, signed: isSigned } of document.evidence.files) {
      assert.equal(
        `sha256:${createHash("sha256")
          .update(readFileSync(join(written, name)))
          .digest("hex")}`,
        digest,
      );
      assert.equal(isSigned, name.endsWith(".sigstore.json"));
    }
    for (const name of signed) {
      const content = readEvidenceStatement(parseBundle(readFileSync(join(written, name))).envelope.payload);
      assert.deepEqual([content.verifierId, content.result], ["urn:example:intake", "PASSED"]);
    }
  });

  test("with a certificate too", async () => {
    const folder = await folderWithKey();
    const made = certificateFolder();
    for (const name of ["leaf.key", "leaf.pem", "intermediate.pem", "root.pem"]) cpSync(join(made, name), join(folder.root, name));
    const options = [
      "--sign",
      "certificate",
      "--private-key",
      "leaf.key",
      "--signing-certificate",
      "leaf.pem",
      "--certificate-chain",
      "intermediate.pem,root.pem",
    ];
    const { stderr } = await checkWith(folder, "--evidence", "evidence", ...options);
    const bundle = parseBundle(readFileSync(join(folder.root, "evidence/verification-summary.sigstore.json")));
    assert.equal(bundle.material.kind, "x509CertificateChain", stderr);
  });

  test("writes the evidence of a no as well", async () => {
    const folder = await folderWithKey({ "pytorch_model.bin": POISON });
    const { exitCode } = await checkWith(folder, "--evidence", "evidence");
    assert.equal(exitCode, 1);
    const statement = readEvidenceStatement(readFileSync(join(folder.root, "evidence/verification-summary.unsigned.json")));
    assert.deepEqual([statement.result, statement.decision, statement.decidedBy], ["FAILED", "deny", "LOAD_CODE"]);
  });

  test("writes none about a model that could not be read, and says so", async () => {
    const folder = await folderWithKey();
    symlinkSync("/etc/hostname", join(folder.model, "linked.bin"));
    const { exitCode, stdout } = await checkWith(folder, "--evidence", "evidence");
    assert.equal(exitCode, 3);
    assert.match(stdout, /Evidence {4}none is written/);
    assert.ok(!existsSync(join(folder.root, "evidence")));
  });

  test("replaces evidence of an earlier check, and nothing else without --force", async () => {
    const folder = await folderWithKey();
    await checkWith(folder, "--evidence", "evidence", ...SIGN);
    assert.equal((await checkWith(folder, "--evidence", "evidence", ...SIGN)).exitCode, 0);
    for (const name of [...signed, ...DOCUMENTS]) {
      const place = join(folder.root, "evidence", name);
      const before = readFileSync(place);
      writeFileSync(place, "mine");
      const { exitCode, stderr } = await checkWith(folder, "--evidence", "evidence", ...SIGN);
      assert.deepEqual([exitCode, readFileSync(place, "utf8")], [2, "mine"], name);
      assert.match(stderr, new RegExp(`${name.replaceAll(".", "\\.")} exists and is not a piece of evidence`));
      writeFileSync(place, before);
    }
    writeFileSync(join(folder.root, "evidence/decision.json"), "mine");
    assert.equal((await checkWith(folder, "--evidence", "evidence", ...SIGN, "--force")).exitCode, 0);
    assert.match(readFileSync(join(folder.root, "evidence/decision.json"), "utf8"), /urn:assay:schema:check:v1/);
  });

  test("puts no unsigned statement beside a signed one of another check; with --force the older ones are removed", async () => {
    const folder = await folderWithKey();
    await checkWith(folder, "--evidence", "evidence", ...SIGN);
    const { exitCode, stderr } = await checkWith(folder, "--evidence", "evidence");
    assert.equal(exitCode, 2);
    assert.match(stderr, /verification-summary\.sigstore\.json is signed evidence of another check/);
    assert.equal((await checkWith(folder, "--evidence", "evidence", "--force")).exitCode, 0);
    assert.deepEqual(readdirSync(join(folder.root, "evidence")).sort(), [...unsigned, ...DOCUMENTS].sort());
  });

  test("is never written into the model, by whatever path", async () => {
    const folder = await folderWithKey();
    symlinkSync(folder.model, join(folder.root, "alias"));
    for (const place of ["granite", "granite/evidence", "granite/new/evidence", "alias/evidence"]) {
      const { exitCode, stderr } = await checkWith(folder, "--evidence", place);
      assert.equal(exitCode, 2, place);
      assert.match(stderr, /the folder for evidence is in the model/);
    }
    assert.equal((await checkWith(folder, "--evidence", "granite-evidence")).exitCode, 0);
  });

  test("a signer that cannot sign leaves the folder as it was", async () => {
    const folder = await folderWithKey();
    writeFileSync(join(folder.root, "broken.pem"), "no key");
    const { exitCode } = await checkWith(folder, "--evidence", "evidence", "--sign", "key", "--private-key", "broken.pem");
    assert.equal(exitCode, 2);
    assert.ok(!existsSync(join(folder.root, "evidence")));
  });

  test("wrong questions: options without what they are for, several models, another method's options, no URI", async () => {
    const folder = await folderWithKey();
    cpSync(folder.model, join(folder.root, "other"), { recursive: true });
    const wrong: readonly (readonly [RegExp, readonly string[]])[] = [
      [/--sign is for evidence, and --evidence is missing/, SIGN.slice(0, 2)],
      [/--private-key is for evidence/, SIGN.slice(2)],
      [/--private-key is for signing the evidence, and --sign is missing/, ["--evidence", "e", ...SIGN.slice(2)]],
      [/--evidence is about one model/, ["other", "--evidence", "e"]],
      [/--private-key or --key-uri is missing: --sign key needs it/, ["--evidence", "e", "--sign", "key"]],
      [/--pkcs11-uri is not an option of --sign key/, ["--evidence", "e", ...SIGN, "--pkcs11-uri", "pkcs11:token=a"]],
      [/--private-key and --key-uri name two keys/, ["--evidence", "e", ...SIGN, "--key-uri", "hashivault://a"]],
      [/the verifier's id is not an absolute URI: "me"/, ["--evidence", "e", "--verifier-id", "me"]],
      [/policy\.yml: it is not a folder/, ["--evidence", "policy.yml"]],
    ];
    for (const [message, options] of wrong) {
      const { exitCode, stderr } = await checkWith(folder, ...options);
      assert.equal(exitCode, 2, stderr);
      assert.match(stderr, message);
      assert.ok(!existsSync(join(folder.root, "e")));
    }
  });

  test("with --redact, no file holds a path of this machine, or the name of a user, a host or a file outside of the model", async () => {
    const { root } = await folderWithKey();
    const telling = join(root, "home-of-telltale/secret-project");
    mkdirSync(telling, { recursive: true });
    cpSync(join(root, "granite"), join(telling, "codename-granite"), { recursive: true });
    // A second signature: the warning about it names both.
    cpSync(join(root, "granite/model.sig"), join(telling, "model.sig"));
    cpSync(join(root, "intake.pem"), join(telling, "intake.pem"));
    cpSync(join(root, "ours.pub"), join(telling, "telltale-key.pub"));
    mkdirSync(join(telling, "telltale-advisories"));
    const rules = "signers: [{ key: { file: telltale-key.pub } }], load: data-only, pin: if-present, license: [MIT]";
    const advisories = "advisories: { from: [telltale-advisories], on-unknown: warn }";
    const policy = `version: 1\nname: test\nmodels: [{ id: all, match: { name: "**" }, rules: { ${rules}, ${advisories} } }]\n`;
    writeFileSync(join(telling, "telltale-policy.yml"), policy);
    for (const options of [[], SIGN]) {
      const place = join(root, `out${options.length}`);
      const ran = await assay(
        ["check", "codename-granite", "--policy", "telltale-policy.yml", "--evidence", place, "--redact", "--json", ...options],
        { cwd: telling },
      );
      assert.equal(ran.exitCode, 1, ran.stderr);
      const texts = readdirSync(place).flatMap((name) => {
        const bytes = readFileSync(join(place, name));
        const payload = name.endsWith(".sigstore.json") ? parseBundle(bytes).envelope.payload : new Uint8Array();
        return [[name, bytes.toString("latin1")] as const, [name, Buffer.from(payload).toString("latin1")] as const];
      });
      for (const [name, text] of [...texts, ["standard output", ran.stdout] as const]) {
        // A short name of a host may be a part of any base64.
        const host = new RegExp(`(?<![\\w+/=])${hostname()}(?![\\w+/=])`);
        assert.doesNotMatch(text, host, name);
        for (const word of ["telltale", "codename", "secret-project", root, homedir(), "file://"]) {
          assert.ok(!text.includes(word), `${name} holds ${word}: ${text.slice(Math.max(0, text.indexOf(word) - 80)).slice(0, 200)}`);
        }
      }
    }
  });
});
