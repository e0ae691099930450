import assert from "node:assert/strict";
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { AssayError } from "../../src/error.ts";
import { writeAtomically } from "../../src/files/write-atomically.ts";
import { rejectsWith } from "../rejects.ts";
import { temporaryFolder } from "../temporary-folder.ts";

const accept = (): Promise<void> => Promise.resolve();

function emptyFolder(name: string): string {
  const folder = join(root, name);
  mkdirSync(folder);
  return folder;
}
const root = temporaryFolder();

test("the bytes are there afterwards, and nothing else", async () => {
  const folder = emptyFolder("plain");
  await writeAtomically(join(folder, "model.sig"), Buffer.from("new"), accept);
  assert.deepEqual(readdirSync(folder), ["model.sig"]);
  assert.equal(readFileSync(join(folder, "model.sig"), "utf8"), "new");
});

test("what the disk gave back is checked before the old file is replaced", async () => {
  const folder = emptyFolder("checked");
  writeFileSync(join(folder, "model.sig"), "old");
  let seen = "";
  const refuse = async (written: Uint8Array): Promise<void> => {
    seen = Buffer.from(written).toString();
    assert.equal(readFileSync(join(folder, "model.sig"), "utf8"), "old");
    throw new AssayError("SIGNATURE_INVALID", "refused");
  };
  await rejectsWith("SIGNATURE_INVALID", () => writeAtomically(join(folder, "model.sig"), Buffer.from("new"), refuse));
  assert.equal(seen, "new");
  assert.equal(readFileSync(join(folder, "model.sig"), "utf8"), "old");
  assert.deepEqual(readdirSync(folder), ["model.sig"], "no temporary file is left");
});

test("stopped before the rename, the old file stays and no temporary file is left", async () => {
  const folder = emptyFolder("stopped");
  writeFileSync(join(folder, "model.sig"), "old");
  await rejectsWith("ABORTED", () => writeAtomically(join(folder, "model.sig"), Buffer.from("new"), accept, AbortSignal.abort()));
  assert.equal(readFileSync(join(folder, "model.sig"), "utf8"), "old");
  assert.deepEqual(readdirSync(folder), ["model.sig"]);
});

test("a folder that is missing, and a disk without space, say so", async () => {
  await rejectsWith("OUTPUT_WRITE", () => writeAtomically(join(root, "none", "model.sig"), Buffer.from("new"), accept));
  const full = await rejectsWith("OUTPUT_WRITE", () => writeAtomically("/dev/full/model.sig", Buffer.from("new"), accept));
  assert.match(full.message, /cannot write \/dev\/full\/model\.sig: /);
});

test("a signature name of 255 bytes is written", async () => {
  const folder = emptyFolder("long");
  const name = "s".repeat(255);
  await writeAtomically(join(folder, name), Buffer.from("new"), accept);
  assert.deepEqual(readdirSync(folder), [name]);
});
