import assert from "node:assert/strict";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { suite, test } from "node:test";
import { AssayError } from "../../src/core/error.ts";
import type { HttpClient } from "../../src/network/http.ts";
import { httpClient } from "../../src/network/http.ts";
import { findTrust, type FoundTrust, type TrustQuestion } from "../../src/roots/find.ts";
import { rejectsWith } from "../support/rejects.ts";
import { temporaryFolder } from "../support/temporary-folder.ts";
import { startMirror } from "../support/roots/mirror.ts";
import { trustedRootJson } from "../support/roots/trusted-roots.ts";
import { firstRoot, recipe, tufFiles } from "../support/roots/tuf-repository.ts";

const NOW = new Date("2026-06-01T12:00:00Z");
const minutes = (count: number): Date => new Date(NOW.getTime() + count * 60_000);

/** A network without a way to the repository, which counts how often it is tried. */
function cutOff(): HttpClient & { tries: number } {
  return {
    tries: 0,
    request() {
      this.tries += 1;
      return Promise.reject(new AssayError("SERVER_UNREACHABLE", "no connection within 10 s"));
    },
  };
}

async function place(): Promise<(more?: Partial<TrustQuestion>) => Promise<FoundTrust>> {
  const cwd = temporaryFolder();
  const files = tufFiles(recipe({ "trusted_root.json": trustedRootJson() }));
  const mirror = await startMirror(files);
  writeFileSync(join(cwd, "tuf-root.json"), firstRoot(files));
  const common = { cwd, cacheFolder: join(cwd, "cache"), environment: {}, http: httpClient({ environment: {} }) };
  const repository = { url: mirror.url, root: "tuf-root.json" };
  return (more = {}) => findTrust({ ...common, repository, now: NOW, ...more });
}

suite("a repository that could not be reached", () => {
  test("is left alone for a short while, and asked again after it", async () => {
    const ask = await place();
    await ask({ now: minutes(-48 * 60) });
    const http = cutOff();
    assert.match((await ask({ http })).material.source.problem ?? "", /no connection within 10 s/);
    const soon = await ask({ http, now: minutes(3) });
    assert.equal(http.tries, 1);
    assert.equal(soon.material.source.kind, "cached");
    assert.match(
      soon.material.source.problem ?? "",
      /could not be reached a moment ago, and is not asked again before 2026-06-01T12:05:00/,
    );
    await ask({ http, now: minutes(6) });
    assert.equal(http.tries, 2);
    assert.equal((await ask({ now: minutes(12) })).material.source.kind, "refreshed");
  });

  test("is asked where a person asks for a refresh, and where another proxy leads there", async () => {
    const ask = await place();
    await ask({ now: minutes(-48 * 60) });
    await ask({ http: cutOff() });
    assert.equal((await ask({ now: minutes(1), environment: { HTTPS_PROXY: "http://127.0.0.1:1" } })).material.source.kind, "refreshed");
    await ask({ http: cutOff(), now: minutes(48 * 60) });
    assert.equal((await ask({ now: minutes(48 * 60 + 1), maxAge: 0 })).material.source.kind, "refreshed");
  });

  test("is asked without a usable root, and where the failure is in the future", async () => {
    const ask = await place();
    const http = cutOff();
    for (let count = 1; count < 3; count++) {
      await rejectsWith("TRUST_UNAVAILABLE", () => ask({ http }));
      assert.equal(http.tries, count);
    }
    await ask({ now: minutes(-48 * 60) });
    await ask({ http, now: minutes(60) });
    assert.equal((await ask()).material.source.kind, "refreshed");
  });

  test("is asked where it answered, though not well: only the way there is remembered", async () => {
    const ask = await place();
    await ask({ now: minutes(-48 * 60) });
    const http: HttpClient = { request: () => Promise.reject(new AssayError("SERVER_ANSWER", "garbage")) };
    await ask({ http });
    assert.equal((await ask({ now: minutes(1) })).material.source.kind, "refreshed");
  });
});
