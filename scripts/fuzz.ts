// Feeds changed inputs to every reader of foreign bytes, and keeps those that get a wrong answer: anything thrown that
// is not an AssayError, the code INTERNAL, or a second and more for one input. The seeds are the kept corpus.
//
//   node scripts/fuzz.ts [--seconds 60] [--seed 1] [READER...]
//
// What it finds is written to packages/assay/test/fuzz/corpus/READER: mend the reader, add the answer to expected.json.
import { createHash } from "node:crypto";
import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { AssayError } from "../packages/assay/src/core/error.ts";
import { TARGETS, type Target } from "../packages/assay/test/fuzz/targets.ts";

const corpus = join(import.meta.dirname, "../packages/assay/test/fuzz/corpus");
const SLOW_MS = 1000;
const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { seconds: { type: "string", default: "60" }, seed: { type: "string", default: "1" } },
});
const names = positionals.length > 0 ? positionals : Object.keys(TARGETS);
const unknown = names.filter((name) => TARGETS[name] === undefined);
if (unknown.length > 0) throw new Error(`unknown: ${unknown.join(", ")}; the readers are ${Object.keys(TARGETS).join(", ")}`);

/** Mulberry32: the same seed gives the same run. */
function generator(seed: number): (below: number) => number {
  let state = seed >>> 0;
  return (below) => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) % below;
  };
}

/** One to four changes: a bit, a byte, a stretch removed, repeated, or taken from another input. */
function mutate(bytes: Uint8Array, others: readonly Uint8Array[], random: (below: number) => number): Uint8Array {
  let changed = Buffer.from(bytes);
  for (let count = 1 + random(4); count > 0; count--) {
    const at = random(changed.length + 1);
    const length = 1 + random(Math.min(64, changed.length + 1));
    const other = Buffer.from(others[random(others.length)] ?? bytes);
    const from = random(other.length + 1);
    switch (random(5)) {
      case 0:
        if (at < changed.length) changed[at] = (changed[at] ?? 0) ^ (1 << random(8));
        break;
      case 1:
        if (at < changed.length) changed[at] = random(256);
        break;
      case 2:
        changed = Buffer.concat([changed.subarray(0, at), changed.subarray(at + length)]);
        break;
      case 3: {
        const stretch = changed.subarray(at, at + length);
        changed = Buffer.concat([changed.subarray(0, at), ...Array.from({ length: 1 + random(200) }, () => stretch), changed.subarray(at)]);
        break;
      }
      default:
        changed = Buffer.concat([changed.subarray(0, at), other.subarray(from, from + length), changed.subarray(at)]);
    }
  }
  return changed;
}

/** Why the answer is wrong, or undefined. */
async function problemOf(target: Target, bytes: Uint8Array): Promise<string | undefined> {
  const started = performance.now();
  try {
    await target(bytes);
  } catch (error) {
    if (!(error instanceof AssayError)) return `threw ${String(error)}`;
    if (error.code === "INTERNAL") return `INTERNAL: ${error.message}`;
  }
  const took = performance.now() - started;
  return took > SLOW_MS ? `took ${Math.round(took)} ms` : undefined;
}

let found = 0;
for (const name of names) {
  const target = TARGETS[name] as Target;
  const seeds = readdirSync(join(corpus, name)).map((file) => new Uint8Array(readFileSync(join(corpus, name, file))));
  const random = generator(Number(values.seed));
  const until = Date.now() + (Number(values.seconds) * 1000) / names.length;
  let runs = 0;
  for (; Date.now() < until; runs++) {
    const input = mutate(seeds[random(seeds.length)] ?? new Uint8Array(), seeds, random);
    const problem = await problemOf(target, input);
    if (problem === undefined) continue;
    found++;
    const file = join(corpus, name, `found-${createHash("sha256").update(input).digest("hex").slice(0, 12)}`);
    writeFileSync(file, input);
    console.log(`${file}: ${problem}`);
    break;
  }
  console.log(`${name}: ${runs} inputs`);
}
process.exitCode = found === 0 ? 0 : 1;
