import type { ProtobufMessage } from "../protobuf/message.ts";
import { malformed, notUnderstood } from "../format-error.ts";
import { ONNX_STRING, ONNX_TYPES } from "./data-types.ts";

const MAX_DIMENSIONS = 64;
const EXTERNAL = 1;
/** The field that has the elements of a type, where they are not in raw_data; other types are in int32_data. */
const TYPED_FIELDS: ReadonlyMap<string, string> = new Map([
  ["F32", "float_data"],
  ["C64", "float_data"],
  ["F64", "double_data"],
  ["C128", "double_data"],
  ["I64", "int64_data"],
  ["U32", "uint64_data"],
  ["U64", "uint64_data"],
]);

/** A tensor whose bytes are in another file. */
export interface ExternalData {
  readonly tensor: string;
  readonly location: string;
  readonly from: number;
  /** Undefined where the entry does not say: then it is the rest of the file. */
  readonly length: number | undefined;
  readonly offset: number;
}

export interface OnnxTensor {
  readonly elements: number;
  /** `F32`; undefined for strings. */
  readonly type: string | undefined;
  readonly bytes: number;
  readonly external: ExternalData | undefined;
}

/**
 * Checks a TensorProto: shape times type is what it holds, in itself or in another file.
 *
 * @throws FormatError
 */
export function readTensor(tensor: ProtobufMessage): OnnxTensor {
  const at = tensor.offset;
  const name = tensor.text("name");
  const dims = tensor.numbers("dims");
  if (tensor.counted("dims") > MAX_DIMENSIONS || Number.isNaN(tensor.counted("dims")))
    malformed(`the tensor ${name} has too many dimensions`, at);
  const elements = dims.reduce((product, size) => (product === 0 ? 0 : product * size), 1);
  if (dims.some((size) => size < 0) || !Number.isSafeInteger(elements)) malformed(`the tensor ${name} has no countable shape`, at);
  if (tensor.has("segment")) notUnderstood(`the tensor ${name} is stored in segments`, at);
  const external = externalData(tensor, name);
  const number = tensor.number("data_type");
  if (number === ONNX_STRING) {
    if (external !== undefined || tensor.has("raw_data")) malformed(`the tensor ${name} has strings outside string_data`, at);
    if (tensor.counted("string_data") !== elements)
      malformed(`the tensor ${name} has ${tensor.counted("string_data")} strings, its shape has ${elements}`, at);
    return { elements, type: undefined, bytes: 0, external: undefined };
  }
  const type = ONNX_TYPES.get(number);
  if (type === undefined) notUnderstood(`the tensor ${name} has the unknown type ${number}`, at);
  const bytes = Math.ceil((elements * type.bits) / 8);
  if (external !== undefined) {
    if (external.length !== undefined && external.length !== bytes)
      malformed(`the tensor ${name} has ${external.length} bytes in ${external.location}, its shape needs ${bytes}`, at);
    return { elements, type: type.name, bytes, external: { ...external, length: bytes } };
  }
  if (tensor.has("raw_data")) {
    const length = tensor.range("raw_data")?.length ?? 0;
    if (length !== bytes) malformed(`the tensor ${name} has ${length} bytes, its shape needs ${bytes}`, at);
  } else checkTyped(tensor, name, type, elements);
  return { elements, type: type.name, bytes, external: undefined };
}

function checkTyped(tensor: ProtobufMessage, name: string, type: { readonly name: string; readonly bits: number }, elements: number): void {
  const field = TYPED_FIELDS.get(type.name) ?? "int32_data";
  const count = tensor.counted(field);
  // Long runs of numbers without a fixed size are skipped, and then not counted.
  if (Number.isNaN(count)) return;
  const perElement = type.name === "C64" || type.name === "C128" ? 2 : 1;
  const expected = type.bits < 8 ? Math.ceil((elements * type.bits) / 8) : elements * perElement;
  if (count !== expected && !(type.bits < 8 && count === elements)) {
    malformed(`the tensor ${name} has ${count} numbers in ${field}, its shape needs ${expected}`, tensor.offset);
  }
}

function externalData(tensor: ProtobufMessage, name: string): ExternalData | undefined {
  const isExternal = tensor.number("data_location") === EXTERNAL;
  const entries = tensor.messages("external_data");
  if (!isExternal && entries.length === 0) return undefined;
  const values = new Map(entries.map((entry) => [entry.text("key"), entry.text("value")]));
  if (!isExternal || values.size !== entries.length) malformed(`the tensor ${name} says in two ways where its data is`, tensor.offset);
  if (tensor.has("raw_data")) malformed(`the tensor ${name} has data here and in another file`, tensor.offset);
  const unknown = [...values.keys()].find((key) => !["location", "offset", "length", "checksum"].includes(key));
  if (unknown !== undefined) notUnderstood(`the tensor ${name} has the unknown entry ${unknown} about its data`, tensor.offset);
  const from = wholeNumber(values.get("offset")) ?? 0;
  const length = wholeNumber(values.get("length"));
  if (Number.isNaN(from) || Number.isNaN(length))
    malformed(`the tensor ${name} has an offset or a length that is not a number`, tensor.offset);
  return { tensor: name, location: values.get("location") ?? "", from, length, offset: tensor.offset };
}

function wholeNumber(text: string | undefined): number | undefined {
  if (text === undefined) return undefined;
  const number = Number(text);
  return /^\d{1,16}$/.test(text) && Number.isSafeInteger(number) ? number : Number.NaN;
}
