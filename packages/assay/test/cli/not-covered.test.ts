import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { cpSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { writeFiles } from "../support/models/on-disk.ts";
import { assay, SIGN, signedFolder, VERIFY, workFolder } from "../support/cli/command.ts";

const firstLine = (text: string): string => text.split("\n", 1)[0] ?? "";

test("the first line never says all over a link, a pipe or a folder of them that is left out", async () => {
  const cwd = await signedFolder();
  symlinkSync("/etc", join(cwd, "granite/.github"));
  const link = await assay(VERIFY, { cwd });
  assert.match(firstLine(link.stdout), /^\S Verified: 2 of at least 3 files .*; at least 1 not covered$/);
  assert.match(link.stdout, /not covered 1 path left out by the signer: \.github \(a link/);
  writeFiles(cwd, { "granite/.git/x": "x" });
  execFileSync("mkfifo", [join(cwd, "granite/.git/pipe")]);
  assert.match(firstLine((await assay(VERIFY, { cwd })).stdout), /2 of at least 5 files .*; at least 3 not covered$/);
});

test("--require-all turns what is not covered into a no that names it", async () => {
  const cwd = await signedFolder();
  assert.equal((await assay([...VERIFY, "--require-all"], { cwd })).exitCode, 0);
  symlinkSync("/etc", join(cwd, "granite/.github"));
  const refused = await assay([...VERIFY, "--require-all", "--ignore-unsigned-files"], { cwd });
  assert.equal(refused.exitCode, 1);
  assert.match(firstLine(refused.stdout), /Not verified: 1 path in the model is not covered by the signature: \.github/);
  const quiet = await assay([...VERIFY, "--require-all", "--quiet"], { cwd });
  assert.deepEqual([quiet.exitCode, quiet.stdout], [1, ""]);
  assert.match(quiet.stderr, /not covered by the signature: \.github/);
});

test("--no-ignore-git-paths reads git's files though the signature leaves them out", async () => {
  const cwd = await signedFolder();
  writeFiles(cwd, { "granite/.github/weights.bin": "evil" });
  assert.equal((await assay(VERIFY, { cwd })).exitCode, 0);
  const refused = await assay([...VERIFY, "--no-ignore-git-paths"], { cwd });
  assert.equal(refused.exitCode, 1);
  assert.match(refused.stdout, /extra +\.github\/weights\.bin/);
});

test("diff over files that it left out is not the same: exit code 3, and they are named", async () => {
  const cwd = workFolder();
  cpSync(join(cwd, "granite"), join(cwd, "other"), { recursive: true });
  const same = await assay(["diff", "granite", "other"], { cwd });
  assert.deepEqual([same.exitCode, firstLine(same.stdout)], [0, "✔ Same: granite and other have the same files, byte for byte"]);
  writeFiles(cwd, { "other/.github/weights.bin": "evil" });
  const unread = await assay(["diff", "granite", "other"], { cwd });
  assert.equal(unread.exitCode, 3);
  assert.equal(firstLine(unread.stdout), "? Could not tell: granite and other do not differ in what was compared; 1 file was not compared");
  assert.match(unread.stdout, /left out, B 1 path git's own: \.github\/ \(1 file, 4 bytes\)/);
  const document = JSON.parse((await assay(["diff", "granite", "other", "--json"], { cwd })).stdout) as { same: boolean; exitCode: number };
  assert.deepEqual([document.same, document.exitCode], [false, 3]);
});

test("digest prints one digest on standard output, and what it left out beside it", async () => {
  const cwd = workFolder();
  const before = await assay(["digest", "granite", "--manifest"], { cwd });
  assert.match(before.stdout, /^sha256:[0-9a-f]{64}\n$/);
  assert.equal(before.stderr, "");
  await assay([...SIGN, "--signature", "granite/model.sig"], { cwd });
  const after = await assay(["digest", "granite", "--manifest"], { cwd });
  assert.equal(after.stdout, before.stdout);
  assert.match(after.stderr, /left out: model\.sig \(.*\), taken for the signature/);
  const root = await assay(["digest", "granite", "--quiet"], { cwd });
  assert.notEqual(root.stdout, before.stdout);
});

test("a manifest digest recorded earlier pins the model, a root digest does with a warning", async () => {
  const cwd = workFolder();
  const pin = (await assay(["digest", "granite", "--manifest"], { cwd })).stdout.trim();
  const root = (await assay(["digest", "granite"], { cwd })).stdout.trim();
  await assay(SIGN, { cwd });
  const pinned = await assay([...VERIFY, "--expect-digest", pin], { cwd });
  assert.deepEqual([pinned.exitCode, pinned.stderr], [0, ""]);
  const byRoot = await assay([...VERIFY, "--expect-digest", root], { cwd });
  assert.equal(byRoot.exitCode, 0);
  assert.match(byRoot.stderr, /warning: the expected digest is a root digest/);
});

test("openness says in its short form what it left out", async () => {
  const cwd = workFolder({ "config.json": "{}", ".git/HEAD": "h", ".git/config": "c" });
  await assay([...SIGN, "--signature", "granite/model.sig"], { cwd });
  assert.match((await assay(["openness", "granite"], { cwd })).stdout, /left out +3 files: \.git\/, model\.sig\n/);
});

test("signing says that an older signature in the model is signed as a file of it", async () => {
  const cwd = await signedFolder();
  cpSync(join(cwd, "model.sig"), join(cwd, "granite/model.sig"));
  writeFileSync(join(cwd, "granite/evil.oms.sig"), "evil");
  const signed = await assay(SIGN, { cwd });
  assert.equal(signed.exitCode, 0);
  assert.match(signed.stderr, /the model holds an older signature, model\.sig: it is\s+signed/);
  assert.doesNotMatch(signed.stderr, /evil/);
});

test("diff over files that each side hashed in another way is not the same: exit code 3, and they are named", async () => {
  const cwd = workFolder();
  const signTo = (signature: string, ...more: string[]): Promise<unknown> => assay([...SIGN, "--signature", signature, ...more], { cwd });
  await signTo("a.sig");
  writeFiles(cwd, { "granite/config.json": "{ }" });
  await signTo("b.sig", "--hash", "blake2b");
  const unread = await assay(["diff", "a.sig", "b.sig"], { cwd });
  assert.equal(unread.exitCode, 3);
  assert.equal(firstLine(unread.stdout), "? Could not tell: a.sig and b.sig do not differ in what was compared; 2 files were not compared");
  assert.match(unread.stdout, /not told +2 files, hashed in another way on each side: config\.json, /);
  const document = JSON.parse((await assay(["diff", "a.sig", "b.sig", "--json"], { cwd })).stdout) as { notComparable: string[] };
  assert.equal(document.notComparable.length, 2);
});

test("diff that leaves out git's own files names the option that compares them, and with it gives an answer", async () => {
  const cwd = workFolder();
  writeFiles(cwd, { "a/weights": "1", "a/.gitattributes": "* -text", "b/weights": "1", "b/.gitattributes": "* -text" });
  const unsure = await assay(["diff", "a", "b"], { cwd });
  assert.equal(unsure.exitCode, 3);
  assert.match(unsure.stdout, /To compare git's own files too: --no-ignore-git-paths\.\n$/);
  assert.equal((await assay(["diff", "a", "b", "--no-ignore-git-paths"], { cwd })).exitCode, 0);
});
