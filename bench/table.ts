import { goalFor, type Goal } from "./goals.ts";
import { median, type Measurement } from "./measure.ts";
import type { Shape } from "./shapes.ts";
import type { Operation } from "./tools.ts";

export interface Series {
  readonly tool: string;
  readonly measurements: readonly Measurement[];
}

const COLUMNS = ["model", "operation", "tool", "wall s", "CPU s", "memory MB", "of Go", "of the limit", "goals of Assay"];
export const HEADER: string = `${line(COLUMNS)}\n${line(COLUMNS.map(() => "---"))}`;

/** The Markdown rows of one model and operation, one for each tool. */
export function rowsFor(shape: Shape, operation: Operation, all: readonly Series[], limitSeconds: number | undefined): string[] {
  const go = all.find(({ tool }) => tool === "Go client");
  return all.map(({ tool, measurements }) => {
    const wall = median(measurements.map(({ wallSeconds }) => wallSeconds));
    const cells = [
      shape.name,
      operation,
      tool,
      seconds(wall),
      seconds(median(measurements.flatMap(({ cpuSeconds }) => cpuSeconds ?? []))),
      megabytes(median(measurements.flatMap(({ peakBytes }) => peakBytes ?? []))),
      go === undefined || tool === "Go client" ? "" : ratio(ratioByRound(measurements, go.measurements)),
      limitSeconds === undefined || wall === undefined ? "" : ratio(wall / limitSeconds),
      tool === "Assay" ? goals(goalFor(shape, operation), measurements, all) : "",
    ];
    return line(cells);
  });
}

function goals(goal: Goal, own: readonly Measurement[], all: readonly Series[]): string {
  const { ofGo, ofLimit, ofBareNode, peakBytes } = goal;
  const node = all.find(({ tool }) => tool === "node -e 0");
  const parts = [
    ofGo === undefined ? "" : `Go ${ratio(ofGo)}`,
    ofLimit === undefined ? "" : `limit ${ratio(ofLimit)}`,
    ofBareNode === undefined
      ? ""
      : `bare Node ${ratio(ofBareNode)}${node === undefined ? "" : ` (is ${ratio(ratioByRound(own, node.measurements))})`}`,
    `memory ${megabytes(peakBytes)}`,
  ];
  return parts.filter((part) => part !== "").join(", ");
}

/** The ratio within each round, and then the median: what slows the machine down for a while slows both. */
export function ratioByRound(own: readonly Measurement[], others: readonly Measurement[]): number | undefined {
  return median(
    own.flatMap(({ wallSeconds }, round) => {
      const other = others[round];
      return other === undefined ? [] : [wallSeconds / other.wallSeconds];
    }),
  );
}

function seconds(value: number | undefined): string {
  if (value === undefined) return "";
  return value < 1 ? value.toFixed(3) : value.toFixed(2);
}

function ratio(value: number | undefined): string {
  return value === undefined ? "" : value.toFixed(2);
}

function megabytes(bytes: number | undefined): string {
  return bytes === undefined ? "" : String(Math.round(bytes / 1e6));
}

function line(cells: readonly string[]): string {
  return `| ${cells.join(" | ")} |`;
}
