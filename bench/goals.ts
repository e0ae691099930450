import type { Shape } from "./shapes.ts";
import type { Operation } from "./tools.ts";

/** What Assay set itself for a kind of model: see docs/performance.md. Ratios of wall time; memory in bytes. */
export interface Goal {
  readonly ofGo: number | undefined;
  /** Wall time, where the machine's SHA-256 (all the cores that the shape can use) is 1. */
  readonly ofLimit: number | undefined;
  readonly ofBareNode: number | undefined;
  readonly peakBytes: number;
}

export function goalFor(shape: Shape, operation: Operation): Goal {
  const none = { ofGo: undefined, ofLimit: undefined, ofBareNode: undefined, peakBytes: shape.files > 10_000 ? 300e6 : 150e6 };
  switch (shape.kind) {
    case "start-up":
      return operation === "verify" ? { ...none, ofBareNode: 2 } : none;
    case "one large file":
      return { ...none, ofGo: 1.1, ofLimit: 1 / 0.95 };
    case "several large files":
      // Starting Node and a thread is a larger part of a smaller model.
      return { ...none, ofGo: shape.bytes < 1e9 ? 0.65 : 0.6, ofLimit: 1 / 0.9 };
    case "many small files":
      return { ...none, ofGo: shape.files > 10_000 ? 0.4 : 0.6 };
  }
}
