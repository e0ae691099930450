import assert from "node:assert/strict";
import { join } from "node:path";
import { suite, test } from "node:test";
import { diff, type DiffOptions } from "../../src/api/diff.ts";
import type { Diff } from "../../src/api/results.ts";
import { openHubModel } from "../../src/source/hub/open-hub-model.ts";
import { readReference } from "../../src/source/reference.ts";
import { runHere } from "../support/cli/run-here.ts";
import { COMMIT, COMMIT_2, fakeHub, type Hub } from "../support/hub/fake-hub.ts";
import { writeFiles } from "../support/models/on-disk.ts";
import { temporaryFolder } from "../support/temporary-folder.ts";

const LARGE = Buffer.alloc(400_000, 1);
const BEFORE = { "README.md": "# One\n", "config.json": "{}", "big.bin": LARGE, "old.bin": Buffer.alloc(500_000, 2), "a.txt": "a" };
const AFTER = { "README.md": "# Two\n", "config.json": "{}", "big.bin": LARGE, "new.bin": Buffer.alloc(500_000, 2), "b.txt": "bb" };

const environmentOf = (hub: Hub): { readonly environment: Readonly<Record<string, string>> } => ({
  environment: { HF_ENDPOINT: hub.url, HOME: "/nowhere" },
});
const revisions = (hub: Hub, options: DiffOptions = {}): Promise<Diff> =>
  diff("hf:acme/granite@main", "hf:acme/granite@v2", { ...environmentOf(hub), ...options });
const told = ({ differences }: Diff): readonly string[] =>
  differences.map((one) => (one.kind === "renamed" ? `${one.name} -> ${one.newName}` : `${one.kind} ${one.name}`));
const read = (hub: Hub): readonly string[] => [
  ...new Set(hub.requests.filter(({ path }) => path.includes("/resolve/")).map(({ path }) => path.replace(/^.*resolve\//, ""))),
];

suite("two revisions of one model", () => {
  test("are compared by what the hub lists, and only what it lists differently is read", async () => {
    const hub = await fakeHub(BEFORE, { v2: AFTER });
    const found = await revisions(hub);
    assert.deepEqual(told(found), ["changed README.md", "missing a.txt", "extra b.txt", "old.bin -> new.bin"]);
    assert.deepEqual([...read(hub)].sort(), [`${COMMIT}/README.md`, `${COMMIT_2}/README.md`]);
    assert.deepEqual(found.attested?.names, ["a.txt", "b.txt", "big.bin", "config.json", "new.bin", "old.bin"]);
    assert.deepEqual(found.attested?.hosts, [new URL(hub.url).host]);
    assert.deepEqual([found.a.source?.pinned, found.b.source?.pinned], [`hf:acme/granite@${COMMIT}`, `hf:acme/granite@${COMMIT_2}`]);
  });

  test("are the same by the hub's word alone only for who takes it, and are otherwise read", async () => {
    const hub = await fakeHub(BEFORE, { v2: BEFORE });
    const listed = await revisions(hub);
    assert.deepEqual([listed.same, listed.differences, read(hub)], [false, [], []]);
    assert.equal((await revisions(hub, { digests: "attested" })).same, true);
    assert.deepEqual(read(hub), []);
    const computed = await revisions(hub, { digests: "computed" });
    assert.deepEqual([computed.same, computed.attested, read(hub).length], [true, undefined, 10]);
  });

  test("a hub that lists two files alike and gives different bytes is found where they are read", async () => {
    const hub = await fakeHub(BEFORE, {
      v2: BEFORE,
      instead: (_request, response, path) =>
        path.endsWith(`${COMMIT_2}/config.json`) && (response.writeHead(200, { "content-length": 2 }).end("[]"), true),
    });
    await assert.rejects(revisions(hub, { digests: "computed" }), { code: "REMOTE_DIGEST" });
  });

  test("a model on another hub is read, whatever both list", async () => {
    const [one, other] = [await fakeHub(BEFORE), await fakeHub(BEFORE)];
    const opened = await openHubModel("hf:acme/granite", readReference("hf:acme/granite"), environmentOf(one));
    const found = await diff(opened, "hf:acme/granite", environmentOf(other));
    assert.deepEqual([found.same, found.attested, read(one).length, read(other).length], [true, undefined, 5, 5]);
  });

  test("the first line says what rests on the hub's word, and the exit code is 0 only where it was asked for", async () => {
    const { environment } = environmentOf(await fakeHub(BEFORE, { v2: BEFORE }));
    const run = async (...more: readonly string[]): Promise<{ readonly exitCode: number; readonly stdout: string }> =>
      runHere(["diff", "hf:acme/granite", "hf:acme/granite@v2", ...more], "/", 200, environment);
    const plain = await run();
    assert.equal(plain.exitCode, 3, plain.stdout);
    assert.match(plain.stdout, /Could not tell: [^]* do not differ, by the word of\s+127\.0\.0\.1:\d+\s+on 5 files\s+that were not read\n/);
    const attested = await run("--digests", "attested");
    assert.equal(attested.exitCode, 0, attested.stdout);
    assert.match(attested.stdout, /Same: [^]*by the word of\s+127\.0\.0\.1:\d+\s+on 5 files/);
    const json = await run("--json");
    assert.equal((JSON.parse(json.stdout) as { readonly attested: { readonly names: readonly string[] } }).attested.names.length, 5);
  });
});

suite("a folder and a model on a hub", () => {
  test("are compared by bytes read on both sides; by the hub's word where that is asked for", async () => {
    const folder = join(temporaryFolder(), "granite");
    writeFiles(folder, { ...BEFORE, "config.json": "[]" });
    const hub = await fakeHub(BEFORE);
    const computed = await diff(folder, "hf:acme/granite", environmentOf(hub));
    assert.deepEqual([told(computed), computed.attested, read(hub).length], [["changed config.json"], undefined, 5]);
    const again = await fakeHub(BEFORE);
    const attested = await diff(folder, "hf:acme/granite", { ...environmentOf(again), digests: "attested" });
    assert.deepEqual([told(attested), attested.attested?.names], [["changed config.json"], ["big.bin", "old.bin"]]);
    assert.deepEqual(
      [...read(again)].sort(),
      ["README.md", "a.txt", "config.json"].map((name) => `${COMMIT}/${name}`),
    );
  });
});
