import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { createHash } from "node:crypto";
import { mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { suite, test } from "node:test";
import { fileURLToPath } from "node:url";
import { runAdapter } from "./adapter.ts";
import { makeKeyPair, type KeyKind } from "../support/keys.ts";
import { writeFiles } from "../support/models/on-disk.ts";
import { temporaryFolder } from "../support/temporary-folder.ts";
import { makeCa, makeCertificate } from "../support/x509/make.ts";

// The adapter that the public conformance suite runs: flags, an exit code, and where the process is the point, a process. What is tested here is
// the protocol and the statement that comes out, on models and keys of our own; the suite itself has many more cases.

const ADAPTER = fileURLToPath(new URL("adapter", import.meta.url));
const folder = temporaryFolder();
const keys = { "P-256": keyFiles("P-256"), "P-384": keyFiles("P-384"), "P-521": keyFiles("P-521") };

const chain = chainFiles();

suite("the conformance adapter", () => {
  for (const name of ["P-256", "P-384", "P-521"] as const) {
    test(`signs with a ${name} key what it then verifies`, async () => {
      const model = makeModel({ "config.json": "{}", "weights.bin": "weights" });
      const bundle = await signed(model, { key: name });
      assert.equal((await verifyModel(model, bundle, ["--public-key", keys[name].public])).status, 0);
      checkStatement(bundle, ["config.json", "weights.bin"]);
    });
  }

  test("lists files in code-point order, with folders, blanks and other scripts in their names", async () => {
    const names = ["a b/c (copy).bin", "a!", "sub/deep/x", "模型.bin", "Z", ".cache/weights.bin", ".config", "empty"];
    const model = makeModel({ ...Object.fromEntries(names.map((name) => [name, name])), empty: "" });
    const bundle = await signed(model, {});
    checkStatement(bundle, names);
    assert.equal((await verifyModel(model, bundle)).status, 0);
  });

  test("leaves out the git files at the top and the ignored path, and records both", async () => {
    const model = makeModel({ "model.bin": "m", ".gitignore": "*", ".gitattributes": "", ".github/ci.yml": "", "ignore-me": "i" });
    const bundle = await signed(model, { flags: ["--ignore-paths", join(model, "ignore-me")] });
    checkStatement(bundle, ["model.bin"]);
    assert.deepEqual(
      statementOf(bundle).predicate.serialization.ignore_paths.filter((path) => !path.startsWith(".git")),
      ["ignore-me"],
    );
    assert.equal((await verifyModel(model, bundle)).status, 0);
  });

  test("does not sign the bundle that it writes into the model", async () => {
    const model = makeModel({ "model.bin": "m" });
    const bundle = await signed(model, { bundle: join(model, "bundle.sig") });
    checkStatement(bundle, ["model.bin"]);
    assert.equal((await verifyModel(model, bundle)).status, 0);
  });

  test("signs a single file under its name", async () => {
    const model = makeModel({ "model.bin": "m" });
    const bundle = await signed(join(model, "model.bin"), {});
    checkStatement(bundle, ["model.bin"]);
    assert.equal((await verifyModel(join(model, "model.bin"), bundle)).status, 0);
  });

  test("signs shards and other hashes where the flags say so", async () => {
    const model = makeModel({ "model.bin": "0123456789" });
    const bundle = await signed(model, { flags: ["--hash-algorithm", "blake2b", "--shard-size", "4"] });
    const { predicate } = statementOf(bundle);
    assert.equal(predicate.serialization.hash_type, "blake2b");
    assert.deepEqual(
      predicate.resources.map(({ name }) => name),
      ["model.bin:0:4", "model.bin:4:8", "model.bin:8:10"],
    );
    assert.equal((await verifyModel(model, bundle)).status, 0);
  });

  test("refuses to sign a model without a file", async () => {
    const model = makeModel({ ".gitignore": "*" });
    assert.equal((await sign(model, {})).status, 1);
  });

  test("refuses to sign a model with a symbolic link", async () => {
    const model = makeModel({ "model.bin": "m" });
    symlinkSync("model.bin", join(model, "link"));
    assert.equal((await sign(model, {})).status, 1);
  });

  const changes: readonly [what: string, change: (model: string) => void][] = [
    ["changed file", (model) => writeFileSync(join(model, "weights.bin"), "Weights")],
    ["missing file", (model) => rmSync(join(model, "weights.bin"))],
    ["file that was not signed", (model) => writeFileSync(join(model, "more.bin"), "")],
  ];
  for (const [what, change] of changes) {
    test(`refuses a model with a ${what}, and names it`, async () => {
      const model = makeModel({ "config.json": "{}", "weights.bin": "weights" });
      const bundle = await signed(model, {});
      change(model);
      const { status, stderr } = await verifyModel(model, bundle);
      assert.equal(status, 1);
      assert.match(stderr, /MODEL_MISMATCH/);
      assert.match(stderr, /"(weights|more)\.bin"/);
    });
  }

  test("tolerates a file that was not signed where it is told to", async () => {
    const model = makeModel({ "weights.bin": "weights" });
    const bundle = await signed(model, {});
    writeFileSync(join(model, "more.bin"), "");
    assert.equal((await verifyModel(model, bundle, [...publicKey(), "--ignore-unsigned-files"])).status, 0);
  });

  test("signs with a certificate and its chain, and verifies with the root alone", async () => {
    const model = makeModel({ "weights.bin": "weights" });
    const bundle = `${model}.sig`;
    const flags = [
      "--private-key",
      chain.privateKey,
      "--signing-cert",
      chain.leaf,
      "--cert-chain",
      chain.intermediate,
      "--cert-chain",
      chain.root,
    ];
    const signing = await run(["sign-model", "--method", "certificate", "--model-path", model, "--output-bundle", bundle, ...flags]);
    assert.equal(signing.status, 0, signing.stderr);
    checkStatement(bundle, ["weights.bin"]);
    const verifying = ["verify-model", "--method", "certificate", "--model-path", model, "--bundle", bundle, "--cert-chain"];
    const answer = await run([...verifying, chain.root]);
    assert.equal(answer.status, 0, answer.stderr);
    assert.equal((await run([...verifying, chain.otherRoot])).status, 1);
  });

  test("refuses another key, and a method that the bundle was not signed by", async () => {
    const model = makeModel({ "weights.bin": "weights" });
    const bundle = await signed(model, {});
    const other = await verifyModel(model, bundle, ["--public-key", keys["P-384"].public]);
    assert.equal(other.status, 1);
    const method = await run(["verify-model", "--method", "certificate", "--model-path", model, "--bundle", bundle]);
    assert.notEqual(method.status, 0);
  });

  test("refuses what the protocol does not have", async () => {
    for (const words of [[], ["sign"], ["sign-model", "--sha", "1"], ["sign-model"], ["verify-model", "--method", "key"]]) {
      assert.equal((await run(words)).status, 2, words.join(" "));
    }
    assert.equal((await runProcess(["sign"])).status, 2);
  });

  test("tells its capabilities, and measures as often as it is asked to", async () => {
    const { status, stdout } = await runProcess(["capabilities"]);
    assert.equal(status, 0);
    const capabilities: unknown = JSON.parse(stdout);
    assert.deepEqual(capabilities, {
      protocol_version: 1,
      client_version: /"version": "([^"]+)"/.exec(readFileSync(new URL("../../package.json", import.meta.url), "utf8"))?.[1],
      flags: ["--hash-algorithm", "--shard-size", "--max-workers"],
      hash_algorithms: ["sha256", "blake2b", "blake3"],
      benchmark_model: true,
    });
    const model = makeModel({ "weights.bin": "weights" });
    const bundle = await signed(model, {});
    const verifying = ["--operation", "verify", "--bundle", bundle, ...publicKey()];
    const signing = ["--operation", "sign", "--output-bundle", join(dirname(model), "again.sig"), ...privateKey()];
    for (const words of [verifying, signing, ["--operation", "hash"]]) {
      const answer = await run([
        "benchmark-model",
        "--method",
        "key",
        "--model-path",
        model,
        "--repeat",
        "2",
        "--max-workers",
        "1",
        ...words,
      ]);
      assert.match(answer.stdout, /^\{"times_ms":\[[\d.]+,[\d.]+\]\}\n$/, answer.stderr);
    }
  });
});

function keyFiles(kind: KeyKind): { readonly private: string; readonly public: string } {
  const { privateKey, publicKey } = makeKeyPair(kind);
  return { private: write(`${kind}.pem`, privateKey), public: write(`${kind}.pub`, publicKey) };
}

interface ChainFiles {
  readonly root: string;
  readonly otherRoot: string;
  readonly intermediate: string;
  readonly leaf: string;
  readonly privateKey: string;
}

function write(name: string, text: string): string {
  writeFileSync(join(folder, name), text, { mode: 0o600 });
  return join(folder, name);
}

function chainFiles(): ChainFiles {
  const root = makeCa();
  const intermediate = makeCa({ issuer: root });
  const leaf = makeCertificate({ issuer: intermediate, subject: "signer" });
  return {
    root: write("root.crt", root.pem),
    otherRoot: write("other-root.crt", makeCa().pem),
    intermediate: write("intermediate.crt", intermediate.pem),
    leaf: write("leaf.crt", leaf.pem),
    privateKey: write("leaf.pem", leaf.privateKey.export({ type: "pkcs8", format: "pem" }).toString()),
  };
}

function makeModel(files: Readonly<Record<string, string>>): string {
  return writeFiles(join(mkdtempSync(join(folder, "case-")), "model"), files);
}

interface Answer {
  readonly status: number;
  readonly stdout: string;
  readonly stderr: string;
}

async function run(words: readonly string[]): Promise<Answer> {
  const written = { stdout: "", stderr: "" };
  const status = await runAdapter(words, (stream, text) => (written[stream] += text));
  return { status, ...written };
}

/** As the suite runs it. */
function runProcess(words: readonly string[]): Promise<Answer> {
  return new Promise((done) => {
    const child = execFile(ADAPTER, words, (_, stdout, stderr) => done({ status: child.exitCode ?? -1, stdout, stderr }));
  });
}

interface SignFlags {
  readonly key?: keyof typeof keys;
  readonly bundle?: string;
  readonly flags?: readonly string[];
}

function privateKey(key: keyof typeof keys = "P-256"): string[] {
  return ["--private-key", keys[key].private];
}

function publicKey(): string[] {
  return ["--public-key", keys["P-256"].public];
}

function sign(model: string, { key, bundle = `${model}.sig`, flags = [] }: SignFlags): Promise<Answer> {
  return run(["sign-model", "--method", "key", "--model-path", model, "--output-bundle", bundle, ...privateKey(key), ...flags]);
}

async function signed(model: string, flags: SignFlags): Promise<string> {
  const { status, stderr } = await sign(model, flags);
  assert.equal(status, 0, stderr);
  return flags.bundle ?? `${model}.sig`;
}

function verifyModel(model: string, bundle: string, flags: readonly string[] = publicKey()): Promise<Answer> {
  return run(["verify-model", "--method", "key", "--model-path", model, "--bundle", bundle, ...flags]);
}

interface Statement {
  readonly _type: string;
  readonly predicateType: string;
  readonly subject: readonly { readonly name: string; readonly digest: { readonly sha256: string } }[];
  readonly predicate: {
    readonly resources: readonly { readonly name: string; readonly digest: string; readonly algorithm: string }[];
    readonly serialization: { readonly method: string; readonly hash_type: string; readonly ignore_paths: readonly string[] };
  };
}

/** Read the way another program would, with nothing of ours. */
function statementOf(bundle: string): Statement {
  const { dsseEnvelope }: { dsseEnvelope: { payload: string; payloadType: string } } = JSON.parse(readFileSync(bundle, "utf8"));
  assert.equal(dsseEnvelope.payloadType, "application/vnd.in-toto+json");
  const statement: Statement = JSON.parse(Buffer.from(dsseEnvelope.payload, "base64").toString("utf8"));
  return statement;
}

/** The checks that the suite makes on every bundle: OMS specification, sections 5, 6.4 and 6.5. */
function checkStatement(bundle: string, expectedNames: readonly string[]): void {
  const { _type, predicateType, subject, predicate } = statementOf(bundle);
  assert.equal(_type, "https://in-toto.io/Statement/v1");
  assert.equal(predicateType, "https://model_signing/signature/v1.0");
  const names = predicate.resources.map(({ name }) => name);
  assert.deepEqual(names, [...expectedNames].sort(byCodePoint));
  const root = createHash("sha256");
  for (const { digest } of predicate.resources) root.update(Buffer.from(digest, "hex"));
  assert.equal(subject.length, 1);
  assert.equal(subject[0]?.digest.sha256, root.digest("hex"));
}

function byCodePoint(a: string, b: string): number {
  return Buffer.compare(Buffer.from(a), Buffer.from(b));
}
