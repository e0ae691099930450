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
 * The faults of one policy. Reading continues after each, and the first in the order of the document is reported: which
 * one that is does not depend on the order in which keys are read.
 */
export class Faults {
  readonly #file: string;
  readonly #faults: Fault[] = [];

  constructor(file: string) {
    this.#file = file;
  }

  add(code: PolicyCode, place: Place, why: string): undefined {
    this.#faults.push({ code, place, why });
  }

  throwFirst(): void {
    const [first] = this.#faults.toSorted((a, b) => a.place.line - b.place.line || a.place.column - b.place.column);
    if (first !== undefined) throw policyError(first.code, this.#file, first.place, first.why);
  }
}

/** The error of a policy, which names file, line and column and has them as details. */
function policyError(code: PolicyCode, file: string, { line, column }: Place, why: string): AssayError {
  return new AssayError(code, `${file}, line ${line}, column ${column}: ${why}`, { details: { file, line, column } });
}
