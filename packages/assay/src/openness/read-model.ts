import { nearest } from "../core/nearest.ts";
import { AssayError } from "../core/error.ts";
import type { ErrorCode } from "../core/error-codes.ts";
import { COMPONENTS, type ComponentName, isComponentName } from "./components.ts";
import { LICENSE_SCOPES, type DescribedComponent, type LicenseStatement, type ModelDescription, type ModelLicenses } from "./model.ts";
import { type Place, readYaml, type YamlText, type YamlValue } from "../encoding/yaml.ts";

/** What a mof.yml says. */
export interface ModelFile {
  readonly model: ModelDescription;
  /** Paths of unknown fields, which are not used: `release.components[2].note`. */
  readonly unknownFields: readonly string[];
  readonly yaml: YamlText;
}

/**
 * Reads a model's description as the Model Openness Tool writes it (schema/mof_schema.json there, version 1),
 * and its older forms: a single license for the whole release, empty lists where mappings are meant, a
 * component's license as a mapping, no `framework`. Numbers are taken as they are written. JSON is YAML, too.
 *
 * Throws what `readYaml` throws, MOF_SHAPE, MOF_COMPONENT_UNKNOWN, MOF_COMPONENT_TWICE, MOF_DATE; each message
 * names the line and column. Licenses are not looked up here.
 */
export function readModelFile(source: Uint8Array | string, what = "the file"): ModelFile {
  const yaml = readYaml(source, what);
  const reader = new Reader(what);
  const model = reader.read(yaml.value);
  return { model, unknownFields: reader.unknownFields, yaml };
}

/** The known fields; others are listed in `unknownFields`. */
const FIELDS = {
  top: ["framework", "release"],
  framework: ["name", "version", "date"],
  release: [
    "name",
    "version",
    "date",
    "type",
    "architecture",
    "treatment",
    "origin",
    "producer",
    "contact",
    "repository",
    "huggingface",
    "license",
    "components",
  ],
  licenses: LICENSE_SCOPES,
  license: ["name", "path"],
  component: ["name", "description", "license", "license_path", "component_path"],
} as const;

type Mapping = Extract<YamlValue, { kind: "map" }>;

class Reader {
  readonly unknownFields: string[] = [];
  readonly #what: string;

  constructor(what: string) {
    this.#what = what;
  }

  read(value: YamlValue): ModelDescription {
    const top = this.#mapping(value, "the document", FIELDS.top, "");
    const framework = this.#optionalMapping(top, "framework", FIELDS.framework, "framework");
    const release = this.#mapping(this.#required(top, "release", "a mof.yml describes a release"), "release", FIELDS.release, "release");
    const field = (name: string): string | undefined => this.#text(release, name, "release");
    const name = field("name");
    if (name === undefined || name.trim() === "") {
      throw this.#refusal("MOF_SHAPE", release.place, "release.name is missing: what is the model called?");
    }
    return {
      framework: {
        name: framework && this.#text(framework, "name", "framework"),
        version: framework && this.#text(framework, "version", "framework"),
        date: framework && this.#date(framework, "framework"),
      },
      release: {
        name,
        version: field("version"),
        date: this.#date(release, "release"),
        type: field("type"),
        architecture: field("architecture"),
        treatment: field("treatment"),
        origin: field("origin"),
        producer: field("producer"),
        contact: field("contact"),
        repository: field("repository"),
        huggingface: field("huggingface"),
      },
      licenses: this.#licenses(release),
      components: this.#components(release),
    };
  }

  #licenses(release: Mapping): ModelLicenses {
    const none: ModelLicenses = { distribution: undefined, code: undefined, data: undefined, document: undefined };
    const value = release.entries.get("license");
    if (value === undefined || isEmpty(value)) return none;
    if (isText(value)) return { ...none, distribution: { name: value.text, path: undefined } };
    const licenses = this.#mapping(value, "release.license", FIELDS.licenses, "release.license");
    return {
      distribution: this.#license(licenses, "distribution"),
      code: this.#license(licenses, "code"),
      data: this.#license(licenses, "data"),
      document: this.#license(licenses, "document"),
    };
  }

  #license(licenses: Mapping, kind: string): LicenseStatement | undefined {
    const value = licenses.entries.get(kind);
    if (value === undefined || isEmpty(value)) return undefined;
    if (isText(value)) return { name: value.text, path: undefined };
    const path = `release.license.${kind}`;
    const license = this.#mapping(value, path, FIELDS.license, path);
    return { name: this.#text(license, "name", path), path: this.#text(license, "path", path) };
  }

  #components(release: Mapping): DescribedComponent[] {
    const value = release.entries.get("components");
    if (value === undefined || isEmpty(value)) return [];
    if (value.kind !== "list") throw this.#wrongType(value, "release.components", "a list");
    const seen = new Map<ComponentName, Place>();
    return value.items.map((item, index) => {
      const component = this.#component(item, `release.components[${index}]`);
      const first = seen.get(component.name);
      if (first !== undefined) {
        throw this.#refusal("MOF_COMPONENT_TWICE", item.place, `"${component.name}" is listed twice, first on line ${first.line}`);
      }
      seen.set(component.name, item.place);
      return component;
    });
  }

  #component(value: YamlValue, path: string): DescribedComponent {
    const component = this.#mapping(value, path, FIELDS.component, path);
    const name = this.#text(component, "name", path);
    if (name === undefined) throw this.#refusal("MOF_SHAPE", value.place, `${path} has no name: which component is it?`);
    const license = component.entries.get("license");
    const own = license?.kind === "map" ? this.#mapping(license, `${path}.license`, FIELDS.license, `${path}.license`) : undefined;
    return {
      name: this.#componentName(name, component.entries.get("name")?.place ?? value.place),
      description: this.#text(component, "description", path),
      license: own === undefined ? this.#text(component, "license", path) : this.#text(own, "name", `${path}.license`),
      licensePath: this.#text(component, "license_path", path) ?? (own && this.#text(own, "path", `${path}.license`)),
      path: this.#text(component, "component_path", path),
    };
  }

  /** A component's name in any case; what else differs is an error, for the tool takes any such name for "Datasets". */
  #componentName(written: string, place: Place): ComponentName {
    const name = written.trim();
    if (isComponentName(name)) return name;
    const byLower = new Map(COMPONENTS.map((known) => [known.name.toLowerCase(), known.name]));
    const same = byLower.get(name.toLowerCase());
    if (same !== undefined) return same;
    const near = nearest(name, byLower.keys());
    const known = near === undefined ? undefined : byLower.get(near);
    const shown = name.length > 80 ? `${name.slice(0, 80)}…` : name;
    throw this.#refusal("MOF_COMPONENT_UNKNOWN", place, `"${shown}" is not one of the 17 components of the framework`, {
      hint: known === undefined ? `they are: ${COMPONENTS.map((component) => component.name).join(", ")}` : `did you mean "${known}"?`,
    });
  }

  #date(mapping: Mapping, path: string): string | undefined {
    const written = this.#text(mapping, "date", path);
    if (written === undefined || written.trim() === "") return undefined;
    const date = written.trim();
    if (isDay(date)) return date;
    const place = mapping.entries.get("date")?.place ?? mapping.place;
    throw this.#refusal("MOF_DATE", place, `${path}.date is "${date.slice(0, 40)}", which is not a day written as YYYY-MM-DD`);
  }

  #text(mapping: Mapping, name: string, path: string): string | undefined {
    const value = mapping.entries.get(name);
    if (value === undefined || value.kind === "null") return undefined;
    if (isText(value)) return value.text;
    throw this.#wrongType(value, `${path}.${name}`, "text");
  }

  #required(mapping: Mapping, name: string, why: string): YamlValue {
    const value = mapping.entries.get(name);
    if (value === undefined) throw this.#refusal("MOF_SHAPE", mapping.place, `"${name}" is missing: ${why}`);
    return value;
  }

  #optionalMapping(parent: Mapping, name: string, known: readonly string[], path: string): Mapping | undefined {
    const value = parent.entries.get(name);
    return value === undefined || isEmpty(value) ? undefined : this.#mapping(value, name, known, path);
  }

  #mapping(value: YamlValue, name: string, known: readonly string[], path: string): Mapping {
    if (value.kind !== "map") throw this.#wrongType(value, name, "a mapping");
    for (const key of value.entries.keys()) if (!known.includes(key)) this.unknownFields.push(path === "" ? key : `${path}.${key}`);
    return value;
  }

  #wrongType(value: YamlValue, name: string, expected: string): AssayError {
    const found = { map: "a mapping", list: "a list", null: "empty", text: "text", number: "a number", boolean: "true or false" }[
      value.kind
    ];
    return this.#refusal("MOF_SHAPE", value.place, `${name} is ${found}, not ${expected}`);
  }

  #refusal(code: ErrorCode, { line, column }: Place, why: string, options?: { readonly hint: string }): AssayError {
    return new AssayError(code, `${this.#what}, line ${line}, column ${column}: ${why}`, options);
  }
}

function isText(value: YamlValue): value is Extract<YamlValue, { text: string }> {
  return value.kind === "text" || value.kind === "number" || value.kind === "boolean";
}

/** PHP writes an empty mapping as an empty list, and the tool's files have both. */
function isEmpty(value: YamlValue): boolean {
  if (value.kind === "null") return true;
  return value.kind === "list" ? value.items.length === 0 : value.kind === "map" && value.entries.size === 0;
}

function isDay(date: string): boolean {
  const [, year, month, day] = /^(\d{4})-(\d{2})-(\d{2})$/.exec(date) ?? [];
  if (year === undefined || month === undefined || day === undefined) return false;
  const time = new Date(Date.UTC(Number(year), Number(month) - 1, Number(day)));
  return Number(year) > 0 && time.getUTCMonth() === Number(month) - 1 && time.getUTCDate() === Number(day);
}
