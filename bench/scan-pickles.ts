// Measures `assay scan` on pickles beside picklescan, modelscan and fickling, in turn, and prints one table.
//
// Usage: node bench/scan-pickles.ts [--peers DIR] [--runs N]   DIR has the peers' commands; default: they are searched in PATH
import { mkdirSync, mkdtempSync, rmSync, statSync, truncateSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { measure, median, meterInUse, type Command, type Measurement } from "./measure.ts";
import { ASSAY_COMMAND } from "./tools.ts";

/** A peer that takes longer is stopped. */
const LIMIT_SECONDS = 120;

const { values } = parseArgs({ options: { peers: { type: "string" }, runs: { type: "string", default: "3" } } });
const folder = mkdtempSync(join(tmpdir(), "assay-scan-"));

interface Subject {
  readonly name: string;
  readonly path: string;
  /** What `assay scan` sets itself: see docs/performance.md. */
  readonly goal: string;
}

const tools: Readonly<Record<string, (path: string) => Command | undefined>> = {
  "node -e 0": () => ({ file: process.execPath, arguments: ["-e", "0"] }),
  Assay: (path) => ({ file: process.execPath, arguments: [ASSAY_COMMAND, "scan", path] }),
  picklescan: (path) => limited("picklescan", ["--path", path]),
  modelscan: (path) => limited("modelscan", ["--path", path]),
  // It takes no folder.
  fickling: (path) => (statSync(path).isDirectory() ? undefined : limited("fickling", ["--check-safety", path])),
};

try {
  process.stdout.write(`${process.version}, ${meterInUse}, median of ${values.runs} runs\n\n`);
  process.stdout.write("| pickle | tool | wall s | CPU s | memory MB | of Assay | goal |\n| --- | --- | --- | --- | --- | --- | --- |\n");
  for (const subject of subjects()) measureSubject(subject);
} finally {
  rmSync(folder, { recursive: true, force: true });
}

function measureSubject({ name, path, goal }: Subject): void {
  const all = new Map<string, Measurement[]>();
  const failed = new Map<string, string>();
  for (let round = 0; round < Number(values.runs); round++) {
    for (const [tool, command] of Object.entries(tools)) {
      const given = command(path);
      if (failed.has(tool) || given === undefined) continue;
      try {
        all.set(tool, [...(all.get(tool) ?? []), measure(given)]);
      } catch (error) {
        failed.set(tool, /exit status (\S+)/.exec(String(error))?.[1] ?? "no answer");
      }
    }
  }
  const own = median((all.get("Assay") ?? []).map(({ wallSeconds }) => wallSeconds));
  for (const tool of Object.keys(tools)) {
    const runs = all.get(tool);
    const reason = failed.get(tool);
    if (runs === undefined || reason !== undefined) {
      process.stdout.write(`| ${name} | ${tool} | ${reason === undefined ? "" : `over ${LIMIT_SECONDS}, or not installed`} | | | | |\n`);
      continue;
    }
    const wall = median(runs.map(({ wallSeconds }) => wallSeconds)) ?? 0;
    const cpu = median(runs.flatMap(({ cpuSeconds }) => cpuSeconds ?? []));
    const peak = median(runs.flatMap(({ peakBytes }) => peakBytes ?? []));
    const cells = [wall.toFixed(2), cpu?.toFixed(2) ?? "", peak === undefined ? "" : Math.round(peak / 1e6)];
    const ratio = own === undefined ? "" : (wall / own).toFixed(2);
    process.stdout.write(`| ${name} | ${tool} | ${cells.join(" | ")} | ${ratio} | ${tool === "Assay" ? goal : ""} |\n`);
  }
}

/** Pickles of data: what every tool can read to its end. */
function subjects(): Subject[] {
  const file = (name: string, content: Uint8Array): string => {
    writeFileSync(join(folder, name), content);
    return join(folder, name);
  };
  const bytes = file("bytes.pkl", Buffer.concat([Buffer.from([0x80, 4, 0x8e]), length(500_000_000)]));
  truncateSync(bytes, 500_000_011);
  writeFileSync(bytes, ".", { flag: "a" });
  const numbers = Buffer.from(`(${"K\u0001".repeat(998)}e`, "latin1");
  const opcodes = file(
    "opcodes.pkl",
    Buffer.concat([Buffer.from("\u0080\u0002]", "latin1"), ...Array.from({ length: 10_000 }, () => numbers), Buffer.from(".")]),
  );
  const many = join(folder, "many");
  mkdirSync(many);
  const state = Buffer.from(
    "\u0080\u0002}q\u0000(X\u0001\u0000\u0000\u0000aq\u0001K\u0001X\u0001\u0000\u0000\u0000bq\u0002K\u0002u.",
    "latin1",
  );
  for (let at = 0; at < 1000; at++) writeFileSync(join(many, `${at}.pkl`), state);
  return [
    { name: "a small one", path: file("small.pkl", state), goal: "CPU 0.12 s" },
    { name: "500 MB of bytes", path: bytes, goal: "0.2 s" },
    { name: "10 million opcodes", path: opcodes, goal: "0.5 s, 150 MB" },
    { name: "1,000 small files", path: many, goal: "1.5 s" },
  ];
}

function length(value: number): Buffer {
  const out = Buffer.alloc(8);
  out.writeBigUInt64LE(BigInt(value));
  return out;
}

function limited(name: string, given: readonly string[]): Command {
  const file = values.peers === undefined ? name : join(values.peers, name);
  // 1 says that something was found: an answer, if a wrong one.
  const script = 'timeout "$@" || [ $? -eq 1 ]';
  return { file: "sh", arguments: ["-c", script, "sh", String(LIMIT_SECONDS), file, ...given] };
}
