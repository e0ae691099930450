import assert from "node:assert/strict";
import { chmodSync, chownSync, existsSync, mkdirSync, statSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { suite, test } from "node:test";
import { userCacheFolder } from "../../src/roots/cache-place.ts";
import { CACHED, TrustCache } from "../../src/roots/trust-cache.ts";
import { rejectsWith } from "../support/rejects.ts";
import { temporaryFolder } from "../support/temporary-folder.ts";

suite("the folder for trusted roots", { skip: process.platform === "win32" }, () => {
  test("is made for its owner alone", () => {
    const base = join(temporaryFolder(), "caches", "assay", "tuf");
    const umask = process.umask(0);
    const cache = TrustCache.open(base, "example.com", true);
    process.umask(umask);
    assert.equal(statSync(base).mode & 0o777, 0o700);
    assert.equal(statSync(cache!.path).mode & 0o777, 0o700);
  });

  test("is not made where nothing will be written", () => {
    const base = join(temporaryFolder(), "tuf");
    assert.equal(TrustCache.open(base, "example.com", false), undefined);
    assert.ok(!existsSync(base));
  });

  test("is done without where it cannot be made", () => {
    const file = join(temporaryFolder(), "file");
    writeFileSync(file, "");
    assert.equal(TrustCache.open(join(file, "tuf"), "example.com", true), undefined);
  });

  for (const [what, mode] of [
    ["its group", 0o770],
    ["everybody", 0o702],
  ] as const) {
    test(`is refused where ${what} can write to it, the outer one and the instance's own`, async () => {
      const base = join(temporaryFolder(), "tuf");
      const { path } = TrustCache.open(base, "example.com", true)!;
      for (const folder of [base, path]) {
        chmodSync(folder, mode);
        for (const make of [true, false]) {
          const error = await rejectsWith("CACHE_UNSAFE", () => TrustCache.open(base, "example.com", make));
          assert.match(error.message, /can be written to by others/);
        }
        chmodSync(folder, 0o700);
      }
    });
  }

  test("is rejected where it belongs to another user", async () => {
    const folder = temporaryFolder();
    const isRoot = process.geteuid?.() === 0;
    if (isRoot) chownSync(folder, 12_345, 12_345);
    const error = await rejectsWith("CACHE_UNSAFE", () => TrustCache.open(isRoot ? folder : "/", "example.com", false));
    assert.match(error.message, /belongs to another user/);
  });

  test("is refused where a link or a file is in its place", async () => {
    const base = join(temporaryFolder(), "tuf");
    mkdirSync(base, { mode: 0o700 });
    symlinkSync(temporaryFolder(), join(base, "linked"));
    writeFileSync(join(base, "file"), "");
    assert.match((await rejectsWith("CACHE_UNSAFE", () => TrustCache.open(base, "linked", true))).message, /is a symbolic link/);
    await rejectsWith("CACHE_UNSAFE", () => TrustCache.open(base, "file", true));
  });

  test("gives no file that others can write to, that is a link, a pipe's place or too large", () => {
    const cache = TrustCache.open(join(temporaryFolder(), "tuf"), "example.com", true)!;
    const put = (name: string, bytes: string | Uint8Array): string => {
      const path = join(cache.path, name);
      writeFileSync(path, bytes, { mode: 0o600 });
      return path;
    };
    put("good", "good");
    assert.equal(Buffer.from(cache.read("good")!).toString(), "good");
    chmodSync(put("open", "open"), 0o606);
    symlinkSync(put("target", "target"), join(cache.path, "link"));
    mkdirSync(join(cache.path, "folder"));
    put("large", Buffer.alloc(5 * 1024 * 1024 + 1));
    for (const name of ["open", "link", "folder", "large", "absent"]) assert.ok(cache.read(name) === undefined, name);
  });

  test("holds nothing current without a date", () => {
    const cache = TrustCache.open(join(temporaryFolder(), "tuf"), "example.com", true)!;
    writeFileSync(join(cache.path, CACHED.trustedRoot), "{}");
    assert.equal(cache.current(), undefined);
    writeFileSync(join(cache.path, CACHED.date), "yesterday");
    assert.equal(cache.current(), undefined);
    writeFileSync(join(cache.path, CACHED.date), "2026-11-24T12:00:00.000Z\n");
    assert.equal(cache.current()?.date.toISOString(), "2026-11-24T12:00:00.000Z");
  });
});

suite("a user's folder for caches", () => {
  test("is XDG_CACHE_HOME, or the system's own", () => {
    assert.equal(userCacheFolder({ XDG_CACHE_HOME: "/x", HOME: "/home/alice" }, "linux"), "/x/assay/tuf");
    assert.equal(userCacheFolder({ HOME: "/home/alice" }, "linux"), "/home/alice/.cache/assay/tuf");
    assert.equal(userCacheFolder({ HOME: "/Users/alice" }, "darwin"), "/Users/alice/Library/Caches/assay/tuf");
    assert.equal(userCacheFolder({ LOCALAPPDATA: "/C/Local" }, "win32"), "/C/Local/assay/tuf");
    assert.equal(userCacheFolder({}, "win32"), undefined);
  });

  test("is never relative to the current folder", () => {
    assert.equal(userCacheFolder({ XDG_CACHE_HOME: "cache", HOME: "/home/alice" }, "linux"), "/home/alice/.cache/assay/tuf");
    assert.equal(userCacheFolder({ HOME: "home" }, "linux"), undefined);
  });
});
