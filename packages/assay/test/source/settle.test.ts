import assert from "node:assert/strict";
import { suite, test } from "node:test";
import type { InventoryFile } from "../../src/source/inventory.ts";
import { settle, type Clock } from "../../src/source/settle.ts";
import { modelFolder } from "../support/models/planted.ts";
import { walkModel } from "../support/walk.ts";

const NOW = 1_800_000_000_000;

/** A file whose change time is so many nanoseconds before `NOW`, on the file system that holds this test. */
function changedBefore(nanoseconds: number, path = import.meta.dirname): InventoryFile {
  const ctimeNs = BigInt(NOW) * 1_000_000n - BigInt(nanoseconds);
  return { name: "w", path, size: 1, device: BigInt(path.length), inode: 1n, mtimeNs: 0n, ctimeNs };
}

/** How long hashing waits for files, in milliseconds; 0: not at all. */
async function waitFor(...files: InventoryFile[]): Promise<number> {
  const waits: number[] = [];
  const clock: Clock = { now: () => NOW, wait: async (milliseconds) => void waits.push(milliseconds) };
  await settle(files, clock, undefined);
  return waits[0] ?? 0;
}

suite("before files are hashed", () => {
  test("those that were changed long ago need no wait", async () => {
    assert.equal(await waitFor(), 0);
    assert.equal(await waitFor(changedBefore(3_000_000_001), changedBefore(2_500_000_000)), 0);
  });

  test("one that was changed within a tick of the clock waits for the next tick", { skip: process.platform !== "linux" }, async () => {
    assert.equal(await waitFor(changedBefore(3_500_000)), 7);
    assert.equal(await waitFor(changedBefore(3_500_000), changedBefore(500_000)), 10);
    assert.equal(await waitFor(changedBefore(20_500_000)), 0);
  });

  test("one whose time is a whole second may be on a file system that keeps no finer", async () => {
    assert.equal(await waitFor(changedBefore(1_000_000_000)), 1001);
  });

  test("one on a file system that is not known to keep fine times waits for two seconds", async () => {
    // proc does not hold models, and is not on the list of known file systems.
    const elsewhere = process.platform === "linux" ? "/proc/self/status" : "nowhere";
    assert.equal(await waitFor(changedBefore(500_500_000, elsewhere)), 1500);
    assert.equal(await waitFor(changedBefore(500_500_000, "/does/not/exist")), 1500);
  });

  test("a time in the future is waited for no longer than a time of now", async () => {
    assert.equal(await waitFor(changedBefore(-3_600_000_000_500)), 2001);
  });

  test("the walk waits", async (t) => {
    const root = modelFolder(t, { a: "1" });
    const later: number[] = [];
    const clock: Clock = { now: () => Date.now() - 60_000, wait: async (milliseconds) => void later.push(milliseconds) };
    for (const model of [root, `${root}/a`]) await walkModel(model, { purpose: "sign", clock });
    assert.deepEqual(later, [2001, 2001]);
  });
});
