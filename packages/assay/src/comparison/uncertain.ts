import type { AssayError } from "../core/error.ts";
import { compareNames } from "../statement/name-order.ts";
import type { Warning } from "../core/warning.ts";
import type { Difference } from "./difference.ts";
import { isAmong, modelChanged, type Change } from "../source/change.ts";

/**
 * The files that a comparison says nothing about: they changed during the run, or could not be read. They are
 * neither different nor matched, and the other files are compared all the same.
 */
export class Uncertain {
  readonly #unreadable: readonly (readonly [string, AssayError])[];
  readonly #changes: readonly Change[];
  readonly #isAmong: (name: string) => boolean;

  constructor(failures: ReadonlyMap<string, AssayError>, changes: readonly Change[]) {
    // A file that changed was met twice: when it was hashed, and by the second look.
    const seen = new Set(changes.map(({ name }) => name));
    this.#unreadable = [...failures].filter(([name]) => !seen.has(name)).sort(([a], [b]) => compareNames(a, b));
    this.#changes = changes;
    this.#isAmong = isAmong(changes);
  }

  /** The items whose files did not change. */
  certain<Item extends { readonly name: string }>(items: readonly Item[]): Item[] {
    return this.#changes.length === 0 ? [...items] : items.filter((item) => !this.#isAmong(item.name) && !this.#isAmong(newNameOf(item)));
  }

  /** Throws FILE_CHANGED, by name, and what reading threw. */
  throwIfAny(): void {
    const [first] = this.#unreadable;
    if (first !== undefined) throw first[1];
    if (this.#changes.length > 0) throw modelChanged(this.#changes);
  }

  /** For an answer that is a no without these files. */
  warnings(): Warning[] {
    const errors = this.#unreadable.map(([, error]) => error);
    if (this.#changes.length > 0) errors.push(modelChanged(this.#changes));
    return errors.map(({ message }) => ({ code: "FILE_NOT_COMPARED", message }));
  }
}

function newNameOf(item: { readonly name: string } | Difference): string {
  return "kind" in item && item.kind === "renamed" ? item.newName : item.name;
}
