import { readdirSync, readFileSync } from "node:fs";

/** Megabytes that a process holds, by the name of what it is. */
export type MemoryByProcess = ReadonlyMap<string, number>;

/**
 * What the browser's processes hold that a process started: their own memory and what they share. Pages of files are left out:
 * those of programs and libraries change when another browser starts. Linux.
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
  const memory = new Map<string, number>();
  for (const process of [...parents.keys()].filter(isBelow)) {
    const name = nameOf(process);
    if (name !== undefined) memory.set(name, held(process));
  }
  return memory;
}

export function totalOf(memory: MemoryByProcess): number {
  return [...memory.values()].reduce((sum, one) => sum + one, 0);
}

/** Read from `status`, which costs little: a walk through all pages comes late on a busy machine. */
function held(process: number): number {
  const status = read(`/proc/${process}/status`);
  const kilobytes = (field: string): number => Number(new RegExp(`^${field}:\\s+(\\d+)`, "m").exec(status)?.[1] ?? 0);
  return (kilobytes("RssAnon") + kilobytes("RssShmem")) / 1024;
}

/** As Chromium calls it: "renderer 4711". The browser's own process has no type. Undefined for another program. */
function nameOf(process: number): string | undefined {
  const words = read(`/proc/${process}/cmdline`);
  if (!/chrom/.test(words.split(/[\0 ]/, 1)[0] ?? "")) return undefined;
  const type = /--utility-sub-type=([^\0 ]+)/.exec(words)?.[1] ?? /--type=([^\0 ]+)/.exec(words)?.[1];
  return `${type ?? "browser"} ${process}`;
}

/** A process may be gone. */
function read(path: string): string {
  try {
    return readFileSync(path, "utf8");
  } catch {
    return "";
  }
}
