import { hasSignature } from "../first-bytes.ts";
import { malformed, notUnderstood } from "../format-error.ts";
import type { RandomAccess } from "../random-access.ts";
import { readLiteral, Tuple, type Literal } from "./literal.ts";
import { parseTypeString, type NumpyType } from "./type-string.ts";

/** What the header of a `.npy` file says. */
export interface NpyHeader {
  /** Where the array begins. */
  readonly dataOffset: number;
  readonly items: number;
  readonly type: NumpyType;
  /** The type string of a plain array: `<f8`; undefined for records. */
  readonly typeName: string | undefined;
}

const SIGNATURE = "\u0093NUMPY";
const LENGTH_AT = 8;
/** numpy itself refuses longer headers. */
const MAX_HEADER_BYTES = 65_536;
const MAX_RECORD_DEPTH = 8;

export function isNpy(head: Uint8Array): boolean {
  return hasSignature(head, SIGNATURE);
}

/**
 * Reads the header of a `.npy` file, versions 1 to 3 (numpy/lib/format.py): a dictionary of literals with exactly `descr`,
 * `fortran_order` and `shape`. Throws `FormatError`. The array is not read: `checkNpySize` compares its length.
 */
export async function readNpyHeader(file: RandomAccess): Promise<NpyHeader> {
  const start = await file.read(0, 12);
  if (!isNpy(start) || start.length < 12) malformed("ends before its header");
  const [major, minor] = [start[6] ?? 0, start[7] ?? 0];
  if (major < 1 || major > 3 || minor !== 0) notUnderstood(`is of version ${major}.${minor}, which is unknown`);
  const view = new DataView(start.buffer, start.byteOffset, start.length);
  const length = major === 1 ? view.getUint16(LENGTH_AT, true) : view.getUint32(LENGTH_AT, true);
  const headerOffset = LENGTH_AT + (major === 1 ? 2 : 4);
  if (length > MAX_HEADER_BYTES) notUnderstood(`has a header of more than ${MAX_HEADER_BYTES} bytes`);
  const bytes = await file.read(headerOffset, length);
  if (bytes.length < length) malformed("ends inside its header");
  const header = readLiteral(new TextDecoder(major === 3 ? "utf-8" : "latin1").decode(bytes));
  return { dataOffset: headerOffset + length, ...describe(header) };
}

function describe(header: Literal): Omit<NpyHeader, "dataOffset"> {
  if (!(header instanceof Map) || header.size !== 3) malformed("has a header that is not descr, fortran_order and shape");
  const [shape, order] = [header.get("shape"), header.get("fortran_order")];
  if (typeof order !== "boolean" || !header.has("descr")) malformed("has a header that is not descr, fortran_order and shape");
  const items = product(shape) ?? malformed("has a shape that is not a tuple of whole numbers");
  const descr = header.get("descr");
  return { items, type: typeOf(descr, 0), typeName: typeof descr === "string" ? descr : undefined };
}

function product(shape: Literal): number | undefined {
  if (!(shape instanceof Tuple)) return undefined;
  let items = 1;
  for (const length of shape.items) {
    if (typeof length !== "number" || !(length >= 0)) return undefined;
    items *= length;
  }
  return Number.isSafeInteger(items) ? items : undefined;
}

/** A type string, a list of fields, or a pair of a type and a shape. */
function typeOf(descr: Literal, depth: number): NumpyType {
  if (depth > MAX_RECORD_DEPTH) notUnderstood("has records in records, deeper than is read");
  if (typeof descr === "string")
    return parseTypeString(descr) ?? notUnderstood(`has a dtype that is not understood: ${descr.slice(0, 40)}`);
  if (descr instanceof Tuple && descr.items.length === 2) return repeated(typeOf(descr.items[0], depth + 1), descr.items[1]);
  if (!Array.isArray(descr)) malformed("has a dtype that is neither a type nor a list of fields");
  let [itemBytes, isObject] = [0, false];
  for (const field of descr) {
    if (!(field instanceof Tuple) || (field.items.length !== 2 && field.items.length !== 3)) malformed("has a field without name and type");
    const [name, type, shape] = field.items;
    if (typeof name !== "string" && !isTitled(name)) malformed("has a field without a name");
    const one = field.items.length === 3 ? repeated(typeOf(type, depth + 1), shape) : typeOf(type, depth + 1);
    itemBytes += one.itemBytes;
    isObject ||= one.isObject;
  }
  return { itemBytes, isObject };
}

function isTitled(name: Literal): boolean {
  return name instanceof Tuple && name.items.length === 2 && name.items.every((part) => typeof part === "string");
}

function repeated(type: NumpyType, shape: Literal): NumpyType {
  const count = product(typeof shape === "number" ? new Tuple([shape]) : shape) ?? malformed("has a field whose shape is not a tuple");
  return { itemBytes: type.itemBytes * count, isObject: type.isObject };
}

/** Throws `FormatError` where the bytes after the header are not the array: fewer, or more. */
export function checkNpySize({ dataOffset, items, type }: NpyHeader, size: number): void {
  const end = dataOffset + items * type.itemBytes;
  if (size < end) malformed(`ends inside its array`, size);
  if (size > end) notUnderstood("has bytes behind its array", end);
}
