import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { truncateSync, unlinkSync } from "node:fs";
import { suite, test, type TestContext } from "node:test";
import { fileAccess, type FileAccess } from "../../src/source/file-access.ts";
import { HashThreads } from "../../src/hashing/hash-threads.ts";
import { cutPieces } from "../../src/hashing/pieces.ts";
import { layOutWork, pathReader, stopWork, type WorkList } from "../../src/hashing/work-list.ts";
import { workOff, type HashFailure } from "../../src/hashing/work-off.ts";
import type { Serialization } from "../../src/statement/manifest.ts";
import { modelFolder } from "../support/models/planted.ts";
import { walkModel } from "../support/walk.ts";

const MIB = 1024 * 1024;
const whole: Serialization = { method: "files", hash: "sha256" };

/** A work list for one file of `content`, as a thread gets it. */
async function listFor(t: TestContext, content: Uint8Array, serialization: Serialization): Promise<{ list: WorkList; path: string }> {
  const { files } = await walkModel(modelFolder(t, { weights: content }), { purpose: "sign" });
  const requests = files.map((file) => ({ file, maxShards: Infinity }));
  const pieces = cutPieces(requests, serialization, 32);
  const digestBytes = 32 * (serialization.method === "files" ? 1 : Math.ceil(content.length / serialization.shardSize));
  return { list: layOutWork(requests, pieces, serialization, digestBytes, 1), path: files[0]!.path };
}

/** A disk that takes much longer for a part than hashing it takes, whatever else the machine does. */
const slowDisk: FileAccess = {
  ...fileAccess,
  read: (...parameters) => {
    const end = performance.now() + 10;
    while (performance.now() < end);
    return fileAccess.read(...parameters);
  },
};

/** Counts the calls of both ways to read. */
function counting(access: FileAccess = fileAccess): { access: FileAccess; calls: { inTurn: number; ahead: number } } {
  const calls = { inTurn: 0, ahead: 0 };
  return {
    calls,
    access: {
      ...access,
      read: (...parameters) => (calls.inTurn++, access.read(...parameters)),
      readAhead: (...parameters) => (calls.ahead++, access.readAhead(...parameters)),
    },
  };
}

async function work(list: WorkList, access: FileAccess): Promise<HashFailure[]> {
  const failures: HashFailure[] = [];
  await workOff(list, access, pathReader(list), (failure) => failures.push(failure));
  return failures;
}

const bytes = Buffer.from(Array.from({ length: 9 * MIB + 17 }, (_, index) => (index * 31 + (index >> 12)) & 255));
const sha256 = (part: Uint8Array): string => createHash("sha256").update(part).digest("hex");

suite("reading a large file", () => {
  for (const [way, disk] of [
    ["ahead", slowDisk],
    ["in turn", fileAccess],
  ] as const) {
    test(`${way} gives the digests of its bytes, whole and in shards`, async (t) => {
      const { list } = await listFor(t, bytes, whole);
      assert.deepEqual(await work(list, disk), []);
      assert.equal(Buffer.from(list.digests).toString("hex"), sha256(bytes));
      assert.deepEqual([...list.done], [1]);

      const shardSize = 700_001;
      const sharded = await listFor(t, bytes, { method: "shards", hash: "sha256", shardSize });
      assert.deepEqual(await work(sharded.list, disk), []);
      const expected = Array.from({ length: Math.ceil(bytes.length / shardSize) }, (_, index) =>
        sha256(bytes.subarray(index * shardSize, (index + 1) * shardSize)),
      );
      assert.equal(Buffer.from(sharded.list.digests).toString("hex"), expected.join(""));
    });

    test(`${way} sees that it shrank, or that all are to stop`, async (t) => {
      const changes: ((path: string, list: WorkList) => void)[] = [(path) => truncateSync(path, 3 * MIB), (_, list) => stopWork(list)];
      const results: (string | undefined)[] = [];
      for (const change of changes) {
        const { list, path } = await listFor(t, bytes, whole);
        let reads = 0;
        const meddle = (): void => {
          if (++reads === 2) change(path, list);
        };
        const access: FileAccess = {
          ...disk,
          read: (...parameters) => {
            if (way === "in turn") meddle();
            return disk.read(...parameters);
          },
          readAhead: (...parameters) => (meddle(), disk.readAhead(...parameters)),
        };
        const failures = await work(list, access);
        results.push(failures[0]?.error.code);
        assert.deepEqual([...list.done], [0]);
      }
      assert.deepEqual(results, ["FILE_CHANGED", undefined]);
    });
  }

  test("begins in turn, and changes to reading ahead where the disk is slow", async (t) => {
    const { access, calls } = counting(slowDisk);
    const { list } = await listFor(t, bytes, whole);
    assert.deepEqual(await work(list, access), []);
    assert.equal(Buffer.from(list.digests).toString("hex"), sha256(bytes));
    assert.deepEqual(calls, { inTurn: 16, ahead: 2 });
  });
});

test("a worker thread does the work by itself, in memory that it shares", async (t) => {
  const { files } = await walkModel(modelFolder(t, { weights: bytes, gone: "" }), { purpose: "sign" });
  unlinkSync(files[0]!.path);
  const requests = files.map((file) => ({ file, maxShards: Infinity }));
  const list = layOutWork(requests, cutPieces(requests, whole, 32), whole, 64, 2);
  const failures: HashFailure[] = [];
  const threads = new HashThreads(1);
  t.after(() => threads.stop());
  await threads.work("hash", list, (failure) => failures.push(failure));
  assert.equal(threads.crash, undefined);
  assert.equal(Buffer.from(list.digests.subarray(32)).toString("hex"), sha256(bytes));
  assert.deepEqual(
    failures.map(({ file, error }) => [file, error.name, error.code]),
    [[0, "AssayError", "FILE_CHANGED"]],
  );
});
