import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { appendFileSync, readFileSync, writeFileSync, truncateSync } from "node:fs";
import { join } from "node:path";
import { suite, test } from "node:test";
import { textWidth } from "../../src/cli/text/width.ts";
import { assay, assayProcess, cleanEnvironment, ENTRY, SIGN, signedFolder, VERIFY, workFolder } from "../support/cli/command.ts";

suite("output", () => {
  test("has no color in a pipe, and has it with --color always or FORCE_COLOR", async () => {
    const cwd = await signedFolder();
    assert.ok(!(await assay(VERIFY, { cwd })).stdout.includes("\u001b"));
    assert.ok((await assay([...VERIFY, "--color=always"], { cwd })).stdout.includes("\u001b[1;32m"));
    assert.ok((await assay(VERIFY, { cwd, env: { FORCE_COLOR: "1" } })).stdout.includes("\u001b[1;32m"));
    assert.ok(!(await assay(VERIFY, { cwd, env: { FORCE_COLOR: "1", NO_COLOR: "1" } })).stdout.includes("\u001b"));
    assert.ok(!(await assay([...VERIFY, "--color", "never"], { cwd, env: { FORCE_COLOR: "1" } })).stdout.includes("\u001b"));
  });

  test("fits into 60 columns", async () => {
    const name = "model-00002-of-00003-with-a-name-that-is-much-too-long-for-this.safetensors";
    const cwd = await signedFolder({ [name]: "a", "b.bin": "b" });
    appendFileSync(join(cwd, "granite", name), "!");
    const { stdout } = await assay(VERIFY, { cwd, env: { COLUMNS: "60" } });
    for (const line of stdout.split("\n")) assert.ok(textWidth(line) <= 60, line);
    assert.match(stdout, /model-00002.*….*\.safetensors/);
  });

  test("--quiet prints nothing for a yes, and the first line on standard error for a no", async () => {
    const cwd = await signedFolder();
    assert.deepEqual(await assay([...VERIFY, "--quiet"], { cwd }), { exitCode: 0, stdout: "", stderr: "" });
    appendFileSync(join(cwd, "granite", "config.json"), "!");
    const failed = await assay([...VERIFY, "--quiet"], { cwd });
    assert.deepEqual(failed, { exitCode: 1, stdout: "", stderr: "✘ Not verified: 1 of 2 files is not what was signed: config.json\n" });
  });

  test("--log-level silent silences the result, as with the Go client, but no error", async () => {
    const cwd = await signedFolder();
    assert.deepEqual(await assay([...VERIFY, "--log-level", "silent"], { cwd }), { exitCode: 0, stdout: "", stderr: "" });
    const wrong = await assay(["verify", "key", "granite", "--public-key", "no.pub", "--log-level", "silent"], { cwd });
    assert.equal(wrong.exitCode, 2);
    assert.match(wrong.stderr, /no\.pub does not exist/);
  });

  test("--log-level error takes the warnings away", async () => {
    const cwd = await signedFolder();
    const warned = await assay([...VERIFY, "--ignore-paths", "nowhere"], { cwd });
    assert.match(warned.stderr, /^warning: /);
    assert.equal((await assay([...VERIFY, "--ignore-paths", "nowhere", "--log-level", "error"], { cwd })).stderr, "");
    assert.equal((await assay([...VERIFY, "--ignore-paths", "nowhere"], { cwd, env: { MODEL_SIGNING_LOG_LEVEL: "ERROR" } })).stderr, "");
    const wrong = await assay(VERIFY, { cwd, env: { MODEL_SIGNING_LOG_LEVEL: "loud" } });
    assert.equal(wrong.exitCode, 2);
    assert.match(wrong.stderr, /MODEL_SIGNING_LOG_LEVEL is "loud"/);
  });

  test("--log-format json writes one object a line", async () => {
    const cwd = await signedFolder();
    const { stderr } = await assay([...VERIFY, "--ignore-paths", "nowhere", "--log-format=json"], { cwd });
    const [line = "", ...rest] = stderr.trimEnd().split("\n");
    assert.deepEqual(rest, []);
    const entry = JSON.parse(line) as { timestamp: string; level: string; message: string; fields: { code: string } };
    assert.equal(entry.level, "warning");
    assert.equal(entry.fields.code, "IGNORE_PATH_VOID");
    assert.ok(!Number.isNaN(Date.parse(entry.timestamp)));
    const wrong = await assay(["verify", "key", "granite", "--log-format=json"], { cwd });
    assert.equal((JSON.parse(wrong.stderr) as { level: string }).level, "error");
  });

  test("--output-file takes the result, and keeps what it held until there is one", async () => {
    const cwd = await signedFolder();
    const file = join(cwd, "answer.txt");
    writeFileSync(file, "what was here before, which is longer than the answer will be".repeat(20));
    const kept = await assay([...VERIFY, "--output-file", "answer.txt"], { cwd });
    assert.equal(kept.exitCode, 2);
    assert.match(kept.stderr, /answer\.txt exists: it is\s+not\s+replaced/);
    const refused = await assay(["verify", "key", "granite", "--public-key", "no.pub", "--output-file", "answer.txt", "--force"], { cwd });
    assert.equal(refused.exitCode, 2);
    assert.match(readFileSync(file, "utf8"), /^what was here/);
    const { exitCode, stdout } = await assay([...VERIFY, "--output-file", "answer.txt", "--force"], { cwd });
    assert.equal(exitCode, 0);
    assert.equal(stdout, "");
    assert.match(readFileSync(file, "utf8"), /^✔ Verified: .*\n {2}signature [^]*\n$/);
    assert.ok(!readFileSync(file, "utf8").includes("what was here"));
    const unwritable = await assay([...VERIFY, "--output-file", "no/such/folder.txt"], { cwd });
    assert.equal(unwritable.exitCode, 2);
    assert.match(unwritable.stderr, /cannot write [^]*: the folder [^]*does\s+not\s+exist/);
  });

  test("a stack trace is shown with --log-level debug, and never otherwise", async () => {
    const cwd = workFolder();
    const argv = ["verify", "key", "granite", "--public-key", "no.pub"];
    assert.ok(!(await assay(argv, { cwd })).stderr.includes("    at "));
    assert.ok((await assay([...argv, "--log-level", "debug"], { cwd })).stderr.includes("    at "));
  });

  test("a reader that closes its pipe is not a failure", async () => {
    const cwd = await signedFolder();
    const child = spawn(process.execPath, [ENTRY, "inspect", "model.sig", "--json"], {
      cwd,
      env: cleanEnvironment(),
      stdio: ["ignore", "pipe", "pipe"],
    });
    child.stdout.destroy();
    let stderr = "";
    child.stderr.setEncoding("utf8").on("data", (text: string) => (stderr += text));
    const exitCode = await new Promise((resolve) => child.on("close", resolve));
    assert.deepEqual([exitCode, stderr], [0, ""]);
  });

  test("--verbose tells the whole digests", async () => {
    const cwd = await signedFolder();
    const { stdout } = await assay([...VERIFY, "--verbose"], { cwd });
    assert.match(stdout, /\n {2}model {7}sha256:[0-9a-f]{64}\n/);
    assert.match(stdout, /\n {2}manifest {4}sha256:[0-9a-f]{64}\n/);
    assert.match(stdout, /\n {2}fingerprint [0-9a-f]{64}\n/);
  });
});

suite("the time limit", () => {
  test("stops the work and says which option did it", async () => {
    const cwd = workFolder({ "big.bin": "" });
    // A hole on disk, and so big that no machine has hashed it before the clock strikes.
    truncateSync(join(cwd, "granite", "big.bin"), 4_000_000_000);
    const { exitCode, stderr } = await assayProcess([...SIGN, "--timeout", "1ms"], { cwd });
    assert.equal(exitCode, 3);
    assert.match(stderr, /^\? Stopped: no answer within 1ms \(--timeout\): stopped/);
  });
});
