import { AssayError } from "../../core/error.ts";
import type { TextFaultCode } from "../../core/error-details.ts";
import type { Place } from "../../encoding/yaml.ts";

/** The codes of a fault in the text of a policy. */
export type PolicyCode = Extract<TextFaultCode, `POLICY_${string}`>;

interface Fault {
  readonly code: PolicyCode;
  readonly place: Place;
  readonly why: string;
}

/**
 * The faults of one policy or lock file. Reading continues after each, and the first in the order of the document is reported: which
 * one that is does not depend on the order in which keys are read.
 */
export class Faults {
  readonly #file: string;
  readonly #as: "LOCK_SYNTAX" | undefined;
  readonly #faults: Fault[] = [];

  /** `as`: the one code of all faults, for a text that is not a policy. */
  constructor(file: string, as?: "LOCK_SYNTAX") {
    this.#file = file;
    this.#as = as;
  }

  add(code: PolicyCode, place: Place, why: string): undefined {
    this.#faults.push({ code, place, why });
  }

  throwFirst(): void {
    const [first] = this.#faults.toSorted((a, b) => a.place.line - b.place.line || a.place.column - b.place.column);
    if (first !== undefined) throw faultOf(this.#as ?? first.code, this.#file, first.place, first.why);
  }
}

/** The error of a policy or lock file, which names file, line and column and has them as details. */
export function faultOf(code: PolicyCode | "LOCK_SYNTAX", file: string, { line, column }: Place, why: string): AssayError {
  return new AssayError(code, `${file}, line ${line}, column ${column}: ${why}`, { details: { file, line, column } });
}
