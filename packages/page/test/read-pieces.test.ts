import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { test } from "node:test";
import { setImmediate } from "node:timers/promises";
import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import { Digests, makeHasher } from "../src/hashing/hasher.ts";
import { readPieces } from "../src/hashing/read-pieces.ts";

const BUFFER = 1024 * 1024;
/** No two places are alike: bytes that are lost, repeated or moved change the digest. */
const BYTES = Buffer.concat(Array.from({ length: 140_000 }, (_, index) => createHash("sha256").update(String(index)).digest()));

/** Sizes of pieces, with one that is larger than the buffer, and sums on both sides of its end. */
const CUTS: Readonly<Record<string, readonly number[]>> = {
  "of one byte less than the buffer": [BUFFER - 1],
  "of the buffer": [BUFFER],
  "of one byte more than the buffer": [BUFFER + 1],
  "larger than the buffer": [3 * BUFFER + 17],
  "of many sizes": [1, 65_536, BUFFER - 1, 7, 2 * BUFFER, 999_983],
};

/** A stream of copies of parts of `BYTES`, a byte stream or one that makes its own pieces. */
function streamOf(size: number, cuts: readonly number[], isByteStream: boolean): ReadableStream<Uint8Array<ArrayBuffer>> {
  let at = 0;
  let turn = 0;
  const pull = (controller: { enqueue(piece: Uint8Array<ArrayBuffer>): void; close(): void }): void => {
    const end = Math.min(size, at + (cuts[turn++ % cuts.length] ?? size));
    if (end > at) controller.enqueue(new Uint8Array(BYTES.subarray(at, end)));
    else controller.close();
    at = end;
  };
  return isByteStream ? new ReadableStream(bytesFrom(pull)) : new ReadableStream({ pull });
}

/** A byte stream that waits for a buffer is closed by giving nothing back. */
function bytesFrom(pull: (controller: ReadableByteStreamController) => void): UnderlyingByteSource {
  return {
    type: "bytes",
    pull(controller) {
      pull(controller);
      controller.byobRequest?.respond(0);
    },
  };
}

async function readAll(stream: ReadableStream<Uint8Array<ArrayBuffer>>): Promise<Buffer> {
  const pieces: Buffer[] = [];
  await readPieces(stream, (piece) => pieces.push(Buffer.from(piece)));
  return Buffer.concat(pieces);
}

for (const isByteStream of [true, false]) {
  const kind = isByteStream ? "a byte stream" : "a stream that makes its own pieces";
  for (const [what, cuts] of Object.entries(CUTS)) {
    test(`${kind} with pieces ${what} is read to the last byte`, async () => {
      for (const size of [0, 1, BUFFER - 1, BUFFER, BUFFER + 1, 2 * BUFFER, BYTES.length]) {
        const read = await readAll(streamOf(size, cuts, isByteStream));
        assert.ok(read.equals(BYTES.subarray(0, size)), `${size} bytes`);
      }
    });
  }
}

test("a file of the platform is read to the last byte", async () => {
  assert.ok((await readAll(new Blob([BYTES]).stream())).equals(BYTES));
});

test("a byte stream is read into the same memory again, and so is the next one", async () => {
  const marks: (number | undefined)[] = [];
  for (const _ of ["first", "next"]) {
    let turn = 0;
    const stream = new ReadableStream({
      type: "bytes",
      pull(controller: ReadableByteStreamController) {
        const view = controller.byobRequest?.view;
        assert.ok(view instanceof Uint8Array);
        marks.push(view.at(-1));
        view[view.length - 1] = marks.length;
        if (turn++ === 2) controller.close();
        controller.byobRequest?.respond(turn === 3 ? 0 : 1);
      },
    });
    await readPieces(stream, () => undefined);
  }
  assert.deepEqual(marks.slice(1), [1, 2, 3, 4, 5]);
});

test("two streams that are read at once do not share a buffer", async () => {
  const read = await Promise.all([BYTES.length, BYTES.length - 1].map((size) => readAll(streamOf(size, [65_536, 9], true))));
  assert.ok(read.every((bytes, index) => bytes.equals(BYTES.subarray(0, BYTES.length - index))));
});

test("shards whose size does not divide the buffer have the digests of their bytes", async () => {
  const shardSize = 700_001;
  const digests = new Digests(await makeHasher("sha256"), shardSize);
  await readPieces(streamOf(BYTES.length, [BUFFER, 65_536], true), (piece) => digests.update(piece));
  const shards = Array.from({ length: Math.ceil(BYTES.length / shardSize) }, (_, index) =>
    createHash("sha256")
      .update(BYTES.subarray(index * shardSize, (index + 1) * shardSize))
      .digest("hex"),
  );
  assert.deepEqual(digests.finish(), shards);
});

test("a stream that fails rejects, and the next one is read whole though the buffer was lost", async () => {
  for (const isByteStream of [true, false]) {
    let turn = 0;
    const pull = (controller: { enqueue(piece: Uint8Array<ArrayBuffer>): void; error(reason: unknown): void }): void => {
      if (turn++ === 0) controller.enqueue(new Uint8Array(5));
      else controller.error(new Error("it changed"));
    };
    const broken = isByteStream ? new ReadableStream({ type: "bytes", pull }) : new ReadableStream({ pull });
    await assert.rejects(readAll(broken), /it changed/);
    assert.ok((await readAll(streamOf(BYTES.length, [BUFFER], isByteStream))).equals(BYTES));
  }
});

test("what fails while it takes a piece rejects, and the next stream is read whole", async () => {
  const taking = readPieces(streamOf(BYTES.length, [BUFFER], true), () => {
    throw new Error("no memory");
  });
  await assert.rejects(taking, /no memory/);
  assert.ok((await readAll(streamOf(BYTES.length, [BUFFER], true))).equals(BYTES));
});

test("a stream that waits for its bytes is not collected as garbage", async () => {
  setFlagsFromString("--expose-gc");
  const collect = runInNewContext("gc") as () => void;
  const { controller, done } = startWaiting();
  await setImmediate();
  collect();
  const kept = controller.deref();
  assert.ok(kept !== undefined);
  kept.close();
  kept.byobRequest?.respond(0);
  await done;
});

/** A stream that nothing but its own pending read refers to. */
function startWaiting(): { readonly controller: WeakRef<ReadableByteStreamController>; readonly done: Promise<void> } {
  let own: ReadableByteStreamController | undefined;
  const source: UnderlyingByteSource = { type: "bytes", start: (controller) => void (own = controller) };
  const stream = new ReadableStream(source);
  assert.ok(own !== undefined);
  return { controller: new WeakRef(own), done: readPieces(stream, () => undefined) };
}
