import { malformed, notUnderstood } from "../format-error.ts";
import type { ProtobufMessage } from "../protobuf/message.ts";
import { walkProtobuf, type ProtobufWalk } from "../protobuf/walk.ts";
import type { RandomAccess } from "../random-access.ts";
import { PathNodes, type FileNode } from "./path-nodes.ts";
import { tensorflowSchema } from "./schema.ts";
import { readTensorflowTensor } from "./tensor.ts";

const MAX_OPERATORS = 10_000;
const MAX_TEXTS = 100_000;

/** One operator that some nodes call. */
export interface TensorflowOperator {
  readonly name: string;
  readonly node: string;
  readonly offset: number;
}

/** The configuration of a Keras object, as Keras 2 writes it into a SavedModel. */
export interface KerasMetadata {
  readonly text: string;
  readonly offset: number;
}

/** What a SavedModel, MetaGraphDef or GraphDef holds, without its weights. */
export interface TensorflowGraphs {
  readonly operators: readonly TensorflowOperator[];
  /** Names of functions of the model: calling one runs its nodes, which are among `operators`. */
  readonly functions: ReadonlySet<string>;
  /** Nodes that read or write checkpoints at another path than the one that saving and loading give them. */
  readonly foreignPaths: readonly FileNode[];
  readonly hasSaver: boolean;
  readonly assets: readonly string[];
  readonly keras: readonly KerasMetadata[];
  /** Names of classes that a program registers. */
  readonly registered: readonly string[];
  /** Numbers in constants. */
  readonly elements: number;
  readonly bytes: number;
  readonly types: readonly string[];
  readonly version: string;
  readonly unknownFields: ProtobufWalk["unknownFields"];
  readonly repeatedFields: ProtobufWalk["repeatedFields"];
}

export type GraphKind = "SavedModel" | "MetaGraphDef" | "GraphDef";

/**
 * Reads a TensorFlow graph: all nodes of the main graph and of its functions, the saver, assets and Keras
 * configurations. Weights are skipped.
 *
 * @throws FormatError
 */
export async function readTensorflowGraphs(file: RandomAccess, kind: GraphKind): Promise<TensorflowGraphs> {
  const content = new Content();
  const { message, unknownFields, repeatedFields } = await walkProtobuf(file, {
    schema: tensorflowSchema(),
    type: kind,
    leave: (inner, around, field) => content.leave(inner, around, field),
  });
  if (kind === "SavedModel") {
    const version = message.number("saved_model_schema_version");
    if (version !== 1) notUnderstood(`has a SavedModel of version ${version}`);
  }
  if (kind === "SavedModel" && content.graphs === 0) malformed("has no graph");
  if (content.operators.size === 0) malformed("has no node");
  return {
    operators: [...content.operators.values()],
    functions: content.functions,
    foreignPaths: content.paths.foreign(),
    hasSaver: content.savers > 0,
    assets: content.assets,
    keras: content.keras,
    registered: [...content.registered],
    elements: content.elements,
    bytes: content.bytes,
    types: [...content.types].sort(),
    version: content.version,
    unknownFields,
    repeatedFields,
  };
}

/** Gathers at the end of each message what is asked for, so that the messages can be dropped. */
class Content {
  readonly operators = new Map<string, TensorflowOperator>();
  readonly functions = new Set<string>();
  readonly paths = new PathNodes();
  savers = 0;
  readonly assets: string[] = [];
  readonly keras: KerasMetadata[] = [];
  readonly registered = new Set<string>();
  readonly types = new Set<string>();
  graphs = 0;
  elements = 0;
  bytes = 0;
  version = "";

  leave(message: ProtobufMessage, around: readonly ProtobufMessage[], field: string): boolean {
    switch (message.type) {
      case "NodeDef":
        this.#node(message, around);
        return false;
      case "TensorProto":
        this.#tensor(message, around);
        return false;
      case "TensorShapeProto":
        return around.at(-1)?.type === "TensorProto";
      case "TensorShapeProtoDim":
        return around.at(-2)?.type === "TensorProto";
      case "NameAttrList":
        this.#call(message, around);
        return false;
      case "OpDef":
      case "OpDefArgDef":
        return around.some(({ type }) => type === "FunctionDef");
      case "FunctionDef":
        this.#function(message);
        return false;
      default:
        return this.#leaveModel(message, field);
    }
  }

  #leaveModel(message: ProtobufMessage, field: string): boolean {
    switch (message.type) {
      case "MetaGraphDef":
        this.graphs++;
        return false;
      case "MetaGraphDefMetaInfoDef":
        this.version = message.text("tensorflow_version");
        return false;
      case "SaverDef":
        this.savers++;
        return false;
      case "AssetFileDef":
        if (this.assets.length < MAX_TEXTS) this.assets.push(message.text("filename"));
        return false;
      case "SavedUserObject":
        this.#userObject(message);
        return false;
      case "SavedObject":
        if (message.text("registered_name") !== "") this.registered.add(message.text("registered_name"));
        return false;
      default:
        // Types inside of constants are kept with them, everything else is dropped.
        return field === "tensor_shape";
    }
  }

  #node(node: ProtobufMessage, around: readonly ProtobufMessage[]): void {
    const name = node.text("op");
    if (name === "") malformed("has a node without an operator", node.offset);
    const inside = around.find(({ type }) => type === "FunctionDef");
    this.paths.node(node, inside);
    if (this.operators.has(name)) return;
    if (this.operators.size === MAX_OPERATORS) notUnderstood(`has more than ${MAX_OPERATORS} operators`, node.offset);
    this.operators.set(name, { name, node: node.text("name"), offset: node.offset });
  }

  #tensor(message: ProtobufMessage, around: readonly ProtobufMessage[]): void {
    const tensor = readTensorflowTensor(message);
    const node = around.findLast(({ type }) => type === "NodeDef");
    if (node !== undefined) this.paths.constant(node, message);
    this.elements += tensor.elements;
    this.bytes += tensor.bytes;
    if (tensor.type !== undefined) this.types.add(tensor.type);
  }

  #call(message: ProtobufMessage, around: readonly ProtobufMessage[]): void {
    const node = around.findLast(({ type }) => type === "NodeDef");
    if (node !== undefined) this.paths.call(node, message.text("name"));
  }

  #function(message: ProtobufMessage): void {
    const signature = message.message("signature");
    const name = signature?.text("name") ?? "";
    if (name === "") malformed("has a function without a name", message.offset);
    this.functions.add(name);
    this.paths.functionEnds(message, name, signature?.messages("input_arg").map((input) => input.text("name")) ?? []);
  }

  #userObject(message: ProtobufMessage): void {
    if (!message.text("identifier").startsWith("_tf_keras_")) return;
    if (!message.has("metadata")) return;
    const text = message.text("metadata");
    if (text === "") notUnderstood("has a Keras configuration that is too long", message.offset);
    if (this.keras.length === MAX_TEXTS) notUnderstood("has more Keras objects than are read", message.offset);
    this.keras.push({ text, offset: message.offset });
  }
}
