import type { OptionName } from "./options.ts";

/** The options of a command line. Of an option given twice that holds one value, the last counts. */
export class OptionValues {
  readonly #texts = new Map<OptionName, string[]>();
  readonly #flags = new Map<OptionName, boolean>();

  addText(name: OptionName, value: string): void {
    const texts = this.#texts.get(name);
    if (texts === undefined) this.#texts.set(name, [value]);
    else texts.push(value);
  }

  setFlag(name: OptionName, value: boolean): void {
    this.#flags.set(name, value);
  }

  /** All values, in their order. */
  texts(name: OptionName): readonly string[] {
    return this.#texts.get(name) ?? [];
  }

  text(name: OptionName): string | undefined {
    return this.texts(name).at(-1);
  }

  flag(name: OptionName): boolean | undefined {
    return this.#flags.get(name);
  }

  /** Every option that was given. */
  names(): readonly OptionName[] {
    return [...this.#texts.keys(), ...this.#flags.keys()];
  }
}
