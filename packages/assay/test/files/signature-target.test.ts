import assert from "node:assert/strict";
import { mkdirSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { checkSignatureTarget } from "../../src/files/signature-target.ts";
import { rejectsWith } from "../rejects.ts";
import { temporaryFolder } from "../temporary-folder.ts";

const folder = temporaryFolder();
const MEDIA_TYPE = '"mediaType":"application/vnd.dev.sigstore.bundle.v0.3+json"';

function file(name: string, text: string): string {
  writeFileSync(join(folder, name), text);
  return join(folder, name);
}

test("nothing there: it may be written, and replaces nothing", async () => {
  assert.equal(await checkSignatureTarget(join(folder, "none.sig"), false), false);
});

test("an older bundle is replaced, the media type first or last in it", async () => {
  assert.equal(await checkSignatureTarget(file("first.sig", `{${MEDIA_TYPE},"x":"${"x".repeat(300_000)}"}`), false), true);
  assert.equal(await checkSignatureTarget(file("last.sig", `{"x":"${"x".repeat(300_000)}",${MEDIA_TYPE}}`), false), true);
});

test("any other file is kept, unless --force says otherwise", async () => {
  const error = await rejectsWith("OUTPUT_EXISTS", () => checkSignatureTarget(file("weights.bin", "weights"), false));
  assert.equal(error.remedy, "replace-output");
  assert.equal(await checkSignatureTarget(file("weights.bin", "weights"), true), false);
  await rejectsWith("OUTPUT_EXISTS", () => checkSignatureTarget(file("empty.sig", ""), false));
});

test("a folder or a link is kept even with --force", async () => {
  mkdirSync(join(folder, "folder.sig"));
  await rejectsWith("OUTPUT_EXISTS", () => checkSignatureTarget(join(folder, "folder.sig"), true));
  symlinkSync(file("target.bin", "important"), join(folder, "link.sig"));
  await rejectsWith("OUTPUT_EXISTS", () => checkSignatureTarget(join(folder, "link.sig"), true));
});

test("a missing folder is found before anything is hashed", async () => {
  await rejectsWith("FILE_NOT_FOUND", () => checkSignatureTarget(join(folder, "none", "model.sig"), false));
});
