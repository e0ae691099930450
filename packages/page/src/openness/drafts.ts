import { AssayError } from "../../../assay/src/core/error.ts";
import { plural } from "../../../assay/src/core/sizes.ts";
import { visibleText } from "../../../assay/src/core/visible-text.ts";
import { MAX_YAML_BYTES } from "../../../assay/src/encoding/yaml.ts";
import { emptyModel, FRAMEWORK, type ModelDescription } from "../../../assay/src/openness/model.ts";
import { readModelFile } from "../../../assay/src/openness/read-model.ts";
import type { Listing } from "../files/listing.ts";
import { readSmall } from "../files/read-small.ts";

/** A description that is edited. */
export interface Draft {
  readonly model: ModelDescription;
  /** The text that it was read from. */
  readonly source: string | undefined;
  /** Where it is from, for a person. */
  readonly from: string;
  /** What of a folder was read, and what was not. */
  readonly note?: string;
}

const MODEL_FILE = /(?:^|\/)mof\.ya?ml$/i;
/** What the command would read first, of what this page does not. */
const EVIDENCE = /^(?:licen[cs]e|copying|notice|readme|model.?card|data.?card|config\.json)/i;

export function newDraft(name: string): Draft {
  return { model: { ...emptyModel(name), framework: FRAMEWORK }, source: undefined, from: "a new description" };
}

/** Reads a mof.yml. Throws what is wrong with it, and its line. */
export async function draftOfFile(file: File): Promise<Draft> {
  const { content } = await readSmall(file, MAX_YAML_BYTES);
  const { model } = readModelFile(content, file.name);
  return { model, source: new TextDecoder().decode(content), from: file.name };
}

/** Reads the mof.yml of a folder, the uppermost one; a folder without one gets a new one. Its other files are not read. */
export async function draftOfFolder({ files, name }: Listing): Promise<Draft> {
  const [found] = files.filter((file) => MODEL_FILE.test(file.name)).sort((a, b) => a.name.length - b.name.length);
  if (files.length === 0) throw new AssayError("FILE_NOT_SHOWN", `the browser shows no file in ${name}`);
  const others = files.map((file) => file.name).filter((other) => other !== found?.name);
  const examples = others.filter((other) => EVIDENCE.test(other)).slice(0, 3);
  const such = examples.length === 0 ? "" : `, such as ${examples.map(visibleText).join(", ")}`;
  const rest = others.length === 0 ? "" : ` The other ${plural(others.length, "file")}${such}, were not read: the command reads them too.`;
  return found === undefined
    ? { ...newDraft(name), note: `No mof.yml in ${visibleText(name)}: this is a new one.${rest}` }
    : { ...(await draftOfFile(found.file)), from: `${name}/${found.name}`, note: `Only ${visibleText(found.name)} was read.${rest}` };
}
