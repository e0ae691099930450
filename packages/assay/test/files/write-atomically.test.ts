import assert from "node:assert/strict";
import { chmodSync, linkSync, mkdirSync, readdirSync, readFileSync, rmdirSync, statSync, writeFileSync } from "node:fs";
import { basename, join } from "node:path";
import { test } from "node:test";
import { AssayError } from "../../src/core/error.ts";
import { openTarget, type OutputTarget } from "../../src/files/output-target.ts";
import { isTemporaryName, temporaryFor } from "../../src/files/temporary-name.ts";
import { writeAtomically, writeWhole } from "../../src/files/write-atomically.ts";
import { rejectsWith } from "../support/rejects.ts";
import { temporaryFolder } from "../support/temporary-folder.ts";

const accept = (): Promise<void> => Promise.resolve();

function target(...path: string[]): OutputTarget {
  return openTarget(join(...path), { what: "signature", force: true });
}

function emptyFolder(name: string): string {
  const folder = join(root, name);
  mkdirSync(folder);
  return folder;
}
const root = temporaryFolder();

test("the bytes are there afterwards, and nothing else", async () => {
  const folder = emptyFolder("plain");
  await writeAtomically(target(folder, "model.sig"), Buffer.from("new"), accept);
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
  await rejectsWith("SIGNATURE_INVALID", () => writeAtomically(target(folder, "model.sig"), Buffer.from("new"), refuse));
  assert.equal(seen, "new");
  assert.equal(readFileSync(join(folder, "model.sig"), "utf8"), "old");
  assert.deepEqual(readdirSync(folder), ["model.sig"], "no temporary file is left");
});

test("stopped before the rename, the old file stays and no temporary file is left", async () => {
  const folder = emptyFolder("stopped");
  writeFileSync(join(folder, "model.sig"), "old");
  await rejectsWith("ABORTED", () => writeAtomically(target(folder, "model.sig"), Buffer.from("new"), accept, AbortSignal.abort()));
  assert.equal(readFileSync(join(folder, "model.sig"), "utf8"), "old");
  assert.deepEqual(readdirSync(folder), ["model.sig"]);
});

test("a folder that is gone by the time of writing says so", async () => {
  const gone = emptyFolder("gone");
  const lost = target(gone, "model.sig");
  rmdirSync(gone);
  const error = await rejectsWith("OUTPUT_WRITE", () => writeAtomically(lost, Buffer.from("new"), accept));
  assert.match(error.message, /cannot write .*model\.sig: /);
  await rejectsWith("OUTPUT_WRITE", () => writeWhole(lost, Buffer.from("new")));
});

test("the mode of a file that is replaced stays, and a new one has the user's", async () => {
  const folder = emptyFolder("modes");
  const before = process.umask(0o027);
  try {
    await writeAtomically(target(folder, "new"), Buffer.from("new"), accept);
    assert.equal(statSync(join(folder, "new")).mode & 0o777, 0o640);
    for (const mode of [0o600, 0o664, 0o444]) {
      chmodSync(join(folder, "new"), mode);
      await writeAtomically(target(folder, "new"), Buffer.from("newer"), accept);
      assert.equal(statSync(join(folder, "new")).mode & 0o777, mode);
      writeWhole(target(folder, "new"), Buffer.from("newest"));
      assert.equal(statSync(join(folder, "new")).mode & 0o777, mode);
    }
  } finally {
    process.umask(before);
  }
});

test("another name of the file that is replaced keeps the old content", async () => {
  const folder = emptyFolder("names");
  writeFileSync(join(folder, "kept"), "old");
  linkSync(join(folder, "kept"), join(folder, "model.sig"));
  await writeAtomically(target(folder, "model.sig"), Buffer.from("new"), accept);
  assert.equal(readFileSync(join(folder, "kept"), "utf8"), "old");
});

test("what appears at the place while the file is written is not replaced", async () => {
  const folder = emptyFolder("raced");
  const place = openTarget(join(folder, "model.sig"), { what: "signature", force: false });
  const race = async (): Promise<void> => writeFileSync(join(folder, "model.sig"), "precious");
  await rejectsWith("OUTPUT_EXISTS", () => writeAtomically(place, Buffer.from("new"), race));
  assert.equal(readFileSync(join(folder, "model.sig"), "utf8"), "precious");
  assert.deepEqual(readdirSync(folder), ["model.sig"]);
});

test("temporary files are known by their names, and ordinary hidden files are not", () => {
  for (const name of ["model.sig", "x.oms.sig", "s".repeat(255), "名".repeat(85)]) {
    const temporary = basename(temporaryFor(join(root, name)));
    assert.ok(isTemporaryName(temporary), temporary);
    assert.ok(Buffer.byteLength(temporary) <= 255, temporary);
  }
  for (const name of [
    ".model.sig",
    ".gitignore",
    "model.sig.0123456789ab.tmp",
    ".x.0123456789ab",
    ".x.0123456789AB.tmp",
    ".0123456789ab.tmp",
  ]) {
    assert.ok(!isTemporaryName(name), name);
  }
});

for (const [letter, length] of [
  ["s", 255],
  ["名", 85],
] as const)
  test(`a signature name of 255 bytes is written: ${letter}`, async () => {
    const folder = emptyFolder(`long ${length}`);
    const name = letter.repeat(length);
    await writeAtomically(target(folder, name), Buffer.from("new"), accept);
    assert.deepEqual(readdirSync(folder), [name]);
  });
