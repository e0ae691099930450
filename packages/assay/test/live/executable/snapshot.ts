// What the snapshot must not fix: hash seeds differ between starts; and what it must: two builds are one file. Linux only.
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { closeSync, openSync, readdirSync, readFileSync, readSync, truncateSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { suite, test } from "node:test";
import { setTimeout as delay } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { signedFolder, VERIFY } from "../../support/cli/command.ts";
import { temporaryFolder } from "../../support/temporary-folder.ts";
import { BUILT, ended, run, start } from "./executable.ts";

/** A name that V8 keeps once, with its hash before it: the hash's four bytes, the length's four, the letters. */
const NAME = Buffer.from("certificate-fingerprint");

/** The hashes of NAME in the memory of a process: the one in use, and the one that the snapshot holds. */
function hashesIn(pid: number): Set<number> {
  const found = new Set<number>();
  const memory = openSync(`/proc/${pid}/mem`, "r");
  for (const [, from = "", to = ""] of readFileSync(`/proc/${pid}/maps`, "latin1").matchAll(/^([0-9a-f]+)-([0-9a-f]+) rw/gm)) {
    const bytes = Buffer.alloc(Number.parseInt(to, 16) - Number.parseInt(from, 16));
    try {
      readSync(memory, bytes, 0, bytes.length, Number.parseInt(from, 16));
    } catch {
      continue;
    }
    for (let at = bytes.indexOf(NAME); at >= 8; at = bytes.indexOf(NAME, at + 1)) {
      if (bytes.readUInt32LE(at - 4) === NAME.length) found.add(bytes.readUInt32LE(at - 8));
    }
  }
  closeSync(memory);
  return found;
}

/** The hundredths of a second that each thread of a process has computed outside of the system, by its number. */
function timeOfThreads(pid: number): Map<string, number> {
  const times = new Map<string, number>();
  try {
    for (const thread of readdirSync(`/proc/${pid}/task`)) {
      const [, fields = ""] = readFileSync(`/proc/${pid}/task/${thread}/stat`, "latin1").split(") ");
      times.set(thread, Number(fields.split(" ")[11]));
    }
  } catch {
    // It ended meanwhile.
  }
  return times;
}

suite("the executable", { skip: process.platform !== "linux" }, () => {
  test("hashes with other seeds at every start", async () => {
    const cwd = await signedFolder();
    const seen: Set<number>[] = [];
    for (let round = 0; round < 3; round += 1) {
      // It waits for the signature on standard input.
      const child = start([...VERIFY, "--signature", "-"], { cwd });
      const end = ended(child);
      let hashes = new Set<number>();
      while (hashes.size < 2 && child.exitCode === null && child.signalCode === null) {
        await delay(50);
        hashes = hashesIn(child.pid ?? 0);
      }
      child.stdin?.end(readFileSync(join(cwd, "model.sig")));
      assert.equal((await end).exitCode, 0);
      seen.push(hashes);
    }
    const [first, second, third] = seen;
    const common = [...(first ?? [])].filter((hash) => second?.has(hash) === true && third?.has(hash) === true);
    // Of the snapshot as it is stored, at most; each start has one of its own.
    assert.ok(common.length <= 1, common.join());
    for (const hashes of seen) assert.ok([...hashes].some((hash) => !common.includes(hash)));
  });

  for (const algorithm of ["sha256", "blake2b", "blake3"]) {
    test(`hashes with ${algorithm} on two threads, to the digest of one`, async () => {
      const cwd = temporaryFolder();
      for (const name of ["a", "b", "c"]) {
        writeFileSync(join(cwd, name), name);
        truncateSync(join(cwd, name), 250_000_000);
      }
      const argv = ["digest", ".", "--no-progress", "--hash", algorithm, "--threads"];
      const child = start([...argv, "2"], { cwd });
      const end = ended(child);
      const most = new Map<string, number>();
      while (child.exitCode === null && child.signalCode === null) {
        for (const [thread, time] of timeOfThreads(child.pid ?? 0)) most.set(thread, time);
        await delay(20);
      }
      const { exitCode, stdout, stderr } = await end;
      assert.equal(exitCode, 0, stderr);
      assert.equal(stderr, "");
      // The two that hash; those that read spend their time in the system.
      const all = [...most.values()].reduce((sum, time) => sum + time, 0);
      const busy = [...most.values()].filter((time) => time > all / 5);
      assert.equal(busy.length, 2, JSON.stringify([...most]));
      assert.equal(stdout, (await run([...argv, "1"], { cwd })).stdout);
    });
  }

  test("is the same file when it is built again", () => {
    const again = join(temporaryFolder(), "assay");
    const script = fileURLToPath(new URL("../../../../../scripts/executable.mjs", import.meta.url));
    execFileSync(process.execPath, [script, "--output", again], { stdio: ["ignore", "ignore", "ignore"] });
    assert.ok(readFileSync(again).equals(readFileSync(BUILT)));
  });
});
