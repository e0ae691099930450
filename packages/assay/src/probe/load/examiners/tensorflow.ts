import { hasExtension } from "../../../formats/format.ts";
import { hasSignature } from "../../../formats/first-bytes.ts";
import { innerPath } from "../../../formats/inner-path.ts";
import { readTensorflowGraphs, type GraphKind, type TensorflowGraphs } from "../../../formats/tensorflow/graph.ts";
import { CHECKPOINT_OPERATORS } from "../../../formats/tensorflow/path-nodes.ts";
import { tensorflowCodeOperator } from "../../../risk/allowed/tensorflow-code.ts";
import { isAllowedTensorflowOperator } from "../../../risk/allowed/tensorflow-operators.ts";
import type { ExamineInput, Examiner } from "../examiner.ts";
import { examineKerasMetadata } from "./keras-metadata.ts";

/** Operators that make names of checkpoint files, and do nothing with them. */
const FILE_NAMES: ReadonlySet<string> = new Set(["ShardedFilename", "ShardedFilespec"]);
/** saved_schema_version 1, then the first graph. */
const SAVED_MODEL_START = "\u0008\u0001\u0012";

export const SAVED_MODEL_EXAMINER: Examiner = {
  format: "TensorFlow SavedModel",
  isNamed: (name) => /(?:^|\/)saved_model\.pb$/.test(name),
  begins: (head) => hasSignature(head, SAVED_MODEL_START),
  isDistinctive: false,
  examine: async (input) => examineGraphs(input, "SavedModel"),
};

/** The graph of a checkpoint of TensorFlow 1. */
export const META_GRAPH_EXAMINER: Examiner = {
  format: "TensorFlow MetaGraph",
  isNamed: hasExtension("meta"),
  begins: () => false,
  isDistinctive: false,
  examine: async (input) => examineGraphs(input, "MetaGraphDef"),
};

export const FROZEN_GRAPH_EXAMINER: Examiner = {
  format: "TensorFlow graph",
  isNamed: hasExtension("pb"),
  // A node, its name first.
  begins: ([tag, , name]) => tag === 0x0a && name === 0x0a,
  isDistinctive: false,
  examine: async (input) => examineGraphs(input, "GraphDef"),
};

async function examineGraphs(input: ExamineInput, kind: GraphKind): Promise<void> {
  const { report, addFacts, leaveOut } = input;
  const graphs = await readTensorflowGraphs(input.file, kind);
  for (const { type, number, offset } of graphs.unknownFields)
    report("tensorflow/unknown-field", `has the unknown field ${number} in a ${type}`, { offset });
  for (const { type, number, offset } of graphs.repeatedFields)
    report("tensorflow/unknown-field", `has the field ${number} twice in a ${type}, where there can be one`, { offset });
  examineOperators(graphs, report);
  for (const { operator, node, offset } of graphs.foreignPaths)
    report("tensorflow/checkpoint-path", `has the operator ${operator} at the node ${node}, which uses a path that the model chooses`, {
      offset,
      name: operator,
    });
  for (const asset of graphs.assets)
    if (innerPath("", asset) === undefined)
      report("tensorflow/outside-path", `has the asset ${JSON.stringify(asset)}, which is not a file of the model`);
  for (const registered of graphs.registered)
    if (!/^tf\.\w+$/.test(registered))
      report("tensorflow/registered-class", `has an object of the class ${registered}, which a program registers`, { name: registered });
  for (const { text, offset } of graphs.keras) examineKerasMetadata(text, offset, report);
  examineVariables(graphs, kind, input);
  leaveOut("the values of constants");
  addFacts({ parameters: graphs.elements, types: graphs.types, weightBytes: graphs.bytes });
  if (graphs.version !== "") addFacts({ architecture: `TensorFlow ${graphs.version} graph` });
}

function examineOperators({ operators, functions }: TensorflowGraphs, report: ExamineInput["report"]): void {
  for (const { name, node, offset } of operators) {
    const does = tensorflowCodeOperator(name);
    if (does !== undefined)
      report("tensorflow/code-operator", `has the operator ${name} at the node ${node}, which ${does}`, { offset, name });
    else if (functions.has(name) || CHECKPOINT_OPERATORS.has(name) || FILE_NAMES.has(name) || isAllowedTensorflowOperator(name)) continue;
    else report("tensorflow/unknown-operator", `has the operator ${name} at the node ${node}, which is not in the list`, { offset, name });
  }
}

/** A SavedModel that has a saver has its variables in files beside it. */
function examineVariables({ operators, hasSaver }: TensorflowGraphs, kind: GraphKind, { name, sizeOf, depth, report }: ExamineInput): void {
  const hasVariables = operators.some((operator) => operator.name === "VarHandleOp" || operator.name === "VariableV2");
  if (kind !== "SavedModel" || !hasSaver || !hasVariables || depth > 0) return;
  if (sizeOf(innerPath(name, "variables/variables.index") ?? "") === undefined)
    report("tensorflow/missing-data", "has variables, and variables/variables.index was not examined with it");
}
