import assert from "node:assert/strict";
import { createHash, randomBytes } from "node:crypto";
import {
  appendFileSync,
  existsSync,
  readdirSync,
  renameSync,
  rmSync,
  symlinkSync,
  truncateSync,
  unlinkSync,
  utimesSync,
  writeFileSync,
} from "node:fs";
import { join } from "node:path";
import { suite, test, type TestContext } from "node:test";
import { fileAccess, type FileAccess } from "../../src/source/file-access.ts";
import { hashEach } from "../../src/hashing/hash.ts";
import { hashFiles } from "../support/hash.ts";
import { loadHasher, loadNativeBlake3, loadPortableBlake3 } from "../../src/hashing/hasher.ts";
import type { Inventory, InventoryFile } from "../../src/source/inventory.ts";
import type { Progress } from "../../src/hashing/work-options.ts";
import { checkUnchanged } from "../../src/api/check-unchanged.ts";
import { FILES_ON_DISK } from "../../src/hashing/files-on-disk.ts";
import { Turns } from "../../src/source/turns.ts";
import type { HashAlgorithm, Serialization } from "../../src/statement/manifest.ts";
import { modelFolder, type Tree } from "../support/models/planted.ts";
import { walkModel } from "../support/walk.ts";

const MIB = 1024 * 1024;
const whole: Serialization = { method: "files", hash: "sha256" };
const shards = (shardSize: number, hash: HashAlgorithm = "sha256"): Serialization => ({ method: "shards", hash, shardSize });
const sha256 = (bytes: string | Uint8Array): string => createHash("sha256").update(bytes).digest("hex");

async function walked(t: TestContext, tree: Tree): Promise<Inventory> {
  return walkModel(modelFolder(t, tree), { purpose: "sign" });
}

/** Bytes that differ everywhere, the same in every run. */
function pattern(length: number): Buffer {
  const bytes = Buffer.alloc(length);
  let state = 1;
  for (let at = 0; at + 4 <= length; at += 4) {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    bytes.writeUInt32LE(state, at);
  }
  return bytes;
}

suite("digests of whole files", () => {
  // The published test vectors for "abc": FIPS 180-2, RFC 7693, the BLAKE3 authors' own (empty input).
  const EMPTY: Record<HashAlgorithm, string> = {
    sha256: "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
    blake2b:
      "786a02f742015903c6c6fd852552d272912f4740e15847618a86e217f71f5419d25e1031afee585313896444934eb04b903a685b1448b755d56f701afe9be2ce",
    blake3: "af1349b9f5f9a1a6a0404dea36dcc9499bcb25c9adc112b7cc9a93cae41f3262",
  };
  const ABC: Partial<Record<HashAlgorithm, string>> = {
    sha256: "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad",
    blake2b:
      "ba80a53f981c4d0d6a2797b69f12f6e94c212f14685ac4b74b12bb6fdbffa2d17d87c5392aab792dc252d5de4533cc9518d38aa8dbf1925ab92386edd4009923",
    blake3: "6437b3ac38465133ffb63b75273a8db548c558465d79db03fd359c6cd5bd9d85",
  };

  for (const hash of ["sha256", "blake2b", "blake3"] as const) {
    test(`are the published ones for ${hash}`, async (t) => {
      const { files } = await walked(t, { abc: "abc", empty: "" });
      const digests = await hashFiles(files, { method: "files", hash });
      assert.deepEqual(digests.get("abc"), { name: "abc", digests: [ABC[hash]], size: 3 });
      assert.deepEqual(digests.get("empty"), { name: "empty", digests: [EMPTY[hash]], size: 0 });
    });
  }

  test("are in the order of the files", async (t) => {
    const { files } = await walked(t, { a: "1", b: pattern(2 * MIB), c: "3" });
    assert.deepEqual([...(await hashFiles(files, whole)).keys()], ["a", "b", "c"]);
  });

  test("are right at every size near a buffer's end", async (t) => {
    const sizes = [0, 1, MIB - 1, MIB, MIB + 1, 4 * MIB - 1, 4 * MIB, 4 * MIB + 1, 8 * MIB, 8 * MIB + 1, 12 * MIB + 5];
    const bytes = pattern(13 * MIB);
    const { files } = await walked(t, Object.fromEntries(sizes.map((size) => [`size-${size}`, bytes.subarray(0, size)])));
    const digests = await hashFiles(files, whole);
    for (const size of sizes) assert.deepEqual(digests.get(`size-${size}`)?.digests, [sha256(bytes.subarray(0, size))], String(size));
  });

  test("no files give no digests", async () => {
    assert.equal((await hashFiles([], whole)).size, 0);
  });
});

suite("both BLAKE3 implementations", () => {
  test("agree, at once and in parts", async () => {
    const bytes = pattern(300_000);
    const implementations = [await loadNativeBlake3().catch(loadPortableBlake3), await loadPortableBlake3()];
    const results = implementations.map((hasher) => {
      const running = hasher.start();
      running.update(bytes.subarray(0, 100_001));
      running.update(bytes.subarray(100_001));
      return [running.digest(), hasher.atOnce(bytes)].map((digest) => Buffer.from(digest).toString("hex"));
    });
    assert.deepEqual(new Set(results.flat()).size, 1);
  });

  test("the digests of a hasher have the length that it says", async () => {
    for (const hash of ["sha256", "blake2b", "blake3"] as const) {
      const hasher = await loadHasher(hash);
      assert.equal(hasher.atOnce(Buffer.from("x")).length, hasher.length);
    }
  });
});

suite("digests of shards", () => {
  const bytes = pattern(1000);
  const slices = (size: number, from: Uint8Array = bytes): string[] =>
    Array.from({ length: Math.ceil(from.length / size) }, (_, index) => sha256(from.subarray(index * size, (index + 1) * size)));

  test("cover consecutive ranges, the last one shorter", async (t) => {
    const { files } = await walked(t, { w: bytes, tiny: "x", empty: "" });
    for (const size of [1, 7, 100, 999, 1000, 1001]) {
      const digests = await hashFiles(files, shards(size));
      assert.deepEqual(digests.get("w")?.digests, slices(size), String(size));
      assert.deepEqual(digests.get("tiny")?.digests, [sha256("x")]);
      assert.deepEqual(digests.get("empty")?.digests, [], "a zero-byte file has no shard");
    }
  });

  test("are right where shards and buffers end in different places, and files are cut into pieces", async (t) => {
    const large = pattern(70 * MIB + 3);
    const { files } = await walked(t, { large });
    for (const size of [5 * MIB + 1, 33 * MIB, 4 * MIB]) {
      assert.deepEqual((await hashFiles(files, shards(size))).get("large")?.digests, slices(size, large));
    }
  });

  test("are computed no further than they can matter", async (t) => {
    const { files } = await walked(t, { w: bytes });
    const requests = files.map((file) => ({ file, maxShards: 2 }));
    const { digests } = await hashEach(requests, shards(100), {}, "stop at failures");
    assert.deepEqual(digests.get("w"), { name: "w", digests: slices(100).slice(0, 2), size: 1000 });
  });

  test("too small for the model are refused before any memory is taken", async (t) => {
    const { files } = await walked(t, { w: "" });
    truncateSync(files[0]!.path, 2 ** 40);
    const grown = (await walkModel(join(files[0]!.path, ".."), { purpose: "sign" })).files;
    await assert.rejects(hashFiles(grown, shards(1)), { code: "USAGE", message: /1,099,511,627,776 pieces/ });
  });
});

/** Over the size from which a second thread pays; sparse, so that it costs no disk. */
async function large(t: TestContext, size = 60 * MIB): Promise<readonly InventoryFile[]> {
  const { root } = await walked(t, { a: "", b: "", c: "", d: "small" });
  for (const name of ["a", "b", "c"]) truncateSync(join(root, name), size);
  return (await walkModel(root, { purpose: "sign" })).files;
}

suite("threads", () => {
  test("find the same digests as one", async (t) => {
    const files = await large(t);
    for (const serialization of [whole, shards(17 * MIB)]) {
      const [one, four] = [await hashFiles(files, serialization, { threads: 1 }), await hashFiles(files, serialization, { threads: 4 })];
      assert.deepEqual(four, one);
      assert.equal(one.get("d")?.digests.length, 1);
    }
  });

  test("report a failure with its code and the file's path, wherever it happened", async (t) => {
    const files = await large(t);
    for (const { path } of files) appendFileSync(path, "x");
    await assert.rejects(hashFiles(files, whole, { threads: 2 }), {
      name: "AssayError",
      code: "FILE_CHANGED",
      message: /model\/[abcd] changed/,
    });
  });

  test("stop within a moment, and close their files", { skip: !existsSync("/proc/self/fd") }, async (t) => {
    const files = await large(t, 8 * 1024 * MIB);
    const before = readdirSync("/proc/self/fd").length;
    const controller = new AbortController();
    const reason = new Error("enough");
    const work = hashFiles(files, whole, { threads: 2, signal: controller.signal, onProgress: () => controller.abort(reason) });
    await assert.rejects(work, { code: "ABORTED", outcome: "incomplete", cause: reason });
    assert.equal(readdirSync("/proc/self/fd").length, before);
  });

  test("must be a whole number of at least 1", async (t) => {
    const { files } = await walked(t, { a: "1" });
    for (const threads of [0, -1, 1.5, Number.NaN]) await assert.rejects(hashFiles(files, whole, { threads }), { code: "USAGE" });
  });
});

suite("progress", () => {
  test("ends with everything done, whatever the speed", async (t) => {
    const { files } = await walked(t, { a: "12", b: pattern(3 * MIB), c: "" });
    const reports: Progress[] = [];
    await hashFiles(files, whole, { onProgress: (progress) => reports.push(progress) });
    const bytesTotal = 2 + 3 * MIB;
    assert.deepEqual(reports.at(-1), { bytesDone: bytesTotal, bytesTotal, filesDone: 3, filesTotal: 3, current: undefined });
  });

  test("tells bytes, files and the file in hand on the way, never more than all", async (t) => {
    const { root } = await walked(t, { a: "", b: "" });
    for (const name of ["a", "b"]) truncateSync(join(root, name), 24 * MIB);
    const { files } = await walkModel(root, { purpose: "sign" });
    const reports: Progress[] = [];
    const slowly: FileAccess = {
      ...fileAccess,
      read: (...parameters) => {
        const end = performance.now() + 2;
        while (performance.now() < end);
        return fileAccess.read(...parameters);
      },
    };
    await hashFiles(files, whole, { access: slowly, onProgress: (progress) => reports.push(progress) });
    assert.ok(reports.length >= 2);
    for (const { bytesDone, bytesTotal, filesDone, filesTotal } of reports) {
      assert.ok(bytesDone <= bytesTotal && filesDone <= filesTotal);
      assert.deepEqual([bytesTotal, filesTotal], [48 * MIB, 2]);
    }
    assert.match(reports[0]?.current ?? "", /^[ab]$/);
    assert.deepEqual(
      reports.map(({ bytesDone }) => bytesDone),
      reports.map(({ bytesDone }) => bytesDone).sort((a, b) => a - b),
    );
  });

  test("a stop before the work is a stop", async (t) => {
    const { files } = await walked(t, { a: "1" });
    await assert.rejects(hashFiles(files, whole, { signal: AbortSignal.abort() }), { code: "ABORTED" });
  });
});

suite("files that change after the walk", () => {
  const changes: Record<string, { change: (path: string) => void; message: RegExp }> = {
    "that are written to": { change: (path) => writeFileSync(path, "other"), message: /changed after the model was walked/ },
    "that only get another time": { change: (path) => utimesSync(path, 1, 1), message: /changed after the model was walked/ },
    "that are removed": { change: unlinkSync, message: /was removed while the model was read/ },
    "that are replaced by a file of the same bytes": {
      change: (path) => {
        writeFileSync(`${path}.new`, "first");
        renameSync(`${path}.new`, path);
      },
      message: /was replaced by another one/,
    },
    "that become a link to the same bytes": {
      change: (path) => {
        renameSync(path, `${path}.old`);
        symlinkSync(`${path}.old`, path);
      },
      message: /became a link/,
    },
  };
  for (const [kind, { change, message }] of Object.entries(changes)) {
    test(kind, async (t) => {
      const { files } = await walked(t, { a: "first", b: "second" });
      change(files[0]!.path);
      await assert.rejects(hashFiles(files, whole), { code: "FILE_CHANGED", outcome: "incomplete", message });
    });
  }

  test("that are large and were replaced by others of their size", async (t) => {
    const content = pattern(9 * MIB);
    const { files } = await walked(t, { a: content });
    writeFileSync(`${files[0]!.path}.new`, content);
    renameSync(`${files[0]!.path}.new`, files[0]!.path);
    await assert.rejects(hashFiles(files, whole), { code: "FILE_CHANGED", message: /was replaced by another one/ });
  });

  test("are told by name order, not by chance", async (t) => {
    const { files } = await walked(t, { a: "1", b: "2", c: "3" });
    for (const { path } of files) writeFileSync(path, "changed");
    await assert.rejects(hashFiles(files, whole), { message: /model\/a / });
  });
});

suite("files that change while they are read", () => {
  type Step = "open" | "read";
  /** The real system calls, with something done once before one of them. */
  function interfering(step: Step, change: () => void): FileAccess {
    let done = false;
    const once = (): void => {
      if (!done) change();
      done = true;
    };
    return {
      ...fileAccess,
      open: (path) => (step === "open" ? (once(), fileAccess.open(path)) : fileAccess.open(path)),
      read: (...parameters) => {
        const count = fileAccess.read(...parameters);
        if (step === "read") once();
        return count;
      },
    };
  }
  const small = "small";
  const large = pattern(9 * MIB);

  for (const content of [small, large]) {
    const changes: Record<string, (path: string) => void> = {
      "by a write that leaves the size as it was": (path) => writeFileSync(path, randomBytes(content.length)),
      "by growing": (path) => appendFileSync(path, "more"),
      "by being removed, when the descriptor still reads them": (path) => rmSync(path),
    };
    for (const [how, change] of Object.entries(changes)) {
      test(`${how} (${content.length} bytes): the second look says so`, async (t) => {
        const inventory = await walked(t, { w: content });
        const access = interfering("read", () => change(inventory.files[0]!.path));
        await hashFiles(inventory.files, whole, { access });
        await assert.rejects(checkUnchanged(FILES_ON_DISK, inventory, new Turns(undefined)), {
          code: "FILE_CHANGED",
          message: /^w (changed|was removed) while/,
        });
      });
    }
  }

  test("by shrinking", async (t) => {
    const { files } = await walked(t, { w: large });
    const access = interfering("read", () => truncateSync(files[0]!.path, 5 * MIB));
    await assert.rejects(hashFiles(files, whole, { access }), { code: "FILE_CHANGED", message: /became shorter/ });
  });

  test("by turning into a pipe before they are opened, without hanging", async (t) => {
    const { files } = await walked(t, { w: small });
    const { execFileSync } = await import("node:child_process");
    const path = files[0]!.path;
    const access = interfering("open", () => {
      rmSync(path);
      execFileSync("mkfifo", [path]);
    });
    await assert.rejects(hashFiles(files, whole, { access }), { code: "FILE_CHANGED", message: /replaced/ });
  });

  test("a disk that fails is an answer of its own", async (t) => {
    const { files } = await walked(t, { w: small, x: large });
    const failure = Object.assign(new Error("EIO: i/o error, read"), { code: "EIO" });
    const access: FileAccess = { ...fileAccess, read: () => assert.fail(failure) };
    await assert.rejects(hashFiles(files, whole, { access }), {
      code: "FILE_UNREADABLE",
      outcome: "incomplete",
      message: /input\/output error \(EIO\)/,
    });
  });

  test("failures are kept beside the digests of the others where that is asked for", async (t) => {
    const { files } = await walked(t, { a: "1", b: "2", c: "3" });
    unlinkSync(files[1]!.path);
    const requests = files.map((file) => ({ file, maxShards: Infinity }));
    const { digests, failures } = await hashEach(requests, whole, {}, "keep failures");
    assert.deepEqual([...digests.keys()], ["a", "c"]);
    assert.deepEqual(
      [...failures].map(([name, { code }]) => [name, code]),
      [["b", "FILE_CHANGED"]],
    );
  });
});
