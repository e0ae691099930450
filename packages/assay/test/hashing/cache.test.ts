import assert from "node:assert/strict";
import {
  chmodSync,
  chownSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from "node:fs";
import { join } from "node:path";
import { suite, test, type TestContext } from "node:test";
import * as fc from "fast-check";
import { diff } from "../../src/api/diff.ts";
import { CacheBinding, type CacheSystem } from "../../src/hashing/cache-binding.ts";
import { CacheFolder } from "../../src/hashing/cache-folder.ts";
import { DigestCache } from "../../src/hashing/digest-cache.ts";
import { fileAccess, type FileAccess } from "../../src/source/file-access.ts";
import { hashEach } from "../../src/hashing/hash.ts";
import { hashFiles } from "../support/hash.ts";
import type { InventoryFile } from "../../src/source/inventory.ts";
import type { Progress } from "../../src/hashing/work-options.ts";
import type { Serialization } from "../../src/statement/manifest.ts";
import { modelFolder, temporaryFolder, type Tree } from "../support/models/planted.ts";
import { walkModel } from "../support/walk.ts";

const whole: Serialization = { method: "files", hash: "sha256" };
const isRoot = process.geteuid?.() === 0;

/** A clock ten seconds on: files made just now are old enough for it. */
const later = (): number => Date.now() + 10_000;

/** A system whose only mount is a disk of its own, on which changes are settled after two seconds. */
const cacheSystem: CacheSystem = {
  bootId: "this-boot",
  table: "36 35 8:1 / / rw,relatime - ext4 /dev/sda1 rw\n",
  isLocalDisk: () => true,
  writebackMs: 1000,
};
const binding = new CacheBinding(cacheSystem);

/** System calls that count what is opened. */
function counting(): { access: FileAccess; opened: string[] } {
  const opened: string[] = [];
  const open = (path: string): number => {
    opened.push(path.slice(path.lastIndexOf("/") + 1));
    return fileAccess.open(path);
  };
  return { access: { ...fileAccess, open }, opened };
}

async function setUp(t: TestContext, tree: Tree): Promise<{ root: string; cache: string; files: readonly InventoryFile[] }> {
  const { root, files } = await walkModel(modelFolder(t, tree), { purpose: "sign" });
  return { root, files, cache: join(temporaryFolder(t), "cache") };
}

const walkAgain = async (root: string): Promise<readonly InventoryFile[]> => (await walkModel(root, { purpose: "sign" })).files;

/** A cache with one entry, and the file that it is about. */
async function stored(t: TestContext): Promise<{ cache: string; file: InventoryFile; reload: () => Promise<DigestCache> }> {
  const { files, cache } = await setUp(t, { a: "1" });
  await hashFiles(files, whole, { cacheSystem, cache, clock: later });
  return { cache, file: files[0]!, reload: () => DigestCache.load(new CacheFolder(cache, undefined), whole, binding) };
}

/** `prepare` says what is to be named as the cache. */
async function refusal(t: TestContext, prepare: (cache: string, root: string) => string, message: RegExp): Promise<void> {
  const { root, files, cache } = await setUp(t, { a: "1" });
  const named = prepare(cache, root);
  await assert.rejects(hashFiles(files, whole, { cacheSystem, cache: named, root }), { code: "CACHE_UNSAFE", outcome: "usage", message });
}

suite("a cache of digests", () => {
  test("is not kept in a model, by diff either", async (t) => {
    const [one, other] = [modelFolder(t, { a: "1" }), modelFolder(t, { a: "1" })];
    await assert.rejects(diff(one, other, { cache: join(one, "cache") }), { code: "CACHE_UNSAFE", message: /is in the model/ });
    assert.equal(existsSync(join(one, "cache")), false);
  });

  test("saves reading what did not change", async (t) => {
    const { files, cache } = await setUp(t, { a: "1", b: "2", empty: "" });
    const first = await hashFiles(files, whole, { cacheSystem, cache, clock: later });
    const { access, opened } = counting();
    const second = await hashFiles(files, whole, { cacheSystem, cache, access });
    assert.deepEqual(opened, []);
    assert.deepEqual([...second], [...first]);
  });

  test("reads again what did change, and only that, and keeps the order of names", async (t) => {
    const { root, files, cache } = await setUp(t, { a: "1", b: "2", c: "3" });
    const first = await hashFiles(files, whole, { cacheSystem, cache, clock: later });
    writeFileSync(join(root, "b"), "other");
    const { access, opened } = counting();
    const second = await hashFiles(await walkAgain(root), whole, { cacheSystem, cache, access });
    assert.deepEqual(opened, ["b"]);
    assert.deepEqual([...second.keys()], ["a", "b", "c"]);
    assert.notDeepEqual(second.get("b"), first.get("b"));
    assert.deepEqual(second.get("c"), first.get("c"));
  });

  test("is not deceived by a file that was changed and got its old time back", async (t) => {
    const { root, files, cache } = await setUp(t, { a: "good" });
    const first = await hashFiles(files, whole, { cacheSystem, cache, clock: later });
    const { atime, mtime } = statSync(join(root, "a"));
    writeFileSync(join(root, "a"), "evil");
    utimesSync(join(root, "a"), atime, mtime);
    assert.notDeepEqual(await hashFiles(await walkAgain(root), whole, { cacheSystem, cache }), first);
  });

  test("does not keep what changed so shortly before that times could not tell a second change", async (t) => {
    const { files, cache } = await setUp(t, { a: "1" });
    await hashFiles(files, whole, { cacheSystem, cache });
    const { access, opened } = counting();
    await hashFiles(files, whole, { cacheSystem, cache, access, clock: later });
    assert.deepEqual(opened, ["a"]);
  });

  test("keeps each hash and each shard size apart", async (t) => {
    const { files, cache } = await setUp(t, { a: "123456" });
    const kinds: Serialization[] = [
      whole,
      { method: "files", hash: "blake3" },
      { method: "files", hash: "blake2b" },
      { method: "shards", hash: "sha256", shardSize: 2 },
      { method: "shards", hash: "sha256", shardSize: 4 },
    ];
    for (const kind of kinds) await hashFiles(files, kind, { cacheSystem, cache, clock: later });
    const { access, opened } = counting();
    for (const kind of kinds) assert.deepEqual(await hashFiles(files, kind, { cacheSystem, cache, access }), await hashFiles(files, kind));
    assert.deepEqual(opened, []);
  });

  test("never keeps digests of a part of a file's shards, and gives a part where a part is asked for", async (t) => {
    const { files, cache } = await setUp(t, { a: "123456" });
    const shards: Serialization = { method: "shards", hash: "sha256", shardSize: 2 };
    const part = files.map((file) => ({ file, maxShards: 1 }));
    const { digests } = await hashEach(part, shards, { cacheSystem, cache, clock: later }, "stop at failures");
    const complete = await hashFiles(files, shards, { cacheSystem, cache, clock: later });
    assert.equal(complete.get("a")?.digests.length, 3);
    assert.deepEqual((await hashEach(part, shards, { cacheSystem, cache }, "stop at failures")).digests, digests);
  });

  test("counts what it knows as done", async (t) => {
    const { files, cache } = await setUp(t, { a: "1", b: "22" });
    await hashFiles(files, whole, { cacheSystem, cache, clock: later });
    const reports: Progress[] = [];
    await hashFiles(files, whole, { cacheSystem, cache, onProgress: (progress) => reports.push(progress) });
    assert.deepEqual(reports.at(-1), { bytesDone: 3, bytesTotal: 3, filesDone: 2, filesTotal: 2, current: undefined });
  });

  test("leaves nothing but its own file, which only the user may read", async (t) => {
    const { files, cache } = await setUp(t, { a: "1" });
    await hashFiles(files, whole, { cacheSystem, cache, clock: later });
    assert.deepEqual(readdirSync(cache), ["digests-sha256-0"]);
    assert.equal(statSync(join(cache, "digests-sha256-0")).mode & 0o777, 0o600);
    assert.equal(statSync(cache).mode & 0o777, 0o700);
  });

  test("removes what a killed run left behind", async (t) => {
    const { files, cache } = await setUp(t, { a: "1" });
    mkdirSync(cache, { mode: 0o700 });
    for (const name of ["old.tmp", "new.tmp", "other"]) writeFileSync(join(cache, name), "");
    utimesSync(join(cache, "old.tmp"), 1, 1);
    await hashFiles(files, whole, { cacheSystem, cache, clock: later });
    assert.deepEqual(readdirSync(cache), ["digests-sha256-0", "new.tmp", "other"]);
  });

  test("that cannot be written costs nothing but the cache", async (t) => {
    const { files, cache } = await setUp(t, { a: "1" });
    const folder = new CacheFolder(cache, undefined);
    const digests = await DigestCache.load(folder, whole, binding);
    digests.add(files[0]!, ["00".repeat(32)], 2n ** 62n);
    rmSync(cache, { recursive: true });
    await digests.save();
    assert.ok(!existsSync(cache));
  });
});

suite("an entry of the cache", () => {
  test("counts only where device, inode, size, mtime and ctime are all the same", async (t) => {
    const { file, reload } = await stored(t);
    const cache = await reload();
    assert.equal(cache.lookUp(file)?.length, 1);
    for (const field of ["device", "inode", "mtimeNs", "ctimeNs"] as const) {
      assert.equal(cache.lookUp({ ...file, [field]: file[field] + 1n }), undefined, field);
    }
    assert.equal(cache.lookUp({ ...file, size: file.size + 1 }), undefined, "size");
  });

  test("is missing where a single bit of the cache's file is flipped", async (t) => {
    const { cache, file, reload } = await stored(t);
    const path = join(cache, "digests-sha256-0");
    const bytes = readFileSync(path);
    await fc.assert(
      fc.asyncProperty(fc.nat({ max: bytes.length * 8 - 1 }), async (bit) => {
        const damaged = Buffer.from(bytes);
        damaged[bit >> 3]! ^= 1 << (bit & 7);
        writeFileSync(path, damaged);
        assert.equal((await reload()).lookUp(file), undefined);
      }),
    );
  });

  test("is missing where the cache's file was cut off, or is not ours alone", async (t) => {
    const { cache, file, reload } = await stored(t);
    const path = join(cache, "digests-sha256-0");
    const bytes = readFileSync(path);
    for (const length of [0, 10, bytes.length - 33, bytes.length - 1]) {
      writeFileSync(path, bytes.subarray(0, length));
      assert.equal((await reload()).lookUp(file), undefined, String(length));
    }
    writeFileSync(path, bytes);
    assert.equal((await reload()).lookUp(file)?.length, 1, "whole again");
    chmodSync(path, 0o620);
    assert.equal((await reload()).lookUp(file), undefined, "writable by the group");
    rmSync(path);
    writeFileSync(`${path}.elsewhere`, bytes, { mode: 0o600 });
    symlinkSync(`${path}.elsewhere`, path);
    assert.equal((await reload()).lookUp(file), undefined, "a link");
  });

  test("that is too large for the cache's bound is not kept, and others are", async (t) => {
    const { cache, file, reload } = await stored(t);
    const shards: Serialization = { method: "shards", hash: "blake2b", shardSize: 1 };
    const large = await DigestCache.load(new CacheFolder(cache, undefined), shards, binding);
    const digests = Array.from({ length: 300_000 }, () => "00".repeat(64));
    for (const inode of [1n, 2n]) large.add({ ...file, inode, size: digests.length }, digests, 2n ** 62n);
    await large.save();
    const again = await DigestCache.load(new CacheFolder(cache, undefined), shards, binding);
    assert.equal(again.lookUp({ ...file, inode: 1n, size: digests.length })?.length, digests.length);
    assert.equal(again.lookUp({ ...file, inode: 2n, size: digests.length }), undefined);
    assert.ok((await reload()).lookUp(file));
  });
});

suite("a cache folder", () => {
  test("that group or others may write to is refused", async (t) => {
    for (const mode of [0o770, 0o702]) {
      await refusal(
        t,
        (cache) => {
          mkdirSync(cache);
          chmodSync(cache, mode);
          return cache;
        },
        /can be written to by others/,
      );
    }
  });

  test("of another user is refused", { skip: !isRoot }, async (t) => {
    await refusal(
      t,
      (cache) => {
        mkdirSync(cache);
        chownSync(cache, 65534, 65534);
        return cache;
      },
      /belongs to another user/,
    );
  });

  test("behind a link is refused", async (t) => {
    await refusal(
      t,
      (cache) => {
        mkdirSync(`${cache}-real`, { mode: 0o700 });
        symlinkSync(`${cache}-real`, cache);
        return cache;
      },
      /symbolic link/,
    );
  });

  test("that is a file is refused", async (t) => {
    await refusal(
      t,
      (cache) => {
        writeFileSync(cache, "");
        return cache;
      },
      /not a folder/,
    );
  });

  test("that cannot be made is refused", async (t) => {
    await refusal(
      t,
      (cache) => {
        writeFileSync(cache, "");
        return join(cache, "below");
      },
      /cannot be used/,
    );
  });

  test("in the model is refused: it would become a part of it", async (t) => {
    let inModel = "";
    await refusal(t, (_, root) => (inModel = join(root, "new/cache")), /is in the model/);
    assert.ok(!existsSync(join(inModel, "..")), "and is not made there");
    await refusal(
      t,
      (cache, root) => {
        symlinkSync(root, cache);
        return join(cache, "below");
      },
      /is in the model/,
    );
  });
});
