import { innerPath } from "../../../formats/inner-path.ts";
import { hasExtension } from "../../../formats/format.ts";
import { beginsAsOnnx } from "../../../formats/onnx/begins.ts";
import { operatorKey, readOnnx, type OnnxModel } from "../../../formats/onnx/read.ts";
import { isAllowedOnnxOperator, onnxCodeOperator } from "../../../risk/allowed/onnx-operators.ts";
import { isExpression } from "../configuration/names-code.ts";
import type { ExamineInput, Examiner } from "../examiner.ts";

/** A graph of operators, with weights in it or beside it: each operator must be one that runtimes have built in. */
export const ONNX_EXAMINER: Examiner = {
  format: "ONNX",
  isNamed: hasExtension("onnx"),
  begins: beginsAsOnnx,
  isDistinctive: false,
  async examine(input) {
    const { report, addFacts, leaveOut } = input;
    const model = await readOnnx(input.file);
    for (const { type, number, offset } of model.unknownFields)
      report("onnx/unknown-field", `has the unknown field ${number} in a ${type}`, { offset });
    for (const { type, number, offset } of model.repeatedFields)
      report("onnx/unknown-field", `has the field ${number} twice in a ${type}, where there can be one`, { offset });
    examineOperators(model, report);
    for (const { key, value } of model.metadata)
      if (isExpression(value) || (EVALUATED.has(key) && CALL.test(withoutTexts(value))))
        report("config/expression", `has metadata that are Python code: ${value.slice(0, 80)}`);
    examineExternal(model, input);
    leaveOut("the values of the weights");
    addFacts({
      parameters: model.parameters,
      types: model.types,
      weightBytes: model.bytes,
      architecture: model.producer === "" ? undefined : `ONNX graph of ${model.producer}`,
    });
  },
};

/** Properties that YOLOv5 passes to `eval`: lists and maps; a call is neither. */
const EVALUATED = new Set(["names", "stride", "imgsz", "kpt_shape", "task"]);
const CALL = /[\w\])]\s*\(/;

/** Python without what is in quotation marks; all of it where a letter is before them, as of a text that is evaluated. */
function withoutTexts(python: string): string {
  const kept: string[] = [];
  let quote: string | undefined;
  for (let at = 0; at < python.length; at++) {
    const character = python[at] ?? "";
    if (quote !== undefined) {
      if (character === "\\") at++;
      else if (character === quote) quote = undefined;
    } else if (character === "'" || character === '"') {
      if (/\w/.test(kept.at(-1) ?? "")) return python;
      quote = character;
    } else kept.push(character);
  }
  return kept.join("");
}

function examineOperators({ operators, functions }: OnnxModel, report: ExamineInput["report"]): void {
  for (const { domain, name, node, offset } of operators) {
    const full = domain === "" ? name : `${domain}.${name}`;
    const place = { offset, name: full };
    const where = node === "" ? "" : `, at the node ${node}`;
    const does = onnxCodeOperator(name);
    if (does !== undefined) report("onnx/code-operator", `has the operator ${full}, which ${does}${where}`, place);
    else if (functions.has(operatorKey(domain, name))) continue;
    else if (isAllowedOnnxOperator(domain, name) === undefined)
      report("onnx/custom-operator", `has the operator ${full} of a library that the runtime must load${where}`, place);
    else if (isAllowedOnnxOperator(domain, name) === false)
      report(
        "onnx/unknown-operator",
        `has the operator ${full}, which is not in the list of ${domain === "" ? "ONNX" : domain}${where}`,
        place,
      );
  }
}

function examineExternal({ external }: OnnxModel, { name, depth, sizeOf, claimAsData, report }: ExamineInput): void {
  const seen = new Set<string>();
  for (const { tensor, location, from, length = 0, offset } of external) {
    const first = !seen.has(location);
    seen.add(location);
    const file = innerPath(name, location);
    if (file === undefined) {
      if (first)
        report("onnx/outside-path", `reads weights from ${JSON.stringify(location)}, which is not a path inside the model`, { offset });
      continue;
    }
    const size = depth === 0 ? sizeOf(file) : undefined;
    if (size === undefined) {
      if (first) report("onnx/missing-data", `has weights in ${location}, which was not examined with it`, { offset });
      continue;
    }
    if (from + length > size)
      report("onnx/data-range", `has the tensor ${tensor} at bytes ${from} to ${from + length} of ${location}, which has ${size}`, {
        offset,
      });
    if (first && file !== name) claimAsData(file);
  }
}
