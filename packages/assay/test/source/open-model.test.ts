import assert from "node:assert/strict";
import { mkdirSync, renameSync, rmSync, symlinkSync, utimesSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { suite, test } from "node:test";
import { FileReader } from "../../src/source/file-reader.ts";
import { fileAccess } from "../../src/source/file-access.ts";
import type { InventoryFile } from "../../src/source/inventory.ts";
import { openModel, withModel } from "../../src/source/open-model.ts";
import { modelFolder } from "../support/models/planted.ts";

async function onlyFile(root: string): Promise<InventoryFile> {
  const [file] = (await (await openModel(root)).inventory()).files;
  assert.ok(file !== undefined);
  return file;
}

const text = (bytes: Uint8Array): string => new TextDecoder().decode(bytes);

suite("an opened model", () => {
  test("says what it is: a folder or a file, by the name that was given", async (t) => {
    const root = modelFolder(t, { "weights.bin": "0123456789" });
    const folder = await openModel(root);
    assert.deepEqual([folder.kind, folder.name, folder.reference, folder.revision], ["directory", "model", root, undefined]);
    const file = await openModel("weights.bin", { cwd: root });
    assert.deepEqual([file.kind, file.name, file.place.given], ["file", "weights.bin", join(root, "weights.bin")]);
    await assert.rejects(openModel(join(root, "none")), { code: "FILE_NOT_FOUND" });
  });

  test("is walked once: no answer is about two walks", async (t) => {
    const model = await openModel(modelFolder(t, { a: "1" }));
    await model.inventory();
    await assert.rejects(model.inventory(), { code: "INTERNAL", message: /walked twice/ });
  });

  test("holds what keeps it from being signed, and throws none of it", async (t) => {
    const root = modelFolder(t, { a: "1" });
    symlinkSync("a", join(root, "link"));
    symlinkSync("nothing", join(root, "dangling"));
    const refused = await (await openModel(root)).inventory();
    assert.deepEqual(
      refused.unfollowedLinks.map(({ name }) => name),
      ["dangling", "link"],
    );
    const followed = await (await openModel(root)).inventory({ allowSymlinks: true });
    assert.deepEqual(followed.unexamined, [{ name: "dangling", kind: "link" }]);
    assert.equal(followed.problems.count, 1);
  });

  test("is closed by the function that opened it, and by no other", async (t) => {
    const root = modelFolder(t, { a: "1" });
    const model = await openModel(root);
    let closed = 0;
    const watched = { ...model, close: () => Promise.resolve(void closed++) };
    assert.equal(await withModel(watched, undefined, () => Promise.resolve("answer")), "answer");
    assert.equal(closed, 0);
  });
});

suite("reading a file of an opened model", () => {
  test("gives the part that is asked for, fewer bytes at the end only", async (t) => {
    const root = modelFolder(t, { a: "0123456789" });
    const model = await openModel(root);
    const { files } = await model.inventory();
    const [file] = files;
    assert.ok(file !== undefined);
    assert.equal(text(await model.read(file, 0, 4)), "0123");
    assert.equal(text(await model.read(file, 8, 100)), "89");
    assert.equal(text(await model.read(file, 10, 1)), "");
    assert.equal(text(await model.read(file, 90, 1)), "");
    await model.close();
  });

  const changes: Record<string, (path: string) => void> = {
    "was replaced": (path) => (writeFileSync(`${path}.new`, "0123456789"), renameSync(`${path}.new`, path)),
    "was written to": (path) => writeFileSync(path, "0123456789!"),
    "has another time": (path) => utimesSync(path, 1, 1),
    "became a link": (path) => (renameSync(path, `${path}.old`), symlinkSync(`${path}.old`, path)),
    "became a folder": (path) => (rmSync(path), mkdirSync(path)),
    "was removed": (path) => rmSync(path),
  };
  for (const [what, change] of Object.entries(changes)) {
    test(`refuses one that ${what} since the walk`, async (t) => {
      const root = modelFolder(t, { a: "0123456789" });
      const file = await onlyFile(root);
      change(file.path);
      assert.throws(() => new FileReader().read(file, 0, 4), { code: "FILE_CHANGED", outcome: "incomplete" });
    });
  }

  test("keeps one file open at most, and closes it", async (t) => {
    const root = modelFolder(t, { a: "1", b: "2" });
    const { files } = await (await openModel(root)).inventory();
    const open = new Set<number>();
    const reader = new FileReader({
      ...fileAccess,
      open: (path) => {
        const descriptor = fileAccess.open(path);
        open.add(descriptor);
        return descriptor;
      },
      close: (descriptor) => {
        open.delete(descriptor);
        fileAccess.close(descriptor);
      },
    });
    for (const file of [...files, ...files]) {
      reader.read(file, 0, 1);
      assert.equal(open.size, 1);
    }
    reader.close();
    reader.close();
    assert.equal(open.size, 0);
  });
});
