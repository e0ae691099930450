import { concatenate } from "../../../encoding/bytes.ts";
import { encodeUtf8 } from "../../../encoding/utf8.ts";
import { FormatError } from "../../../formats/format-error.ts";
import { hasExtension } from "../../../formats/format.ts";
import { hasControls } from "../text-bytes.ts";
import { readJsonFile } from "../configuration/json-file.ts";
import type { ExamineInput, Examiner } from "../examiner.ts";
import { examineKerasConfig } from "./keras/config.ts";
import { isShardIndex } from "../shard-index.ts";
import { reportTemplate } from "../template/report-template.ts";

/** The largest tokenizers have a third of it. */
const MAX_JSON_BYTES = 96 * 1024 * 1024;
const MAX_TEMPLATES = 64;

/** Configuration in JSON: data, where it names no code. Everything that some loader imports by it is looked at, whatever the file. */
export const JSON_EXAMINER: Examiner = {
  format: "JSON",
  isNamed: (name) => hasExtension("json")(name) && !isShardIndex(name),
  begins: beginsLikeJson,
  isDistinctive: false,
  async examine(input) {
    const { file, name, report, addFacts } = input;
    if (file.size > MAX_JSON_BYTES) return report("config/too-large", `has ${file.size} bytes, and ${MAX_JSON_BYTES} are read`);
    const bytes = await file.read(0, MAX_JSON_BYTES);
    const json = await readOrReport(bytes, name, input);
    if (json === undefined) return;
    if (json.isKeras) examineKerasPart(bytes, report);
    addFacts(json.facts);
    for (const { reason, what, name: waivable, file: named } of json.code)
      if (named === undefined || hasNamed(named, input)) report(reason, what, { name: waivable });
    if (json.base !== undefined) report("config/adapter-base", `is for another model, ${json.base}: examine that one too`);
    for (const { path, text } of json.templates.slice(0, MAX_TEMPLATES)) await reportTemplate(text, `a chat template, "${path}",`, input);
    if (json.templates.length > MAX_TEMPLATES) report("config/too-large", `has more than ${MAX_TEMPLATES} templates`);
  },
};

/** A model, or a part of one, as Keras writes it outside of its archives: `model.to_json()`, a preset of KerasHub, an unpacked archive. */
function examineKerasPart(bytes: Uint8Array, report: ExamineInput["report"]): void {
  examineKerasConfig(concatenate(encodeUtf8('{"class_name":"Sequential","config":{"layers":['), bytes, encodeUtf8("]}}")), report);
}

/** Beside the configuration, or from the model's root. */
function hasNamed(named: string, { name, hasFile }: ExamineInput): boolean {
  const path = named.replace(/^(?:\.\/)+/, "");
  return hasFile(path) || hasFile(name.slice(0, name.lastIndexOf("/") + 1) + path);
}

async function readOrReport(
  bytes: Uint8Array,
  name: string,
  { report }: ExamineInput,
): Promise<ReturnType<typeof readJsonFile> | undefined> {
  try {
    return readJsonFile(bytes, name);
  } catch (error) {
    if (!(error instanceof FormatError)) throw error;
    const reason = error.kind === "malformed" ? "config/malformed" : "config/too-large";
    report(reason, error.message, { offset: error.offset });
    return undefined;
  }
}

function beginsLikeJson(head: Uint8Array): boolean {
  const first = head.find((byte) => byte !== 0x20 && byte !== 0x0a && byte !== 0x0d && byte !== 0x09);
  return first === 0x7b || first === 0x5b;
}

/** Chat templates in files of their own: `chat_template.jinja`, `additional_chat_templates/tool_use.jinja`. */
export const TEMPLATE_EXAMINER: Examiner = {
  format: "Jinja template",
  isNamed: hasExtension("jinja", "jinja2", "j2"),
  begins: () => false,
  isDistinctive: false,
  async examine(input) {
    const { file, report } = input;
    if (file.size > 4 * 1024 * 1024) return report("template/too-large", `has ${file.size} bytes, more than a template is read to`);
    const bytes = await file.read(0, file.size);
    // Another encoding than UTF-8 would be another template.
    if (hasControls(bytes)) report("text/not-text", "has bytes that no template has");
    await reportTemplate(new TextDecoder().decode(bytes), "a template", input);
  },
};
