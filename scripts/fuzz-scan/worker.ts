// Examines changed inputs, and keeps those that reach new branches. A thread of its own, so that an input on which a reader hangs
// can be saved by the other one.
import { parentPort, workerData } from "node:worker_threads";
import { mutateBytes } from "./mutate-bytes.ts";
import { mutateStructure } from "./mutate-structure.ts";
import { randomOf } from "./random.ts";
import type { Counters, Instrumented } from "./instrumented.ts";

/** What the main thread gives, and what the worker tells it. */
export interface WorkerInput {
  readonly code: string;
  readonly seed: number;
  readonly shared: SharedArrayBuffer;
  /** Only inputs of these names, by a pattern. */
  readonly only: string;
}
export type WorkerMessage =
  | { readonly kind: "kept"; readonly name: string; readonly bytes: Uint8Array }
  | { readonly kind: "problem"; readonly name: string; readonly bytes: Uint8Array; readonly what: string }
  | { readonly kind: "state"; readonly runs: number; readonly branches: number; readonly all: number; readonly pool: number };

const MAX_INPUT = 32 * 1024;
const SLOW_MS = 2000;
const MAX_MEMORY = 256 * 1024 * 1024;

const { code, seed, shared, only } = workerData as WorkerInput;
const state = new Int32Array(shared, 0, 2);
const current = new Uint8Array(shared, 8);
const random = randomOf(seed);
const loaded: { exports: Instrumented } = { exports: {} as Instrumented };
// oxlint-disable-next-line typescript/no-implied-eval -- the bundle of our own readers
new Function("module", "exports", "require", code)(loaded, loaded.exports, process.getBuiltinModule("node:module").createRequire("/"));
const { examineFile, SCAN_CASES } = loaded.exports;
const counters = (globalThis as unknown as { assayCounters: Counters }).assayCounters;

interface Input {
  readonly name: string;
  readonly bytes: Uint8Array;
}

const files = SCAN_CASES.flatMap((one) => Object.entries(one.files));
const seeds: Input[] = files
  .map(([name, content]) => ({ name: name.slice(name.lastIndexOf("/") + 1), bytes: new Uint8Array(Buffer.from(content)) }))
  .filter(({ name, bytes }) => bytes.length <= MAX_INPUT && new RegExp(only).test(name));

/** One bit for each size of a count of each way of a branch. */
const seen: number[][][] = [];
const ways: number[][] = [];
let branches = 0;

function collectWays(): void {
  ways.length = 0;
  for (const file of Object.values(counters)) for (const counts of Object.values(file.b)) ways.push(counts);
}

/** Whether the last input took a way that none before took, or took one far more often; forgets its counts. */
function isNew(): boolean {
  let found = false;
  for (const [at, counts] of ways.entries()) {
    for (const [way, count] of counts.entries()) {
      if (count === 0) continue;
      counts[way] = 0;
      const size = Math.min(7, Math.floor(Math.log2(count)));
      const sizes = ((seen[at] ??= [])[way] ??= []);
      if (sizes[size] !== undefined) continue;
      if (sizes.length === 0) branches++;
      sizes[size] = 1;
      found = true;
    }
  }
  return found;
}

async function problemOf({ name, bytes }: Input): Promise<string | undefined> {
  const started = process.threadCpuUsage().user;
  const memory = process.memoryUsage.rss();
  try {
    const file = { size: bytes.length, read: async (from: number, length: number) => bytes.slice(from, from + length) };
    const { findings } = await examineFile(name, file);
    const failed = findings.find(({ reason }) => reason === "file/reader-failed");
    if (failed !== undefined) return failed.what;
  } catch (error) {
    return `threw ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`;
  }
  const grown = process.memoryUsage.rss() - memory;
  if (grown > MAX_MEMORY) return `took ${Math.round(grown / 1e6)} MB`;
  const took = (process.threadCpuUsage().user - started) / 1000;
  return took > SLOW_MS ? `took ${Math.round(took)} ms of CPU` : undefined;
}

function tell(message: WorkerMessage): void {
  // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a port of a thread has no origin
  parentPort?.postMessage(message);
}

async function tryInput(input: Input): Promise<boolean> {
  current.set(input.bytes.subarray(0, current.length));
  Atomics.store(state, 0, input.bytes.length);
  Atomics.add(state, 1, 1);
  const problem = await problemOf(input);
  if (problem !== undefined) tell({ kind: "problem", ...input, what: problem });
  return isNew();
}

const pool: Input[] = [];
for (const input of seeds) {
  if (ways.length === 0) {
    await problemOf(input);
    collectWays();
  }
  if (await tryInput(input)) pool.push(input);
}
for (let runs = 1; ; runs++) {
  // Later inputs reach further: half of the time one of the last ones.
  const at = random(2) === 0 ? random(pool.length) : Math.max(0, pool.length - 1 - random(64));
  const input = pool[at] ?? seeds[0];
  const other = pool[random(pool.length)] ?? input;
  if (input === undefined || other === undefined) throw new Error("no input to start with");
  let { bytes } = input;
  for (let count = 1 + random(3); count > 0; count--) {
    const inside = random(2) === 0 ? mutateStructure(bytes, other.bytes, random) : undefined;
    bytes = inside ?? mutateBytes(bytes, other.bytes, random);
  }
  if (bytes.length > MAX_INPUT) continue;
  const changed = { name: random(50) === 0 ? other.name : input.name, bytes: new Uint8Array(bytes) };
  if (await tryInput(changed)) {
    pool.push(changed);
    tell({ kind: "kept", ...changed });
  }
  if (runs % 500 === 0) {
    tell({ kind: "state", runs, branches, all: ways.reduce((sum, counts) => sum + counts.length, 0), pool: pool.length });
    await new Promise((resolve) => setImmediate(resolve));
  }
}
