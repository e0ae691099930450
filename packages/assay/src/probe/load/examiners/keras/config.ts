import type { JsonNode } from "../../../../encoding/json.ts";
import {
  isAllowedKerasClass,
  isAllowedKerasFunction,
  isKerasModule,
  KERAS_CODE,
  KERAS_VOCABULARIES,
} from "../../../../risk/allowed/keras-classes.ts";
import type { ExamineInput } from "../../examiner.ts";
import { readKerasJson } from "./keras-json.ts";

type Report = ExamineInput["report"];

/**
 * Examines the configuration of a Keras model, of a `.keras` archive or an HDF5 file: Keras builds each object that has a
 * `class_name` when it loads the model. Every class and function, at any depth, must be on the list. `member` names the
 * configuration in the findings.
 */
export function examineKerasConfig(bytes: Uint8Array, report: Report, member?: string): void {
  const read = readKerasJson(bytes);
  if ("why" in read) return report("keras/malformed", `has a configuration that is not JSON: ${read.why}`, { member });
  if (!read.isStrict) report("keras/malformed", "has a configuration that readers understand differently", { member });
  const root = read.root;
  if (root.kind !== "object" || textOf(root, "class_name") === undefined) {
    return report("keras/malformed", "has a configuration that is not a model's", { member });
  }
  const seen = new Set<string>();
  const reportOnce: Report = (reason, what, place) => {
    if (seen.has(`${reason} ${what}`)) return;
    seen.add(`${reason} ${what}`);
    report(reason, what, { ...place, member });
  };
  walk(root, reportOnce);
}

function walk(node: JsonNode, report: Report): void {
  if (node.kind === "array") {
    for (const element of node.elements()) if (element.kind === "object" || element.kind === "array") walk(element, report);
    return;
  }
  if (node.get("class_name") !== undefined) examineObject(node, report);
  for (const [, value] of node.members()) if (value.kind === "object" || value.kind === "array") walk(value, report);
}

function examineObject(node: JsonNode, report: Report): void {
  const name = textOf(node, "class_name");
  if (name === undefined) return report("keras/malformed", "has a class whose name is not a text");
  const module = textOf(node, "module");
  const registered = textOf(node, "registered_name");
  const code = KERAS_CODE.get(name);
  if (code !== undefined) return report("keras/code", `has ${code}`, { name: fullName(module, name) });
  if (name === "function") return examineFunction(node, module, registered, report);
  const config = node.get("config");
  if (KERAS_VOCABULARIES.has(name) && config?.kind === "object" && config.get("vocabulary")?.kind === "string") {
    report("keras/file-access", `has a ${name} layer that reads its words from ${textOf(config, "vocabulary") ?? ""}`);
  }
  // Keras looks for a registered class before it looks for its own.
  if (registered !== undefined && registered !== name) return report("keras/class", `names the class ${registered}`, { name: registered });
  if (isAllowedKerasClass(module, name)) return;
  const isNewer = module !== undefined && isKerasModule(module) && /^[A-Z]\w*$/.test(name);
  report(isNewer ? "keras/unknown-class" : "keras/class", `names the class ${fullName(module, name)}`, { name: fullName(module, name) });
}

function examineFunction(node: JsonNode, module: string | undefined, registered: string | undefined, report: Report): void {
  const name = textOf(node, "config") ?? "";
  // Before 3.5, Keras wrote "function" there for its own.
  const isPlain = registered === undefined || registered === name || registered === "function";
  if (isPlain && isAllowedKerasFunction(module, name)) return;
  const shown = isPlain ? fullName(module, name) : fullName(module, registered);
  report("keras/function", `names the function ${shown}`, { name: shown });
}

function fullName(module: string | undefined, name: string): string {
  return module === undefined ? name : `${module}.${name}`;
}

function textOf(node: JsonNode, key: string): string | undefined {
  const value = node.get(key);
  return value?.kind === "string" ? value.string() : undefined;
}
