import assert from "node:assert/strict";
import { chmodSync, mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { suite, test } from "node:test";
import { AssayError } from "../../src/core/error.ts";
import { httpClient, type HttpClient } from "../../src/network/http.ts";
import { findTrust, type FoundTrust, type TrustQuestion } from "../../src/roots/find.ts";
import { cacheName, repositoryInstance } from "../../src/roots/instance.ts";
import { shippedInstance } from "../../src/roots/shipped.ts";
import { CACHED, TrustCache } from "../../src/roots/trust-cache.ts";
import { rejectsWith } from "../support/rejects.ts";
import { temporaryFolder } from "../support/temporary-folder.ts";
import { type Mirror, startMirror } from "../support/roots/mirror.ts";
import { signingConfigJson, trustedRootJson } from "../support/roots/trusted-roots.ts";
import { firstRoot, recipe, tufFiles, type TufRecipe } from "../support/roots/tuf-repository.ts";

const NOW = new Date("2026-11-24T12:00:00Z");
const HOUR = 60 * 60 * 1000;
const later = (hours: number): Date => new Date(NOW.getTime() + hours * HOUR);

/** A client without a network. */
const NO_NETWORK: HttpClient = {
  request: async () => {
    throw new AssayError("SERVER_UNREACHABLE", "no network");
  },
};

interface Place {
  readonly cwd: string;
  readonly mirror: Mirror;
  readonly made: TufRecipe;
  ask: (more?: Partial<TrustQuestion>) => Promise<FoundTrust>;
}

/** A private instance: a repository on this machine, and its first root in `tuf-root.json`. */
async function place(): Promise<Place> {
  const cwd = temporaryFolder();
  const made = recipe({ "trusted_root.json": trustedRootJson(), "signing_config.v0.2.json": signingConfigJson() });
  const files = tufFiles(made);
  const mirror = await startMirror(files);
  writeFileSync(join(cwd, "tuf-root.json"), firstRoot(files));
  const common = { cwd, cacheFolder: join(cwd, "cache"), now: NOW, http: httpClient({ environment: {} }) };
  const repository = { url: mirror.url, root: "tuf-root.json" };
  return { cwd, mirror, made, ask: (more = {}) => findTrust({ ...common, repository, ...more }) };
}

suite("whom to trust", () => {
  test("is a file that was named, before anything else and without asking anybody", async () => {
    const { cwd, ask, mirror } = await place();
    writeFileSync(join(cwd, "root.json"), trustedRootJson());
    const found = await ask({ trustedRoot: "root.json" });
    assert.deepEqual(found.material.source, { kind: "named", name: "root.json", date: undefined, isCurrent: true });
    assert.equal(found.signingConfig, undefined);
    assert.deepEqual(mirror.asked, []);
  });

  test("is a trust configuration's root with its signing configuration, unless another root is named", async () => {
    const { cwd, ask } = await place();
    const [root, other] = [trustedRootJson(), trustedRootJson()];
    writeFileSync(join(cwd, "other.json"), other);
    writeFileSync(
      join(cwd, "config.json"),
      `{"mediaType":"application/vnd.dev.sigstore.clienttrustconfig.v0.1+json","trustedRoot":${root.toString()},"signingConfig":${signingConfigJson().toString()}}`,
    );
    const found = await ask({ trustConfig: "config.json" });
    assert.equal(found.material.source.name, "config.json");
    assert.deepEqual(Buffer.from(found.trustedRoot), root);
    assert.deepEqual(Buffer.from(found.signingConfig!), signingConfigJson());
    const both = await ask({ trustConfig: "config.json", trustedRoot: "other.json" });
    assert.equal(both.material.source.name, "other.json");
    assert.deepEqual(Buffer.from(both.trustedRoot), other);
    assert.deepEqual(Buffer.from(both.signingConfig!), signingConfigJson());
  });

  test("is what TUF gives, then for a day what it gave", async () => {
    const { ask, mirror } = await place();
    const first = await ask();
    assert.deepEqual(first.material.source, { kind: "refreshed", name: new URL(mirror.url).host, date: NOW, isCurrent: true });
    assert.deepEqual(Buffer.from(first.signingConfig!), signingConfigJson());
    mirror.asked.length = 0;
    const second = await ask({ now: later(23) });
    assert.deepEqual(second.material.source, { kind: "cached", name: new URL(mirror.url).host, date: NOW, isCurrent: false });
    assert.deepEqual(mirror.asked, []);
    assert.equal((await ask({ now: later(24) })).material.source.kind, "refreshed");
    assert.equal((await ask({ now: later(25), maxAge: 0 })).material.source.kind, "refreshed");
  });

  test("is asked for again where the last refresh is in the future", async () => {
    const { ask } = await place();
    await ask({ now: later(1000) });
    assert.equal((await ask()).material.source.kind, "refreshed");
  });

  test("is what was kept, with the reason, where the refresh fails", async () => {
    const { ask, mirror } = await place();
    const { trustedRoot } = await ask();
    mirror.files.set("/timestamp.json", Buffer.from("<html>"));
    const { material, ...found } = await ask({ now: later(48) });
    assert.equal(material.source.kind, "cached");
    assert.equal(material.source.isCurrent, false);
    assert.match(material.source.problem!, /not JSON/);
    assert.deepEqual(material.source.date, NOW);
    assert.deepEqual(found.trustedRoot, trustedRoot);
  });

  test("is what was kept where no network may be used, without a reason", async () => {
    const { ask } = await place();
    await ask();
    const { source } = (await ask({ now: later(1000), offline: true })).material;
    assert.deepEqual([source.kind, source.problem], ["cached", undefined]);
  });

  test("cannot be said without a file, a cache and an answer", async () => {
    const { ask } = await place();
    assert.match((await rejectsWith("TRUST_UNAVAILABLE", () => ask({ offline: true }))).message, /not fetched yet/);
    assert.match((await rejectsWith("TRUST_UNAVAILABLE", () => ask({ http: NO_NETWORK }))).message, /no network/);
  });

  test("is not what another root for the same repository led to", async () => {
    const { cwd, ask, made, mirror } = await place();
    await ask();
    writeFileSync(join(cwd, "other-root.json"), firstRoot(tufFiles(recipe(made.targets))));
    await rejectsWith("TRUST_UNAVAILABLE", () => ask({ repository: { url: mirror.url, root: "other-root.json" } }));
  });

  test("is never kept in a folder that others can write to", async () => {
    const { cwd, ask } = await place();
    mkdirSync(join(cwd, "cache"));
    chmodSync(join(cwd, "cache"), 0o777);
    await rejectsWith("CACHE_UNSAFE", () => ask());
    await rejectsWith("CACHE_UNSAFE", () => ask({ offline: true }));
  });

  test("is found without a cache where no place is usable for one", async () => {
    const { cwd, ask } = await place();
    writeFileSync(join(cwd, "file"), "");
    assert.equal((await ask({ cacheFolder: join(cwd, "file", "cache") })).material.source.kind, "refreshed");
  });

  test("is not answered with an older root where the caller stops the refresh", async () => {
    const { ask } = await place();
    await ask();
    const stopped = httpClient({ environment: {}, signal: AbortSignal.abort() });
    await rejectsWith("ABORTED", () => ask({ now: later(48), http: stopped }));
  });
});

suite("the public instances", () => {
  const ask = (more: Partial<TrustQuestion>): Promise<FoundTrust> =>
    findTrust({ cacheFolder: join(temporaryFolder(), "tuf"), now: NOW, ...more });

  test("are trusted offline by what the package brings along", async () => {
    for (const staging of [false, true]) {
      const name = staging ? "sigstage.dev" : "sigstore.dev";
      const { material, signingConfig } = await ask({ staging, offline: true, http: NO_NETWORK });
      assert.deepEqual(material.source, { kind: "shipped", name, date: shippedInstance(name).shipped!.date, isCurrent: false });
      assert.ok(signingConfig!.length > 100);
    }
  });

  test("and with the reason where no refresh succeeds", async () => {
    const { material } = await ask({ http: NO_NETWORK });
    assert.equal(material.source.kind, "shipped");
    assert.equal(material.source.problem, "no network");
  });

  test("by what was kept only where that is newer than the package, and whole", async () => {
    const cacheFolder = join(temporaryFolder(), "tuf");
    const instance = shippedInstance("sigstore.dev");
    const cache = TrustCache.open(cacheFolder, cacheName(instance), true)!;
    const keep = (root: Uint8Array, date: string): void => {
      writeFileSync(join(cache.path, CACHED.trustedRoot), root);
      writeFileSync(join(cache.path, CACHED.date), date);
    };
    const kindOf = async (): Promise<string> => (await ask({ cacheFolder, offline: true })).material.source.kind;
    keep(trustedRootJson(), "2026-11-20T00:00:00Z");
    assert.equal(await kindOf(), "cached");
    keep(trustedRootJson(), "2026-11-01T00:00:00Z");
    assert.equal(await kindOf(), "shipped");
    keep(trustedRootJson().subarray(0, 100), "2026-11-20T00:00:00Z");
    assert.equal(await kindOf(), "shipped");
  });

  test("keep their roots apart from a private instance at the same address", () => {
    const { repository, tufRoot } = shippedInstance("sigstore.dev");
    assert.notEqual(cacheName(repositoryInstance(repository, tufRoot)), cacheName(shippedInstance("sigstore.dev")));
  });
});
