// Measures `assay digest hf:` of one large file on loopback, with and without TLS, beside `curl | openssl dgst -sha256` of the same
// bytes and `assay digest` of a local copy, in turn in one run; and the memory that it takes for a small file and for a huge one.
//
// Usage: node bench/remote.ts [--runs N] [--gigabytes N] [--huge N]
import { execFileSync, spawn, type ChildProcess } from "node:child_process";
import { createHash } from "node:crypto";
import { mkdirSync, mkdtempSync, rmSync, truncateSync, writeFileSync } from "node:fs";
import { loadavg, tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { measure, median, type Command, type Measurement } from "./measure.ts";
import { ASSAY_COMMAND } from "./tools.ts";

const { values } = parseArgs({
  options: {
    runs: { type: "string", default: "5" },
    gigabytes: { type: "string", default: "1" },
    huge: { type: "string", default: "20" },
  },
});
const GIB = 1024 ** 3;
const SMALL = 1024;
const size = Number(values.gigabytes) * GIB;
const huge = Number(values.huge) * GIB;
const GOALS = { curl: 1.15, local: 0.8, megabytes: 16 };

const folder = mkdtempSync(join(tmpdir(), "assay-remote-"));
let server: ChildProcess | undefined;
try {
  const key = join(folder, "key.pem");
  const certificate = join(folder, "certificate.pem");
  const ec = ["-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes", "-days", "30"];
  const names = ["-subj", "/CN=localhost", "-addext", "subjectAltName=IP:127.0.0.1"];
  execFileSync("openssl", ["req", "-x509", ...ec, ...names, "-keyout", key, "-out", certificate], { stdio: "ignore" });
  const model = join(folder, "model");
  mkdirSync(model);
  writeFileSync(join(model, "model.bin"), "");
  truncateSync(join(model, "model.bin"), size);

  server = spawn(process.execPath, [
    fileURLToPath(new URL("remote-server.ts", import.meta.url)),
    key,
    certificate,
    ...[...new Set([SMALL, size, huge])].map((bytes) => `${bytes}=${digestOfZeros(bytes)}`),
  ]);
  const { http, https } = await portsOf(server);
  const origins = { http: `http://127.0.0.1:${http}`, TLS: `https://127.0.0.1:${https}` };
  const remote = (origin: string, bytes: number): Command => ({
    file: "env",
    arguments: [
      `NODE_EXTRA_CA_CERTS=${certificate}`,
      `HF_ENDPOINT=${origin}`,
      process.execPath,
      ASSAY_COMMAND,
      "digest",
      `hf:bench/${bytes}`,
    ],
  });
  const curl = (origin: string): Command => ({
    file: "sh",
    arguments: ["-c", 'curl -sf --cacert "$1" "$2" | openssl dgst -sha256', "sh", certificate, `${origin}/${size}`],
  });
  const local: Command = { file: process.execPath, arguments: [ASSAY_COMMAND, "digest", model] };

  const series = new Map<string, Measurement[]>();
  const run = (name: string, command: Command, isKept: boolean): void => {
    const measurement = measure(command);
    if (isKept) series.set(name, [...(series.get(name) ?? []), measurement]);
  };
  // The first round warms the caches and is thrown away.
  for (let round = 0; round <= Number(values.runs); round++) {
    run("assay digest, local", local, round > 0);
    for (const [name, origin] of Object.entries(origins)) {
      run(`assay digest hf:, ${name}`, remote(origin, size), round > 0);
      run(`curl and openssl, ${name}`, curl(origin), round > 0);
    }
  }
  const loads = loadavg().map((load) => load.toFixed(1));
  process.stdout.write(`${values.gigabytes} GiB, medians of ${values.runs} runs in turn; load ${loads.join(" ")}\n\n`);
  process.stdout.write(
    "| What | wall s | CPU s | MB | curl's time to it | local digest's time to it |\n| --- | --- | --- | --- | --- | --- |\n",
  );
  for (const [name, measurements] of series) {
    const protocol = name.split(", ")[1] ?? "";
    const isOurs = name.startsWith("assay digest hf:");
    const cells = [
      name,
      of(measurements, ({ wallSeconds }) => wallSeconds)?.toFixed(2),
      of(measurements, ({ cpuSeconds }) => cpuSeconds)?.toFixed(2),
      name.startsWith("curl") ? "" : of(measurements, ({ peakBytes }) => peakBytes && peakBytes / 1e6)?.toFixed(0),
      isOurs ? ratio(series.get(`curl and openssl, ${protocol}`), measurements, protocol === "http" ? GOALS.curl : undefined) : "",
      isOurs ? ratio(series.get("assay digest, local"), measurements, protocol === "http" ? GOALS.local : undefined) : "",
    ];
    process.stdout.write(`| ${cells.join(" | ")} |\n`);
  }
  process.stdout.write(
    `\nMemory, MB (goal: at most ${GOALS.megabytes} more for a stream, whatever its size)\n\n| Bytes | http | TLS |\n| --- | --- | --- |\n`,
  );
  for (const bytes of [SMALL, size, huge]) {
    const peaks = Object.values(origins).map((origin) => {
      const { peakBytes } = measure(remote(origin, bytes));
      return peakBytes === undefined ? "" : (peakBytes / 1e6).toFixed(0);
    });
    process.stdout.write(`| ${bytes < GIB ? bytes : `${bytes / GIB} GiB`} | ${peaks.join(" | ")} |\n`);
  }
} finally {
  server?.kill();
  rmSync(folder, { recursive: true, force: true });
}

function of(measurements: readonly Measurement[], value: (measurement: Measurement) => number | undefined): number | undefined {
  return median(measurements.map(value).filter((one) => one !== undefined));
}

/** The median of the ratios of each round: noise meets both of its sides. */
function ratio(others: readonly Measurement[] | undefined, own: readonly Measurement[], goal: number | undefined): string {
  const all = own.map(({ wallSeconds }, round) => (others?.[round]?.wallSeconds ?? Number.NaN) / wallSeconds);
  return `${median(all)?.toFixed(2)}${goal === undefined ? "" : ` (goal ${goal})`}`;
}

function digestOfZeros(bytes: number): string {
  const zeros = Buffer.alloc(GIB / 64);
  const hash = createHash("sha256");
  for (let left = bytes; left > 0; left -= zeros.length) hash.update(zeros.subarray(0, Math.min(left, zeros.length)));
  return hash.digest("hex");
}

async function portsOf({ stdout }: ChildProcess): Promise<{ readonly http: number; readonly https: number }> {
  for await (const line of stdout ?? []) return JSON.parse(String(line)) as { http: number; https: number };
  throw new Error("the server of this benchmark did not start");
}
