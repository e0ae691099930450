import { asCallersFault, AssayError, detailsOf } from "../core/error.ts";
import type { YamlValue } from "../encoding/yaml.ts";
import { compileIdentityPattern } from "../trust/identity-pattern.ts";
import type { EntryMatch, Policy, PolicyEntry, Rules } from "./policy.ts";
import { Faults } from "./read/faults.ts";
import { Fields, textOf } from "./read/fields.ts";
import { rulesOf, type RuleKnowledge } from "./read/rules.ts";
import { digestOf, listed, oneOrMore } from "./read/values.ts";
import { waiverOf } from "./read/waivers.ts";

const MAX_DEPTH = 20;
const MAX_VALUES = 10_000;
const NAME = /^[a-z0-9][a-z0-9._-]{0,63}$/;

/**
 * Reads a policy, version 1, whole: YAML 1.2 (core schema, without anchors, aliases, tags and directives), 1 MiB, 20 levels,
 * 10,000 values. `what` names it in messages. The files that it names are not read here.
 *
 * Throws YAML_ENCODING, YAML_TOO_LARGE, YAML_TOO_DEEP, YAML_SYNTAX, YAML_DUPLICATE_KEY, POLICY_ALIAS, POLICY_KEY_UNKNOWN,
 * POLICY_KEY_MISSING, POLICY_TYPE, POLICY_VALUE and POLICY_VERSION: the first fault in the order of the document, with file,
 * line and column in the message and the details. All are a wrong question: a policy that cannot be read decides nothing.
 */
export async function readPolicy(source: Uint8Array | string, what: string, knowledge: RuleKnowledge): Promise<Policy> {
  const value = await readPlainYaml(source, what);
  const faults = new Faults(what);
  const policy = topOf(value, faults, knowledge);
  if (policy !== undefined) await checkPatterns(policy, faults);
  faults.throwFirst();
  if (policy === undefined) throw new AssayError("INTERNAL", `${what} was neither read nor refused`);
  return policy;
}

async function readPlainYaml(source: Uint8Array | string, what: string): Promise<YamlValue> {
  // Not for a program that imports this beside what it needs.
  const { readYaml } = await import("../encoding/yaml.ts");
  try {
    return readYaml(source, what, { maxDepth: MAX_DEPTH, maxValues: MAX_VALUES, isPlain: true, isOwn: true }).value;
  } catch (error) {
    const place = error instanceof AssayError ? detailsOf(error, "YAML_ALIAS") : undefined;
    if (place !== undefined && error instanceof AssayError) {
      throw new AssayError("POLICY_ALIAS", error.message, { details: place, cause: error });
    }
    throw error instanceof AssayError ? asCallersFault(error) : error;
  }
}

function topOf(value: YamlValue, faults: Faults, knowledge: RuleKnowledge): Policy | undefined {
  const fields = Fields.of(value, "the policy", ["version", "name", "uri", "description", "always", "models", "waivers"], faults);
  if (fields === undefined) return undefined;
  checkVersion(fields);
  const name = fields.requiredText("name", "give the policy a short name", { max: 64 });
  if (name !== undefined) checkName(fields, "name", name);
  const uri = fields.text("uri", { max: 2000 });
  if (uri !== undefined && !isPlainUri(uri)) {
    fields.fault(
      "POLICY_VALUE",
      fields.value("uri")?.place ?? fields.place,
      "uri must be an absolute URI without user, query and fragment",
    );
  }
  const always = fields.value("always");
  const entries = fields.has("models")
    ? listed(fields.value("models"), "models", faults, (entry, path) => entryOf(entry, path, faults, knowledge))
    : fields.missing("models", "list the models that the policy is about");
  const policy = {
    name: name ?? "",
    uri: uri ?? `urn:assay:policy:${name}`,
    description: fields.text("description"),
    always: always && rulesOf(always, "always", faults, knowledge),
    entries: entries ?? [],
    waivers: listed(fields.value("waivers"), "waivers", faults, waiverOf) ?? [],
  };
  checkUnique(policy.entries, faults);
  return policy;
}

function checkVersion(fields: Fields): void {
  const version = fields.value("version");
  if (version === undefined) return fields.missing("version", "write version: 1");
  if (version.kind !== "number") return fields.fault("POLICY_TYPE", version.place, "version must be the number 1");
  if (version.text === "1") return;
  const isWhole = /^\d+$/.test(version.text);
  return isWhole
    ? fields.fault("POLICY_VERSION", version.place, `version ${version.text} needs a newer Assay: this one reads version 1`)
    : fields.fault("POLICY_VALUE", version.place, `version is ${version.text}: expected 1`);
}

function checkName(fields: Fields, key: "name" | "id", text: string): void {
  if (NAME.test(text)) return;
  const why = "expected up to 64 of a-z, 0-9, dot, underscore and hyphen, first a letter or digit";
  fields.fault("POLICY_VALUE", fields.value(key)?.place ?? fields.place, `${fields.pathOf(key)} is ${JSON.stringify(text)}: ${why}`);
}

function isPlainUri(text: string): boolean {
  if (!URL.canParse(text) || /[\s?#]/.test(text)) return false;
  const { username, password } = new URL(text);
  return username === "" && password === "";
}

function entryOf(value: YamlValue, path: string, faults: Faults, knowledge: RuleKnowledge): PolicyEntry | undefined {
  const fields = Fields.of(value, path, ["id", "match", "rules", "deny"], faults);
  if (fields === undefined) return undefined;
  const id = fields.text("id", { max: 64 });
  if (id !== undefined) checkName(fields, "id", id);
  const matched = fields.value("match");
  const match =
    matched === undefined ? fields.missing("match", "say which models are meant") : matchOf(matched, fields.pathOf("match"), faults);
  const given = fields.exactlyOne(["rules", "deny"], "give the rules for these models, or deny and the reason");
  const inner = fields.value("rules");
  const rules: Rules | undefined = inner && rulesOf(inner, fields.pathOf("rules"), faults, knowledge);
  const deny = fields.text("deny");
  if (match === undefined || given === undefined) return undefined;
  return { id: id ?? path, place: fields.place, idPlace: fields.value("id")?.place ?? fields.place, match, rules, deny };
}

function matchOf(value: YamlValue, path: string, faults: Faults): EntryMatch | undefined {
  const fields = Fields.of(value, path, ["name", "reference", "manifest"], faults);
  if (fields === undefined) return undefined;
  const globs = (key: "name" | "reference"): readonly string[] | undefined =>
    oneOrMore(fields.value(key), fields.pathOf(key), faults, (item, at) => textOf(item, at, faults));
  return {
    name: globs("name"),
    reference: globs("reference"),
    manifest: oneOrMore(fields.value("manifest"), fields.pathOf("manifest"), faults, digestOf),
  };
}

function checkUnique(entries: readonly PolicyEntry[], faults: Faults): void {
  const seen = new Set<string>();
  for (const { id, idPlace } of entries) {
    if (seen.has(id)) faults.add("POLICY_VALUE", idPlace, `the id ${id} is given to two entries`);
    seen.add(id);
  }
}

/** Patterns are compiled once to be checked: what a policy cannot use must not wait for a model that it is for. */
async function checkPatterns(policy: Policy, faults: Faults): Promise<void> {
  const signers = [policy.always, ...policy.entries.map(({ rules }) => rules)].flatMap((rules) => rules?.signers?.anyOf ?? []);
  for (const signer of signers) {
    if (signer.kind !== "sigstore") continue;
    for (const { kind, text, place } of [signer.identity, signer.issuer]) {
      if (kind === "exact") continue;
      try {
        await compileIdentityPattern(text);
      } catch (error) {
        if (!(error instanceof AssayError)) throw error;
        faults.add("POLICY_VALUE", place, error.message);
      }
    }
  }
}
