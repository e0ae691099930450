import { asFields, asText, asTexts } from "./card/fields.ts";
import { namesOf, type Gathering } from "./gathering.ts";

const MOST_CONFIGURATION = 512 * 1024;

/** The configuration names an architecture: a claim that code for it exists, in a library or beside it. */
export function readConfiguration(gathering: Gathering): void {
  for (const name of namesOf(gathering, "configuration")) {
    const fields = readJson(gathering, name);
    if (fields === undefined) continue;
    const [architecture] = [...asTexts(fields.get("architectures")), ...asTexts(fields.get("_class_name"))];
    if (architecture === undefined) continue;
    gathering.clues.architecture ??= architecture;
    const library = fields.has("transformers_version") ? "transformers" : fields.has("_diffusers_version") ? "diffusers" : undefined;
    const where = library === undefined ? "" : ` of the library ${library}`;
    gathering.collector.claimed("Model architecture", name, library, `names ${architecture}${where}`);
  }
}

/** The base model that adapters are for; undefined where there is no such file. */
export function readAdapter(gathering: Gathering): { readonly base: string | undefined; readonly type: string } | undefined {
  const [name] = namesOf(gathering, "adapter-configuration");
  if (name === undefined) return undefined;
  const fields = readJson(gathering, name);
  if (fields === undefined) return undefined;
  return { base: asText(fields.get("base_model_name_or_path")), type: asText(fields.get("peft_type")) ?? "adapter" };
}

function readJson(gathering: Gathering, name: string): ReadonlyMap<unknown, unknown> | undefined {
  const file = gathering.readText(name, MOST_CONFIGURATION);
  if (file === undefined) return undefined;
  try {
    return asFields(JSON.parse(file.text));
  } catch {
    gathering.warnings.push({ code: "EVIDENCE_FILE_DAMAGED", message: `${name} is no JSON` });
    return undefined;
  }
}
