import assert from "node:assert/strict";
import { appendFileSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { suite, test } from "node:test";
import { fileAccess } from "../../src/source/file-access.ts";
import { differences, manifest, sha256, signedNow } from "../support/models/compared.ts";
import { modelFolder } from "../support/models/planted.ts";
import { compareFolder } from "../support/walk.ts";

suite("a model that is not as it was signed", () => {
  test("a changed file is told with both digests and its size", async (t) => {
    const root = modelFolder(t, { a: "good", b: "same" });
    const signed = await signedNow(root);
    writeFileSync(join(root, "a"), "evil!");
    assert.deepEqual(await differences(signed, root), [
      {
        kind: "changed",
        name: "a",
        signedDigest: `sha256:${sha256("good")}`,
        foundDigest: `sha256:${sha256("evil!")}`,
        signedSize: undefined,
        foundSize: 5,
        shards: undefined,
      },
    ]);
  });

  test("one changed bit is a change", async (t) => {
    const root = modelFolder(t, { a: Buffer.alloc(3_000_000, 7) });
    const signed = await signedNow(root);
    const bytes = readFileSync(join(root, "a"));
    bytes[2_999_999]! ^= 1;
    writeFileSync(join(root, "a"), bytes);
    assert.equal((await differences(signed, root))[0]?.kind, "changed");
  });

  test("missing and extra files are told, a folder in a file's place too", async (t) => {
    const root = modelFolder(t, { a: "1", b: "2", c: "3", d: "4" });
    const signed = await signedNow(root);
    rmSync(join(root, "a"));
    rmSync(join(root, "b"));
    mkdirSync(join(root, "b"));
    writeFileSync(join(root, "e"), "55555");
    assert.deepEqual(await differences(signed, root), [
      { kind: "missing", name: "a", signedSize: undefined, why: undefined },
      { kind: "missing", name: "b", signedSize: undefined, why: "a folder" },
      { kind: "extra", name: "e", foundSize: 5 },
    ]);
  });

  test("every difference is told, not only the first, in the order of names", async (t) => {
    const root = modelFolder(t, { a: "1", b: "2", c: "3", d: "4" });
    const signed = await signedNow(root);
    for (const name of ["a", "d"]) writeFileSync(join(root, name), "changed");
    rmSync(join(root, "b"));
    writeFileSync(join(root, "bb"), "extra");
    const found = await differences(signed, root);
    assert.deepEqual(
      found.map(({ kind, name }) => [kind, name]),
      [
        ["changed", "a"],
        ["missing", "b"],
        ["extra", "bb"],
        ["changed", "d"],
      ],
    );
    const { comparison } = await compareFolder(signed, root, {});
    assert.equal(comparison.matchedFiles, 1);
  });

  test("a renamed file is told as that, each file at most once", async (t) => {
    const root = modelFolder(t, { "vae.json": "same", "x/1": "twin", "x/2": "twin", gone: "gone" });
    const signed = await signedNow(root);
    renameSync(join(root, "vae.json"), join(root, "vae-config.json"));
    renameSync(join(root, "x/1"), join(root, "x/3"));
    rmSync(join(root, "x/2"));
    rmSync(join(root, "gone"));
    assert.deepEqual(await differences(signed, root), [
      { kind: "missing", name: "gone", signedSize: undefined, why: undefined },
      { kind: "renamed", name: "vae.json", newName: "vae-config.json", size: 4 },
      { kind: "renamed", name: "x/1", newName: "x/3", size: 4 },
      { kind: "missing", name: "x/2", signedSize: undefined, why: undefined },
    ]);
  });

  test("extra files are read only where something is missing", async (t) => {
    const root = modelFolder(t, { a: "1" });
    const signed = await signedNow(root);
    writeFileSync(join(root, "extra"), "x");
    const opened: string[] = [];
    const access = { ...fileAccess, open: (path: string) => (opened.push(path), fileAccess.open(path)) };
    await differences(signed, root, { access });
    assert.deepEqual(opened, [join(root, "a")]);
  });

  test("a name that differs in case or normalization is another name", async (t) => {
    const root = modelFolder(t, { "Config.json": "c", "\u00e9": "e" });
    const signed = await signedNow(root);
    renameSync(join(root, "Config.json"), join(root, "config.json"));
    renameSync(join(root, "\u00e9"), join(root, "e\u0301"));
    assert.deepEqual(
      (await differences(signed, root)).map(({ kind }) => kind),
      ["renamed", "renamed"],
    );
  });

  test("a name that is not UTF-8 is an extra file, even if its escaped form is listed", async (t) => {
    const root = modelFolder(t, { a: "1", "a\\xff": "2" });
    const signed = await signedNow(root);
    rmSync(join(root, "a\\xff"));
    writeFileSync(Buffer.concat([Buffer.from(`${root}/a`), Buffer.from([0xff])]), "2");
    assert.deepEqual(
      (await differences(signed, root)).map(({ kind }) => kind),
      ["missing", "extra"],
    );
  });

  test("a listed file in a folder that an ignore path hides is compared all the same", async (t) => {
    const root = modelFolder(t, { a: "1", "notes/listed": "good", "notes-2/listed": "good" });
    const signed = await signedNow(root);
    const hiding = manifest({ ...signed, ignorePaths: ["notes"] });
    writeFileSync(join(root, "notes", "listed"), "evil");
    assert.deepEqual(
      (await differences(hiding, root)).map(({ kind, name }) => [kind, name]),
      [["changed", "notes/listed"]],
    );
  });

  test("a listed file that an ignore path hides is compared all the same", async (t) => {
    const root = modelFolder(t, { a: "1", hidden: "good" });
    const signed = await signedNow(root);
    writeFileSync(join(root, "hidden"), "evil");
    const hiding = manifest({ ...signed, ignorePaths: ["hidden"] });
    assert.deepEqual(
      (await differences(hiding, root)).map(({ name }) => name),
      ["hidden"],
    );
    assert.deepEqual(
      (await differences(signed, root, { ignorePaths: ["hidden"], cwd: root })).map(({ name }) => name),
      ["hidden"],
    );
    rmSync(join(root, "hidden"));
    assert.deepEqual(
      (await differences(hiding, root)).map(({ kind }) => kind),
      ["missing"],
    );
  });

  test("a file that changes during the comparison makes the answer incomplete, not a difference", async (t) => {
    const root = modelFolder(t, { a: "1" });
    const signed = await signedNow(root);
    const access = { ...fileAccess, open: (path: string) => (appendFileSync(path, "x"), fileAccess.open(path)) };
    await assert.rejects(compareFolder(signed, root, { access }), { code: "FILE_CHANGED", outcome: "incomplete" });
  });
});
