import { spawnSync } from "node:child_process";
import { appendFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { goalFor } from "./goals.ts";
import { median, type Measurement } from "./measure.ts";
import type { Shape } from "./shapes.ts";
import { ratioByRound, type Series } from "./table.ts";
import type { Operation, Tool } from "./tools.ts";

/** One line a run: kept in the repository, so that a change of speed can be found in it. */
export const HISTORY_FILE: string = fileURLToPath(new URL("history.jsonl", import.meta.url));

/** What one tool took for one model: medians; ratios are medians of those within each round. */
export interface HistoryRow {
  readonly model: string;
  readonly operation: Operation;
  readonly tool: string;
  readonly wallSeconds: number | undefined;
  readonly cpuSeconds: number | undefined;
  readonly peakBytes: number | undefined;
  /** Wall time, where the Go client's, the machine's SHA-256 and an empty Node are 1. */
  readonly ofGo: number | undefined;
  readonly ofLimit: number | undefined;
  readonly ofBareNode: number | undefined;
  /** Of Assay: whether every goal that could be measured was reached. */
  readonly isGoalReached: boolean | undefined;
}

export function historyRows(shape: Shape, operation: Operation, all: readonly Series[], limitSeconds: number | undefined): HistoryRow[] {
  return all.map(({ tool, measurements }) => {
    const wallSeconds = median(measurements.map((one) => one.wallSeconds));
    const row = {
      model: shape.name,
      operation,
      tool,
      wallSeconds,
      cpuSeconds: median(measurements.flatMap((one) => one.cpuSeconds ?? [])),
      peakBytes: median(measurements.flatMap((one) => one.peakBytes ?? [])),
      ofGo: against("Go client", tool, measurements, all),
      ofLimit: limitSeconds === undefined || wallSeconds === undefined ? undefined : wallSeconds / limitSeconds,
      ofBareNode: against("node -e 0", tool, measurements, all),
    };
    return { ...row, isGoalReached: tool === "Assay" ? isReached(row, shape, operation) : undefined };
  });
}

function against(other: string, tool: string, own: readonly Measurement[], all: readonly Series[]): number | undefined {
  const series = tool === other ? undefined : all.find((one) => one.tool === other);
  return series === undefined ? undefined : ratioByRound(own, series.measurements);
}

/** The limit of the machine is shown beside the goals; what is promised is against the Go client, bare Node and memory. */
function isReached(row: Omit<HistoryRow, "isGoalReached">, shape: Shape, operation: Operation): boolean {
  const goal = goalFor(shape, operation);
  const within = (value: number | undefined, most: number | undefined): boolean =>
    value === undefined || most === undefined || value <= most;
  return within(row.ofGo, goal.ofGo) && within(row.ofBareNode, goal.ofBareNode) && within(row.peakBytes, goal.peakBytes);
}

export interface HistoryHead {
  readonly processor: string;
  readonly cores: number;
  /** Of the machine before the run: a busy one says little. */
  readonly load: readonly number[];
  readonly runs: number;
}

/** Adds one line to the history. */
export function appendHistory(head: HistoryHead, tools: readonly Tool[], rows: readonly HistoryRow[]): void {
  const line = {
    date: new Date().toISOString(),
    commit: git("rev-parse", "--short=12", "HEAD"),
    isCommitted: git("status", "--porcelain", "--untracked-files=no") === "",
    ...head,
    tools: Object.fromEntries(tools.map(({ name, version }) => [name, version])),
    rows: rows.map((row) => Object.fromEntries(Object.entries(row).map(([name, value]) => [name, shortened(value)]))),
  };
  appendFileSync(HISTORY_FILE, `${JSON.stringify(line)}\n`);
}

function shortened(value: unknown): unknown {
  return typeof value === "number" && !Number.isInteger(value) ? Number(value.toPrecision(3)) : value;
}

function git(...words: readonly string[]): string | undefined {
  const { status, stdout } = spawnSync("git", words, { encoding: "utf8" });
  return status === 0 ? stdout.trim() : undefined;
}
