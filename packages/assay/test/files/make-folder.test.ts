import assert from "node:assert/strict";
import { mkdirSync, statSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { makeFolder } from "../../src/files/make-folder.ts";
import { temporaryFolder } from "../support/temporary-folder.ts";

const folder = temporaryFolder();

test("makes a folder and every missing one above it, with the permissions asked for", () => {
  const path = join(folder, "a", "b", "c");
  makeFolder(path, 0o700);
  for (const made of [path, join(folder, "a", "b"), join(folder, "a")]) assert.equal(statSync(made).mode & 0o777, 0o700);
});

test("leaves a folder that exists as it is, behind a link too", () => {
  mkdirSync(join(folder, "there"), { mode: 0o755 });
  symlinkSync(join(folder, "there"), join(folder, "link"));
  makeFolder(join(folder, "there"), 0o700);
  makeFolder(join(folder, "link"), 0o700);
  assert.equal(statSync(join(folder, "there")).mode & 0o777, 0o755);
});

test("rejects a file, a path below one, and one below a link that leads to nothing", () => {
  writeFileSync(join(folder, "file"), "");
  symlinkSync(join(folder, "nowhere"), join(folder, "dangling"));
  assert.throws(() => makeFolder(join(folder, "file")), { code: "EEXIST" });
  assert.throws(() => makeFolder(join(folder, "file", "x")), { code: "ENOTDIR" });
  assert.throws(() => makeFolder(join(folder, "dangling", "x")), { code: "EEXIST" });
});

test("ends where the file system takes no folder at all", () => {
  // Linux has /proc; elsewhere a device is not a folder either.
  const place = process.platform === "linux" ? "/proc" : "/dev/null";
  assert.throws(() => makeFolder(join(place, "assay", "cache")), { code: /^ENO(ENT|TDIR)$/ });
});
