import { AssayError } from "../../core/error.ts";
import { OPTION_TABLE, type OptionName } from "./options.ts";

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

/** A command line taken apart, before it is known which command it calls. */
export interface Tokens {
  /** Everything but options: the command's words, then its arguments. */
  readonly words: readonly string[];
  readonly values: OptionValues;
  /** What is wrong with it; reported once the command is known, so that the advice can fit. */
  readonly problems: readonly Problem[];
}

type Problem =
  | { readonly kind: "unknown"; readonly name: string; readonly spelled: string }
  | { readonly kind: "error"; readonly error: AssayError };

/** The spellings of strconv.ParseBool, which the Go client reads after `=`. */
const BOOLEANS: ReadonlyMap<string, boolean> = new Map([
  ...["1", "t", "T", "TRUE", "true", "True"].map((text) => [text, true] as const),
  ...["0", "f", "F", "FALSE", "false", "False"].map((text) => [text, false] as const),
]);

/** Takes a command line apart. Never throws. */
export function readTokens(argv: readonly string[]): Tokens {
  const words: string[] = [];
  const values = new OptionValues();
  const problems: Problem[] = [];
  const queue = [...argv];

  for (let token = queue.shift(); token !== undefined; token = queue.shift()) {
    if (token === "--") {
      words.push(...queue);
      break;
    }
    if (token.startsWith("--")) readLong(token);
    else if (token.startsWith("-") && token !== "-") readShort(token);
    else words.push(token);
  }
  return { words, values, problems };

  function readLong(token: string): void {
    const equals = token.indexOf("=");
    const spelled = equals < 0 ? token : token.slice(0, equals);
    const inline = equals < 0 ? undefined : token.slice(equals + 1);
    const name = spelled.slice(2).replaceAll("_", "-");
    const negated = name.startsWith("no-") ? name.slice(3) : undefined;
    if (isOptionName(name)) readOption(name, spelled, inline, false);
    else if (negated !== undefined && isOptionName(negated) && OPTION_TABLE[negated].value === undefined) {
      readOption(negated, spelled, inline, true);
    } else {
      problems.push({ kind: "unknown", name, spelled });
    }
  }

  /** `-h`, `-t 90s`, `-t90s`, `-t=90s`. */
  function readShort(token: string): void {
    const letter = token.slice(1, 2);
    const entry = Object.entries(OPTION_TABLE).find(([, spec]) => spec.short === letter);
    const rest = token.slice(2);
    if (entry === undefined || !isOptionName(entry[0]) || (entry[1].value === undefined && rest !== "")) {
      problems.push({ kind: "unknown", name: token.replace(/^-+/, ""), spelled: token });
      return;
    }
    readOption(entry[0], `-${letter}`, rest === "" ? undefined : rest.replace(/^=/, ""), false);
  }

  function readOption(name: OptionName, spelled: string, inline: string | undefined, negated: boolean): void {
    const spec = OPTION_TABLE[name];
    if (spec.value === undefined) {
      if (name === "json" && looksLikeGoJson(inline)) {
        problem(`${spelled} takes no value here: it prints the result as JSON, and reads options in the Go client only`, {
          hint: "write the options themselves on the command line",
        });
        return;
      }
      const value = inline === undefined ? true : BOOLEANS.get(inline);
      if (value === undefined) {
        problem(`${spelled} is a switch: "${inline ?? ""}" is neither true nor false`, { hint: `write ${spelled}, or ${spelled}=false` });
        return;
      }
      values.setFlag(name, value !== negated);
      return;
    }
    // `--public-key --json` forgot the file: a file that is named like an option can be given after `=`.
    const forgotten = inline === undefined && isKnownOption(queue[0]);
    const value = forgotten ? undefined : (inline ?? queue.shift());
    if (value === undefined || value === "") {
      if (name === "password" && value === "") values.addText(name, value);
      else problem(`${spelled} needs a value: ${spec.help}`, { hint: `write ${spelled} ${spec.value}` });
      return;
    }
    if (spec.choices === undefined) {
      values.addText(name, value);
      return;
    }
    const choice = spec.synonyms?.[value.toLowerCase()] ?? value.toLowerCase();
    if (spec.choices.includes(choice)) values.addText(name, choice);
    else problem(`${spelled} "${value}" is not one of ${spec.choices.join(", ")}`);
  }

  function looksLikeGoJson(inline: string | undefined): boolean {
    if (inline !== undefined) return !BOOLEANS.has(inline);
    const next = queue[0];
    return next !== undefined && (next === "-" || /^\s*[{[]/.test(next));
  }

  function problem(message: string, options: { readonly hint?: string } = {}): void {
    problems.push({ kind: "error", error: new AssayError("USAGE", message, options) });
  }
}

function isKnownOption(token: string | undefined): boolean {
  const name = token?.startsWith("--") ? token.slice(2).split("=", 1)[0]?.replaceAll("_", "-") : undefined;
  return name !== undefined && isOptionName(name);
}

export function isOptionName(name: string): name is OptionName {
  return Object.hasOwn(OPTION_TABLE, name);
}
