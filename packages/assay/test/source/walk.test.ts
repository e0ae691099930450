import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { linkSync, mkdirSync, symlinkSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import { join } from "node:path";
import { suite, test } from "node:test";
import type { Inventory } from "../../src/source/inventory.ts";
import { modelFolder, plant, temporaryFolder } from "../support/models/planted.ts";
import { walkModel } from "../support/walk.ts";
import { recordedIgnorePaths } from "../../src/source/signable.ts";

const names = ({ files }: Inventory): string[] => files.map(({ name }) => name);
const sign = { purpose: "sign" } as const;
const verify = { purpose: "verify" } as const;

suite("walking a model", () => {
  test("finds every regular file, hidden ones too, in code-point order of names", async (t) => {
    const root = modelFolder(t, { "b.bin": "b", "a/z.bin": "z", "a.bin": "", ".cache/x": "x", "\u{ff5e}": "1", "\u{1f600}": "2" });
    const inventory = await walkModel(root, sign);
    assert.deepEqual(names(inventory), [".cache/x", "a.bin", "a/z.bin", "b.bin", "\u{ff5e}", "\u{1f600}"]);
    assert.equal(inventory.kind, "directory");
    assert.equal(inventory.root, root);
    assert.equal(inventory.modelName, "model");
    assert.deepEqual(inventory.warnings, []);
  });

  test("tells size and identity of each file", async (t) => {
    const root = modelFolder(t, { "weights.bin": "12345" });
    const [file] = (await walkModel(root, sign)).files;
    assert.equal(file?.size, 5);
    assert.equal(file?.path, join(root, "weights.bin"));
    assert.ok((file?.inode ?? 0n) > 0n && (file?.ctimeNs ?? 0n) > 0n);
  });

  test("passes over empty folders", async (t) => {
    const root = modelFolder(t, { "a.bin": "a", empty: null, "deep/empty": null });
    assert.deepEqual(names(await walkModel(root, sign)), ["a.bin"]);
  });

  test("takes a relative model from the given current directory", async (t) => {
    const root = modelFolder(t, { "a.bin": "a" });
    assert.equal((await walkModel("model", { ...sign, cwd: join(root, "..") })).root, root);
    assert.equal((await walkModel(".", { ...sign, cwd: root })).modelName, "model");
  });

  test("refuses to sign a model without a file", async (t) => {
    const root = modelFolder(t, { "empty/folder": null, ".gitignore": "x" });
    await assert.rejects(walkModel(root, sign), { code: "MODEL_EMPTY", message: /1 path/ });
    assert.deepEqual((await walkModel(root, verify)).files, []);
  });

  test("says that a model does not exist", async (t) => {
    const root = modelFolder(t, { file: "" });
    await assert.rejects(walkModel(join(root, "nothing"), sign), { code: "FILE_NOT_FOUND", outcome: "usage" });
    await assert.rejects(walkModel(join(root, "file/below"), sign), { code: "FILE_NOT_FOUND" });
    await assert.rejects(walkModel("", sign), { code: "USAGE" });
    await assert.rejects(walkModel("a\0b", sign), { code: "USAGE" });
  });

  test("refuses a named pipe without opening it", async (t) => {
    const root = modelFolder(t, { "a.bin": "a" });
    execFileSync("mkfifo", [join(root, "pipe")]);
    await assert.rejects(walkModel(root, sign), { code: "FILE_NOT_REGULAR", outcome: "failed", message: /^pipe is a named pipe/ });
    await assert.rejects(walkModel(root, { ...verify, ignoreUnsignedFiles: true }), { code: "FILE_NOT_REGULAR" });
    await assert.rejects(walkModel(join(root, "pipe"), sign), { code: "FILE_NOT_REGULAR" });
  });

  test("refuses a socket", async (t) => {
    const root = modelFolder(t, { "a.bin": "a" });
    const server = createServer();
    await new Promise<void>((resolve) => server.listen(join(root, "socket"), resolve));
    t.after(() => server.close());
    await assert.rejects(walkModel(root, sign), { code: "FILE_NOT_REGULAR", message: /a socket/ });
  });

  test("refuses a device behind an allowed link", async (t) => {
    const root = modelFolder(t, { "a.bin": "a", null: { link: "/dev/null" } });
    await assert.rejects(walkModel(root, { ...sign, allowSymlinks: true }), { code: "FILE_NOT_REGULAR", message: /a device/ });
  });

  test("does not look at what is ignored, not even at a pipe or a link", async (t) => {
    const root = modelFolder(t, { "a.bin": "a", link: { link: "nowhere" }, "tmp/x": "x" });
    execFileSync("mkfifo", [join(root, "tmp/pipe")]);
    const inventory = await walkModel(root, { ...sign, ignorePaths: ["tmp", "link"], cwd: root });
    assert.deepEqual(names(inventory), ["a.bin"]);
  });

  test("names the first problem in the order of names, a plain no first, and counts the others", async (t) => {
    const root = modelFolder(t, { "z.link": { link: "a" }, "b.link": { link: "a" }, "m/c.link": { link: "a" }, a: "" });
    await assert.rejects(walkModel(root, sign), { code: "LINK_NOT_ALLOWED", message: /^b\.link .*2 more problems/ });
  });

  test("a file name of 255 bytes is an ordinary name", async (t) => {
    const name = "n".repeat(255);
    const root = modelFolder(t, { [name]: "x", ["ü".repeat(127)]: "y" });
    assert.deepEqual(names(await walkModel(root, sign)), [name, "ü".repeat(127)]);
  });

  test("every name that a file system allows is found unchanged", async (t) => {
    const odd = [
      "a\\b",
      "C:",
      "con",
      "x:0:5",
      " lead",
      "trail ",
      "dot.",
      "*",
      "?",
      "[x]",
      "tab\t",
      "line\nbreak",
      "\u202e",
      "e\u0301",
      "\u00e9",
      "\ufffd",
    ];
    const root = modelFolder(t, Object.fromEntries(odd.map((name) => [name, name])));
    assert.deepEqual(new Set(names(await walkModel(root, sign))), new Set(odd));
  });

  test("a path longer than the system opens gives a clear error", async (t) => {
    const root = modelFolder(t, { "a.bin": "a" });
    // Deeper than PATH_MAX: made step by step from inside, as only relative paths reach that far.
    execFileSync("bash", ["-c", `n=$(printf 'd%.0s' {1..250}); for i in {1..20}; do mkdir $n && cd $n || exit 1; done; touch file`], {
      cwd: root,
    });
    try {
      await assert.rejects(walkModel(root, sign), {
        code: "FILE_UNREADABLE",
        outcome: "incomplete",
        message: /longer than the system can open/,
      });
    } finally {
      // Here, because Node 22 itself cannot remove what is so deep.
      execFileSync("rm", ["-rf", join(root, "d".repeat(250))]);
    }
  });

  test("two names for the same file are two files of the model", async (t) => {
    const root = modelFolder(t, { "a.bin": "a" });
    linkSync(join(root, "a.bin"), join(root, "b.bin"));
    assert.deepEqual(names(await walkModel(root, sign)), ["a.bin", "b.bin"]);
  });
});

function withForeignNames(root: string): void {
  const inside = (...bytes: number[]): Buffer => Buffer.concat([Buffer.from(`${root}/`), Buffer.from(bytes)]);
  writeFileSync(inside(0x61, 0xff), "x");
  mkdirSync(inside(0xc3));
  writeFileSync(inside(0xc3, 0x2f, 0x62), "yy");
}

suite("names that are not UTF-8", () => {
  test("are refused when signing", async (t) => {
    const root = modelFolder(t, { "a.bin": "a" });
    withForeignNames(root);
    await assert.rejects(walkModel(root, sign), { code: "NAME_NOT_UTF8", message: /^the name \\xc3 is not UTF-8.*1 more/ });
  });

  test("are counted, escaped, when verifying, and never as a name that a manifest could list", async (t) => {
    const root = modelFolder(t, { "a.bin": "a", "a\\xff": "a name with a backslash", "real \ufffd": "the replacement character itself" });
    withForeignNames(root);
    const inventory = await walkModel(root, verify);
    assert.deepEqual(names(inventory), ["a.bin", "a\\xff", "real \ufffd"]);
    assert.deepEqual(inventory.undecodable, [
      { name: "\\xc3/b", size: 2, isLink: false },
      { name: "a\\xff", size: 1, isLink: false },
    ]);
  });

  test("hide no pipe and no link", async (t) => {
    const root = modelFolder(t, { "a.bin": "a" });
    const folder = Buffer.concat([Buffer.from(`${root}/`), Buffer.from([0xff])]);
    mkdirSync(folder);
    symlinkSync("nowhere", Buffer.concat([folder, Buffer.from("/link")]));
    await assert.rejects(walkModel(root, verify), { code: "LINK_NOT_ALLOWED", message: /\\xff\/link/ });
  });
});

suite("a single file as the model", () => {
  test("is listed under its basename", async (t) => {
    const root = modelFolder(t, { "model.gguf": "weights" });
    const inventory = await walkModel(join(root, "model.gguf"), sign);
    assert.equal(inventory.kind, "file");
    assert.equal(inventory.modelName, "model.gguf");
    assert.deepEqual(names(inventory), ["model.gguf"]);
    assert.deepEqual(recordedIgnorePaths(inventory), []);
  });

  test("behind a link keeps the link's name, as in a hub's cache", async (t) => {
    const root = modelFolder(t, { "blobs/0a1b2c": "weights", "snapshot/model.gguf": { link: "../blobs/0a1b2c" } });
    const inventory = await walkModel(join(root, "snapshot/model.gguf"), sign);
    assert.deepEqual(names(inventory), ["model.gguf"]);
    assert.equal(inventory.files[0]?.path, join(root, "blobs/0a1b2c"));
  });

  test("must not be its own signature", async (t) => {
    const root = modelFolder(t, { "model.gguf": "weights", link: { link: "model.gguf" } });
    const path = join(root, "model.gguf");
    await assert.rejects(walkModel(path, { ...sign, signature: path }), { code: "USAGE" });
    await assert.rejects(walkModel(path, { ...sign, signature: join(root, "link") }), { code: "USAGE" });
  });
});

suite("the signature file", () => {
  test("is not part of the model and not counted as left out, while another signature is an ordinary file", async (t) => {
    const root = modelFolder(t, { "a.bin": "a", "model.sig": "s", "other.sig": "o", "sub/model.sig": "n" });
    const inventory = await walkModel(root, { ...sign, signature: join(root, "model.sig") });
    assert.deepEqual(names(inventory), ["a.bin", "other.sig", "sub/model.sig"]);
    assert.deepEqual(inventory.leftOut, []);
  });

  test("is found through a linked folder outside of the model", async (t) => {
    const root = modelFolder(t, { "a.bin": "a", "sub/model.sig": "s" });
    const elsewhere = temporaryFolder(t);
    plant(elsewhere, { model: { link: root }, sub: { link: join(root, "sub") } });
    for (const signature of [join(elsewhere, "model/sub/model.sig"), join(elsewhere, "sub/model.sig")]) {
      assert.deepEqual(names(await walkModel(root, { ...sign, signature })), ["a.bin"]);
    }
  });

  test("that is a link in the model, or behind one, is refused", async (t) => {
    const root = modelFolder(t, { "a.bin": "a", "chat.jinja": "c", "sub/model.sig": "s" });
    plant(root, {
      "model.sig": { link: "chat.jinja" },
      "gone.sig": { link: "nowhere" },
      "out.sig": { link: "../blob" },
      alias: { link: "sub" },
    });
    plant(root, { "../blob": "signature" });
    for (const name of ["model.sig", "gone.sig", "out.sig", "alias/model.sig"]) {
      for (const options of [verify, { ...verify, allowSymlinks: true, ignoreUnsignedFiles: true }]) {
        await assert.rejects(walkModel(root, { ...options, signature: join(root, name) }), {
          code: "LINK_NOT_ALLOWED",
          message: /signature/,
        });
      }
    }
  });

  test("that is a link from outside to a file in the model is refused: that file would be hidden", async (t) => {
    const root = modelFolder(t, { "a.bin": "a", "chat.jinja": "c" });
    const elsewhere = temporaryFolder(t);
    plant(elsewhere, { "my.sig": { link: join(root, "chat.jinja") }, "good.sig": { link: "file" }, file: "s" });
    await assert.rejects(walkModel(root, { ...verify, signature: join(elsewhere, "my.sig") }), {
      code: "LINK_NOT_ALLOWED",
      message: /chat\.jinja/,
    });
    assert.deepEqual(names(await walkModel(root, { ...verify, signature: join(elsewhere, "good.sig") })), ["a.bin", "chat.jinja"]);
  });

  test("outside of the model hides no file of the same name in it", async (t) => {
    const root = modelFolder(t, { "a.bin": "a", "model.sig": "s" });
    plant(root, { "../model.sig": "s" });
    assert.deepEqual(names(await walkModel(root, { ...verify, signature: join(root, "../model.sig") })), ["a.bin", "model.sig"]);
  });

  test("hides no other name of the same bytes on disk", async (t) => {
    const root = modelFolder(t, { "a.bin": "a", "model.sig": "s" });
    linkSync(join(root, "model.sig"), join(root, "copy.bin"));
    assert.deepEqual(names(await walkModel(root, { ...verify, signature: join(root, "model.sig") })), ["a.bin", "copy.bin"]);
  });

  test("that is still to be written is left out and recorded", async (t) => {
    const root = modelFolder(t, { "a.bin": "a" });
    const inventory = await walkModel(root, { ...sign, signature: join(root, "new.sig") });
    assert.deepEqual(recordedIgnorePaths(inventory), [".git", ".gitattributes", ".github", ".gitignore", "new.sig"]);
  });
});

suite("stopping a walk", () => {
  test("a signal that was given before stops it at once", async (t) => {
    const root = modelFolder(t, { "a.bin": "a" });
    await assert.rejects(walkModel(root, { ...sign, signal: AbortSignal.abort() }), { code: "ABORTED", outcome: "incomplete" });
  });
});
