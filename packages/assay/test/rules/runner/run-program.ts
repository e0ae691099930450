import { spawn, type ChildProcess } from "node:child_process";

export interface Ended {
  /** Undefined where the program was stopped because its time was over. */
  readonly code: number | undefined;
  readonly output: string;
  readonly milliseconds: number;
}

export interface Running {
  readonly cwd: string;
  readonly temporary: string;
  readonly limit: number;
  /** Once the output holds this text, nothing more is to be learned: the program is stopped, as if it had failed. */
  readonly enough?: string;
}

const running = new Set<ChildProcess>();

/** Runs a Node program in a process group of its own, and stops the whole group when the limit is over. */
export function runProgram(programArguments: readonly string[], { cwd, temporary, limit, enough }: Running): Promise<Ended> {
  const started = Date.now();
  const child = spawn(process.execPath, programArguments, {
    cwd,
    detached: true,
    stdio: ["ignore", "pipe", "pipe"],
    env: { ...process.env, TMPDIR: temporary, NODE_COMPILE_CACHE: `${temporary}-compiled` },
  });
  running.add(child);
  let output = "";
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding("utf8").on("data", (text: string) => {
      output = (output + text).slice(-1_000_000);
      if (enough !== undefined && output.includes(enough)) stopGroup(child);
    });
  }
  let isLate = false;
  const timer = setTimeout(() => {
    isLate = true;
    stopGroup(child);
  }, limit);
  return new Promise((resolve, reject) => {
    child.on("error", reject);
    child.on("close", (code) => {
      clearTimeout(timer);
      running.delete(child);
      resolve({ code: isLate ? undefined : (code ?? 1), output, milliseconds: Date.now() - started });
    });
  });
}

/** Stops what still runs, with everything that it started. */
export function stopAll(): void {
  for (const child of running) stopGroup(child);
}

function stopGroup(child: ChildProcess): void {
  if (child.pid === undefined) return;
  try {
    process.kill(-child.pid, "SIGKILL");
  } catch {
    // It ended by itself in the meantime.
  }
}
