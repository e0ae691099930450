import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { join } from "node:path";
import { test } from "node:test";
import { writeFiles } from "../support/models/on-disk.ts";
import { assay, SIGN, signedFolder, VERIFY, workFolder } from "../support/cli/command.ts";
import { verifyJson } from "../support/cli/documents.ts";

const pointerTo = (text: string): string =>
  `version https://git-lfs.github.com/spec/v1\noid sha256:${createHash("sha256").update(text).digest("hex")}\nsize ${text.length}\n`;

test("a git-LFS pointer in place of a signed file ends with 3, says so first, and how to download the file", async () => {
  const cwd = await signedFolder();
  writeFiles(cwd, { "granite/weights/a.bin": pointerTo("aaaa") });
  const { exitCode, stdout } = await assay(VERIFY, { cwd });
  assert.equal(exitCode, 3);
  assert.match(
    stdout.split("\n", 1)[0] ?? "",
    /Could not tell: 1 file was not downloaded and is a git-LFS pointer: weights\/a\.bin \(pointing to the signed bytes\)/,
  );
  assert.match(stdout, /not there +weights\/a\.bin, a pointer to sha256:\w+… \(4 bytes\), the same as what was signed/);
  assert.match(stdout, /git lfs pull/);
  assert.doesNotMatch(stdout, /sign again/);
  const { notDownloaded } = await verifyJson(VERIFY, { cwd }, 3);
  assert.partialDeepStrictEqual(notDownloaded, [{ name: "weights/a.bin", size: 4, isSigned: true }]);
});

test("signing a git-LFS pointer ends with 1, and with the command that downloads the file", async () => {
  const cwd = workFolder();
  writeFiles(cwd, { "granite/weights/a.bin": pointerTo("aaaa") });
  const { exitCode, stderr } = await assay(SIGN, { cwd });
  assert.equal(exitCode, 1);
  assert.match(stderr, /Not signed: 1 file was not downloaded and is a git-LFS pointer: weights\/a\.bin/);
  assert.match(stderr, /git lfs pull/);
});

test("the notes of hf download in a model are named, with the option that leaves them out", async () => {
  const cwd = await signedFolder();
  writeFiles(cwd, { "granite/.cache/huggingface/download/config.json.metadata": "m" });
  const refused = await assay(VERIFY, { cwd });
  assert.equal(refused.exitCode, 1);
  assert.match(refused.stdout, /leave them out with --ignore-paths \.cache\/huggingface/);
  const verified = await assay([...VERIFY, "--ignore-paths", ".cache/huggingface"], { cwd });
  assert.equal(verified.exitCode, 0);
  assert.match(verified.stdout, /2 of 3 files/);
  writeFiles(cwd, { "granite/extra": "e" });
  assert.doesNotMatch((await assay(VERIFY, { cwd })).stdout, /leave them out/, join(cwd, "granite"));
});
