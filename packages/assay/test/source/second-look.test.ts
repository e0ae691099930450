import assert from "node:assert/strict";
import {
  appendFileSync,
  linkSync,
  mkdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  symlinkSync,
  unlinkSync,
  utimesSync,
  writeFileSync,
} from "node:fs";
import { join } from "node:path";
import { suite, test, type TestContext } from "node:test";
import { fileAccess, type FileAccess } from "../../src/source/file-access.ts";
import { hashFiles } from "../support/hash.ts";
import { secondLook } from "../../src/source/second-look.ts";
import { seeSignature } from "../../src/source/see.ts";
import { Seen } from "../../src/source/seen.ts";
import { Turns } from "../../src/source/turns.ts";
import type { Manifest } from "../../src/statement/manifest.ts";
import { modelFolder, plant, temporaryFolder, type Tree } from "../support/models/planted.ts";
import { compareFolder, walkModel, type FolderComparison } from "../support/walk.ts";
import type { ComparisonOutcome } from "../../src/verdict/conclude.ts";

const serialization = { method: "files", hash: "sha256" } as const;

/** A manifest of the model as it is now, as if it had been signed. */
async function signedNow(root: string, allowSymlinks = false): Promise<Manifest> {
  const { files, modelName } = await walkModel(root, { purpose: "sign", allowSymlinks });
  const hashed = await hashFiles(files, serialization);
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion
  return {
    format: "oms-1.0",
    modelName,
    serialization,
    allowSymlinks,
    ignorePaths: [],
    warnings: [],
    files: new Map([...hashed].map(([name, { digests }]) => [name, { name, digests, size: undefined }])),
  } as unknown as Manifest;
}

/** The real system calls; `change` is made once, when the first file has been read and closed. */
function afterFirstFile(change: () => void): FileAccess {
  let isDone = false;
  return {
    ...fileAccess,
    close: (descriptor) => {
      fileAccess.close(descriptor);
      if (!isDone) change();
      isDone = true;
    },
  };
}

/** Compares `tree` with itself, while `change` is made after its first file was hashed. */
async function compareWhile(
  t: TestContext,
  tree: Tree,
  change: (root: string) => void,
  options: FolderComparison & { meddle?: (root: string) => void } = {},
): Promise<ComparisonOutcome> {
  const root = modelFolder(t, tree);
  const signed = await signedNow(root, options.allowSymlinks);
  options.meddle?.(root);
  return compareFolder(signed, root, { ...options, access: afterFirstFile(() => change(root)) });
}

const FILES: Tree = { a: "first", b: "second", "sub/c": "third" };

/** What is done to the model after `a` was hashed, and what the answer says of it. */
const CHANGES: Record<string, { change: (root: string) => void; says: RegExp }> = {
  "a file that was already hashed is written to": {
    change: (root) => writeFileSync(join(root, "a"), "evil!"),
    says: /^a changed while the model was read$/,
  },
  "a file that was already hashed is replaced by other bytes of its size, its time set back": {
    change: (root) => {
      const { atime, mtime } = statSync(join(root, "a"));
      writeFileSync(join(root, "a"), "evil!");
      utimesSync(join(root, "a"), atime, mtime);
    },
    says: /^a changed/,
  },
  "a file that was already hashed is written with the same bytes": {
    change: (root) => writeFileSync(join(root, "a"), "first"),
    says: /^a changed/,
  },
  "another file is put in its place": {
    change: (root) => {
      writeFileSync(join(root, "..", "other"), "first");
      renameSync(join(root, "..", "other"), join(root, "a"));
    },
    says: /^a was replaced/,
  },
  "a file that was already hashed is removed": { change: (root) => rmSync(join(root, "a")), says: /^a was removed/ },
  "a file is added": { change: (root) => writeFileSync(join(root, "added.py"), "evil"), says: /^added.py was added/ },
  "a file is added to a folder below": { change: (root) => writeFileSync(join(root, "sub/x"), ""), says: /^sub\/x was added/ },
  "a folder is added": { change: (root) => mkdirSync(join(root, "new")), says: /^new was added/ },
  "a name that is not UTF-8 is added": {
    change: (root) => writeFileSync(Buffer.concat([Buffer.from(`${root}/`), Buffer.from([0xff])]), ""),
    says: /^\\xff was added/,
  },
  "several things change": {
    change: (root) => {
      appendFileSync(join(root, "a"), "x");
      for (let count = 10; count < 21; count++) writeFileSync(join(root, `n${count}`), "");
    },
    says: /^the model changed while it was read: a changed, n10 was added, .*, n18 was added \(and 2 more\)$/,
  },
};

suite("the second look", () => {
  for (const [kind, { change, says }] of Object.entries(CHANGES)) {
    test(`is incomplete, by name, where ${kind}`, async (t) => {
      await assert.rejects(compareWhile(t, FILES, change), { code: "FILE_CHANGED", outcome: "incomplete", message: says });
    });
  }

  test("sees that a folder is another one, though it holds the same files", async (t) => {
    const swap = (root: string): void => {
      renameSync(join(root, "sub"), join(root, "..", "old"));
      mkdirSync(join(root, "sub"));
      linkSync(join(root, "..", "old", "c"), join(root, "sub", "c"));
    };
    await assert.rejects(compareWhile(t, FILES, swap), { code: "FILE_CHANGED", message: /\bsub was replaced/ });
  });

  test("sees that a folder became a link to what it was", async (t) => {
    const swap = (root: string): void => {
      renameSync(join(root, "sub"), join(root, "..", "old"));
      symlinkSync(join(root, "..", "old"), join(root, "sub"));
    };
    await assert.rejects(compareWhile(t, FILES, swap), { code: "FILE_CHANGED", message: /\bsub was replaced/ });
  });

  test("compares a changed file by its change even where its digest differs", async (t) => {
    // `b` is not hashed yet when it changes: it is met both by hashing and by the second look.
    const change = (root: string): void => writeFileSync(join(root, "b"), "changed");
    await assert.rejects(compareWhile(t, FILES, change), { code: "FILE_CHANGED", message: /^b changed while the model was read$/ });
  });

  test("hides no difference of a file that did not change", async (t) => {
    const { verified, comparison } = await compareWhile(t, FILES, (root) => writeFileSync(join(root, "b"), "changed"), {
      meddle: (root) => writeFileSync(join(root, "sub/c"), "other"),
    });
    assert.equal(verified, undefined);
    assert.deepEqual(
      comparison.differences.map(({ kind, name }) => [kind, name]),
      [["changed", "sub/c"]],
    );
    assert.equal(comparison.matchedFiles, 1);
    assert.deepEqual(comparison.warnings, [{ code: "FILE_NOT_COMPARED", message: "b changed while the model was read" }]);
  });

  test("takes no file for missing, extra or renamed that changed", async (t) => {
    const change = (root: string): void => {
      plant(root, { gone: "1" });
      appendFileSync(join(root, "extra"), "2");
    };
    const meddle = (root: string): void => {
      rmSync(join(root, "gone"));
      plant(root, { extra: "x" });
    };
    const tree = { a: "0", gone: "x" };
    await assert.rejects(compareWhile(t, tree, change, { meddle }), { message: /: extra changed, gone was added$/ });
  });

  test("leaves alone what is excluded", async (t) => {
    const change = (root: string): void => plant(root, { ".git/HEAD": "x", "ignored/log": "more", ".gitignore": "x" });
    const meddle = (root: string): void => plant(root, { "ignored/old": "1" });
    const outcome = await compareWhile(t, FILES, change, { ignorePaths: ["ignored"], cwd: "/", meddle });
    assert.ok(outcome.verified);
  });

  test("covers a listed file in a folder that is excluded", async (t) => {
    const tree = { a: "1", "hidden/listed": "2" };
    const options = { ignorePaths: ["hidden"], cwd: "/" };
    const change = (root: string): void => rmSync(join(root, "hidden/listed"));
    await assert.rejects(compareWhile(t, tree, change, options), { code: "FILE_CHANGED", message: /^hidden\/listed was removed/ });
  });

  test("covers unsigned files that are tolerated, links that are not followed, and names that are not UTF-8", async (t) => {
    const odd = (root: string): Buffer => Buffer.concat([Buffer.from(`${root}/`), Buffer.from([0xfe])]);
    const meddle = (root: string): void => {
      plant(root, { extra: "x", link: { link: "nowhere" } });
      mkdirSync(odd(root));
      writeFileSync(Buffer.concat([odd(root), Buffer.from("/in")]), "1");
    };
    const options = { ignoreUnsignedFiles: true, meddle };
    assert.ok((await compareWhile(t, FILES, () => {}, options)).verified);
    const changes: [(root: string) => void, RegExp][] = [
      [(root) => appendFileSync(join(root, "extra"), "y"), /^extra changed/],
      [(root) => (unlinkSync(join(root, "link")), symlinkSync("a", join(root, "link"))), /^link (was replaced|changed) while/],
      [(root) => appendFileSync(Buffer.concat([odd(root), Buffer.from("/in")]), "2"), /^\\xfe\/in changed/],
      [(root) => writeFileSync(Buffer.concat([odd(root), Buffer.from("/new")]), "2"), /^\\xfe\/new was added/],
    ];
    for (const [change, message] of changes)
      await assert.rejects(compareWhile(t, FILES, change, options), { code: "FILE_CHANGED", message });
  });
});

test("each number of a file's state counts", async (t) => {
  const inventory = await walkModel(modelFolder(t, { w: "1" }), { purpose: "sign" });
  const [file] = inventory.files;
  assert.ok(file);
  const turns = new Turns(undefined);
  assert.deepEqual(await secondLook(inventory, turns), []);
  for (const [field, what] of [
    ["device", "was replaced"],
    ["inode", "was replaced"],
    ["size", "changed"],
    ["mtimeNs", "changed"],
    ["ctimeNs", "changed"],
  ] as const) {
    const other = field === "size" ? { size: file.size + 1 } : { [field]: file[field] + 1n };
    const changes = await secondLook({ ...inventory, files: [{ ...file, ...other }] }, turns);
    assert.deepEqual(changes, [{ name: "w", what, isFolder: false }], field);
  }
});

suite("the second look at links", () => {
  const tree: Tree = {
    a: "first",
    "data/x": "x",
    "data2/x": "x",
    toFile: { link: "data/x" },
    toFolder: { link: "data" },
    over: { link: "toFolder" },
  };
  const retarget = (root: string, name: string, target: string): void => {
    unlinkSync(join(root, name));
    symlinkSync(target, join(root, name));
  };
  const changes: [string, (root: string) => void, RegExp][] = [
    ["to a file leads to equal bytes elsewhere", (root) => retarget(root, "toFile", "data2/x"), /\btoFile has another target/],
    ["to a folder leads to an equal one", (root) => retarget(root, "toFolder", "data2"), /\btoFolder has another target/],
    ["has another text for the same target", (root) => retarget(root, "toFile", "./data/x"), /^toFile has another target/],
    ["becomes a copy of its target", (root) => (unlinkSync(join(root, "toFile")), writeFileSync(join(root, "toFile"), "x")), /toFile/],
    ["is removed", (root) => unlinkSync(join(root, "toFile")), /toFile was removed/],
  ];
  for (const [kind, change, message] of changes) {
    test(`sees that one ${kind}`, async (t) => {
      await assert.rejects(compareWhile(t, tree, change, { allowSymlinks: true }), { code: "FILE_CHANGED", message });
    });
  }

  test("sees that a file behind a link to a folder was added", async (t) => {
    const outside = temporaryFolder(t);
    plant(outside, { x: "x" });
    const change = (): void => plant(outside, { y: "y" });
    const linked = { a: "1", far: { link: outside } };
    await assert.rejects(compareWhile(t, linked, change, { allowSymlinks: true }), { code: "FILE_CHANGED", message: /^far\/y was added/ });
  });

  test("sees that a link on the way to the target has another target", async (t) => {
    const outside = temporaryFolder(t);
    plant(outside, { "v1/x": "x", "v2/x": "x", current: { link: "v1" } });
    const change = (): void => (unlinkSync(join(outside, "current")), symlinkSync("v2", join(outside, "current")));
    const linked = { a: "1", far: { link: join(outside, "current/x") } };
    await assert.rejects(compareWhile(t, linked, change, { allowSymlinks: true }), { message: /^far has another target/ });
  });

  test("sees that the model's own name leads to another model", async (t) => {
    const folder = temporaryFolder(t);
    plant(folder, { "v1/a": "1", "v2/a": "1", latest: { link: "v1" } });
    const latest = join(folder, "latest");
    const signed = await signedNow(latest);
    const access = afterFirstFile(() => (unlinkSync(latest), symlinkSync("v2", latest)));
    await assert.rejects(compareFolder(signed, latest, { access }), { code: "FILE_CHANGED", message: /latest has another target/ });
  });
});

suite("the second look at the signature", () => {
  async function compareWithSignature(t: TestContext, name: string, change: (path: string) => void): Promise<ComparisonOutcome> {
    const root = modelFolder(t, FILES);
    const signed = await signedNow(root);
    const path = join(root, name);
    writeFileSync(path, "bundle");
    const seen = new Seen();
    seeSignature(seen, path);
    return compareFolder(signed, root, { signature: path, seen, access: afterFirstFile(() => change(path)) });
  }
  const changes: Record<string, (path: string) => void> = {
    "written to": (path) => writeFileSync(path, "other"),
    "replaced by an equal file": (path) => {
      writeFileSync(`${path}.new`, readFileSync(path));
      renameSync(`${path}.new`, path);
    },
    removed: (path) => unlinkSync(path),
    "replaced by a link to it": (path) => {
      renameSync(path, `${path}.old`);
      symlinkSync(`${path}.old`, path);
    },
  };
  for (const name of ["model.sig", "../model.sig"]) {
    for (const [kind, change] of Object.entries(changes)) {
      test(`sees that ${name} was ${kind}`, async (t) => {
        await assert.rejects(compareWithSignature(t, name, change), { code: "FILE_CHANGED", message: /the signature .*model.sig/ });
      });
    }
  }

  test("has nothing to say where it stayed", async (t) => {
    assert.ok((await compareWithSignature(t, "model.sig", () => {})).verified);
  });
});
