import { readdirSync, readFileSync } from "node:fs";

/** Megabytes that a process holds, by the name of what it is. */
export type MemoryByProcess = ReadonlyMap<string, number>;

/**
 * What the processes hold that a process started: memory of their own, and their parts of what they share. Pages of files are left
 * out: their share changes when another browser starts. Linux.
 */
export function memoryBelow(pid: number): MemoryByProcess {
  const parents = new Map<number, number>();
  for (const name of readdirSync("/proc")) {
    const fields = /^\d+$/.test(name) ? read(`/proc/${name}/stat`).split(") ").at(-1)?.split(" ") : undefined;
    if (fields !== undefined) parents.set(Number(name), Number(fields[1]));
  }
  const isBelow = (process: number): boolean => {
    for (let at: number | undefined = process; at !== undefined && at > 1; at = parents.get(at)) if (at === pid) return true;
    return false;
  };
  return new Map(
    [...parents.keys()].filter((process) => process !== pid && isBelow(process)).map((process) => [nameOf(process), held(process)]),
  );
}

export function totalOf(memory: MemoryByProcess): number {
  return [...memory.values()].reduce((sum, one) => sum + one, 0);
}

function held(process: number): number {
  const rollup = read(`/proc/${process}/smaps_rollup`);
  const kilobytes = (field: string): number => Number(new RegExp(`^${field}:\\s+(\\d+)`, "m").exec(rollup)?.[1] ?? 0);
  return (kilobytes("Pss_Anon") + kilobytes("Pss_Shmem")) / 1024;
}

/** As Chromium calls it: "renderer 4711". The browser's own process has no type. */
function nameOf(process: number): string {
  const words = read(`/proc/${process}/cmdline`);
  const type = /--utility-sub-type=([^\0]+)/.exec(words)?.[1] ?? /--type=([^\0]+)/.exec(words)?.[1];
  return `${type ?? (words.includes("chrom") ? "browser" : "helper")} ${process}`;
}

/** A process may be gone. */
function read(path: string): string {
  try {
    return readFileSync(path, "utf8");
  } catch {
    return "";
  }
}
