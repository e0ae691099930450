import { reworded, type AssayError } from "../core/error.ts";
import { compareNames } from "../statement/name-order.ts";

/**
 * What in a model makes an answer impossible. The walk continues, so that the message can say how much there is
 * of it, and so that the same model always gives the same message: that of the first name, a plain no before
 * what could not be told. Only as much as that is kept, however many there are.
 */
export class Problems {
  readonly #first = new Map<AssayError["outcome"], { readonly name: string; readonly error: AssayError }>();
  #count = 0;

  get count(): number {
    return this.#count;
  }

  add(name: string, error: AssayError): void {
    this.#count++;
    this.#keep(name, error);
  }

  /** Counts what another one holds too. */
  addAll(other: Problems): void {
    this.#count += other.#count;
    for (const { name, error } of other.#first.values()) this.#keep(name, error);
  }

  /** Throws the first problem, if there is any. */
  throwFirst(): void {
    const error = (this.#first.get("failed") ?? this.#first.get("incomplete"))?.error;
    if (error === undefined) return;
    if (this.#count === 1) throw error;
    const others = this.#count - 1;
    throw reworded(error, `${error.message} (and ${others} more ${others === 1 ? "problem" : "problems"} in the model)`);
  }

  #keep(name: string, error: AssayError): void {
    const known = this.#first.get(error.outcome);
    if (known === undefined || compareNames(name, known.name) < 0) this.#first.set(error.outcome, { name, error });
  }
}
