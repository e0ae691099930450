import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";

/** What one run of a command took. CPU and memory are absent where this machine has nothing to measure them with. */
export interface Measurement {
  readonly wallSeconds: number;
  readonly cpuSeconds: number | undefined;
  readonly peakBytes: number | undefined;
}

export interface Command {
  readonly file: string;
  readonly arguments: readonly string[];
}

/**
 * Runs the command, waits for it alone and reports its resources: Node tells nothing about its children,
 * and a child's peak memory is at least that of the process which forked it, so that one must be small.
 */
const PYTHON_METER = `
import os, sys, time
devnull = os.open(os.devnull, os.O_RDWR)
start = time.perf_counter()
pid = os.posix_spawnp(sys.argv[1], sys.argv[1:], os.environ,
    file_actions=[(os.POSIX_SPAWN_DUP2, devnull, 0), (os.POSIX_SPAWN_DUP2, devnull, 1)])
_, status, used = os.wait4(pid, 0)
wall = time.perf_counter() - start
unit = 1 if sys.platform == "darwin" else 1024
print(wall, used.ru_utime + used.ru_stime, used.ru_maxrss * unit, os.waitstatus_to_exitcode(status))
`;

type Meter = "python3" | "time" | "none";
const meter: Meter = chooseMeter();

/** How this machine measures, for the head of the report. */
export const meterDescription: Record<Meter, string> = {
  python3: "wait4(2) of the command, through python3",
  time: "GNU time (CPU to 10 ms)",
  none: "wall time only: neither python3 nor GNU time is installed",
};
export const meterInUse: string = meterDescription[meter];

function chooseMeter(): Meter {
  if (spawnSync("python3", ["-c", "import os; os.posix_spawnp, os.waitstatus_to_exitcode"]).status === 0) return "python3";
  return existsSync("/usr/bin/time") ? "time" : "none";
}

/** Runs a command that must succeed. Its standard output is thrown away, its complaints are in the error. */
export function measure({ file, arguments: given }: Command): Measurement {
  switch (meter) {
    case "python3": {
      const { output, complaints } = run("python3", ["-c", PYTHON_METER, file, ...given]);
      const [wallSeconds = 0, cpuSeconds, peakBytes, status] = output.split(" ").map(Number);
      if (status !== 0) throw new Error(`${file} ${given.join(" ")}: exit status ${status}\n${complaints}`);
      return { wallSeconds, cpuSeconds, peakBytes };
    }
    case "time": {
      const { wallSeconds, complaints } = run("/usr/bin/time", ["-f", "%U %S %M", file, ...given]);
      const [user = 0, system = 0, kibibytes = 0] = complaints.trim().split("\n").at(-1)?.split(" ").map(Number) ?? [];
      return { wallSeconds, cpuSeconds: user + system, peakBytes: kibibytes * 1024 };
    }
    case "none":
      return { wallSeconds: run(file, given).wallSeconds, cpuSeconds: undefined, peakBytes: undefined };
  }
}

function run(file: string, given: readonly string[]): { wallSeconds: number; output: string; complaints: string } {
  const start = performance.now();
  const { status, stdout, stderr, error } = spawnSync(file, given, { encoding: "utf8", maxBuffer: 1e9, stdio: ["ignore", "pipe", "pipe"] });
  const wallSeconds = (performance.now() - start) / 1000;
  if (error) throw error;
  if (status !== 0) throw new Error(`${file} ${given.join(" ")}: exit status ${status}\n${stderr}`);
  return { wallSeconds, output: stdout, complaints: stderr };
}

/** Bytes a second of `openssl speed -evp sha256` on so many cores at once: what no tool can pass. */
export function opensslSpeed(cores: number, seconds: number): number | undefined {
  const parallel = cores > 1 ? ["-multi", String(cores)] : [];
  const given = ["speed", ...parallel, "-seconds", String(seconds), "-bytes", "1048576", "-evp", "sha256"];
  const { status, stdout } = spawnSync("openssl", given, { encoding: "utf8", stdio: ["ignore", "pipe", "ignore"] });
  const match = /([\d.]+)k\s*$/.exec(stdout ?? "");
  return status === 0 && match !== null ? Number(match[1]) * 1000 : undefined;
}

export function median(values: readonly number[]): number | undefined {
  const sorted = values.toSorted((a, b) => a - b);
  const middle = Math.floor(sorted.length / 2);
  const upper = sorted[middle];
  const lower = sorted[middle - 1];
  return sorted.length % 2 === 0 && lower !== undefined && upper !== undefined ? (lower + upper) / 2 : upper;
}
