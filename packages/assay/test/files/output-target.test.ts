import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { chmodSync, mkdirSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { lookAgain, openTarget, type OutputRule } from "../../src/files/output-target.ts";
import { rejectsWith } from "../support/rejects.ts";
import { temporaryFolder } from "../support/temporary-folder.ts";

const folder = temporaryFolder();
const RULE: OutputRule = { what: "note", force: false, isSameKind: (bytes) => Buffer.from(bytes).toString() === "a note", maxBytes: 10 };

function file(name: string, text: string): string {
  writeFileSync(join(folder, name), text);
  return join(folder, name);
}

test("nothing there: the file may be written, and replaces nothing", () => {
  const target = openTarget(join(folder, "none"), RULE);
  assert.equal(target.existing, undefined);
  assert.equal(target.isSameKind, false);
});

test("an older file of the same kind is replaced without force", () => {
  assert.equal(openTarget(file("note", "a note"), RULE).isSameKind, true);
});

test("a file of another kind is replaced only by force, and so is one that is too large to be of the kind", async () => {
  for (const text of ["another text", "", "a note, with something that is worth more around it"]) {
    const path = file("other", text);
    const error = await rejectsWith("OUTPUT_EXISTS", () => openTarget(path, RULE));
    assert.equal(error.remedy, "replace-output");
    assert.equal(openTarget(path, { ...RULE, force: true }).isSameKind, false);
  }
});

test("where no kind is replaced, any file needs force", async () => {
  await rejectsWith("OUTPUT_EXISTS", () => openTarget(file("note", "a note"), { what: "note", force: false }));
});

test("a folder, a link, a FIFO and a device are never replaced, not by force either", async () => {
  mkdirSync(join(folder, "folder"));
  symlinkSync(file("victim", "a note"), join(folder, "link"));
  symlinkSync(join(folder, "nowhere"), join(folder, "dangling"));
  execFileSync("mkfifo", [join(folder, "fifo")]);
  for (const [path, kind] of [
    [join(folder, "folder"), /is a folder/],
    [join(folder, "link"), /is a symbolic link/],
    [join(folder, "dangling"), /is a symbolic link/],
    [join(folder, "fifo"), /is a FIFO/],
    ["/dev/null", /is a device/],
  ] as const) {
    const error = await rejectsWith("OUTPUT_EXISTS", () => openTarget(path, { ...RULE, force: true }));
    assert.match(error.message, kind);
  }
});

test("a folder that is missing, is a file or is not writable is told before the work", async () => {
  const missing = await rejectsWith("OUTPUT_WRITE", () => openTarget(join(folder, "no", "note"), RULE));
  assert.match(missing.message, /cannot write .*: the folder .*no does not exist/);
  assert.equal(missing.outcome, "usage");
  const below = await rejectsWith("OUTPUT_WRITE", () => openTarget(join(file("plain", ""), "note"), RULE));
  assert.match(below.message, /plain is not a folder/);
  if (process.getuid?.() === 0) return;
  mkdirSync(join(folder, "locked"));
  chmodSync(join(folder, "locked"), 0o500);
  const locked = await rejectsWith("OUTPUT_WRITE", () => openTarget(join(folder, "locked", "note"), RULE));
  assert.match(locked.message, /locked is not writable/);
});

test("what appears or changes before the file is put in place is looked at by the same rule", async () => {
  const place = join(folder, "late");
  const target = openTarget(place, RULE);
  assert.equal(lookAgain(target), target);
  writeFileSync(place, "a note");
  assert.equal(lookAgain(target).isSameKind, true);
  writeFileSync(place, "precious");
  await rejectsWith("OUTPUT_EXISTS", () => lookAgain(target));
  rmSync(place);
  symlinkSync(join(folder, "victim"), place);
  await rejectsWith("OUTPUT_EXISTS", () => lookAgain({ ...target, rule: { ...RULE, force: true } }));
});
