import { nearest } from "../../core/nearest.ts";
import type { Place, YamlValue } from "../../encoding/yaml.ts";
import type { Faults, PolicyCode } from "./faults.ts";

type Mapping = Extract<YamlValue, { kind: "map" }>;

/**
 * The fields of one mapping. Each reading method notes what is wrong and returns undefined, for a missing field too: the
 * faults decide at the end. Keys that were not named in `known` are faults.
 */
export class Fields {
  readonly place: Place;
  readonly faults: Faults;
  readonly #map: Mapping;
  /** What the mapping is called in messages: `signers[0].sigstore`. */
  readonly path: string;

  private constructor(map: Mapping, path: string, faults: Faults) {
    this.#map = map;
    this.place = map.place;
    this.path = path;
    this.faults = faults;
  }

  /** Undefined where the value is not a mapping with at least one key. */
  static of(value: YamlValue, path: string, known: readonly string[], faults: Faults): Fields | undefined {
    if (value.kind !== "map") return faults.add("POLICY_TYPE", value.place, `${path} must be a mapping, not ${described(value)}`);
    if (value.entries.size === 0) return faults.add("POLICY_VALUE", value.place, `${path} is empty`);
    for (const [key, place] of value.keys) {
      if (known.includes(key)) continue;
      faults.add("POLICY_KEY_UNKNOWN", place, `unknown key ${JSON.stringify(key)} in ${path}: ${suggestion(key, known)}`);
    }
    return new Fields(value, path, faults);
  }

  has(key: string): boolean {
    return this.#map.entries.has(key);
  }

  value(key: string): YamlValue | undefined {
    return this.#map.entries.get(key);
  }

  /** Where a key is; the mapping's own place for a missing one. */
  placeOf(key: string): Place {
    return this.#map.keys.get(key) ?? this.place;
  }

  pathOf(key: string): string {
    return this.path === "the policy" || this.path === "the lock file" ? key : `${this.path}.${key}`;
  }

  fault(code: PolicyCode, place: Place, why: string): undefined {
    return this.faults.add(code, place, why);
  }

  /** At the first key of the mapping that lacks it. */
  missing(key: string, why: string): undefined {
    const [first] = this.#map.keys.values();
    return this.fault("POLICY_KEY_MISSING", first ?? this.place, `${this.pathOf(key)} is missing: ${why}`);
  }

  /** Of keys that exclude each other, the one that is given; a fault at the second, and where none is. */
  exactlyOne<Key extends string>(keys: readonly Key[], why: string): Key | undefined {
    const [first, second] = [...this.#map.keys.keys()].filter((key): key is Key => keys.some((known) => known === key));
    if (first === undefined) return this.missing(keys[0] ?? "", why);
    if (second === undefined) return first;
    return this.fault("POLICY_VALUE", this.placeOf(second), `${this.path} has both ${first} and ${second}: give one`);
  }

  text(key: string, bounds: TextBounds = {}): string | undefined {
    const value = this.value(key);
    return value === undefined ? undefined : textOf(value, this.pathOf(key), this.faults, bounds);
  }

  requiredText(key: string, why: string, bounds: TextBounds = {}): string | undefined {
    return this.has(key) ? this.text(key, bounds) : this.missing(key, why);
  }

  /** A text that must be one of these. */
  choice<Choice extends string>(key: string, choices: readonly Choice[]): Choice | undefined {
    const value = this.value(key);
    return value === undefined ? undefined : choiceOf(value, this.pathOf(key), choices, this.faults);
  }

  /** Undefined for a missing list too; an empty one is a fault. */
  list(key: string, max = 1000): readonly YamlValue[] | undefined {
    const value = this.value(key);
    return value === undefined ? undefined : listOf(value, this.pathOf(key), this.faults, max);
  }
}

interface TextBounds {
  readonly min?: number;
  readonly max?: number;
}

/** The text of a value that must be one, not a number or boolean. */
export function textOf(value: YamlValue, path: string, faults: Faults, { min = 1, max = 1000 }: TextBounds = {}): string | undefined {
  if (value.kind !== "text") return faults.add("POLICY_TYPE", value.place, `${path} must be a text, not ${described(value)}`);
  const { length } = Array.from(value.text);
  if (length < min || value.text.trim() === "") {
    return faults.add("POLICY_VALUE", value.place, `${path} is ${length === 0 ? "empty" : `too short: at least ${min} characters`}`);
  }
  if (length > max) return faults.add("POLICY_VALUE", value.place, `${path} is too long: at most ${max} characters`);
  return value.text;
}

export function choiceOf<Choice extends string>(
  value: YamlValue,
  path: string,
  choices: readonly Choice[],
  faults: Faults,
): Choice | undefined {
  const text = textOf(value, path, faults);
  if (text === undefined) return undefined;
  const found = choices.find((choice) => choice === text);
  if (found !== undefined) return found;
  return faults.add("POLICY_VALUE", value.place, `${path} is ${JSON.stringify(text)}: ${suggestion(text, choices)}`);
}

/** What a person probably meant, or what there is to choose from. */
export function suggestion(text: string, known: readonly string[]): string {
  const byLower = new Map(known.map((word) => [word.toLowerCase(), word]));
  const near = byLower.get(nearest(text, byLower.keys()) ?? "");
  return near === undefined ? `expected one of ${known.join(", ")}` : `did you mean ${near}?`;
}

export function listOf(value: YamlValue, path: string, faults: Faults, max = 1000): readonly YamlValue[] | undefined {
  if (value.kind !== "list") return faults.add("POLICY_TYPE", value.place, `${path} must be a list, not ${described(value)}`);
  if (value.items.length === 0) return faults.add("POLICY_VALUE", value.place, `${path} is empty`);
  if (value.items.length > max) return faults.add("POLICY_VALUE", value.place, `${path} has ${value.items.length} items, at most ${max}`);
  return value.items;
}

/** What a value is, for a message. */
export function described(value: YamlValue): string {
  switch (value.kind) {
    case "map":
      return "a mapping";
    case "list":
      return "a list";
    case "null":
      return "nothing";
    default:
      return `the ${value.kind} ${value.text.slice(0, 60)}`;
  }
}
