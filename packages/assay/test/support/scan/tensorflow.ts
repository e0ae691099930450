import { fixed32, message, type ProtobufField } from "./protobuf.ts";
import { bytes } from "./bytes.ts";

/** A node of a GraphDef, with attributes as key and AttrValue. */
export function node(
  name: string,
  op: string,
  inputs: readonly string[] = [],
  attributes: Readonly<Record<string, Uint8Array>> = {},
): Uint8Array {
  return message(
    [1, name],
    [2, op],
    ...inputs.map((input): ProtobufField => [3, input]),
    ...Object.entries(attributes).map(([key, value]): ProtobufField => [5, message([1, key], [2, value])]),
  );
}

/** A constant of one text. */
export function textConstant(name: string, text: string): Uint8Array {
  return node(name, "Const", [], { value: message([8, message([1, 7], [2, ""], [8, text])]), dtype: message([6, 7]) });
}

/** A constant of F32 numbers with these dimensions. */
export function constant(name: string, dims: readonly number[], content?: Uint8Array): Uint8Array {
  const shape = message(...dims.map((size): ProtobufField => [2, message([1, size])]));
  const data = content ?? Buffer.alloc(4 * dims.reduce((a, b) => a * b, 1));
  return node(name, "Const", [], { value: message([8, message([1, 1], [2, shape], [4, data])]), dtype: message([6, 1]) });
}

/** A node that calls a function. */
export function call(name: string, callee: string, inputs: readonly string[] = []): Uint8Array {
  return node(name, "StatefulPartitionedCall", inputs, { f: message([10, message([1, callee])]) });
}

export function functionOf(name: string, args: readonly string[], nodes: readonly Uint8Array[]): Uint8Array {
  const signature = message([1, name], ...args.map((arg): ProtobufField => [2, message([1, arg], [3, 7])]));
  return message([1, signature], ...nodes.map((one): ProtobufField => [3, one]));
}

export function graphDef(nodes: readonly Uint8Array[], functions: readonly Uint8Array[] = []): Uint8Array {
  const library = message(...functions.map((one): ProtobufField => [1, one]));
  return message(
    ...nodes.map((one): ProtobufField => [1, one]),
    [4, message([1, 1882])],
    ...(functions.length > 0 ? [[2, library] as const] : []),
  );
}

/** A SavedModel of one graph. */
export function savedModel(graph: Uint8Array, ...more: readonly ProtobufField[]): Uint8Array {
  const info = message([4, "serve"], [5, "2.21.0"]);
  return message([1, 1], [2, message([1, info], [2, graph], ...more)]);
}

export const NUMBERS = bytes(fixed32(5, 0));
