import assert from "node:assert/strict";
import { appendFileSync, mkdirSync, renameSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { suite, test } from "node:test";
import { workFolder } from "../support/cli/command.ts";
import { makeKeyPair } from "../support/keys.ts";
import { runHere, type RanHere } from "../support/cli/run-here.ts";

const VERIFY = ["verify", "key", "granite", "--public-key", "key.pub"];

async function signed(): Promise<string> {
  const cwd = workFolder({ "a.bin": "a", "b.bin": "b" });
  const { exitCode, stderr } = await runHere(["sign", "key", "granite", "--private-key", "key.pem"], cwd);
  assert.equal(exitCode, 0, stderr);
  return cwd;
}

async function refused(cwd: string, argv: readonly string[] = VERIFY): Promise<RanHere> {
  const ran = await runHere(argv, cwd);
  assert.equal(ran.exitCode, 1, ran.stdout + ran.stderr);
  return ran;
}

/** What the text holds, in this order. */
function inOrder(text: string, ...parts: readonly string[]): void {
  let from = 0;
  for (const part of parts) {
    const at = text.indexOf(part, from);
    assert.ok(at >= 0, `${part} is not in its place in\n${text}`);
    from = at + part.length;
  }
}

suite("the words of a refused verification", () => {
  test("say first not to use changed files, and last what only the signer can do", async () => {
    const cwd = await signed();
    appendFileSync(join(cwd, "granite", "a.bin"), "!");
    const { stdout } = await refused(cwd);
    inOrder(stdout, "Not verified: 1 of 2 files is not what was signed: a.bin\n", "Do not use these files", "Only if you are the signer");
  });

  test("let added files pass unchecked only as the last idea", async () => {
    const cwd = await signed();
    writeFileSync(join(cwd, "granite", "c.py"), "x");
    const { stdout } = await refused(cwd);
    inOrder(
      stdout,
      "1 file is not signed: c.py",
      "Do not use the files that are not signed",
      "Only if you added",
      "--ignore-unsigned-files",
    );
  });

  test("tell a renamed file from a changed one, and names that look alike by their Unicode form", async () => {
    const cwd = workFolder({ "e\u0301.txt": "x" });
    await runHere(["sign", "key", "granite", "--private-key", "key.pem"], cwd);
    renameSync(join(cwd, "granite", "e\u0301.txt"), join(cwd, "granite", "\u00e9.txt"));
    const { stdout } = await refused(cwd);
    assert.match(stdout, /^✘ Not verified: 1 of 1 file has another name than was signed: /);
    assert.match(stdout, /same letters, other Unicode form \(NFD signed, NFC found\)\n/);
  });

  test("name another key in the first line, alone with --quiet", async () => {
    const cwd = await signed();
    writeFileSync(join(cwd, "other.pub"), makeKeyPair("P-256").publicKey);
    const argv = ["verify", "key", "granite", "--public-key", "other.pub"];
    assert.match((await refused(cwd, argv)).stdout, /^✘ Not verified: signed by another key than other\.pub\n[^]*Do not use this model/);
    assert.equal((await refused(cwd, [...argv, "--quiet"])).stderr, "✘ Not verified: signed by another key than other.pub\n");
  });

  test("print the message where a folder was signed and a file is given, without advice that cannot help", async () => {
    const { stdout } = await refused(await signed(), ["verify", "key", "granite/a.bin", "--public-key", "key.pub"]);
    assert.match(stdout, /^✘ Not verified: a folder was signed /);
    assert.doesNotMatch(stdout, /0 files|sign again|--ignore-unsigned-files|Do not use/);
  });

  test("offer another method to who trusts the signer, and do not call the model bad for it", async () => {
    const { stdout } = await refused(await signed(), ["verify", "granite", "--identity", "me", "--identity-provider", "https://x"]);
    assert.match(stdout, /^✘ Not verified: signed with a key, but asked to verify by the method sigstore\n/);
    assert.match(
      stdout,
      /If you trust its signer and have the public key, verify it with: assay verify key granite --public-key PUBLIC_KEY/,
    );
    assert.doesNotMatch(stdout, /Do not use/);
  });

  test("are a wrong question where the caller's key cannot serve", async () => {
    const cwd = await signed();
    mkdirSync(join(cwd, "empty"));
    for (const key of ["key.pem", "granite/a.bin"]) {
      const { exitCode, stderr } = await runHere(["verify", "key", "granite", "--public-key", key], cwd);
      assert.equal(exitCode, 2, key);
      assert.match(stderr, /^✘ assay verify key: /);
    }
  });
});
