import { reworded, type AssayError } from "../core/error.ts";
import { compareNames } from "../statement/name-order.ts";

/**
 * What a walk found that makes an answer impossible. The walk goes on, so that the message can say how
 * much there is of it, and so that the same model always gives the same message: that of the first
 * name, a plain no before what could not be told.
 */
export class Problems {
  readonly #first = new Map<AssayError["outcome"], { readonly name: string; readonly error: AssayError }>();
  #count = 0;

  add(name: string, error: AssayError): void {
    this.#count++;
    const known = this.#first.get(error.outcome);
    if (known === undefined || compareNames(name, known.name) < 0) this.#first.set(error.outcome, { name, error });
  }

  throwFirst(): void {
    const error = (this.#first.get("failed") ?? this.#first.get("incomplete"))?.error;
    if (error === undefined) return;
    if (this.#count === 1) throw error;
    const others = this.#count - 1;
    throw reworded(error, `${error.message} (and ${others} more ${others === 1 ? "problem" : "problems"} in the model)`);
  }
}
