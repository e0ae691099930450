import { malformed } from "../format-error.ts";
import type { ProtobufMessage } from "../protobuf/message.ts";
import { tensorflowType } from "./data-types.ts";

const VALUES = [
  "half_val",
  "float_val",
  "double_val",
  "int_val",
  "string_val",
  "scomplex_val",
  "int64_val",
  "bool_val",
  "dcomplex_val",
  "uint32_val",
  "uint64_val",
];

export interface TensorflowTensor {
  readonly elements: number;
  readonly type: string | undefined;
  readonly bytes: number;
}

/** The number of elements of a TensorShapeProto; undefined where a dimension is not known. Throws FormatError. */
export function elementsOf(shape: ProtobufMessage | undefined): number | undefined {
  if (shape === undefined) return 1;
  if (shape.number("unknown_rank") !== 0) return undefined;
  let elements = 1;
  for (const dim of shape.messages("dim")) {
    const size = dim.number("size");
    if (size < 0) return undefined;
    elements = elements === 0 ? 0 : elements * size;
  }
  if (!Number.isSafeInteger(elements)) malformed("has a shape that cannot be counted", shape.offset);
  return elements;
}

/** Checks a TensorProto: it holds no more numbers than its shape has, and raw bytes fit exactly. Throws FormatError. */
export function readTensorflowTensor(tensor: ProtobufMessage): TensorflowTensor {
  const elements = elementsOf(tensor.message("tensor_shape"));
  if (elements === undefined) malformed("has a constant of unknown shape", tensor.offset);
  const type = tensorflowType(tensor.number("dtype"));
  const raw = tensor.range("tensor_content");
  if (type !== undefined && raw !== undefined && raw.length > 0 && raw.length !== elements * type.bytes) {
    malformed(`has a constant of ${raw.length} bytes, its shape needs ${elements * type.bytes}`, tensor.offset);
  }
  for (const field of VALUES) {
    const count = tensor.counted(field) / (field.endsWith("complex_val") ? 2 : 1);
    // Fewer are the last one repeated; many packed numbers without a fixed size are not counted.
    if (count > Math.max(elements, 1)) malformed(`has a constant of ${count} numbers, its shape has ${elements}`, tensor.offset);
  }
  return { elements, type: type?.name, bytes: elements * (type?.bytes ?? 0) };
}
