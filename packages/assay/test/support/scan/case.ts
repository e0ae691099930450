import type { LoadOutcome } from "../../../src/risk/load-outcome.ts";
import type { ReasonId } from "../../../src/risk/reasons.ts";

/** A model of the generated set: its files, and the answer that is right. */
export interface ScanCase {
  /** A sentence that is true of the case: `a pickle that calls os.system is code`. Unique. */
  readonly name: string;
  /** By name from the model's root. One file: it is scanned by itself, as well as in a folder of its own. */
  readonly files: Readonly<Record<string, Uint8Array | string>>;
  /** Links: name to target. */
  readonly links?: Readonly<Record<string, string>>;
  readonly expect: LoadOutcome;
  /** Reasons that must be among the findings; default: none is asked for. */
  readonly reasons?: readonly ReasonId[];
  /** Names that the caller allows. */
  readonly allow?: readonly string[];
  /**
   * What makes the case: `benign` is an ordinary model of the field, `dangerous` runs or names code, `corrupt` is damaged,
   * `hostile` tries to crash, hang or fill the memory of a reader, `debatable` has no single right answer.
   */
  readonly kind: "benign" | "dangerous" | "corrupt" | "hostile" | "debatable";
}
