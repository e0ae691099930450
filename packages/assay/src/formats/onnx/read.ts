import type { ProtobufMessage } from "../protobuf/message.ts";
import { walkProtobuf, type ProtobufWalk } from "../protobuf/walk.ts";
import type { RandomAccess } from "../random-access.ts";
import { malformed, notUnderstood } from "../format-error.ts";
import { ONNX_SCHEMA } from "./schema.ts";
import { readTensor, type ExternalData } from "./tensor.ts";

/** Released versions; a newer one may give a field a new meaning. */
const MAX_IR_VERSION = 14;
const MAX_OPERATORS = 10_000;
const MAX_EXTERNAL = 1_000_000;
const MAX_METADATA = 1000;

/** One operator that some nodes call. */
export interface OnnxOperator {
  readonly domain: string;
  readonly name: string;
  /** The first node that calls it. */
  readonly node: string;
  readonly offset: number;
}

/** What a ModelProto holds, without its weights. */
export interface OnnxModel {
  readonly irVersion: number;
  /** Version by domain, `""` for the standard one. */
  readonly operatorSets: ReadonlyMap<string, number>;
  readonly operators: readonly OnnxOperator[];
  /** `operatorKey` of each function that the model defines: calling it runs its nodes, which are among `operators`. */
  readonly functions: ReadonlySet<string>;
  readonly external: readonly ExternalData[];
  readonly parameters: number;
  readonly bytes: number;
  readonly types: readonly string[];
  readonly producer: string;
  /** The model's own properties, the first ones. */
  readonly metadata: readonly { readonly key: string; readonly value: string }[];
  readonly isTraining: boolean;
  readonly unknownFields: ProtobufWalk["unknownFields"];
  readonly repeatedFields: ProtobufWalk["repeatedFields"];
}

/**
 * Reads an ONNX model (https://github.com/onnx/onnx/blob/main/docs/IR.md): all nodes of the graph, of its subgraphs,
 * functions and training graphs, and the shape and place of every tensor. Weights are skipped.
 *
 * @throws FormatError
 */
export async function readOnnx(file: RandomAccess): Promise<OnnxModel> {
  const content = new Content();
  const { message, unknownFields, repeatedFields } = await walkProtobuf(file, {
    schema: ONNX_SCHEMA,
    type: "ModelProto",
    leave: (inner, around, field) => content.leave(inner, around, field),
  });
  const irVersion = message.number("ir_version");
  if (!message.has("ir_version") || irVersion < 1) malformed("the version of the format is missing");
  if (irVersion > MAX_IR_VERSION) notUnderstood(`the version of the format is ${irVersion}, known are versions up to ${MAX_IR_VERSION}`);
  if (!message.has("graph")) malformed("the graph is missing");
  const operatorSets = new Map(message.messages("opset_import").map((set) => [canonicalDomain(set.text("domain")), set.number("version")]));
  if (operatorSets.size === 0 && irVersion >= 3) malformed("the operator sets are missing: the file may be truncated");
  return {
    irVersion,
    operatorSets,
    operators: [...content.operators.values()],
    functions: content.functions,
    external: content.external,
    parameters: content.parameters,
    bytes: content.bytes,
    types: [...content.types].sort(),
    producer: message.text("producer_name"),
    metadata: content.metadata,
    isTraining: message.has("training_info"),
    unknownFields,
    repeatedFields,
  };
}

/** The standard domain has two names. */
function canonicalDomain(domain: string): string {
  return domain === "ai.onnx" ? "" : domain;
}

/** One text for both: names may hold any character. */
export function operatorKey(domain: string, name: string): string {
  return JSON.stringify([domain, name]);
}

/** Gathers at the end of each message what is asked for, so that the messages can be dropped. */
class Content {
  readonly operators = new Map<string, OnnxOperator>();
  readonly functions = new Set<string>();
  readonly external: ExternalData[] = [];
  readonly types = new Set<string>();
  readonly metadata: { readonly key: string; readonly value: string }[] = [];
  parameters = 0;
  bytes = 0;

  leave(message: ProtobufMessage, around: readonly ProtobufMessage[], field: string): boolean {
    switch (message.type) {
      case "NodeProto":
        this.#node(message);
        return false;
      case "TensorProto":
        this.#tensor(message, field === "initializer" || around.at(-1)?.type === "SparseTensorProto");
        return false;
      case "FunctionProto":
        this.functions.add(operatorKey(canonicalDomain(message.text("domain")), message.text("name")));
        return false;
      case "StringStringEntryProto":
        if (field === "metadata_props" && around.length === 1 && this.metadata.length < MAX_METADATA)
          this.metadata.push({ key: message.text("key"), value: message.text("value") });
        return field === "external_data";
      case "OperatorSetIdProto":
        return around.length === 1;
      default:
        return false;
    }
  }

  #node(node: ProtobufMessage): void {
    const domain = canonicalDomain(node.text("domain"));
    const name = node.text("op_type");
    if (name === "") malformed("a node has no operator", node.offset);
    const key = operatorKey(domain, name);
    if (this.operators.has(key)) return;
    if (this.operators.size === MAX_OPERATORS) notUnderstood(`the model calls more than ${MAX_OPERATORS} operators`, node.offset);
    this.operators.set(key, { domain, name, node: node.text("name"), offset: node.offset });
  }

  #tensor(message: ProtobufMessage, isParameter: boolean): void {
    const tensor = readTensor(message);
    if (tensor.external !== undefined) {
      if (this.external.length === MAX_EXTERNAL)
        notUnderstood("the model has more external tensors than this reader keeps", message.offset);
      this.external.push(tensor.external);
    }
    if (!isParameter) return;
    this.parameters += tensor.elements;
    this.bytes += tensor.bytes;
    if (tensor.type !== undefined) this.types.add(tensor.type);
  }
}
