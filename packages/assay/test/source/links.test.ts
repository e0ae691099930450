import assert from "node:assert/strict";
import { mkdirSync, symlinkSync } from "node:fs";
import { join } from "node:path";
import { suite, test } from "node:test";
import type { Inventory } from "../../src/source/inventory.ts";
import { modelFolder, plant, temporaryFolder, type Tree } from "../support/models/planted.ts";
import { walkModel } from "../support/walk.ts";

const names = ({ files }: Inventory): string[] => files.map(({ name }) => name);
const sign = { purpose: "sign" } as const;
const byCaller = { ...sign, allowSymlinks: true } as const;
const bySigner = { purpose: "verify", signedAllowSymlinks: true } as const;

suite("links in a model", () => {
  test("are an error unless they are allowed, to files, folders and nothing alike", async (t) => {
    for (const link of ["a.bin", "sub", "nowhere"]) {
      const root = modelFolder(t, { "a.bin": "a", "sub/b.bin": "b", link: { link } });
      await assert.rejects(walkModel(root, sign), { code: "LINK_NOT_ALLOWED", outcome: "failed", message: /^link is a symbolic link/ });
      await assert.rejects(walkModel(root, { purpose: "verify" }), { code: "LINK_NOT_ALLOWED" });
    }
  });

  test("to MODEL itself are resolved once, and are not links in the model", async (t) => {
    const root = modelFolder(t, { "a.bin": "a" });
    const elsewhere = temporaryFolder(t);
    plant(elsewhere, { alias: { link: root } });
    const inventory = await walkModel(join(elsewhere, "alias"), sign);
    assert.equal(inventory.root, root);
    assert.equal(inventory.modelName, "alias");
    assert.deepEqual(names(inventory), ["a.bin"]);
  });

  test("as MODEL are told apart: a loop, and one without a target", async (t) => {
    const folder = temporaryFolder(t);
    plant(folder, { a: { link: "b" }, b: { link: "a" }, gone: { link: "nowhere" } });
    await assert.rejects(walkModel(join(folder, "a"), sign), { code: "LINK_LOOP" });
    await assert.rejects(walkModel(join(folder, "gone"), sign), { code: "FILE_NOT_FOUND" });
  });
});

suite("allowed links", () => {
  test("give each name its own entry, with the target's content and path", async (t) => {
    const root = modelFolder(t, { "a.bin": "aaa", one: { link: "a.bin" }, "sub/two": { link: "../one" } });
    for (const request of [byCaller, bySigner]) {
      const inventory = await walkModel(root, request);
      assert.deepEqual(names(inventory), ["a.bin", "one", "sub/two"]);
      assert.deepEqual(
        inventory.files.map(({ path, size }) => [path, size]),
        Array.from({ length: 3 }, () => [join(root, "a.bin"), 3]),
      );
      assert.equal(inventory.linksFollowed, 2);
    }
  });

  test("to folders are followed, not skipped unsigned", async (t) => {
    const root = modelFolder(t, { "real/deep/w.bin": "w", alias: { link: "real" }, "sub/again": { link: "../alias/deep" } });
    assert.deepEqual(names(await walkModel(root, byCaller)), ["alias/deep/w.bin", "real/deep/w.bin", "sub/again/w.bin"]);
  });

  test("that point outside the model are an error, unless the caller allowed links: then a warning", async (t) => {
    const root = modelFolder(t, { "a.bin": "a", "b.bin": { link: "../blobs/b" }, folder: { link: "../blobs" } });
    plant(root, { "../blobs/b": "b" });
    await assert.rejects(walkModel(root, bySigner), { code: "LINK_OUTSIDE", message: /^the link b\.bin points outside the model/ });
    const inventory = await walkModel(root, byCaller);
    assert.deepEqual(names(inventory), ["a.bin", "b.bin", "folder/b"]);
    assert.deepEqual(
      inventory.warnings.map(({ code }) => code),
      ["LINK_OUTSIDE_ROOT"],
    );
    assert.match(inventory.warnings[0]?.message ?? "", /^2 links point outside/);
    assert.deepEqual(names(await walkModel(root, { ...bySigner, allowSymlinks: true })), ["a.bin", "b.bin", "folder/b"]);
  });

  test("to a folder whose name only begins like the model's lead out of it", async (t) => {
    const root = modelFolder(t, { "a.bin": "a", link: { link: "../model-2/b" } });
    plant(root, { "../model-2/b": "b" });
    await assert.rejects(walkModel(root, bySigner), { code: "LINK_OUTSIDE" });
  });

  test("without a target are an error", async (t) => {
    const root = modelFolder(t, { "a.bin": "a", link: { link: "nowhere" }, other: { link: "a.bin/below" } });
    await assert.rejects(walkModel(root, byCaller), { code: "LINK_DANGLING", message: /^the link link is dangling/ });
  });

  test("in a loop are an error", async (t) => {
    const loops: Record<string, Tree> = {
      "to each other": { a: { link: "b" }, b: { link: "a" } },
      "to itself": { a: { link: "a" } },
      "to its own folder": { "sub/up": { link: "." } },
      "to the model": { "sub/up": { link: ".." } },
      "to a folder above, by another link": { "sub/over": { link: "../hop" }, hop: { link: "sub" } },
    };
    for (const [kind, tree] of Object.entries(loops)) {
      const root = modelFolder(t, { "x.bin": "x", "sub/y.bin": "y", ...tree });
      await assert.rejects(walkModel(root, byCaller), { code: "LINK_LOOP", outcome: "failed", message: /loop/ }, kind);
      await assert.rejects(walkModel(root, bySigner), { code: "LINK_LOOP" }, kind);
    }
  });

  test("that lead to a folder above the model are a loop: the model is in it", async (t) => {
    const root = modelFolder(t, { "a.bin": "a", up: { link: ".." } });
    await assert.rejects(walkModel(root, byCaller), { code: "LINK_LOOP" });
  });

  test("that multiply a small tree without end are stopped", async (t) => {
    const root = modelFolder(t, { "0/w.bin": "w" });
    for (let level = 1; level < 40; level++) {
      mkdirSync(join(root, String(level)));
      for (const name of ["a", "b", "c", "d"]) symlinkSync(`../${level - 1}`, join(root, String(level), name));
    }
    const signal = AbortSignal.timeout(60_000);
    await assert.rejects(walkModel(root, { ...byCaller, signal }), { code: "LINK_LOOP", message: /multiply/ });
  });
});

suite("links beside the signed files, with unsigned files ignored", () => {
  const request = { purpose: "verify", ignoreUnsignedFiles: true } as const;

  test("are passed over and told, never followed", async (t) => {
    const root = modelFolder(t, { "a.bin": "a", link: { link: "/etc" }, gone: { link: "nowhere" } });
    const inventory = await walkModel(root, { ...request, listed: new Set(["a.bin"]) });
    assert.deepEqual(names(inventory), ["a.bin"]);
    assert.deepEqual(
      inventory.unfollowedLinks.map(({ name }) => name),
      ["gone", "link"],
    );
  });

  test("are an error where a listed file is at or below one", async (t) => {
    const root = modelFolder(t, { "real/w.bin": "w", alias: { link: "real" } });
    for (const name of ["alias", "alias/w.bin", "alias/deep/w.bin"]) {
      await assert.rejects(walkModel(root, { ...request, listed: new Set([name]) }), { code: "LINK_NOT_ALLOWED" }, name);
    }
    assert.deepEqual(names(await walkModel(root, { ...request, listed: new Set(["aliased", "alias2/w"]) })), ["real/w.bin"]);
  });
});
