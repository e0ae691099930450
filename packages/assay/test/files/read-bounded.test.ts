import assert from "node:assert/strict";
import { execFileSync, spawnSync } from "node:child_process";
import { mkdirSync, truncateSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { readBounded } from "../../src/files/read-bounded.ts";
import { rejectsWith } from "../support/rejects.ts";
import { temporaryFolder } from "../support/temporary-folder.ts";

const MODULE = join(import.meta.dirname, "..", "..", "src", "files", "read-bounded.ts");
const folder = temporaryFolder();

test("a file within the limit is read whole", async () => {
  writeFileSync(join(folder, "small"), "1234");
  assert.equal(Buffer.from(readBounded(join(folder, "small"), "key", 4)).toString(), "1234");
});

test("an empty file gives no bytes", async () => {
  writeFileSync(join(folder, "empty"), "");
  assert.equal(readBounded(join(folder, "empty"), "key", 4).length, 0);
});

test("a file over the limit is refused without being read, by the code that the caller names", async () => {
  writeFileSync(join(folder, "large"), "");
  truncateSync(join(folder, "large"), 50_000_000_000);
  const error = await rejectsWith("BUNDLE_TOO_LARGE", () => readBounded(join(folder, "large"), "signature", 1000, "BUNDLE_TOO_LARGE"));
  assert.match(error.message, /1,000 bytes/);
});

test("a missing file, a folder and a FIFO are each told apart, and none is waited for", async () => {
  const missing = await rejectsWith("FILE_NOT_FOUND", () => readBounded(join(folder, "none"), "public key", 10));
  assert.match(missing.message, /the public key .*none does not exist/);
  mkdirSync(join(folder, "folder"));
  await rejectsWith("USAGE", () => readBounded(join(folder, "folder"), "public key", 10));
  // In a process of its own: one that waits for a FIFO cannot be stopped from within.
  const fifo = join(folder, "fifo");
  execFileSync("mkfifo", [fifo]);
  const code = `import(${JSON.stringify(MODULE)}).then(({ readBounded }) => readBounded(${JSON.stringify(fifo)}, "public key", 10))`;
  const { signal, stderr } = spawnSync(process.execPath, ["-e", code], { timeout: 10_000, encoding: "utf8" });
  assert.equal(signal, null, "it waits for the FIFO");
  assert.match(stderr, /not a regular file/);
});

test("a device that never ends is refused", async () => {
  await rejectsWith("USAGE", () => readBounded("/dev/zero", "signature", 10));
});
