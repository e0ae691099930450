import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { cpSync, existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { suite, test } from "node:test";
import { assay, cleanEnvironment, ENTRY, SIGN, signedFolder, workFolder } from "../support/cli/command.ts";

const VERIFY = ["verify", "key", "granite", "--public-key", "key.pub"] as const;

/** Runs the command with a shell's redirections. */
function redirected(argv: readonly string[], redirection: string, cwd: string): { status: number | null; stdout: string; stderr: string } {
  const script = `exec "$@" ${redirection}`;
  return spawnSync("sh", ["-c", script, "sh", process.execPath, ENTRY, ...argv], { cwd, env: cleanEnvironment(), encoding: "utf8" });
}

suite("standard output that takes nothing", { skip: !existsSync("/dev/full") }, () => {
  for (const argv of [["digest", "granite"], ["digest", "granite", "--json"], VERIFY, ["help"], ["--version"]]) {
    test(`is told as such by assay ${argv.join(" ")}, and not as a bug`, async () => {
      const { status, stderr } = redirected(argv, ">/dev/full", await signedFolder());
      assert.equal(status, 3);
      assert.match(stderr, /cannot write to standard output: ENOSPC/);
      assert.doesNotMatch(stderr, /bug/);
    });
  }

  test("gives exit code 3 where standard error takes nothing either", async () => {
    assert.equal(redirected(VERIFY, ">/dev/full 2>/dev/full", await signedFolder()).status, 3);
  });
});

suite("a signature in standard streams", { skip: process.platform === "win32" }, () => {
  test("is written alone on standard output, with the report on standard error, and is read from standard input", () => {
    const cwd = workFolder();
    const { status, stdout, stderr } = redirected([...SIGN, "--signature", "-"], "", cwd);
    assert.equal(status, 0, stderr);
    assert.ok(stdout.startsWith("{") && JSON.parse(stdout));
    assert.match(stderr, /^✔ Signed: /);
    assert.ok(!existsSync(join(cwd, "-")) && !existsSync(join(cwd, "model.sig")));
    const ask = (argv: readonly string[]): Pick<ReturnType<typeof spawnSync>, "status" | "stdout"> =>
      spawnSync(process.execPath, [ENTRY, ...argv], { cwd, env: cleanEnvironment(), input: stdout, encoding: "utf8" });
    assert.equal(ask([...VERIFY, "--signature", "-"]).status, 0);
    assert.match(String(ask(["inspect", "-"]).stdout), /standard input claims to sign/);
  });

  test("is read once for all folders of assay openness", () => {
    const cwd = workFolder();
    cpSync(join(cwd, "granite"), join(cwd, "copy"), { recursive: true });
    const { stdout: signature } = redirected([...SIGN, "--signature", "-"], "", cwd);
    const argv = ["openness", "granite", "copy", "--public-key", "key.pub", "--signature", "-", "--json"];
    const { status, stdout } = spawnSync(process.execPath, [ENTRY, ...argv], {
      cwd,
      env: cleanEnvironment(),
      input: signature,
      encoding: "utf8",
    });
    assert.equal(status, 0, stdout);
    const documents = JSON.parse(stdout) as { signature: { outcome: string } }[];
    assert.deepEqual(
      documents.map(({ signature: { outcome } }) => outcome),
      ["verified", "verified"],
    );
  });

  test("is written to standard output and the result in JSON to a file, and not both to one place", async () => {
    const cwd = workFolder();
    assert.equal((await assay([...SIGN, "--signature", "-", "--json"], { cwd })).exitCode, 2);
    const { exitCode, stdout } = await assay([...SIGN, "--signature", "-", "--json", "--output-file", "result.json"], { cwd });
    assert.equal(exitCode, 0);
    assert.match(stdout, /"dsseEnvelope"/);
    assert.equal(JSON.parse(readFileSync(join(cwd, "result.json"), "utf8")).signature, null);
  });

  test("is not replaced by another text", () => {
    const cwd = workFolder();
    const { status, stdout } = redirected([...VERIFY, "--signature", "-"], "</dev/null", cwd);
    assert.equal(status, 1);
    assert.match(stdout, /^✘ Not verified: /);
  });
});

test("every output that cannot be written is told in one way, with exit code 2", async () => {
  const cwd = workFolder();
  for (const argv of [
    ["digest", "granite", "--output-file", "nodir/x"],
    [...SIGN, "--signature", "nodir/x"],
    ["openness", "granite", "--badge", "nodir/x.svg"],
    ["trust", "export", "nodir/x", "--offline"],
  ]) {
    const { exitCode, stderr } = await assay(argv, { cwd });
    assert.equal(exitCode, 2, argv.join(" "));
    assert.match(stderr.replaceAll(/\s+/g, " "), /: cannot write \S+\/nodir\/x\S*: the folder \S+\/nodir does not exist Name another file/);
  }
});
