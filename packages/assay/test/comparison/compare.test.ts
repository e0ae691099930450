import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { appendFileSync, mkdirSync, readFileSync, renameSync, rmSync, truncateSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { suite, test } from "node:test";
import type { Comparison, Difference } from "../../src/comparison/difference.ts";
import { setEmptyFilesAside } from "../../src/source/empty-files.ts";
import { fileAccess } from "../../src/source/file-access.ts";
import { hashFiles } from "../support/hash.ts";
import type { FileDigests, Manifest, ManifestContent, Serialization } from "../../src/statement/manifest.ts";
import { modelFolder, plant } from "../support/models/planted.ts";
import { compareFolder, walkModel, type FolderComparison } from "../support/walk.ts";
import { recordedIgnorePaths } from "../../src/source/signable.ts";

const whole: Serialization = { method: "files", hash: "sha256" };
const shards: Serialization = { method: "shards", hash: "sha256", shardSize: 4 };
const sha256 = (text: string): string => createHash("sha256").update(text).digest("hex");

/** A manifest as if it had been signed: what is compared here is what it says, not who says it. */
function manifest(content: Partial<ManifestContent> & Pick<ManifestContent, "files">): Manifest {
  const defaults = { format: "oms-1.0", modelName: "model", serialization: whole, allowSymlinks: false, ignorePaths: [], warnings: [] };
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion
  return { ...defaults, resourceCount: 0, rootDigest: "", manifestDigest: "", ...content } as unknown as Manifest;
}

/** What signing the model as it is now would list; as in a bundle, sizes are known for shards only. */
async function signedNow(root: string, serialization = whole, more: Partial<ManifestContent> = {}): Promise<Manifest> {
  const walked = await walkModel(root, { purpose: "sign", allowSymlinks: more.allowSymlinks ?? false });
  const inventory = setEmptyFilesAside(walked, serialization, "sign");
  const hashed = await hashFiles(inventory.files, serialization);
  const files = new Map(
    [...hashed].map(([name, { digests, size }]): [string, FileDigests] => [
      name,
      { name, digests, size: serialization === whole ? undefined : size },
    ]),
  );
  return manifest({ files, serialization, ignorePaths: recordedIgnorePaths(inventory), modelName: inventory.modelName, ...more });
}

async function differences(signed: Manifest, root: string, options: FolderComparison = {}): Promise<readonly Difference[]> {
  const { verified, comparison } = await compareFolder(signed, root, options);
  assert.equal(verified, undefined);
  assert.ok(comparison.differences.length > 0);
  return comparison.differences;
}

async function verified(signed: Manifest, root: string, options: FolderComparison = {}): Promise<Comparison> {
  const { verified, comparison } = await compareFolder(signed, root, options);
  assert.deepEqual(comparison.differences, []);
  assert.equal(verified?.root, root);
  assert.equal(verified?.manifest, signed);
  return comparison;
}

suite("a model as it was signed", () => {
  test("verifies, and the result counts files and bytes", async (t) => {
    const root = modelFolder(t, { a: "11", "b/c": "222", empty: "" });
    const comparison = await verified(await signedNow(root), root);
    assert.deepEqual(comparison, {
      differences: [],
      unsigned: [],
      notCovered: [],
      notDownloaded: [],
      matchedFiles: 3,
      matchedBytes: 5,
      warnings: [],
      links: "none",
    });
  });

  for (const hash of ["sha256", "blake2b", "blake3"] as const) {
    test(`verifies under ${hash}, whole and in shards`, async (t) => {
      const root = modelFolder(t, { a: "1234567890", b: "x" });
      await verified(await signedNow(root, { method: "files", hash }), root);
      await verified(await signedNow(root, { method: "shards", hash, shardSize: 3 }), root);
    });
  }

  test("under another name verifies with a warning", async (t) => {
    const root = modelFolder(t, { a: "1" });
    const { warnings } = await verified(await signedNow(root, whole, { modelName: "granite" }), root);
    assert.deepEqual(
      warnings.map(({ code }) => code),
      ["SUBJECT_NAME_DIFFERS"],
    );
    await verified(await signedNow(root, whole, { modelName: "granite", format: "historical-0.1" }), root);
  });

  test("with what the signer left out names it as not covered", async (t) => {
    const root = modelFolder(t, { a: "1", ".git/HEAD": "h" });
    const signed = await signedNow(root);
    plant(root, { logs: "22", "tmp/1": "333" });
    const withRule = manifest({ ...signed, ignorePaths: [...signed.ignorePaths, "logs"] });
    const { notCovered } = await verified(withRule, root, { ignorePaths: ["tmp"], cwd: root });
    assert.deepEqual(
      notCovered.map(({ name, bytes, reason }) => [name, bytes, reason]),
      [
        [".git", 1, "signed-ignore-path"],
        ["logs", 2, "signed-ignore-path"],
        ["tmp", 3, "caller-ignore-path"],
      ],
    );
  });

  test("whose signature is over git-LFS pointers verifies, with a warning that names them", async (t) => {
    const pointer = `version https://git-lfs.github.com/spec/v1\noid sha256:${sha256("w")}\nsize 1\n`;
    const root = modelFolder(t, { "a.bin": pointer, "b.txt": "version http" });
    const { warnings, notDownloaded } = await verified(await signedNow(root), root);
    assert.deepEqual(
      warnings.map(({ code, message }) => [code, message.split(":", 1)[0]]),
      [["LFS_POINTER", "a.bin is a git-LFS pointer"]],
    );
    assert.deepEqual(notDownloaded, []);
  });

  test("stays verified beside its signature", async (t) => {
    const root = modelFolder(t, { a: "1" });
    const signed = await signedNow(root);
    plant(root, { "model.sig": "s" });
    await verified(signed, root, { signature: join(root, "model.sig") });
    assert.deepEqual(await differences(signed, root), [{ kind: "extra", name: "model.sig", foundSize: 1 }]);
  });
});

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

suite("with unsigned files ignored", () => {
  const options = { ignoreUnsignedFiles: true } as const;

  test("extra files are counted and listed instead of failing", async (t) => {
    const root = modelFolder(t, { a: "1" });
    const signed = await signedNow(root);
    plant(root, { b: "22", "sub/c": "333", link: { link: "nowhere" } });
    writeFileSync(Buffer.concat([Buffer.from(`${root}/`), Buffer.from([0xff])]), "4444");
    const { unsigned, matchedFiles } = await verified(signed, root, options);
    assert.deepEqual(unsigned, [
      { name: "\\xff", size: 4 },
      { name: "b", size: 2 },
      { name: "link", size: 7 },
      { name: "sub/c", size: 3 },
    ]);
    assert.equal(matchedFiles, 1);
  });

  test("missing, changed and renamed files still fail", async (t) => {
    const root = modelFolder(t, { a: "1", b: "2", c: "3" });
    const signed = await signedNow(root);
    rmSync(join(root, "a"));
    writeFileSync(join(root, "b"), "x");
    renameSync(join(root, "c"), join(root, "d"));
    assert.deepEqual(
      (await differences(signed, root, options)).map(({ kind }) => kind),
      ["missing", "changed", "renamed"],
    );
  });

  test("a file outside of the model is not read through a listed link", async (t) => {
    const root = modelFolder(t, { "sub/w": "secret" });
    const signed = await signedNow(root);
    renameSync(join(root, "sub"), join(root, "../moved"));
    plant(root, { sub: { link: "../moved" } });
    await assert.rejects(compareFolder(signed, root, options), { code: "LINK_NOT_ALLOWED" });
  });
});

suite("links under a signature", () => {
  test("follow the signer's word inside of the model, and the caller's out of it; the result says whose", async (t) => {
    const root = modelFolder(t, { a: "1", link: { link: "a" } });
    const signed = await signedNow(root, whole, { allowSymlinks: true });
    assert.equal((await verified(signed, root)).links, "allowed by the signer");
    assert.equal((await verified(signed, root, { allowSymlinks: true })).links, "allowed by the caller");
    const withoutWord = manifest({ ...signed, allowSymlinks: false });
    await assert.rejects(compareFolder(withoutWord, root, {}), { code: "LINK_NOT_ALLOWED" });
    await verified(withoutWord, root, { allowSymlinks: true });
  });

  test("out of the model are an error on the signer's word alone", async (t) => {
    const root = modelFolder(t, { a: "1", link: { link: "../blob" } });
    plant(root, { "../blob": "b" });
    const signed = await signedNow(root, whole, { allowSymlinks: true });
    await assert.rejects(compareFolder(signed, root, {}), { code: "LINK_OUTSIDE" });
    const { warnings } = await verified(signed, root, { allowSymlinks: true });
    assert.deepEqual(
      warnings.map(({ code }) => code),
      ["LINK_OUTSIDE_ROOT"],
    );
  });
});

suite("shards", () => {
  test("tell which of them changed first, how many, and of how many", async (t) => {
    const root = modelFolder(t, { a: "aaaabbbbccccdd" });
    const signed = await signedNow(root, shards);
    writeFileSync(join(root, "a"), "aaaaBBBBccccDD");
    assert.deepEqual(await differences(signed, root), [
      {
        kind: "changed",
        name: "a",
        signedDigest: `sha256:${sha256("bbbb")}`,
        foundDigest: `sha256:${sha256("BBBB")}`,
        signedSize: 14,
        foundSize: 14,
        shards: { changed: 2, total: 4 },
      },
    ]);
  });

  test("a file that grew by whole shards is changed, though all signed ones are the same", async (t) => {
    const root = modelFolder(t, { a: "aaaabbbb" });
    const signed = await signedNow(root, shards);
    appendFileSync(join(root, "a"), "ccccd");
    assert.deepEqual(await differences(signed, root), [
      {
        kind: "changed",
        name: "a",
        signedDigest: "none",
        foundDigest: "none",
        signedSize: 8,
        foundSize: 13,
        shards: { changed: 2, total: 4 },
      },
    ]);
  });

  test("a file that lost whole shards is changed", async (t) => {
    const root = modelFolder(t, { a: "aaaabbbb", b: "x" });
    const signed = await signedNow(root, shards);
    truncateSync(join(root, "a"), 4);
    assert.deepEqual(await differences(signed, root), [
      {
        kind: "changed",
        name: "a",
        signedDigest: `sha256:${sha256("bbbb")}`,
        foundDigest: "none",
        signedSize: 8,
        foundSize: 4,
        shards: { changed: 1, total: 2 },
      },
    ]);
    truncateSync(join(root, "a"), 0);
    assert.deepEqual(
      (await differences(signed, root)).map((difference) => "shards" in difference && difference.shards),
      [{ changed: 2, total: 2 }],
    );
  });

  test("of a file that grew immensely, no more are read than were signed", async (t) => {
    const root = modelFolder(t, { a: "aaaa" });
    const signed = await signedNow(root, shards);
    truncateSync(join(root, "a"), 2 ** 42);
    assert.deepEqual(
      (await differences(signed, root)).map((difference) => "shards" in difference && difference.shards),
      [{ changed: 2 ** 40 - 1, total: 2 ** 40 }],
    );
  });

  test("cover no empty file: on disk it is not covered, not extra", async (t) => {
    const root = modelFolder(t, { a: "aaaa", empty: "" });
    const signed = await signedNow(root, shards);
    assert.deepEqual([...signed.files.keys()], ["a"]);
    const { notCovered } = await verified(signed, root);
    assert.deepEqual(notCovered, [{ name: "empty", kind: "file", fileCount: 1, bytes: 0, atLeast: false, reason: "empty-file" }]);
    await verified(signed, root, { ignoreUnsignedFiles: true });
  });

  test("find a renamed file by its size and digests", async (t) => {
    const root = modelFolder(t, { a: "aaaabb", c: "x" });
    const signed = await signedNow(root, shards);
    renameSync(join(root, "a"), join(root, "b"));
    writeFileSync(join(root, "aa"), "aaaabbbb");
    assert.deepEqual(await differences(signed, root), [
      { kind: "renamed", name: "a", newName: "b", size: 6 },
      { kind: "extra", name: "aa", foundSize: 8 },
    ]);
  });

  test("of a model of nothing but empty files leave nothing to sign", async (t) => {
    const root = modelFolder(t, { a: "", b: "" });
    await assert.rejects(signedNow(root, shards), { code: "MODEL_EMPTY" });
    await verified(await signedNow(root, whole), root);
  });
});

suite("a single file", () => {
  test("verifies under its basename and under the reference's own name for it", async (t) => {
    const path = join(modelFolder(t, { "model.bin": "w" }), "model.bin");
    for (const name of ["model.bin", "."]) {
      await verified(
        manifest({ files: new Map([[name, { name, digests: [sha256("w")], size: undefined }]]), modelName: "model.bin" }),
        path,
      );
    }
  });

  test("verifies as the only file of a folder, if it was signed under its basename", async (t) => {
    const root = modelFolder(t, { "model.bin": "w" });
    await verified(manifest({ files: new Map([["model.bin", { name: "model.bin", digests: [sha256("w")], size: undefined }]]) }), root);
    const dot = manifest({ files: new Map([[".", { name: ".", digests: [sha256("w")], size: undefined }]]) });
    await assert.rejects(compareFolder(dot, root, {}), { code: "MODEL_MISMATCH", message: /a single file was signed/ });
  });

  test("that changed is told under the signed name", async (t) => {
    const path = join(modelFolder(t, { "model.bin": "evil" }), "model.bin");
    const signed = manifest({ files: new Map([[".", { name: ".", digests: [sha256("w")], size: undefined }]]) });
    assert.deepEqual(
      (await differences(signed, path)).map(({ kind, name }) => [kind, name]),
      [["changed", "."]],
    );
  });

  test("under another name is renamed", async (t) => {
    const path = join(modelFolder(t, { "other.bin": "w" }), "other.bin");
    const signed = manifest({ files: new Map([["model.bin", { name: "model.bin", digests: [sha256("w")], size: undefined }]]) });
    assert.deepEqual(await differences(signed, path), [{ kind: "renamed", name: "model.bin", newName: "other.bin", size: 1 }]);
  });

  test("is not a folder: a signature for one says so", async (t) => {
    const root = modelFolder(t, { a: "1", "sub/b": "2" });
    const signed = await signedNow(root);
    await assert.rejects(compareFolder(signed, join(root, "a"), {}), {
      code: "MODEL_MISMATCH",
      message: /a folder was signed \(2 files in it\)/,
    });
    rmSync(join(root, "a"));
    await assert.rejects(compareFolder(await signedNow(root), join(root, "sub/b"), {}), {
      code: "MODEL_MISMATCH",
      message: /the file sub\/b/,
    });
  });
});
