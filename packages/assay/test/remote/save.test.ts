import assert from "node:assert/strict";
import { existsSync, lstatSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { suite, test } from "node:test";
import { digest } from "../../src/api/digest.ts";
import { runHere, type RanHere } from "../support/cli/run-here.ts";
import { COMMIT, sendFile, type FakeHubOptions } from "../support/hub/fake-hub.ts";
import { saving, WEIGHTS, weights } from "../support/hub/saving.ts";
import { temporaryFolder } from "../support/temporary-folder.ts";

/** What was printed, on one line. */
const said = ({ stdout, stderr }: RanHere): string => (stdout + stderr).replaceAll(/\s+/g, " ");

/** Sends so much of the weights and breaks, and then breaks at once. */
function breaking(bytes: number): { readonly options: FakeHubOptions; readonly asked: (string | undefined)[]; isBroken: boolean } {
  const state = { asked: [] as (string | undefined)[], isBroken: true, options: {} };
  state.options = weights((request, response) => {
    state.asked.push(request.headers.range);
    if (!state.isBroken) return false;
    if (state.asked.length > 1) return (response.writeHead(403).end(), true);
    response.writeHead(200, { "content-length": WEIGHTS.length });
    response.write(WEIGHTS.subarray(0, bytes), () => setTimeout(() => response.destroy(), 50));
    return true;
  });
  return state;
}

suite("a model on a hub is saved", () => {
  test("whole and verified: what is signed, the signature, and nothing else", async () => {
    const { run, cwd, left, hub } = await saving();
    const ran = await run();
    assert.equal(ran.exitCode, 0, ran.stdout + ran.stderr);
    assert.match(ran.stdout, /saved +model, 4 files/);
    assert.deepEqual(left(), ["model", "model/config.json", "model/empty.txt", "model/model.sig", "model/sub", "model/sub/weights.bin"]);
    assert.deepEqual(readFileSync(join(cwd, "model", "sub", "weights.bin")), WEIGHTS);
    const environment = { HF_ENDPOINT: hub.url };
    assert.equal((await digest(join(cwd, "model"))).manifestDigest, (await digest("hf:acme/granite", { environment })).manifestDigest);
    const verified = await runHere(["verify", "key", "model", "--public-key", "k.pub"], cwd);
    assert.equal(verified.exitCode, 0, verified.stderr);
    const again = await run();
    assert.deepEqual([again.exitCode, /model exists/.test(said(again))], [2, true], said(again));
  });

  test("not at all where a byte is another, with nothing kept", async () => {
    const { run, left } = await saving({}, { "config.json": "[]" });
    const ran = await run("--json");
    assert.equal(ran.exitCode, 1);
    assert.equal((JSON.parse(ran.stdout) as { readonly saved: { readonly state: string } }).saved.state, "nothing");
    assert.deepEqual(left(), []);
    const lying = await saving(weights((request, response) => (sendFile(request, response, Buffer.alloc(WEIGHTS.length)), true)));
    assert.equal((await lying.run()).exitCode, 1);
    assert.deepEqual(lying.left(), []);
  });

  test("by the next run where one was broken off: what is there is hashed again, and the rest fetched", async () => {
    const state = breaking(4_000_000);
    const { run, left, cwd } = await saving(state.options);
    const broken = await run();
    assert.equal(broken.exitCode, 3, broken.stdout + broken.stderr);
    assert.match(said(broken), /kept in model\.assay-partial/);
    assert.ok(!left().includes("model"));
    const there = statSync(join(cwd, "model.assay-partial", "files", "sub", "weights.bin")).size;
    assert.ok(there > 1_000_000 && there <= 4_000_000, String(there));
    state.isBroken = false;
    state.asked.length = 0;
    const ran = await run();
    assert.equal(ran.exitCode, 0, ran.stdout + ran.stderr);
    assert.deepEqual(state.asked, [`bytes=${there}-${WEIGHTS.length - 1}`]);
    assert.deepEqual(readFileSync(join(cwd, "model", "sub", "weights.bin")), WEIGHTS);
    assert.deepEqual(readdirSync(cwd).toSorted(), ["k.pub", "model"]);
  });

  test("with what was changed meanwhile fetched anew", async () => {
    const state = breaking(4_000_000);
    const { run, cwd } = await saving(state.options);
    await run();
    const partial = join(cwd, "model.assay-partial", "files");
    const kept = readFileSync(join(partial, "sub", "weights.bin"));
    kept[1000] = (kept[1000] ?? 0) ^ 1;
    writeFileSync(join(partial, "sub", "weights.bin"), kept);
    writeFileSync(join(partial, "more.txt"), "not of the model");
    state.isBroken = false;
    state.asked.length = 0;
    const ran = await run();
    assert.equal(ran.exitCode, 0, ran.stdout + ran.stderr);
    assert.deepEqual(state.asked, [`bytes=${kept.length}-${WEIGHTS.length - 1}`, undefined]);
    assert.deepEqual(readFileSync(join(cwd, "model", "sub", "weights.bin")), WEIGHTS);
    assert.ok(!existsSync(join(cwd, "model", "more.txt")));
  });

  test("nowhere over what is there, of another version, or through a link", async () => {
    const state = breaking(1_000_000);
    const { run, cwd } = await saving(state.options);
    const outside = join(temporaryFolder(), "outside");
    mkdirSync(outside);
    await run();
    const partial = join(cwd, "model.assay-partial");
    const about = readFileSync(join(partial, "about.json"), "utf8");
    assert.match(about, new RegExp(COMMIT));
    writeFileSync(join(partial, "about.json"), about.replace(COMMIT, "b".repeat(40)));
    const other = await run();
    assert.deepEqual([other.exitCode, /has a part of hf:acme\/granite@bbbb/.test(said(other))], [2, true], said(other));
    writeFileSync(join(partial, "about.json"), about);
    rmSync(join(partial, "files", "sub"), { recursive: true });
    symlinkSync(outside, join(partial, "files", "sub"));
    state.isBroken = false;
    const linked = await run();
    assert.equal(linked.exitCode, 3, linked.stdout + linked.stderr);
    assert.deepEqual(readdirSync(outside), []);
    assert.ok(lstatSync(join(partial, "files", "sub")).isSymbolicLink());
  });

  test("only from a server, and only by digests that are computed", async () => {
    const { cwd, run } = await saving();
    mkdirSync(join(cwd, "here"));
    const local = await runHere(["verify", "key", "here", "--public-key", "k.pub", "--save", "model"], cwd);
    assert.deepEqual([local.exitCode, /only a model on a server is saved/.test(said(local))], [2, true], local.stderr);
    const attested = await run("--digests", "attested");
    assert.equal(attested.exitCode, 2, attested.stderr);
  });
});
