import assert from "node:assert/strict";
import { mkdirSync, readdirSync, readFileSync, rmSync, statSync, utimesSync, writeFileSync } from "node:fs";
import type { ServerResponse } from "node:http";
import { join } from "node:path";
import { suite, test } from "node:test";
import { httpClient, type HttpClient } from "../../src/network/http.ts";
import { cacheName, repositoryInstance } from "../../src/roots/instance.ts";
import { refreshTrust } from "../../src/roots/refresh.ts";
import { TrustCache } from "../../src/roots/trust-cache.ts";
import type { RefreshedTrust } from "../../src/roots/work-folder.ts";
import { rejectsWith } from "../support/rejects.ts";
import { temporaryFolder } from "../support/temporary-folder.ts";
import { type Mirror, startMirror } from "../support/roots/mirror.ts";
import { signingConfigJson, trustedRootJson } from "../support/roots/trusted-roots.ts";
import { firstRoot, recipe, tufFiles, tufKey, type TufRecipe } from "../support/roots/tuf-repository.ts";

const NOW = new Date("2026-11-24T12:00:00Z");
const PAST = "2026-01-01T00:00:00Z";

interface Place {
  readonly mirror: Mirror;
  readonly made: TufRecipe;
  readonly cache: TrustCache;
  /** A refresh from the first root that the repository had. */
  refresh: (options?: { signal?: AbortSignal; timeoutMs?: number; http?: HttpClient }) => Promise<RefreshedTrust>;
}

async function repository(more: Partial<TufRecipe> = {}, roots = trustedRootJson()): Promise<Place> {
  const made = recipe({ "trusted_root.json": roots, "signing_config.v0.2.json": signingConfigJson() }, more);
  const files = tufFiles(made);
  const mirror = await startMirror(files);
  const first = firstRoot(tufFiles({ ...made, edit: () => undefined, tamper: () => undefined, rootVersion: 1 }));
  const instance = repositoryInstance(mirror.url, first);
  const cache = TrustCache.open(join(temporaryFolder(), "tuf"), cacheName(instance), true)!;
  const refresh: Place["refresh"] = ({ signal, timeoutMs, http = httpClient({ environment: {}, signal }) } = {}) =>
    refreshTrust({ instance, cache, http, now: NOW, timeoutMs });
  return { mirror, made, cache, refresh };
}

/** The files of the same repository, changed. */
function serve({ mirror, made }: Place, more: Partial<TufRecipe>): void {
  for (const [path, bytes] of tufFiles({ ...made, ...more })) mirror.files.set(path, bytes);
}

suite("a refresh", () => {
  test("gives the trusted root and the signing configuration that the repository signs", async () => {
    const roots = trustedRootJson();
    const { refresh, cache } = await repository({}, roots);
    const refreshed = await refresh();
    assert.deepEqual(Buffer.from(refreshed.trustedRoot), roots);
    assert.deepEqual(Buffer.from(refreshed.signingConfig ?? []), signingConfigJson());
    assert.deepEqual(Buffer.from(cache.current()!.trustedRoot), roots);
    assert.deepEqual(cache.current()!.date, NOW);
  });

  test("answers where the place for the cache takes no files, such as a full disk: only what is kept is lost", async () => {
    const { refresh, cache, made } = await repository();
    rmSync(cache.path, { recursive: true });
    writeFileSync(cache.path, "not a folder any more");
    const { trustedRoot, notKept } = await refresh();
    assert.deepEqual(Buffer.from(trustedRoot), Buffer.from(made.targets["trusted_root.json"]!));
    assert.equal(notKept, `the folder ${cache.path} takes no files (ENOTDIR)`);
    assert.equal(cache.current(), undefined);
  });

  test("leaves files that only their owner can write, and no work folder", async () => {
    const { refresh, cache } = await repository();
    const umask = process.umask(0);
    await refresh().finally(() => process.umask(umask));
    assert.equal(statSync(cache.path).mode & 0o777, 0o700);
    assert.deepEqual(readdirSync(cache.path).sort(), [
      "refreshed",
      "root.json",
      "signing_config.json",
      "snapshot.json",
      "targets.json",
      "timestamp.json",
      "trusted_root.json",
    ]);
    for (const name of readdirSync(cache.path)) assert.equal(statSync(join(cache.path, name)).mode & 0o022, 0, name);
  });

  test("works without a cache", async () => {
    const made = recipe({ "trusted_root.json": trustedRootJson() });
    const files = tufFiles(made);
    const mirror = await startMirror(files);
    const instance = repositoryInstance(mirror.url, firstRoot(files));
    const refreshed = await refreshTrust({ instance, cache: undefined, http: httpClient({ environment: {} }), now: NOW });
    assert.equal(refreshed.signingConfig, undefined);
  });

  test("asks for nothing that it has already, but for news", async () => {
    const { refresh, mirror } = await repository();
    await refresh();
    mirror.asked.length = 0;
    await refresh();
    assert.deepEqual(mirror.asked, ["/2.root.json", "/timestamp.json"]);
  });

  test("follows new root keys, one version after the other", async () => {
    const place = await repository();
    const second = [tufKey(), tufKey()];
    const third = [tufKey()];
    const roots = trustedRootJson();
    const targets = { "trusted_root.json": roots };
    serve(place, { rootVersion: 2, rootKeys: second, rootSigners: [...second, ...place.made.rootKeys] });
    serve(place, { rootVersion: 3, rootKeys: third, rootSigners: [...third, ...second], version: 2, targets });
    assert.deepEqual(Buffer.from((await place.refresh()).trustedRoot), roots);
    assert.equal(signedVersion(place.cache, "root.json"), 3);
  });

  test("starts again from the given root where the cached metadata is damaged", async () => {
    const place = await repository();
    await place.refresh();
    for (const name of ["root.json", "timestamp.json", "snapshot.json", "targets.json", "trusted_root.json"]) {
      writeFileSync(join(place.cache.path, name), '{"signed":{"version":9}}');
    }
    assert.ok((await place.refresh()).trustedRoot.length > 100);
  });

  test("removes a work folder that an older run left, and not one that may be in use", async () => {
    const place = await repository();
    for (const name of ["refresh-old", "refresh-new"]) mkdirSync(join(place.cache.path, name));
    utimesSync(join(place.cache.path, "refresh-old"), 0, 0);
    await place.refresh();
    assert.deepEqual(
      readdirSync(place.cache.path).filter((name) => name.startsWith("refresh-")),
      ["refresh-new"],
    );
  });
  test("asks for no more root versions than there will ever be", async () => {
    const place = await repository();
    for (let rootVersion = 2; rootVersion <= 80; rootVersion++) {
      serve(place, { rootVersion });
    }
    await place.refresh();
    assert.equal(place.mirror.asked.filter((path) => path.endsWith(".root.json")).length, 64);
  });
});

suite("a refresh is refused, and the cache stays as it was", () => {
  const cases: readonly {
    readonly name: string;
    readonly spoil: (place: Place) => void;
    readonly message: RegExp;
    readonly code?: "SERVER_UNREACHABLE";
  }[] = [
    {
      name: "for a timestamp that has expired",
      spoil: (place) => serve(place, { version: 6, edit: (role, signed) => role === "timestamp" && (signed["expires"] = PAST) }),
      message: /timestamp\.json is expired/,
    },
    {
      name: "for a snapshot that has expired",
      spoil: (place) => serve(place, { version: 6, edit: (role, signed) => role === "snapshot" && (signed["expires"] = PAST) }),
      message: /snapshot\.json is expired/,
    },
    {
      name: "for targets that have expired",
      spoil: (place) => serve(place, { version: 6, edit: (role, signed) => role === "targets" && (signed["expires"] = PAST) }),
      message: /targets\.json is expired/,
    },
    {
      name: "for a root that has expired",
      spoil: (place) => serve(place, { rootVersion: 2, rootExpires: PAST }),
      message: /root\.json is expired/,
    },
    {
      name: "for a root that skips a version",
      spoil: (place) =>
        serve(place, {
          rootVersion: 2,
          edit: (role, signed) => role === "root" && (signed["version"] = 3),
        }),
      message: /version/i,
    },
    {
      name: "for a root that the keys before it did not sign",
      spoil: (place) => serve(place, { rootVersion: 2, rootKeys: [tufKey()] }),
      message: /root was signed by 0\/2/,
    },
    {
      name: "for a root with too few signatures of its own",
      spoil: (place) =>
        serve(place, {
          rootVersion: 2,
          rootKeys: [place.made.rootKeys[0]!, tufKey()],
          rootSigners: place.made.rootKeys,
        }),
      message: /root was signed by 1\/2/,
    },
    ...["timestamp", "snapshot", "targets"].map((changed) => ({
      name: `for ${changed} metadata that was changed after it was signed`,
      spoil: (place: Place): void =>
        serve(place, { version: 6, tamper: (role, signed) => role === changed && (signed["expires"] = "2098-01-01T00:00:00Z") }),
      message: new RegExp(`${changed} was signed by 0/1`),
    })),
    {
      name: "for metadata signed by a key of another repository",
      spoil: (place) => serve(place, { version: 6, targetsKey: tufKey("Ed25519") }),
      message: /targets was signed by 0\/1/,
    },
    {
      name: "for a timestamp older than the one before",
      spoil: (place) => serve(place, { version: 4 }),
      message: /less than current version/,
    },
    {
      name: "for a trusted root other than the one that is listed",
      spoil: (place) => {
        const listed = trustedRootJson();
        serve(place, { version: 6, targets: { "trusted_root.json": listed } });
        const path = [...place.mirror.files.keys()].find((name) => name.startsWith("/targets/") && same(place, name, listed))!;
        const other = Buffer.from(listed);
        other[other.length - 2] = 0x20;
        place.mirror.files.set(path, other);
      },
      message: /Expected hash/,
    },
    {
      name: "for a trusted root that is listed without a hash",
      spoil: (place) =>
        serve(place, {
          version: 6,
          edit: (role, signed) => {
            if (role !== "targets") return;
            signed["targets"] = { "trusted_root.json": { length: 10, hashes: {} } };
          },
        }),
      message: /without a SHA-256/,
    },
    {
      name: "for a repository without a trusted root",
      spoil: (place) => serve(place, { version: 6, targets: { "other.json": Buffer.from("{}") } }),
      message: /lists no trusted_root\.json/,
    },
    {
      name: "for an answer that is not JSON",
      spoil: ({ mirror }) => mirror.files.set("/timestamp.json", Buffer.from("<html>Welcome to the hotel's network</html>")),
      message: /not JSON/,
    },
    {
      name: "for JSON that is not metadata",
      spoil: ({ mirror }) => mirror.files.set("/timestamp.json", Buffer.from("[]")),
      message: /refused/,
    },
    {
      name: "for an answer that never ends",
      spoil: ({ mirror }) => mirror.files.set("/timestamp.json", endless),
      message: /over 16384 bytes/,
    },
    {
      name: "for a root that is larger than any",
      spoil: ({ mirror }) => mirror.files.set("/2.root.json", Buffer.alloc(600_000, 0x20)),
      message: /over 512000 bytes/,
    },
    {
      name: "for a redirect",
      spoil: ({ mirror }) =>
        mirror.files.set("/timestamp.json", (response) => response.writeHead(302, { location: "http://127.0.0.1:9/" }).end()),
      message: /redirect/,
    },
    {
      name: "for a server's error",
      spoil: ({ mirror }) => mirror.files.set("/timestamp.json", (response) => response.writeHead(503).end()),
      message: /status 503/,
      code: "SERVER_UNREACHABLE",
    },
    {
      name: "for a timestamp that is not there",
      spoil: ({ mirror }) => mirror.files.delete("/timestamp.json"),
      message: /status 404/,
    },
    {
      name: "for a connection that breaks",
      spoil: ({ mirror }) => mirror.files.set("/timestamp.json", (response) => response.socket?.destroy()),
      message: /./,
      code: "SERVER_UNREACHABLE",
    },
  ];

  for (const { name, spoil, message, code = "SERVER_ANSWER" } of cases) {
    test(name, async () => {
      const place = await repository({ version: 5 });
      const before = await place.refresh();
      spoil(place);
      const error = await rejectsWith(code, () => place.refresh());
      assert.match(error.message, message);
      assert.deepEqual(Buffer.from(place.cache.current()!.trustedRoot), Buffer.from(before.trustedRoot));
      assert.deepEqual(
        readdirSync(place.cache.path).filter((file) => file.startsWith("refresh-")),
        [],
      );
    });
  }

  test("where keys that were replaced sign on, and the root that replaced them is hidden", async () => {
    const place = await repository();
    serve(place, { rootVersion: 2, onlineKey: tufKey(), version: 2 });
    await place.refresh();
    place.mirror.files.delete("/2.root.json");
    serve(place, { version: 9 });
    assert.match((await rejectsWith("SERVER_ANSWER", () => place.refresh())).message, /timestamp was signed by 0\/1/);
  });

  test("for a trusted root that cannot be read, although it is signed", async () => {
    const place = await repository();
    const before = await place.refresh();
    serve(place, {
      version: 2,
      targets: { "trusted_root.json": Buffer.from('{"mediaType":"application/vnd.dev.sigstore.trustedroot.v9+json"}') },
    });
    await rejectsWith("TRUSTED_ROOT_INVALID", place.refresh);
    assert.deepEqual(Buffer.from(place.cache.current()!.trustedRoot), Buffer.from(before.trustedRoot));
  });

  test("where it does not answer, or each time a little too late", async () => {
    const silent = await repository();
    silent.mirror.files.set("/timestamp.json", () => undefined);
    await rejectsWith("SERVER_UNREACHABLE", () => silent.refresh({ timeoutMs: 100 }));
    const slow = await repository();
    for (const [path, bytes] of slow.mirror.files) slow.mirror.files.set(path, (response) => setTimeout(() => response.end(bytes), 60));
    // Each answer is in time: the whole refresh is bounded, not each request alone.
    await rejectsWith("SERVER_UNREACHABLE", () => slow.refresh({ timeoutMs: 150 }));
    const inner = httpClient({ environment: {} });
    const patient: HttpClient = { request: async (request) => inner.request({ ...request, timeoutMs: 10_000 }) };
    const error = await rejectsWith("SERVER_UNREACHABLE", () => slow.refresh({ timeoutMs: 150, http: patient }));
    assert.match(error.message, /did not give everything within 0\.15 s/);
  });

  test("where the caller stops it, at once", async () => {
    const place = await repository();
    const controller = new AbortController();
    place.mirror.files.set("/timestamp.json", () => setTimeout(() => controller.abort(), 20));
    await rejectsWith("ABORTED", () => place.refresh({ signal: controller.signal }));
    assert.equal(place.cache.current(), undefined);
  });

  test("yet metadata that did hold is kept, so that it cannot be rolled back", async () => {
    const place = await repository();
    await place.refresh();
    serve(place, { version: 7 });
    place.mirror.files.delete("/7.targets.json");
    await rejectsWith("SERVER_ANSWER", place.refresh);
    assert.equal(signedVersion(place.cache, "timestamp.json"), 7);
    serve(place, { version: 6 });
    assert.match((await rejectsWith("SERVER_ANSWER", place.refresh)).message, /less than current version/);
  });
});

function endless(response: ServerResponse): void {
  response.writeHead(200);
  const more = (): void => {
    while (!response.destroyed && response.write(Buffer.alloc(4096, 0x20)));
    if (!response.destroyed) response.once("drain", more);
  };
  more();
}

function same({ mirror }: Place, name: string, bytes: Uint8Array): boolean {
  const file = mirror.files.get(name);
  return file instanceof Uint8Array && Buffer.compare(file, bytes) === 0;
}

function signedVersion(cache: TrustCache, name: string): number {
  const metadata = JSON.parse(readFileSync(join(cache.path, name), "utf8")) as { signed: { version: number } };
  return metadata.signed.version;
}
