// Measures Assay beside the Go and Python clients and openssl, on models made for it, and prints one table.
import { generateKeyPairSync } from "node:crypto";
import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { availableParallelism, cpus, loadavg, tmpdir, totalmem } from "node:os";
import { join, resolve } from "node:path";
import { setImmediate } from "node:timers/promises";
import { parseArgs } from "node:util";
import { appendHistory, historyRows, type HistoryRow } from "./history.ts";
import { measure, median, meterInUse, opensslSpeed, type Measurement } from "./measure.ts";
import { progressCost } from "./progress.ts";
import { DEFAULT_SHAPES, makeModel, parseShape, roomProblem, type Shape } from "./shapes.ts";
import { HEADER, rowsFor, type Series } from "./table.ts";
import { ASSAY_COMMAND, findTools, type Operation, type Subject, type Tool } from "./tools.ts";

const HELP = `Usage: npm run bench -- [options]

  --shapes LIST      models to measure, as COUNTxSIZE; default ${DEFAULT_SHAPES.join(",")}
  --operations LIST  verify, sign; default both
  --runs N           measured runs of each tool, in turn; default 5
  --go FILE          the Go client (or ASSAY_BENCH_GO); default: model-signing, where it is installed
  --python FILE      the Python client (or ASSAY_BENCH_PYTHON); default: model_signing, where it is installed
  --folder DIR       where the models are made, and deleted; default ${tmpdir()}
  --no-progress-cost leave out the comparison with and without a progress line
  --json FILE        every single measurement
  --no-history       add no line to bench/history.jsonl

Example: npm run bench -- --shapes 2x1kB,4x100MB --runs 3 --go ~/go/bin/model-signing
`;

const { values } = parseArgs({
  options: {
    shapes: { type: "string", default: DEFAULT_SHAPES.join(",") },
    operations: { type: "string", default: "verify,sign" },
    runs: { type: "string", default: "5" },
    go: { type: "string" },
    python: { type: "string" },
    folder: { type: "string", default: tmpdir() },
    "no-progress-cost": { type: "boolean", default: false },
    json: { type: "string" },
    "no-history": { type: "boolean", default: false },
    help: { type: "boolean", short: "h", default: false },
  },
});

const cores = availableParallelism();
const records: unknown[] = [];
const notes: string[] = [];
const rows: HistoryRow[] = [];

if (values.help) process.stdout.write(HELP);
else await main();

async function main(): Promise<void> {
  const shapes = values.shapes.split(",").map(parseShape);
  const operations = values.operations.split(",").map(parseOperation);
  const runs = Number(values.runs);
  if (!Number.isSafeInteger(runs) || runs < 1) throw new Error(`--runs is a count, not ${values.runs}`);
  if (!existsSync(ASSAY_COMMAND)) throw new Error("the command is not built: npm run build");
  const tools = findTools({
    go: values.go ?? process.env["ASSAY_BENCH_GO"],
    python: values.python ?? process.env["ASSAY_BENCH_PYTHON"],
  });
  // Made before the first subject, so that one too large stops the whole run and not the last hour of it.
  const problems = shapes.flatMap((shape) => roomProblem(shape, values.folder) ?? []);
  if (problems.length > 0) throw new Error(problems.join("\n"));

  const load = loadavg().map((value) => Number(value.toFixed(2)));
  printHead(tools);
  process.stdout.write(`${HEADER}\n`);
  for (const shape of shapes) {
    await withSubject(shape, async (subject) => {
      for (const operation of operations) await measureShape(subject, operation, tools, runs);
      if (shape.kind === "several large files" && !values["no-progress-cost"]) note(progressCost(subject, runs));
    });
  }
  process.stdout.write(notes.length === 0 ? "" : `\n${notes.map((text) => `- ${text}`).join("\n")}\n`);
  if (!values["no-history"]) appendHistory({ processor: processorName(), cores, load, runs }, tools, rows);
  if (values.json !== undefined) writeFileSync(resolve(values.json), `${JSON.stringify(records, null, 2)}\n`);
}

function note(text: string | undefined): void {
  if (text !== undefined) notes.push(text);
}

function printHead(tools: readonly Tool[]): void {
  const lines = [
    `${processorName()}, ${cores} cores, ${Math.round(totalmem() / 1e9)} GB`,
    `tools: ${tools.map(({ name, version }) => `${name} (${version})`).join(", ")}`,
    `measured by ${meterInUse}; medians of ${values.runs} runs of every tool in turn, page cache warm; ` +
      `load before: ${loadavg()
        .map((load) => load.toFixed(2))
        .join(" ")}`,
    `"of the limit": wall time, where the bytes divided by \`openssl speed -evp sha256\` on all the cores that can share the files are 1`,
  ];
  process.stdout.write(`${lines.join("\n")}\n\n`);
}

function processorName(): string {
  return cpus()[0]?.model.trim() ?? "unknown processor";
}

function parseOperation(text: string): Operation {
  if (text === "verify" || text === "sign") return text;
  throw new Error(`not an operation: ${text}; there are verify and sign`);
}

async function withSubject(shape: Shape, use: (subject: Subject) => Promise<void>): Promise<void> {
  const folder = mkdtempSync(join(resolve(values.folder), "assay-bench-"));
  const clean = (): void => rmSync(folder, { recursive: true, force: true });
  const stop = (): never => {
    clean();
    process.exit(130);
  };
  process.once("SIGINT", stop).once("SIGTERM", stop);
  try {
    await use(makeSubject(shape, folder));
  } finally {
    process.off("SIGINT", stop).off("SIGTERM", stop);
    clean();
  }
}

function makeSubject(shape: Shape, folder: string): Subject {
  const subject = {
    shape,
    folder,
    model: join(folder, "model"),
    privateKey: join(folder, "key.pem"),
    publicKey: join(folder, "key.pub"),
    bundle: join(folder, "model.sig"),
  };
  const { privateKey, publicKey } = generateKeyPairSync("ec", { namedCurve: "P-256" });
  mkdirSync(folder, { recursive: true });
  writeFileSync(subject.privateKey, privateKey.export({ type: "pkcs8", format: "pem" }), { mode: 0o600 });
  writeFileSync(subject.publicKey, publicKey.export({ type: "spki", format: "pem" }));
  makeModel(shape, subject.model);
  measure({
    file: process.execPath,
    arguments: [ASSAY_COMMAND, "sign", "key", "--signature", subject.bundle, "--private-key", subject.privateKey, subject.model],
  });
  return subject;
}

/** One round warms the page cache and is thrown away; then every tool in turn, so that noise meets them all. */
async function measureShape(subject: Subject, operation: Operation, tools: readonly Tool[], runs: number): Promise<void> {
  const { shape } = subject;
  const series = new Map<Tool, Measurement[]>();
  const limits: number[] = [];
  const usable = Math.min(cores, shape.files);
  for (let round = 0; round <= runs; round += 1) {
    for (const tool of tools) {
      const command = tool.command(operation, subject, cores);
      if (command === undefined) continue;
      // The rest is synchronous: only here does Ctrl-C get its turn.
      await setImmediate();
      const measurement = measure(command);
      if (round === 0) series.set(tool, []);
      else series.get(tool)?.push(measurement);
    }
    const speed = round === 0 || shape.kind === "start-up" ? undefined : opensslSpeed(usable, 1);
    if (speed !== undefined) limits.push(shape.totalBytes / speed);
  }
  const limitSeconds = median(limits);
  const all: Series[] = [...series].map(([tool, measurements]) => ({ tool: tool.name, measurements }));
  records.push({ shape: shape.name, operation, limitSeconds, series: all });
  rows.push(...historyRows(shape, operation, all, limitSeconds));
  for (const row of rowsFor(shape, operation, all, limitSeconds)) process.stdout.write(`${row}\n`);
}
