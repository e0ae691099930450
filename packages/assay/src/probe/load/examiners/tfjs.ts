import { AssayError } from "../../../core/error.ts";
import { parseJson, type JsonNode } from "../../../encoding/json.ts";
import { encodeUtf8 } from "../../../encoding/utf8.ts";
import { innerPath } from "../../../formats/inner-path.ts";
import { tensorflowCodeOperator } from "../../../risk/allowed/tensorflow-code.ts";
import { isAllowedTensorflowOperator } from "../../../risk/allowed/tensorflow-operators.ts";
import type { ExamineInput, Examiner } from "../examiner.ts";
import { JSON_EXAMINER } from "./configuration.ts";
import { examineKerasConfig } from "./keras/config.ts";

const MAX_BYTES = 64 * 1024 * 1024;
const MAX_DEPTH = 64;
const MAX_VALUES = 4_000_000;
/** Texts and numbers about the model, which nothing is built of. */
const STATEMENTS: ReadonlySet<string> = new Set([
  "format",
  "generatedBy",
  "convertedBy",
  "signature",
  "userDefinedMetadata",
  "modelInitializer",
  "initializerSignature",
]);

/** The description of a model of TensorFlow.js, with the files of its weights beside it. */
export const TENSORFLOW_JS_EXAMINER: Examiner = {
  format: "TensorFlow.js",
  isNamed: () => false,
  begins(head) {
    const text = new TextDecoder().decode(head.subarray(0, 4096));
    return /^\s*\{[^]*"(?:modelTopology|weightsManifest)"\s*:/.test(text) || /^\s*\[\s*\{\s*"(?:weights|paths)"\s*:\s*\[/.test(text);
  },
  isDistinctive: true,
  async examine(input) {
    // A file that begins so may all the same be one of the configurations that other libraries import by.
    await JSON_EXAMINER.examine(input);
    if (input.file.size > MAX_BYTES) return input.report("file/not-understood", "is longer than is read");
    try {
      const root = parseJson(await input.file.read(0, input.file.size), {
        what: "model",
        shapeCode: "JSON_SYNTAX",
        maxDepth: MAX_DEPTH,
        maxValues: MAX_VALUES,
      });
      if (root.kind === "array") examineManifest(root, input);
      else examineModel(root, input);
    } catch (error) {
      if (!(error instanceof AssayError)) throw error;
      input.report("file/malformed", `is not the JSON of a model: ${error.message}`);
    }
  },
};

function examineModel(root: JsonNode, input: ExamineInput): void {
  for (const [key, value] of root.members()) {
    if (key === "modelTopology") examineTopology(value, input);
    else if (key === "weightsManifest") examineManifest(value, input);
    else if (key === "trainingConfig") examineKerasConfig(wrapped(value), input.report, key);
    else if (!STATEMENTS.has(key)) input.report("tensorflow/unknown-field", `has the unknown field ${key}`);
  }
}

function examineTopology(topology: JsonNode, { report }: ExamineInput): void {
  if (topology.kind === "null") return;
  const nodes = topology.get("node");
  if (nodes === undefined) {
    const model = topology.get("model_config") ?? topology;
    return examineKerasConfig(encodeUtf8(JSON.stringify(model.plain())), report, "modelTopology");
  }
  const functions = new Set<string>();
  const library = topology.optional("library")?.optional("function");
  const bodies = library === undefined ? [] : [...library.elements()];
  for (const body of bodies) functions.add(body.require("signature").require("name").string());
  examineNodes(nodes, functions, report);
  for (const body of bodies) {
    const inner = body.optional("nodeDef") ?? body.optional("node_def");
    if (inner !== undefined) examineNodes(inner, functions, report);
  }
}

function examineNodes(nodes: JsonNode, functions: ReadonlySet<string>, report: ExamineInput["report"]): void {
  const seen = new Set<string>();
  for (const node of nodes.elements()) {
    const name = node.require("op").string();
    if (seen.has(name)) continue;
    seen.add(name);
    const does = tensorflowCodeOperator(name);
    if (does !== undefined) report("tensorflow/code-operator", `has the operator ${name}, which ${does}`, { name });
    else if (!functions.has(name) && !isAllowedTensorflowOperator(name))
      report("tensorflow/unknown-operator", `has the operator ${name}, which is not in the list`, { name });
  }
}

/** Groups of weights: names, types and shapes, and the files that hold them one after another. */
function examineManifest(manifest: JsonNode, { name, depth, sizeOf, claimAsData, report, addFacts, leaveOut }: ExamineInput): void {
  let elements = 0;
  const types = new Set<string>();
  for (const group of manifest.elements()) {
    for (const weight of group.require("weights").elements()) {
      elements += [...weight.require("shape").elements()].reduce((product, size) => product * size.number(), 1);
      types.add(weight.require("dtype").string());
    }
    for (const path of group.require("paths").elements()) {
      const file = innerPath(name, path.string());
      if (file === undefined)
        report("tensorflow/outside-path", `reads weights from ${JSON.stringify(path.string())}, which is not a path inside the model`);
      else if (depth > 0 || sizeOf(file) === undefined)
        report("tensorflow/missing-data", `has weights in ${path.string()}, which was not examined with it`);
      else claimAsData(file);
    }
  }
  addFacts({ parameters: elements, types: [...types].sort() });
  leaveOut("the values of the weights");
}

function wrapped(training: JsonNode): Uint8Array {
  return encodeUtf8(JSON.stringify({ class_name: "Sequential", config: { layers: [training.plain()] } }));
}
