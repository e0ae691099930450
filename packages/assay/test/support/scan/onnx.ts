import { message, type ProtobufField } from "./protobuf.ts";

/** Parts of an ONNX model by the field numbers of onnx.proto. */
export function node(op: string, { domain, name = "n", attributes = [], more = [] }: NodeParts = {}): Uint8Array {
  return message(
    [1, "x"],
    [2, "y"],
    [3, name],
    [4, op],
    ...attributes.map((attribute): ProtobufField => [5, attribute]),
    ...(domain === undefined ? [] : [[7, domain] as const]),
    ...more,
  );
}

interface NodeParts {
  readonly domain?: string;
  readonly name?: string;
  readonly attributes?: readonly Uint8Array[];
  readonly more?: readonly ProtobufField[];
}

export function attribute(name: string, ...fields: readonly ProtobufField[]): Uint8Array {
  return message([1, name], ...fields);
}

/** A tensor of F32, its bytes in it. */
export function tensor(
  name: string,
  dims: readonly number[],
  data: Uint8Array = Buffer.alloc(4 * dims.reduce((a, b) => a * b, 1)),
): Uint8Array {
  return message(...dims.map((size): ProtobufField => [1, size]), [2, 1], [8, name], [9, data]);
}

/** A tensor of F32 whose bytes are in another file. */
export function externalTensor(name: string, dims: readonly number[], entries: Readonly<Record<string, string>>): Uint8Array {
  return message(
    ...dims.map((size): ProtobufField => [1, size]),
    [2, 1],
    [8, name],
    ...Object.entries(entries).map(([key, value]): ProtobufField => [13, message([1, key], [2, value])]),
    [14, 1],
  );
}

export function graph(parts: {
  readonly nodes?: readonly Uint8Array[];
  readonly tensors?: readonly Uint8Array[];
  readonly more?: readonly ProtobufField[];
}): Uint8Array {
  const type = message([1, message([1, 1], [2, message([1, message([1, 2])])])]);
  return message(
    ...(parts.nodes ?? [node("Relu")]).map((one): ProtobufField => [1, one]),
    [2, "main"],
    ...(parts.tensors ?? []).map((one): ProtobufField => [5, one]),
    [11, message([1, "x"], [2, type])],
    [12, message([1, "y"])],
    ...(parts.more ?? []),
  );
}

export function operatorSet(version: number, domain?: string): Uint8Array {
  return message(...(domain === undefined ? [] : [[1, domain] as const]), [2, version]);
}

/** A whole model, laid out as the onnx package writes it. */
export function onnx(
  content: Uint8Array = graph({ tensors: [tensor("w", [2, 3])] }),
  {
    irVersion = 8,
    domains = [],
    more = [],
  }: { readonly irVersion?: number; readonly domains?: readonly string[]; readonly more?: readonly ProtobufField[] } = {},
): Uint8Array {
  return message(
    [1, irVersion],
    [2, "assay-test"],
    [7, content],
    [8, operatorSet(17)],
    ...domains.map((domain): ProtobufField => [8, operatorSet(1, domain)]),
    ...more,
  );
}
