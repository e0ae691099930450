import assert from "node:assert/strict";
import { existsSync, lstatSync, readFileSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { inspectFolder, type FolderInspection } from "../../src/api/inspect-folder.ts";
import { writeModelFile } from "../../src/probe/model-file/write.ts";
import { rejectsWith } from "../support/rejects.ts";
import { temporaryFolder } from "../support/temporary-folder.ts";
import { LICENSES } from "../support/openness/licenses.ts";
import { makeFolder, MODEL_FOLDERS } from "../support/models/described.ts";

const root = temporaryFolder();

function inspect(folder: string): Promise<FolderInspection> {
  return inspectFolder(folder, {
    cwd: root,
    licenses: LICENSES,
  });
}

async function write(inspection: FolderInspection): ReturnType<typeof writeModelFile> {
  return writeModelFile(inspection.findings, inspection.asFound, inspection.ifClaimsHold.model);
}

test("a mof.yml that was written is read again, and the claims answer stays the same", async () => {
  const folder = makeFolder(root, "new", MODEL_FOLDERS["weights-code-and-paper"] ?? {});
  const before = await inspect(folder);
  const { isNew, name } = await write(before);
  assert.deepEqual([isNew, name], [true, "mof.yml"]);
  const after = await inspect(folder);
  assert.deepEqual(after.ifClaimsHold.evaluation.progress, before.ifClaimsHold.evaluation.progress);
  assert.deepEqual(after.asFound.evaluation.progress, before.asFound.evaluation.progress);
  const text = readFileSync(join(folder, "mof.yml"), "utf8");
  assert.deepEqual((await write(after)).added, []);
  assert.equal(readFileSync(join(folder, "mof.yml"), "utf8"), text);
});

test("an old one keeps what is in it", async () => {
  const folder = makeFolder(root, "old", MODEL_FOLDERS["mof-claims-more"] ?? {});
  const old = readFileSync(join(folder, "mof.yml"), "utf8");
  const { isNew, added } = await write(await inspect(folder));
  assert.deepEqual([isNew, added], [false, ["Inference code", "Model card", "Evaluation results"]]);
  assert.ok(readFileSync(join(folder, "mof.yml"), "utf8").startsWith(old));
});

test("Windows line ends and a byte order mark stay", async () => {
  const files = { ...MODEL_FOLDERS["mof-claims-more"] };
  const old = `\ufeff${String(files["mof.yml"]).replaceAll("\n", "\r\n")}`;
  const folder = makeFolder(root, "windows", { ...files, "mof.yml": old });
  assert.equal((await write(await inspect(folder))).added.length, 3);
  const text = readFileSync(join(folder, "mof.yml"), "utf8");
  assert.ok(text.startsWith(old) && text.length > old.length);
  assert.doesNotMatch(text, /(?<!\r)\n/);
});

test("a link in its place is not written through", async () => {
  const folder = makeFolder(root, "link", { "requirements.txt": "torch\n" });
  const outside = join(root, "outside.yml");
  symlinkSync(outside, join(folder, "mof.yml"));
  await rejectsWith("OUTPUT_EXISTS", async () => write(await inspect(folder)));
  assert.equal(existsSync(outside), false);
  assert.ok(lstatSync(join(folder, "mof.yml")).isSymbolicLink());
});

test("one that was written meanwhile is left alone", async () => {
  const folder = makeFolder(root, "race", MODEL_FOLDERS["mof-claims-more"] ?? {});
  const inspection = await inspect(folder);
  writeFileSync(join(folder, "mof.yml"), "mine\n");
  await rejectsWith("FILE_CHANGED", () => write(inspection));
  const fresh = makeFolder(root, "race-new", { "requirements.txt": "torch\n" });
  const before = await inspect(fresh);
  writeFileSync(join(fresh, "mof.yml"), "mine\n");
  await rejectsWith("FILE_CHANGED", () => write(before));
  assert.equal(readFileSync(join(fresh, "mof.yml"), "utf8"), "mine\n");
});

test("a broken one is told and left alone", async () => {
  const folder = makeFolder(root, "broken", { "mof.yml": "release: [\n", "requirements.txt": "torch\n" });
  await rejectsWith("USAGE", async () => write(await inspect(folder)));
  assert.equal(readFileSync(join(folder, "mof.yml"), "utf8"), "release: [\n");
});
