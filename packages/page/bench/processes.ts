import { readdirSync, readFileSync } from "node:fs";

/** Megabytes that all hold which a process started, shared pages counted once between them. Linux. */
export function memoryBelow(pid: number): number {
  const parents = new Map<number, number>();
  for (const name of readdirSync("/proc")) {
    const fields = /^\d+$/.test(name) ? read(`/proc/${name}/stat`).split(") ").at(-1)?.split(" ") : undefined;
    if (fields !== undefined) parents.set(Number(name), Number(fields[1]));
  }
  const isBelow = (process: number): boolean => {
    for (let at: number | undefined = process; at !== undefined && at > 1; at = parents.get(at)) if (at === pid) return true;
    return false;
  };
  const kilobytes = [...parents.keys()]
    .filter((process) => process !== pid && isBelow(process))
    .map((process) => Number(/^Pss:\s+(\d+)/m.exec(read(`/proc/${process}/smaps_rollup`))?.[1] ?? 0));
  return kilobytes.reduce((sum, one) => sum + one, 0) / 1024;
}

/** A process may be gone. */
function read(path: string): string {
  try {
    return readFileSync(path, "utf8");
  } catch {
    return "";
  }
}
