import assert from "node:assert/strict";
import { mkdirSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { suite, test } from "node:test";
import { TrustCache } from "../../src/roots/trust-cache.ts";
import { keepTrust, takesNoFiles } from "../../src/roots/work-folder.ts";
import { temporaryFolder } from "../support/temporary-folder.ts";

const NOW = new Date("2026-11-24T12:00:00Z");
const refreshed = { trustedRoot: new TextEncoder().encode("{}"), signingConfig: undefined };

function openCache(): TrustCache {
  const cache = TrustCache.open(join(temporaryFolder(), "tuf"), "instance", true);
  assert.ok(cache !== undefined);
  return cache;
}

suite("why a refreshed root is not kept", () => {
  const reasons = [
    ["ENOSPC", /^the disk of the folder \S+instance is full$/],
    ["EDQUOT", /^the disk of the folder \S+instance is full$/],
    ["EROFS", /^the folder \S+instance may not be written to$/],
    ["EACCES", /^the folder \S+instance may not be written to$/],
    ["EIO", /^the folder \S+instance takes no files \(EIO\)$/],
  ] as const;
  for (const [code, words] of reasons) {
    test(`is said for ${code}`, () => {
      assert.match(takesNoFiles(openCache(), Object.assign(new Error("from the system"), { code })), words);
    });
  }

  test("is said where a file of the cache cannot be put in place, and not where all are", async () => {
    const cache = openCache();
    const folder = temporaryFolder();
    assert.equal(await keepTrust(cache, folder, refreshed, NOW), undefined);
    assert.deepEqual(cache.current()?.date, NOW);
    const taken = openCache();
    mkdirSync(join(taken.path, "trusted_root.json"));
    assert.match((await keepTrust(taken, folder, refreshed, NOW)) ?? "", /^the folder \S+instance takes no files \(\w+\)$/);
    assert.ok(!readdirSync(taken.path).includes("refreshed"));
  });
});
