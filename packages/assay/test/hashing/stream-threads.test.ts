import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { after, suite, test } from "node:test";
import { hashHere, type FileHash, type StreamHashResult, type StreamHashTask } from "../../src/hashing/stream-hash.ts";
import { StreamThreads } from "../../src/hashing/stream-threads.ts";
import { rejectsWith } from "../support/rejects.ts";

const content = new Uint8Array(new SharedArrayBuffer(1_000_000));
content.set(Array.from({ length: content.length }, (_, index) => (index * 7) % 251));
const threads = new StreamThreads(2);
after(() => threads.stop());

const task = (some: Partial<StreamHashTask>): StreamHashTask => ({
  hash: "sha256",
  shardSize: undefined,
  listed: undefined,
  size: content.length,
  ...some,
});

async function hashed(hash: FileHash, bytes: Uint8Array, pieceSize = 70_001): Promise<StreamHashResult> {
  const kept: (Promise<void> | undefined)[] = [];
  for (let at = 0; at < bytes.length; at += pieceSize) kept.push(hash.update(bytes.subarray(at, at + pieceSize)));
  await Promise.all(kept.filter((promise) => promise !== undefined));
  return hash.finish();
}

suite("a file that is hashed in a thread while it arrives", () => {
  test("has the digest of its bytes, in shared memory or not", async () => {
    const expected = { digests: [createHash("sha256").update(content).digest("hex")], listed: undefined };
    assert.deepEqual(await hashed(threads.hash(task({})), content), expected);
    assert.deepEqual(await hashed(threads.hash(task({})), content.slice()), expected);
    assert.equal(content[8], 56);
  });

  test("has the digests that it has in this thread, by every algorithm, in shards, with the listed one", async () => {
    const tasks = (["sha256", "blake2b", "blake3"] as const).flatMap((hash) => [
      task({ hash }),
      task({ hash, shardSize: 300_000, listed: "sha256" }),
      task({ hash, listed: "git-blob" }),
    ]);
    const expected = await Promise.all(tasks.map(async (one) => hashed(await hashHere(one), content)));
    assert.deepEqual(await Promise.all(tasks.map((one) => hashed(threads.hash(one), content))), expected);
    assert.equal(expected[1]?.digests.length, 4);
    assert.equal(expected[2]?.listed, createHash("sha1").update(`blob ${content.length}\0`).update(content).digest("hex"));
  });

  test("may be empty", async () => {
    const empty = new Uint8Array(0);
    const digests = [createHash("sha256").digest("hex")];
    assert.deepEqual((await hashed(threads.hash(task({ size: 0 })), empty)).digests, digests);
    assert.deepEqual((await hashed(threads.hash(task({ size: 0, shardSize: 10 })), empty)).digests, []);
  });

  test("has no digest where the thread ends early", async () => {
    const own = new StreamThreads(1);
    const before = own.hash(task({}));
    const kept = before.update(content);
    await own.stop();
    await rejectsWith("INTERNAL", async () => {
      await kept;
      await before.finish();
    });
    await rejectsWith("INTERNAL", () => hashed(own.hash(task({})), content));
  });
});
