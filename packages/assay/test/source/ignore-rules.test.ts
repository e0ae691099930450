import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { suite, test } from "node:test";
import type { Inventory } from "../../src/source/inventory.ts";
import { modelFolder, plant, temporaryFolder } from "../support/models/planted.ts";
import { walkModel } from "../support/walk.ts";
import { recordedIgnorePaths } from "../../src/source/signable.ts";

const names = ({ files }: Inventory): string[] => files.map(({ name }) => name);
const codes = ({ warnings }: Inventory): string[] => warnings.map(({ code }) => code);
const sign = { purpose: "sign" } as const;
const GIT = [".git", ".gitattributes", ".github", ".gitignore"];

suite("git paths", () => {
  const tree = { "a.bin": "a", ".git/HEAD": "h", ".gitignore": "i", ".gitattributes": "", ".github/ci.yml": "c" };

  test("are left out at the model's top only, byte for byte", async (t) => {
    const root = modelFolder(t, { ...tree, "sub/.git/HEAD": "h", ".GIT/x": "x", ".gitmodules": "m", ".github.txt": "t" });
    assert.deepEqual(names(await walkModel(root, sign)), [".GIT/x", ".github.txt", ".gitmodules", "a.bin", "sub/.git/HEAD"]);
  });

  test("are counted, a folder once with what is in it", async (t) => {
    const root = modelFolder(t, { ...tree, ".git/objects/aa/bb": "12345", ".git/empty": null });
    const reason = "git-default";
    assert.deepEqual((await walkModel(root, sign)).leftOut, [
      { name: ".git", kind: "directory", fileCount: 2, bytes: 6, atLeast: false, reason },
      { name: ".gitattributes", kind: "file", fileCount: 1, bytes: 0, atLeast: false, reason },
      { name: ".github", kind: "directory", fileCount: 1, bytes: 1, atLeast: false, reason },
      { name: ".gitignore", kind: "file", fileCount: 1, bytes: 1, atLeast: false, reason },
    ]);
  });

  test("are part of the model where the caller says so, and then not recorded", async (t) => {
    const root = modelFolder(t, tree);
    const inventory = await walkModel(root, { ...sign, ignoreGitPaths: false });
    assert.deepEqual(names(inventory), [".git/HEAD", ".gitattributes", ".github/ci.yml", ".gitignore", "a.bin"]);
    assert.deepEqual(recordedIgnorePaths(inventory), []);
  });

  test("are recorded when signing, whether or not they are there", async (t) => {
    const root = modelFolder(t, { "a.bin": "a" });
    const inventory = await walkModel(root, sign);
    assert.deepEqual(recordedIgnorePaths(inventory), GIT);
    assert.deepEqual(inventory.leftOut, []);
  });
});

suite("the caller's ignore paths", () => {
  test("cover themselves and what is below, by whole components", async (t) => {
    const root = modelFolder(t, { "a.bin": "a", "logs/1": "1", "logs/deep/2": "22", "logs.txt": "t", "sub/logs/3": "3", log: "l" });
    const inventory = await walkModel(root, { ...sign, ignorePaths: ["logs"], cwd: root });
    assert.deepEqual(names(inventory), ["a.bin", "log", "logs.txt", "sub/logs/3"]);
    assert.deepEqual(inventory.leftOut, [
      { name: "logs", kind: "directory", fileCount: 2, bytes: 3, atLeast: false, reason: "caller-ignore-path" },
    ]);
    assert.deepEqual(recordedIgnorePaths(inventory), [...GIT, "logs"]);
  });

  test("are not patterns", async (t) => {
    const root = modelFolder(t, { "a.tmp": "a", "*.tmp": "b", "[a].tmp": "c" });
    const inventory = await walkModel(root, { ...sign, ignorePaths: ["*.tmp", "[a].tmp"], cwd: root });
    assert.deepEqual(names(inventory), ["a.tmp"]);
  });

  test("are absolute, or relative to the current directory, or else to the model", async (t) => {
    const root = modelFolder(t, { "x/1": "1", "y/2": "2", "z/3": "3", keep: "k" });
    const ignorePaths = [join(root, "x"), "model/y/", "./z"];
    const inventory = await walkModel("model", { ...sign, ignorePaths, cwd: join(root, "..") });
    assert.deepEqual(names(inventory), ["keep"]);
    assert.deepEqual(inventory.warnings, []);
    assert.deepEqual(recordedIgnorePaths(inventory), [...GIT, "x", "y", "z"]);
  });

  test("relative to the current directory win where that is inside the model", async (t) => {
    const root = modelFolder(t, { "x/1": "1", "sub/x/2": "2" });
    const inventory = await walkModel("..", { ...sign, ignorePaths: ["x"], cwd: join(root, "sub") });
    assert.deepEqual(names(inventory), ["x/1"]);
  });

  test("are understood through links that lead to the model", async (t) => {
    const root = modelFolder(t, { "x/1": "1", "y/2": "2", keep: "k" });
    const elsewhere = temporaryFolder(t);
    plant(elsewhere, { alias: { link: root }, other: { link: root } });
    const ignorePaths = [join(elsewhere, "other/x"), join(root, "y")];
    assert.deepEqual(names(await walkModel(join(elsewhere, "alias"), { ...sign, ignorePaths })), ["keep"]);
  });

  test("that point outside of the model, or at all of it, cover nothing, with a warning", async (t) => {
    const root = modelFolder(t, { "a.bin": "a", "sub/b.bin": "b" });
    for (const path of ["..", "../other", "/nowhere", root, "sub/../..", ""]) {
      const inventory = await walkModel(root, { ...sign, ignorePaths: [path], cwd: temporaryFolder(t) });
      assert.deepEqual(names(inventory), ["a.bin", "sub/b.bin"], path);
      assert.deepEqual(codes(inventory), ["IGNORE_PATH_VOID"], path);
      assert.deepEqual(recordedIgnorePaths(inventory), GIT, path);
    }
  });

  test("that meet nothing are recorded, with a warning: the file meant is most likely signed", async (t) => {
    const root = modelFolder(t, { "a.bin": "a", "logs/1": "1" });
    const inventory = await walkModel(root, { ...sign, ignorePaths: ["lgos", "logs", "logs/1"], cwd: root });
    assert.deepEqual(inventory.warnings, [{ code: "IGNORE_PATH_VOID", message: "nothing in the model is at the ignore path lgos" }]);
  });

  test("that name the signature to be written are not an error", async (t) => {
    const root = modelFolder(t, { "a.bin": "a" });
    const inventory = await walkModel(root, { ...sign, ignorePaths: ["model.sig"], signature: "model.sig", cwd: root });
    assert.deepEqual(inventory.warnings, []);
  });

  test("may name a link, which is then not followed", async (t) => {
    const root = modelFolder(t, { "a.bin": "a", link: { link: "/etc" } });
    const inventory = await walkModel(root, { ...sign, ignorePaths: ["link"], cwd: root });
    assert.deepEqual(inventory.leftOut, [
      { name: "link", kind: "other", fileCount: 1, bytes: 0, atLeast: true, reason: "caller-ignore-path" },
    ]);
  });
});

const walk = async (root: string, signedIgnorePaths: string[]): Promise<Inventory> =>
  walkModel(root, { purpose: "verify", signedIgnorePaths, cwd: "/" });

suite("signed ignore paths", () => {
  test("cover exact paths from the root, whatever the current directory, one trailing slash dropped", async (t) => {
    const root = modelFolder(t, { "a.bin": "a", "logs/1": "1", "tmp/2": "2", "sub/tmp/3": "3" });
    const inventory = await walk(root, ["logs/", "tmp"]);
    assert.deepEqual(names(inventory), ["a.bin", "sub/tmp/3"]);
    assert.deepEqual(
      inventory.leftOut.map(({ name, reason }) => [name, reason]),
      [
        ["logs", "signed-ignore-path"],
        ["tmp", "signed-ignore-path"],
      ],
    );
  });

  test("that are empty, absolute, or not canonical cover nothing, with a warning each", async (t) => {
    const root = modelFolder(t, { "a.bin": "a", "sub/b.bin": "b" });
    for (const entry of ["", ".", "/", "/a.bin", "..", "../model/a.bin", "sub/../a.bin", "./a.bin", "sub//b.bin", "sub/b.bin//"]) {
      const inventory = await walk(root, [entry]);
      assert.deepEqual(names(inventory), ["a.bin", "sub/b.bin"], entry);
      assert.deepEqual(codes(inventory), ["IGNORE_PATH_VOID"], entry);
    }
  });

  test("are the reason that counts where git defaults or the caller name the same path", async (t) => {
    const root = modelFolder(t, { "a.bin": "a", ".git/x": "x", logs: "l" });
    const inventory = await walkModel(root, { purpose: "verify", signedIgnorePaths: [".git", "logs"], ignorePaths: ["logs"], cwd: root });
    assert.deepEqual(
      inventory.leftOut.map(({ reason }) => reason),
      ["signed-ignore-path", "signed-ignore-path"],
    );
  });
});

suite("git's own files that the caller asks for", () => {
  test("are part of the model whatever the signer left out, what is below them too", async (t) => {
    const root = modelFolder(t, {
      "a.bin": "a",
      ".github/w.bin": "w",
      ".git/hooks/x": "x",
      ".gitignore": "i",
      logs: "l",
      ".gitmodules": "m",
    });
    const signedIgnorePaths = [".git/hooks", ".github", ".gitattributes", ".gitignore", "logs", ".gitmodules"];
    const inventory = await walkModel(root, { purpose: "verify", signedIgnorePaths, ignoreGitPaths: false, cwd: "/" });
    assert.deepEqual(names(inventory), [".git/hooks/x", ".github/w.bin", ".gitignore", "a.bin"]);
    assert.deepEqual(
      inventory.leftOut.map(({ name }) => name),
      [".gitmodules", "logs"],
    );
  });
});

suite("listed files", () => {
  test("are found whatever hides them, and not counted as left out", async (t) => {
    const root = modelFolder(t, { ".git/HEAD": "h", ".git/config": "cc", "logs/1": "1", secret: "s" });
    const listed = new Set([".git/HEAD", "logs/1", "secret", "logs/gone", ".git/HEAD/below"]);
    const inventory = await walkModel(root, { purpose: "verify", listed, signedIgnorePaths: ["logs"], ignorePaths: ["secret"], cwd: root });
    assert.deepEqual(names(inventory), [".git/HEAD", "logs/1", "secret"]);
    assert.deepEqual(inventory.leftOut, [
      { name: ".git", kind: "directory", fileCount: 1, bytes: 2, atLeast: false, reason: "git-default" },
    ]);
  });

  test("are found even where the file is the signature: no file can hold its own digest", async (t) => {
    const root = modelFolder(t, { "a.bin": "a", "model.sig": "s" });
    const inventory = await walkModel(root, { purpose: "verify", listed: new Set(["model.sig"]), signature: join(root, "model.sig") });
    assert.deepEqual(names(inventory), ["a.bin", "model.sig"]);
  });

  test("behind an ignored link are an error where links are not allowed", async (t) => {
    const root = modelFolder(t, { "a.bin": "a", "real/w.bin": "w", alias: { link: "real" } });
    const request = { purpose: "verify", listed: new Set(["alias/w.bin"]), ignorePaths: ["alias"], cwd: root } as const;
    await assert.rejects(walkModel(root, request), { code: "LINK_NOT_ALLOWED", message: /^alias is/ });
    assert.deepEqual(names(await walkModel(root, { ...request, allowSymlinks: true })), ["a.bin", "alias/w.bin", "real/w.bin"]);
  });

  test("that are a folder, hidden or not, are told apart from those that are gone", async (t) => {
    const root = modelFolder(t, { "a.bin/x": "x", ".git/x": "x" });
    const { notFiles } = await walkModel(root, { purpose: "verify", listed: new Set(["a.bin", ".git", "gone"]) });
    assert.deepEqual(
      [...notFiles],
      [
        ["a.bin", "a folder"],
        [".git", "a folder"],
      ],
    );
  });

  test("that are a pipe are an error even where they are ignored", async (t) => {
    const root = modelFolder(t, { "a.bin": "a" });
    execFileSync("mkfifo", [join(root, "pipe")]);
    const request = { purpose: "verify", listed: new Set(["pipe"]), ignorePaths: ["pipe"], cwd: root } as const;
    await assert.rejects(walkModel(root, request), { code: "FILE_NOT_REGULAR" });
  });
});

suite("counting what is left out", () => {
  test("follows no link, and each counts at least one", async (t) => {
    const root = modelFolder(t, { "a.bin": "a", "tmp/1": "1", "tmp/loop": { link: ".." }, "tmp/gone": { link: "nowhere" } });
    const [tmp] = (await walkModel(root, { ...sign, ignorePaths: ["tmp"], cwd: root })).leftOut;
    assert.deepEqual(tmp, { name: "tmp", kind: "directory", fileCount: 3, bytes: 1, atLeast: true, reason: "caller-ignore-path" });
  });

  test("opens no pipe, and each counts one", async (t) => {
    const root = modelFolder(t, { "a.bin": "a", "tmp/1": "1" });
    for (const pipe of ["tmp/pipe", ".github"]) execFileSync("mkfifo", [join(root, pipe)]);
    const { leftOut } = await walkModel(root, { ...sign, ignorePaths: ["tmp"], cwd: root });
    assert.deepEqual(leftOut, [
      { name: ".github", kind: "other", fileCount: 1, bytes: 0, atLeast: false, reason: "git-default" },
      { name: "tmp", kind: "directory", fileCount: 2, bytes: 1, atLeast: false, reason: "caller-ignore-path" },
    ]);
  });

  test("counts a folder that cannot be listed as one", async (t) => {
    const root = modelFolder(t, { "a.bin": "a", "tmp/1": "1" });
    // A name that is not UTF-8 cannot be asked for by the name that the listing gives.
    mkdirSync(Buffer.concat([Buffer.from(`${root}/tmp/`), Buffer.from([0xff])]));
    const [tmp] = (await walkModel(root, { ...sign, ignorePaths: ["tmp"], cwd: root })).leftOut;
    assert.deepEqual([tmp?.fileCount, tmp?.atLeast], [2, true]);
  });

  test("does not count the signature in a folder that is left out", async (t) => {
    const root = modelFolder(t, { "a.bin": "a", ".kaggle/signing.json": "s" });
    const request = { purpose: "verify", signedIgnorePaths: [".kaggle"], signature: join(root, ".kaggle/signing.json") } as const;
    assert.deepEqual((await walkModel(root, request)).leftOut, []);
    plant(root, { ".kaggle/other": "o" });
    assert.equal((await walkModel(root, request)).leftOut[0]?.fileCount, 1);
  });

  test("counts what is in a folder even where the folder's name is listed", async (t) => {
    const root = modelFolder(t, { "a.bin": "a", "tmp/1": "1" });
    const request = { purpose: "verify", listed: new Set(["tmp"]), ignorePaths: ["tmp"], cwd: root } as const;
    assert.equal((await walkModel(root, request)).leftOut[0]?.fileCount, 1);
  });

  test("passes over folders that hold no file", async (t) => {
    const root = modelFolder(t, { "a.bin": "a", "tmp/deep": null });
    const inventory = await walkModel(root, { ...sign, ignorePaths: ["tmp"], cwd: root });
    assert.deepEqual([inventory.leftOut, inventory.warnings], [[], []]);
  });
});
