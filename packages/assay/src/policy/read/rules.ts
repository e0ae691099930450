import type { YamlValue } from "../../encoding/yaml.ts";
import { COMPONENTS, isComponentName, type ComponentName, type OpennessClass } from "../../openness/components.ts";
import {
  RULE_NAMES,
  type AdvisoriesRule,
  type FormatsRule,
  type LicenseRule,
  type LoadRule,
  type OpennessRule,
  type PinRule,
  type RuleEffects,
  type Rules,
  type SignersRule,
  type SizeRule,
} from "../policy.ts";
import { BASES, COVERAGE_LEVELS, DIGEST_LEVELS, LOAD_LEVELS, ON_FAIL, ON_UNKNOWN, PIN_MODES } from "./choices.ts";
import type { Faults } from "./faults.ts";
import { choiceOf, described, Fields, suggestion, textOf } from "./fields.ts";
import { licenseTermOf } from "./licenses.ts";
import { signerOf } from "./signers.ts";
import { durationOf, namedFileOf, listed, sizeOf } from "./values.ts";

/** What a reader of rules must know beside the text. */
export interface RuleKnowledge {
  /** The formats as a scan prints them. */
  readonly formats: readonly string[];
}

const EFFECTS = ["on-fail", "on-unknown"] as const;

/** The rules of one scope; undefined where the value is not a mapping of rules. */
export function rulesOf(value: YamlValue, path: string, faults: Faults, { formats }: RuleKnowledge): Rules | undefined {
  const fields = Fields.of(value, path, RULE_NAMES, faults);
  if (fields === undefined) return undefined;
  const rule = <Rule>(name: keyof Rules, read: (reader: RuleReader) => Rule | undefined): Rule | undefined => {
    const given = fields.value(name);
    return given && read(new RuleReader(given, fields.pathOf(name), faults, fields.placeOf(name)));
  };
  return {
    signers: rule("signers", readSigners),
    coverage: rule("coverage", (reader) => withLevel(reader, COVERAGE_LEVELS)),
    pin: rule("pin", readPin),
    load: rule("load", readLoad),
    formats: rule("formats", (reader) => readFormats(reader, formats)),
    size: rule("size", readSize),
    license: rule("license", readLicense),
    openness: rule("openness", readOpenness),
    digests: rule("digests", (reader) => withLevel(reader, DIGEST_LEVELS)),
    advisories: rule("advisories", readAdvisories),
  };
}

/** One rule: in its short form, or a mapping with what happens where it does not hold. */
class RuleReader {
  readonly value: YamlValue;
  readonly path: string;
  readonly faults: Faults;
  readonly #place: RuleEffects["place"];

  constructor(value: YamlValue, path: string, faults: Faults, place: RuleEffects["place"]) {
    this.value = value;
    this.path = path;
    this.faults = faults;
    this.#place = place;
  }

  get isMap(): boolean {
    return this.value.kind === "map";
  }

  effects(fields?: Fields): RuleEffects {
    return {
      place: this.#place,
      onFail: fields?.choice("on-fail", ON_FAIL) ?? "deny",
      onUnknown: fields?.choice("on-unknown", ON_UNKNOWN) ?? "incomplete",
    };
  }

  fields(...known: readonly string[]): Fields | undefined {
    return Fields.of(this.value, this.path, [...known, ...EFFECTS], this.faults);
  }

  /** A rule that is one word: alone, or under `key`. */
  oneChoice<Choice extends string>(
    key: "level" | "mode",
    choices: readonly Choice[],
  ): { readonly choice: Choice; readonly effects: RuleEffects } | undefined {
    if (!this.isMap) {
      const choice = choiceOf(this.value, this.path, choices, this.faults);
      return choice && { choice, effects: this.effects() };
    }
    const fields = this.fields(key);
    const choice = fields?.has(key) === true ? fields.choice(key, choices) : fields?.missing(key, `expected ${choices.join(" or ")}`);
    const effects = this.effects(fields);
    return choice && { choice, effects };
  }
}

function withLevel<Level extends string>(
  rule: RuleReader,
  levels: readonly Level[],
): (RuleEffects & { readonly level: Level }) | undefined {
  const given = rule.oneChoice("level", levels);
  return given && { ...given.effects, level: given.choice };
}

function readPin(rule: RuleReader): PinRule | undefined {
  const given = rule.oneChoice("mode", PIN_MODES);
  return given && { ...given.effects, mode: given.choice };
}

function readSigners(rule: RuleReader): SignersRule | undefined {
  const fields = rule.isMap ? rule.fields("any-of") : undefined;
  if (rule.isMap && fields === undefined) return undefined;
  const list = fields === undefined ? rule.value : fields.value("any-of");
  if (list === undefined) return fields?.missing("any-of", "list the signers that are trusted");
  const anyOf = listed(list, fields === undefined ? rule.path : fields.pathOf("any-of"), rule.faults, signerOf, 100);
  const effects = rule.effects(fields);
  return anyOf && { ...effects, anyOf };
}

function readLoad(rule: RuleReader): LoadRule | undefined {
  if (!rule.isMap) {
    const level = choiceOf(rule.value, rule.path, LOAD_LEVELS, rule.faults);
    return level && { ...rule.effects(), level, allow: [] };
  }
  const fields = rule.fields("level", "allow");
  if (fields === undefined) return undefined;
  const level = fields.has("level") ? fields.choice("level", LOAD_LEVELS) : fields.missing("level", "data-only or any");
  const allow = listed(fields.value("allow"), fields.pathOf("allow"), rule.faults, globalNameOf) ?? [];
  const effects = rule.effects(fields);
  return level && { ...effects, level, allow };
}

/** An exact name as a scan prints it: a wildcard would let through names that no person looked at. */
function globalNameOf(value: YamlValue, path: string, faults: Faults): string | undefined {
  const name = textOf(value, path, faults, { max: 500 });
  if (name === undefined || (!/[\s*?[\]]/.test(name) && name.includes("."))) return name;
  const why = "expected an exact name with its module, such as sklearn.tree._classes.DecisionTreeClassifier";
  return faults.add("POLICY_VALUE", value.place, `${path} is ${JSON.stringify(name)}: ${why}`);
}

function readFormats(rule: RuleReader, formats: readonly string[]): FormatsRule | undefined {
  const fields = rule.isMap ? rule.fields("allow") : undefined;
  if (rule.isMap && fields === undefined) return undefined;
  const list = fields === undefined ? rule.value : fields.value("allow");
  if (list === undefined) return fields?.missing("allow", "list the formats that are allowed");
  const formatOf = (value: YamlValue, path: string, faults: Faults): string | undefined => {
    const text = textOf(value, path, faults);
    const found = text === undefined ? undefined : formats.find((format) => format.toLowerCase() === text.toLowerCase());
    if (text === undefined || found !== undefined) return found;
    return faults.add("POLICY_VALUE", value.place, `${path} is the unknown format ${JSON.stringify(text)}: ${suggestion(text, formats)}`);
  };
  const allow = listed(list, fields === undefined ? rule.path : fields.pathOf("allow"), rule.faults, formatOf, 100);
  const effects = rule.effects(fields);
  return allow && { ...effects, allow };
}

function readSize(rule: RuleReader): SizeRule | undefined {
  const fields = rule.fields("max-bytes", "max-memory");
  if (fields === undefined) return undefined;
  if (!fields.has("max-bytes") && !fields.has("max-memory")) return fields.missing("max-bytes", "give max-bytes, max-memory or both");
  const size = (key: string): number | undefined => {
    const value = fields.value(key);
    return value && sizeOf(value, fields.pathOf(key), rule.faults);
  };
  return { ...rule.effects(fields), maxBytes: size("max-bytes"), maxMemory: size("max-memory") };
}

function readLicense(rule: RuleReader): LicenseRule | undefined {
  if (!rule.isMap) {
    const allow = listed(rule.value, rule.path, rule.faults, licenseTermOf);
    return allow && { ...rule.effects(), allow, deny: undefined, basis: "found" };
  }
  const fields = rule.fields("allow", "deny", "basis");
  if (fields === undefined) return undefined;
  if (!fields.has("allow") && !fields.has("deny")) return fields.missing("allow", "give allow, deny or both");
  const entries = (key: string): LicenseRule["allow"] => listed(fields.value(key), fields.pathOf(key), rule.faults, licenseTermOf);
  return { ...rule.effects(fields), allow: entries("allow"), deny: entries("deny"), basis: fields.choice("basis", BASES) ?? "found" };
}

function readOpenness(rule: RuleReader): OpennessRule | undefined {
  if (!rule.isMap) {
    const least = classOf(rule.value, rule.path, rule.faults);
    return least && { ...rule.effects(), class: least, components: [], basis: "found" };
  }
  const fields = rule.fields("class", "components", "basis");
  if (fields === undefined) return undefined;
  if (!fields.has("class") && !fields.has("components")) return fields.missing("class", "give class, components or both");
  const [least, components] = [fields.value("class"), fields.value("components")];
  return {
    ...rule.effects(fields),
    class: least && classOf(least, fields.pathOf("class"), rule.faults),
    components: components === undefined ? [] : componentsOf(components, fields.pathOf("components"), rule.faults),
    basis: fields.choice("basis", BASES) ?? "found",
  };
}

function classOf(value: YamlValue, path: string, faults: Faults): OpennessClass | undefined {
  if (value.kind !== "number") return faults.add("POLICY_TYPE", value.place, `${path} must be a number, not ${described(value)}`);
  const found = ([1, 2, 3] as const).find((known) => String(known) === value.text);
  return found ?? faults.add("POLICY_VALUE", value.place, `${path} is ${value.text}: expected 1, 2 or 3`);
}

const COMPONENT_NAMES = COMPONENTS.map(({ name }) => name);

function componentsOf(value: YamlValue, path: string, faults: Faults): readonly ComponentName[] {
  const fields = Fields.of(value, path, COMPONENT_NAMES, faults);
  return COMPONENT_NAMES.filter((name) => isComponentName(name) && fields?.choice(name, ["required"]) !== undefined);
}

function readAdvisories(rule: RuleReader): AdvisoriesRule | undefined {
  if (!rule.isMap) {
    const onFail = choiceOf(rule.value, rule.path, ON_FAIL, rule.faults);
    return onFail && { ...rule.effects(), onFail, from: [], maxAge: undefined };
  }
  const fields = rule.fields("from", "max-age");
  if (fields === undefined) return undefined;
  const maxAge = fields.value("max-age");
  return {
    ...rule.effects(fields),
    from: listed(fields.value("from"), fields.pathOf("from"), rule.faults, namedFileOf, 100) ?? [],
    maxAge: maxAge && durationOf(maxAge, fields.pathOf("max-age"), rule.faults),
  };
}
