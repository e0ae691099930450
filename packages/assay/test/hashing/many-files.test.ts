import assert from "node:assert/strict";
import { linkSync, mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { fileAccess } from "../../src/source/file-access.ts";
import { hashFiles } from "../support/hash.ts";
import type { Manifest } from "../../src/statement/manifest.ts";
import { modelFolder } from "../support/models/planted.ts";
import { compareFolder, walkModel } from "../support/walk.ts";
import { effort } from "../support/effort.ts";

const FOLDERS = effort(10, 100);

test(`a model of ${FOLDERS},000 files is walked, hashed and compared, and can be stopped at any moment`, async (t) => {
  const root = modelFolder(t, {});
  // Hard links are files of their own to a walk, and many times as fast to make.
  for (let folder = 0; folder < FOLDERS; folder++) {
    const path = join(root, String(folder));
    mkdirSync(path);
    writeFileSync(join(path, "0"), `content of ${folder}`);
    for (let file = 1; file < 1000; file++) linkSync(join(path, "0"), join(path, String(file)));
  }
  const { files } = await walkModel(root, { purpose: "sign" });
  assert.equal(files.length, FOLDERS * 1000);
  const digests = await hashFiles(files, { method: "files", hash: "sha256" });
  assert.equal(new Set([...digests.values()].map(({ digests }) => digests[0])).size, FOLDERS);

  const content = {
    format: "oms-1.0",
    modelName: "model",
    serialization: { method: "files", hash: "sha256" },
    ignorePaths: [],
    files: digests,
  };
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- what is compared here is what it says, not who says it
  const manifest = content as unknown as Manifest;
  const { verified } = await compareFolder(manifest, root, {});
  assert.equal(verified?.matchedFiles, FOLDERS * 1000);

  const inTheWalk = AbortSignal.timeout(1);
  await assert.rejects(compareFolder(manifest, root, { signal: inTheWalk }), { code: "ABORTED" });

  const controller = new AbortController();
  let opened = 0;
  const open = (path: string): number => {
    if (++opened === FOLDERS * 500) controller.abort();
    return fileAccess.open(path);
  };
  const inTheHashing = { signal: controller.signal, access: { ...fileAccess, open } };
  await assert.rejects(compareFolder(manifest, root, inTheHashing), { code: "ABORTED" });
  assert.ok(opened < FOLDERS * 1000);
});
