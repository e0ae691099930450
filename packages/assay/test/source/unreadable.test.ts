import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { chmodSync } from "node:fs";
import { join } from "node:path";
import { suite, test, type TestContext } from "node:test";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { modelFolder, type Tree } from "../support/models/planted.ts";

const run = promisify(execFile);
const support = fileURLToPath(new URL("../support/", import.meta.url));
const UNPRIVILEGED = 65534;

/**
 * Runs `code` in a process that may not read everything: root may, so there the process becomes another user
 * once its modules are loaded. `code` is the body of an async function; what it returns comes back.
 */
async function asOrdinaryUser(code: string): Promise<unknown> {
  const script = `
    const { compareFolder, walkModel } = await import("${support}walk.ts");
    const { hashFiles } = await import("${support}hash.ts");
    if (process.geteuid() === 0) process.seteuid(${UNPRIVILEGED});
    const result = await (async () => { ${code} })().catch(({ code, outcome, message }) => ({ code, outcome, message }));
    process.stdout.write(JSON.stringify(result));`;
  const { stdout } = await run(process.execPath, ["--input-type=module", "-e", script]);
  return JSON.parse(stdout);
}

/** A model that any user may read, save for `closed`, which only root may. */
function modelWithClosed(t: TestContext, tree: Tree, closed: string): string {
  const root = modelFolder(t, tree);
  chmodSync(join(root, ".."), 0o755);
  chmodSync(join(root, closed), 0);
  return root;
}

const skip = process.geteuid === undefined;

suite("what cannot be read", { skip }, () => {
  test("a file: the answer is that it could not be told", async (t) => {
    const root = modelWithClosed(t, { a: "1", b: "2" }, "b");
    const result = await asOrdinaryUser(`
      const { files } = await walkModel("${root}", { purpose: "sign" });
      await hashFiles(files, { method: "files", hash: "sha256" });`);
    assert.deepEqual(result, {
      code: "FILE_UNREADABLE",
      outcome: "incomplete",
      message: `the file ${root}/b cannot be read: permission denied (EACCES)`,
    });
  });

  test("a folder: never an empty one", async (t) => {
    const root = modelWithClosed(t, { a: "1", "sub/b": "2" }, "sub");
    for (const purpose of ["sign", "verify"]) {
      const result = await asOrdinaryUser(`await walkModel("${root}", { purpose: "${purpose}", ignoreUnsignedFiles: true });`);
      assert.deepEqual(result, {
        code: "FILE_UNREADABLE",
        outcome: "incomplete",
        message: "the folder sub/ cannot be read: permission denied (EACCES)",
      });
    }
  });

  test("a folder whose entries cannot be looked at", async (t) => {
    const root = modelWithClosed(t, { a: "1", "sub/b": "2" }, "sub");
    chmodSync(join(root, "sub"), 0o444);
    const result = await asOrdinaryUser(`await walkModel("${root}", { purpose: "sign" });`);
    assert.partialDeepStrictEqual(result, {
      code: "FILE_UNREADABLE",
      message: "the file sub/b cannot be read: permission denied (EACCES)",
    });
  });

  test("the model itself", async (t) => {
    const root = modelWithClosed(t, { a: "1" }, ".");
    assert.partialDeepStrictEqual(await asOrdinaryUser(`await walkModel("${root}", { purpose: "sign" });`), { code: "FILE_UNREADABLE" });
    assert.partialDeepStrictEqual(await asOrdinaryUser(`await walkModel("${root}/a", { purpose: "sign" });`), { code: "FILE_UNREADABLE" });
  });

  test("a folder that is left out need not be readable, and its count says that it is one", async (t) => {
    const root = modelWithClosed(t, { a: "1", "tmp/b": "2" }, "tmp");
    const result = await asOrdinaryUser(`
      const { files, leftOut } = await walkModel("${root}", { purpose: "sign", ignorePaths: ["${root}/tmp"] });
      return { names: files.map(({ name }) => name), leftOut };`);
    const leftOut = [{ name: "tmp", kind: "directory", fileCount: 1, bytes: 0, atLeast: true, reason: "caller-ignore-path" }];
    assert.deepEqual(result, { names: ["a"], leftOut });
  });

  test("an unreadable folder inside one that is left out counts one", async (t) => {
    const root = modelWithClosed(t, { a: "1", "tmp/b": "22", "tmp/closed/c": "3" }, "tmp/closed");
    const result = await asOrdinaryUser(`
      return (await walkModel("${root}", { purpose: "sign", ignorePaths: ["${root}/tmp"] })).leftOut;`);
    assert.deepEqual(result, [{ name: "tmp", kind: "directory", fileCount: 2, bytes: 2, atLeast: true, reason: "caller-ignore-path" }]);
  });

  test("what is left out in a folder that can be listed and not entered counts one", async (t) => {
    const root = modelWithClosed(t, { a: "1", "sub/tmp/b": "2" }, "sub");
    chmodSync(join(root, "sub"), 0o444);
    const result = await asOrdinaryUser(`
      return (await walkModel("${root}", { purpose: "sign", ignorePaths: ["${root}/sub/tmp"] })).leftOut;`);
    assert.deepEqual(result, [{ name: "sub/tmp", kind: "other", fileCount: 1, bytes: 0, atLeast: true, reason: "caller-ignore-path" }]);
  });

  test("an extra file is extra, and simply not the one that is missing", async (t) => {
    const root = modelWithClosed(t, { extra: "1" }, "extra");
    const result = await asOrdinaryUser(`
      const files = new Map([["gone", { name: "gone", digests: ["00"], size: undefined }]]);
      const manifest = { format: "oms-1.0", modelName: "model", serialization: { method: "files", hash: "sha256" }, ignorePaths: [], files };
      const { verified, comparison } = await compareFolder(manifest, "${root}", {});
      return { verified: verified ?? null, kinds: comparison.differences.map(({ kind, name }) => [kind, name]) };`);
    assert.deepEqual(result, {
      verified: null,
      kinds: [
        ["extra", "extra"],
        ["missing", "gone"],
      ],
    });
  });
});
