import { asFields, asText, asTexts } from "./card/fields.ts";
import type { Probe, ProbeInput } from "./probe.ts";

const MAX_CONFIGURATION = 512 * 1024;

/** Configuration and tokenizer. An architecture that is named is a claim that code for it exists, in a library or beside it. */
export const CONFIGURATION: Probe = {
  name: "configuration",
  async run(input) {
    const names = input.byRole.names("configuration");
    for (const name of names) {
      const fields = await readJson(input, name);
      if (fields !== undefined) reportArchitecture(input, name, fields);
    }
    for (const file of [...names, ...input.byRole.names("tokenizer")]) {
      input.report({ probe: "configuration", outcome: "found", file, facts: { kind: "context" } });
    }
  },
};

function reportArchitecture({ report }: ProbeInput, file: string, fields: ReadonlyMap<unknown, unknown>): void {
  const [architecture] = [...asTexts(fields.get("architectures")), ...asTexts(fields.get("_class_name"))];
  if (architecture === undefined) return;
  const library = fields.has("transformers_version") ? "transformers" : fields.has("_diffusers_version") ? "diffusers" : undefined;
  const why = `names ${architecture}${library === undefined ? "" : ` of the library ${library}`}`;
  const seen = { probe: "configuration", outcome: "claimed", file, location: "architectures" } as const;
  report({ ...seen, facts: { kind: "release", architecture, software: softwareOf(fields, library) } });
  report({ ...seen, facts: { kind: "component", component: "Model architecture", target: library, why } });
}

/** `transformers 4.46.0`, as the library writes it into what it saves. */
function softwareOf(fields: ReadonlyMap<unknown, unknown>, library: string | undefined): string | undefined {
  if (library === undefined) return undefined;
  const version = asText(fields.get(`_${library}_version`)) ?? asText(fields.get(`${library}_version`));
  return version === undefined ? library : `${library} ${version}`;
}

/** What an adapter's configuration says of the model that it is for. */
export interface Adapter {
  readonly file: string;
  readonly base: string | undefined;
  readonly type: string;
}

/** Undefined where the file is missing or cannot be read. */
export async function readAdapter(input: ProbeInput): Promise<Adapter | undefined> {
  const [file] = input.byRole.names("adapter-configuration");
  if (file === undefined) return undefined;
  const fields = await readJson(input, file);
  if (fields === undefined) return undefined;
  return { file, base: asText(fields.get("base_model_name_or_path")), type: asText(fields.get("peft_type")) ?? "adapter" };
}

async function readJson(input: ProbeInput, name: string): Promise<ReadonlyMap<unknown, unknown> | undefined> {
  const file = await input.readText(name, MAX_CONFIGURATION);
  if (file === undefined) return undefined;
  try {
    return asFields(JSON.parse(file.text));
  } catch {
    input.warn("EVIDENCE_FILE_DAMAGED", `${name} is not JSON`);
    return undefined;
  }
}
