import assert from "node:assert/strict";
import { appendFileSync, cpSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { suite, test } from "node:test";
import { PAYLOAD_TYPE } from "../../src/bundle/payload-type.ts";
import { writeBundle } from "../../src/bundle/write.ts";
import { keySigner } from "../../src/signing/key-signer.ts";
import { sealStatement } from "../../src/signing/seal.ts";
import { checkFolder, POISON, type CheckFolder } from "../support/check/checked.ts";
import { certificateFolder } from "../support/cli/certificate-folder.ts";
import { closedSchema } from "../support/cli/closed-schema.ts";
import { assay, type Ran } from "../support/cli/command.ts";
import { makeKeyPair } from "../support/keys.ts";

const RULES = "signers: [{ key: { file: ours.pub } }]\nload: data-only\n";
const STATEMENTS = ["verification-summary", "simple-verification-result", "openness", "load-risk"];
const SUMMARY = "evidence/verification-summary.sigstore.json";
const TRUST = ["--public-key", "intake.pub"];

/** A folder with a checked model and its signed evidence. */
async function evidenceFolder(files?: Parameters<typeof checkFolder>[0], ...options: string[]): Promise<CheckFolder> {
  const folder = await checkFolder(files);
  const { privateKey, publicKey } = makeKeyPair("P-256");
  writeFileSync(join(folder.root, "intake.pem"), privateKey, { mode: 0o600 });
  writeFileSync(join(folder.root, "intake.pub"), publicKey);
  folder.policy(RULES);
  const sign = options.includes("--unsigned") ? [] : ["--sign", "key", "--private-key", "intake.pem"];
  const argv = ["check", "granite", "--policy", "policy.yml", "--evidence", "evidence", ...sign];
  const ran = await assay([...argv, ...options.filter((option) => option !== "--unsigned")], { cwd: folder.root });
  assert.ok(ran.exitCode !== 2, ran.stderr);
  return folder;
}

async function verify({ root }: CheckFolder, ...argv: string[]): Promise<Ran> {
  return assay(["verify", "evidence", ...argv], { cwd: root });
}

/** Exit code and the code of the error. */
async function answerOf(folder: CheckFolder, ...argv: string[]): Promise<readonly [number | null, string | undefined]> {
  const { exitCode, stdout, stderr } = await verify(folder, ...argv, "--json");
  const document = JSON.parse(stdout) as { schema: string; exitCode: number; error: { code: string } | null };
  if (document.schema === "urn:assay:schema:verify-evidence:v1") {
    const validate = closedSchema("verify-evidence");
    assert.ok(validate(document), JSON.stringify(validate.errors, undefined, 2) + stderr);
    assert.equal(document.exitCode, exitCode);
  }
  return [exitCode, document.error?.code];
}

suite("assay verify evidence", () => {
  test("each statement of an allowed model is a yes, with the model and without it", async () => {
    const folder = await evidenceFolder();
    for (const name of STATEMENTS) {
      assert.deepEqual(await answerOf(folder, `evidence/${name}.sigstore.json`, ...TRUST), [0, undefined], name);
      assert.deepEqual(await answerOf(folder, `evidence/${name}.sigstore.json`, "granite", ...TRUST), [0, undefined], name);
    }
    const { stdout } = await verify(folder, SUMMARY, "granite", ...TRUST);
    assert.match(stdout, /^✔ Verified: the policy allows granite, by the key [0-9a-f]{4}…/);
    assert.match(stdout, /compared +granite is this model, byte for byte/);
    assert.match((await verify(folder, SUMMARY, ...TRUST)).stdout, /no model was compared/);
  });

  test("each statement of a denied model, and of one that could not be decided about, is a no", async () => {
    const denied = await evidenceFolder({ "pytorch_model.bin": POISON });
    const open = await evidenceFolder({ "extra.xyz": Buffer.from([1, 2, 0, 3]) });
    for (const folder of [denied, open]) {
      for (const name of STATEMENTS) {
        assert.deepEqual(await answerOf(folder, `evidence/${name}.sigstore.json`, "granite", ...TRUST), [1, "EVIDENCE_FAILED"], name);
      }
    }
  });

  test("an unsigned statement is never a yes, with a trusted signer or without", async () => {
    const folder = await evidenceFolder(undefined, "--unsigned");
    for (const name of STATEMENTS) {
      for (const trust of [[], TRUST]) {
        assert.deepEqual(await answerOf(folder, `evidence/${name}.unsigned.json`, ...trust), [1, "EVIDENCE_UNSIGNED"]);
      }
    }
  });

  test("the folder of evidence, or a file of it that is not signed, is answered with what to name", async () => {
    const folder = await evidenceFolder();
    const whole = await verify(folder, "evidence/", ...TRUST);
    assert.equal(whole.exitCode, 2);
    assert.match(whole.stderr, /evidence\/ is a folder.*\n.*assay verify evidence evidence\/verification-summary\.sigstore\.json\n/);
    const other = await verify(folder, "evidence/decision.json", ...TRUST);
    assert.equal(other.exitCode, 1);
    assert.match(other.stdout, /The signed statements are the files NAME\.sigstore\.json beside it/);
    assert.doesNotMatch(other.stdout, /no model was compared/);
  });

  test("evidence of another signer, or that was changed, is a no", async () => {
    const folder = await evidenceFolder();
    assert.deepEqual(await answerOf(folder, SUMMARY, "--public-key", "ours.pub"), [1, "SIGNATURE_INVALID"]);
    const place = join(folder.root, SUMMARY);
    const bundle = JSON.parse(readFileSync(place, "utf8")) as { dsseEnvelope: { payload: string } };
    const payload = Buffer.from(bundle.dsseEnvelope.payload, "base64").toString();
    bundle.dsseEnvelope.payload = Buffer.from(payload.replace("granite", "granita")).toString("base64");
    writeFileSync(place, JSON.stringify(bundle));
    assert.deepEqual(await answerOf(folder, SUMMARY, ...TRUST), [1, "SIGNATURE_INVALID"]);
  });

  test("the signature of a model by a trusted key is not evidence", async () => {
    const folder = await evidenceFolder();
    assert.deepEqual(await answerOf(folder, "granite/model.sig", "--public-key", "ours.pub"), [1, "PREDICATE_TYPE"]);
  });

  test("a statement in the encoding of the reference 0.2.0 is rejected", async () => {
    const { historicalPreAuthenticationEncoding } = await import("../../src/trust/pae.ts");
    const folder = await evidenceFolder(undefined, "--unsigned");
    const payload = readFileSync(join(folder.root, "evidence/verification-summary.unsigned.json"));
    const signer = await keySigner({ privateKey: readFileSync(join(folder.root, "intake.pem")) });
    const sealed = await sealStatement({ payloadType: PAYLOAD_TYPE, payload }, signer, undefined, undefined);
    const signature = await signer.sign(historicalPreAuthenticationEncoding(PAYLOAD_TYPE, payload));
    writeFileSync(join(folder.root, "old.json"), writeBundle({ ...sealed, envelope: { payloadType: PAYLOAD_TYPE, payload, signature } }));
    assert.deepEqual(await answerOf(folder, "old.json", ...TRUST), [1, "HISTORICAL_MISMATCH"]);
  });

  test("of another model, or one that was changed since, it is a no; of files that cannot be read it could not be told", async () => {
    const folder = await evidenceFolder();
    appendFileSync(join(folder.model, "README.md"), "x");
    assert.deepEqual(await answerOf(folder, SUMMARY, "granite", ...TRUST), [1, "EVIDENCE_MODEL"]);
    assert.deepEqual(await answerOf(folder, SUMMARY, "granite/config.json", ...TRUST), [1, "EVIDENCE_MODEL"]);
    assert.deepEqual(await answerOf(folder, SUMMARY, ...TRUST), [0, undefined]);
    assert.equal((await answerOf(folder, SUMMARY, "missing", ...TRUST))[0], 2);
  });

  test("of another verifier, resource or policy it is a no", async () => {
    const folder = await evidenceFolder(undefined, "--verifier-id", "urn:example:intake", "--as", "hf:acme/granite");
    const named = ["--verifier-id", "urn:example:intake", ...TRUST];
    assert.deepEqual(await answerOf(folder, SUMMARY, ...named), [0, undefined]);
    assert.deepEqual(await answerOf(folder, SUMMARY, ...TRUST), [1, "EVIDENCE_VERIFIER"]);
    assert.deepEqual(await answerOf(folder, SUMMARY, ...named, "--resource-uri", "pkg:huggingface/acme/granite"), [0, undefined]);
    assert.deepEqual(await answerOf(folder, SUMMARY, ...named, "--resource-uri", "pkg:huggingface/acme/other"), [1, "EVIDENCE_RESOURCE"]);
    assert.deepEqual(await answerOf(folder, SUMMARY, ...named, "--policy", "policy.yml"), [0, undefined]);
    const { stdout } = await verify(folder, SUMMARY, ...named, "--json");
    const { digest } = (JSON.parse(stdout) as { statement: { policy: { digest: string } } }).statement.policy;
    assert.deepEqual(await answerOf(folder, SUMMARY, ...named, "--policy", digest), [0, undefined]);
    assert.deepEqual(await answerOf(folder, SUMMARY, ...named, "--policy", `sha256:${"0".repeat(64)}`), [1, "EVIDENCE_POLICY"]);
    // The same policy with another key in the file that it names.
    cpSync(join(folder.root, "other.pub"), join(folder.root, "ours.pub"));
    assert.deepEqual(await answerOf(folder, SUMMARY, ...named, "--policy", "policy.yml"), [1, "EVIDENCE_POLICY"]);
    folder.policy(`${RULES}formats: [safetensors]\n`);
    assert.deepEqual(await answerOf(folder, SUMMARY, ...named, "--policy", "policy.yml"), [1, "EVIDENCE_POLICY"]);
  });

  test("what is too old could not be told, and a no comes before that", async () => {
    const folder = await evidenceFolder();
    const place = join(folder.root, SUMMARY);
    const payload = Buffer.from(
      (JSON.parse(readFileSync(place, "utf8")) as { dsseEnvelope: { payload: string } }).dsseEnvelope.payload,
      "base64",
    );
    const signer = await keySigner({ privateKey: readFileSync(join(folder.root, "intake.pem")) });
    const write = async (time: string): Promise<void> => {
      const changed = Buffer.from(payload.toString().replace(/"timeVerified": "[^"]*"/, `"timeVerified": "${time}"`));
      const seal = await sealStatement({ payloadType: PAYLOAD_TYPE, payload: changed }, signer, undefined, undefined);
      writeFileSync(place, writeBundle({ ...seal, envelope: { payloadType: PAYLOAD_TYPE, payload: changed, signature: seal.signature } }));
    };
    await write(new Date(Date.now() - 100 * 86_400_000).toISOString());
    assert.deepEqual(await answerOf(folder, SUMMARY, ...TRUST), [0, undefined]);
    assert.deepEqual(await answerOf(folder, SUMMARY, ...TRUST, "--max-age", "101d"), [0, undefined]);
    assert.deepEqual(await answerOf(folder, SUMMARY, ...TRUST, "--max-age", "99d"), [3, "EVIDENCE_OLD"]);
    appendFileSync(join(folder.model, "README.md"), "x");
    assert.deepEqual(await answerOf(folder, SUMMARY, "granite", ...TRUST, "--max-age", "99d"), [1, "EVIDENCE_MODEL"]);
    await write(new Date(Date.now() + 86_400_000).toISOString());
    assert.deepEqual(await answerOf(folder, SUMMARY, ...TRUST), [3, "EVIDENCE_TIME"]);
  });

  test("says that the moment was chosen", async () => {
    const folder = await evidenceFolder(undefined, "--at", "2031-05-06T07:08:09Z");
    const { exitCode, stdout } = await verify(folder, SUMMARY, ...TRUST);
    assert.equal(exitCode, 0);
    assert.match(
      stdout,
      /^\S+ Verified: the policy allows granite, by the key \S+, for 2031-05-06 07:08 UTC and not for the time\s+of the check/,
    );
    assert.match(stdout, /checked for +2031-05-06 07:08 UTC, which was chosen with --at/);
  });

  test("by a certificate", async () => {
    const made = certificateFolder();
    const folder = await evidenceFolder(undefined, "--unsigned");
    for (const name of ["leaf.key", "leaf.pem", "intermediate.pem", "root.pem", "other-root.pem"])
      cpSync(join(made, name), join(folder.root, name));
    rmSync(join(folder.root, "evidence"), { recursive: true });
    const sign = ["--sign", "certificate", "--private-key", "leaf.key", "--signing-certificate", "leaf.pem"];
    const argv = [
      "check",
      "granite",
      "--policy",
      "policy.yml",
      "--evidence",
      "evidence",
      ...sign,
      "--certificate-chain",
      "intermediate.pem,root.pem",
    ];
    assert.equal((await assay(argv, { cwd: folder.root })).exitCode, 0);
    const trust = ["--certificate-chain", "root.pem"];
    assert.deepEqual(await answerOf(folder, SUMMARY, "granite", ...trust), [0, undefined]);
    assert.deepEqual(await answerOf(folder, SUMMARY, ...trust, "--certificate-identity", "models@ibm.example"), [0, undefined]);
    assert.deepEqual(await answerOf(folder, SUMMARY, ...trust, "--certificate-identity", "other@ibm.example"), [1, "IDENTITY_MISMATCH"]);
    assert.deepEqual(await answerOf(folder, SUMMARY, "--certificate-chain", "other-root.pem"), [1, "CERTIFICATE_PATH_NOT_FOUND"]);
    assert.deepEqual(await answerOf(folder, SUMMARY, ...TRUST), [1, "METHOD_MISMATCH"]);
  });

  test("wrong questions end with 2: no signer, two of them, half of one, no file, no URI, no age", async () => {
    const folder = await evidenceFolder();
    const wrong: readonly (readonly [RegExp, readonly string[]])[] = [
      [/no signer is trusted: the evidence is signed by the method key/, [SUMMARY]],
      [
        /--public-key and --identity name signers of two methods/,
        [SUMMARY, ...TRUST, "--identity", "a@b.c", "--identity-provider", "https://b.c"],
      ],
      [/--certificate-chain is missing/, [SUMMARY, "--certificate-identity", "a"]],
      [/by --identity and --identity-provider together/, [SUMMARY, "--identity", "a@b.c"]],
      [/none\.json/, ["none.json", ...TRUST]],
      [/the resource is not an absolute URI/, [SUMMARY, ...TRUST, "--resource-uri", "granite"]],
      [/--max-age "soon" is not an age/, [SUMMARY, ...TRUST, "--max-age", "soon"]],
      [/--max-age "0d" is not an age/, [SUMMARY, ...TRUST, "--max-age", "0d"]],
      [/FILE is missing/, []],
    ];
    for (const [message, argv] of wrong) {
      const { exitCode, stderr } = await verify(folder, ...argv);
      assert.equal(exitCode, 2, stderr);
      assert.match(stderr, message);
    }
  });

  test("a model in a folder named evidence is ./evidence", async () => {
    const folder = await evidenceFolder();
    rmSync(join(folder.root, "evidence"), { recursive: true });
    renameSync(folder.model, join(folder.root, "evidence"));
    const { exitCode, stderr } = await assay(["verify", "key", "./evidence", "--public-key", "ours.pub"], { cwd: folder.root });
    assert.equal(exitCode, 0, stderr);
    // Without a method, the options say which is meant.
    const bare = await assay(["verify", "./evidence", "--public-key", "ours.pub"], { cwd: folder.root });
    assert.match(bare.stderr, /assay verify key \.\/evidence --public-key ours\.pub/);
  });
});
