import { parseTypeString } from "../numpy/type-string.ts";
import { Arguments } from "./arguments.ts";
import { IS_BUILT, IS_OBJECT, IS_USED } from "./heap.ts";
import { isText, VALUE } from "./kinds.ts";
import type { PickleMachine, PendingArray } from "./machine.ts";

const OBJECT_FAULT = "has a numpy array of Python objects";
/** Flags of a dtype by which numpy treats items as Python objects: they hold references, or are pickled as a list. */
const OBJECT_FLAGS = 0x03;
const MAX_ITEM_BYTES = 2 ** 31;

/** The node of a new dtype; undefined where the type string is not understood. */
export function dtypeOf(machine: PickleMachine, type: string | undefined): number | undefined {
  const parsed = type === undefined ? undefined : parseTypeString(type);
  if (parsed === undefined) return undefined;
  if (parsed.isObject) machine.fault("object-dtype", OBJECT_FAULT);
  return machine.heap.dtype(parsed.itemBytes, parsed.isObject ? IS_OBJECT : 0);
}

/** Whether an argument is a dtype without Python objects. From here on its state may not change. */
export function isPlainDtype(given: Arguments, index: number): boolean {
  if (!given.is(index, VALUE.dtype)) return false;
  const { heap } = given.machine;
  const node = given.payload(index);
  heap.addFlags(node, IS_USED);
  return (heap.flags(node) & IS_OBJECT) === 0;
}

/** The bytes of an array or scalar; Python 2 wrote them as a string. */
export function isNumpyBuffer(given: Arguments, index: number): boolean {
  return given.is(index, VALUE.bytes, VALUE.bytearray, VALUE.oldText, VALUE.escapedText) || isText(given.kind(index));
}

/**
 * The state of a dtype (`arraydescr_setstate` of numpy): version, byte order, subarray, names, fields, bytes of an item,
 * alignment, flags, and for times the unit. Only once, before the dtype is used: numpy changes it in place.
 */
export function buildDtype(machine: PickleMachine, node: number, state: Arguments | undefined): boolean {
  const { heap } = machine;
  if (state === undefined || (heap.flags(node) & (IS_BUILT | IS_USED)) !== 0) return false;
  if ((state.count !== 8 && state.count !== 9) || !state.is(0, VALUE.integer) || !isByteOrder(state)) return false;
  if (![5, 6, 7].every((index) => state.is(index, VALUE.integer))) return false;
  const size = state.payload(5);
  if (!(size >= -1 && size <= MAX_ITEM_BYTES)) return false;
  const fields = fieldsOf(state);
  const subarray = state.is(2, VALUE.none) ? undefined : subarrayOf(state);
  if (fields === "bad" || subarray === "bad" || (state.count === 9 && !isPlainMetadata(state, 8))) return false;
  const itemBytes = size >= 0 ? size : heap.size(node);
  if (subarray !== undefined && subarray.bytes !== itemBytes) return false;
  if (fields !== undefined && fields.end > itemBytes) return false;
  const hasObjects = fields?.isObject === true || subarray?.isObject === true || (state.payload(7) & OBJECT_FLAGS) !== 0;
  if (hasObjects && (heap.flags(node) & IS_OBJECT) === 0) machine.fault("object-dtype", OBJECT_FAULT);
  heap.setSize(node, itemBytes);
  heap.addFlags(node, IS_BUILT | (hasObjects ? IS_OBJECT : 0));
  return true;
}

function isByteOrder(state: Arguments): boolean {
  return state.isText(1) && ["<", ">", "|", "="].includes(state.text(1) ?? "");
}

interface Fields {
  readonly isObject: boolean;
  /** Where the last field ends. */
  readonly end: number;
}

/** Names and a dictionary of names to (dtype, offset). Undefined for a dtype without fields. */
function fieldsOf(state: Arguments): Fields | undefined | "bad" {
  if (state.is(3, VALUE.none) && state.is(4, VALUE.none)) return undefined;
  const names = state.tuple(3);
  const { heap } = state.machine;
  const cells = state.is(4, VALUE.dictionary) ? heap.entries(state.payload(4)) : undefined;
  if (names === undefined || cells === undefined || cells.length !== names.count) return "bad";
  let [isObject, end] = [false, 0];
  for (const cell of cells) {
    const place = Arguments.of(state.machine, heap.kind(cell + 1), heap.payload(cell + 1));
    if (!isText(heap.kind(cell)) || place === undefined || place.count < 2 || place.count > 3) return "bad";
    if (!place.is(0, VALUE.dtype) || !place.is(1, VALUE.integer) || !(place.payload(1) >= 0)) return "bad";
    if (place.count === 3 && !place.isText(2)) return "bad";
    isObject ||= !isPlainDtype(place, 0);
    end = Math.max(end, place.payload(1) + heap.size(place.payload(0)));
  }
  return { isObject, end };
}

/** (dtype, shape). */
function subarrayOf(state: Arguments): { readonly isObject: boolean; readonly bytes: number } | "bad" {
  const pair = state.tuple(2);
  if (pair?.count !== 2 || !pair.is(0, VALUE.dtype)) return "bad";
  const count = pair.is(1, VALUE.integer) ? pair.payload(1) : pair.product(1);
  if (count === undefined || !(count >= 0)) return "bad";
  const isObject = !isPlainDtype(pair, 0);
  return { isObject, bytes: count * state.machine.heap.size(pair.payload(0)) };
}

/** Nothing, or for times ({} or None, (unit, number, numerator, denominator)). */
function isPlainMetadata(state: Arguments, index: number): boolean {
  if (state.is(index, VALUE.none)) return true;
  const pair = state.tuple(index);
  const unit = pair?.tuple(1);
  if (pair?.count !== 2 || !pair.is(0, VALUE.dictionary, VALUE.none) || unit?.count !== 4) return false;
  return unit.is(0, VALUE.bytes, VALUE.oldText, VALUE.text) && [1, 2, 3].every((item) => unit.is(item, VALUE.integer));
}

/** The state of an array (`array_setstate`): version, shape, dtype, order, bytes. */
export function buildArray(machine: PickleMachine, state: Arguments | undefined): boolean {
  if (state?.count !== 5 || !state.is(0, VALUE.integer) || !state.isFlag(3)) return false;
  const count = state.product(1);
  if (count === undefined || !state.is(2, VALUE.dtype)) return false;
  // Objects have left their fault: their list is data like any other.
  if (!isPlainDtype(state, 2)) return state.is(4, VALUE.list);
  if (!isNumpyBuffer(state, 4)) return false;
  const bytes = count * machine.heap.size(state.payload(2));
  return !state.is(4, VALUE.bytes) || Number.isNaN(state.payload(4)) || state.payload(4) === bytes;
}

/** The state of a NumpyArrayWrapper: what array follows in the stream. Undefined where it is not understood. */
export function arrayOf(machine: PickleMachine, kind: number, payload: number): PendingArray | undefined {
  const { heap } = machine;
  const cells = kind === VALUE.dictionary ? heap.entries(payload) : undefined;
  if (cells === undefined) return undefined;
  const values = new Map<string, number>();
  for (const cell of cells) {
    const key = heap.kind(cell) === VALUE.text ? machine.text(VALUE.text, heap.payload(cell)) : undefined;
    if (key === undefined || values.has(key)) return undefined;
    values.set(key, cell + 1);
  }
  const kindOf = (key: string): number => heap.kind(values.get(key) ?? -1);
  const payloadOf = (key: string): number => heap.payload(values.get(key) ?? -1);
  const isArray = kindOf("subclass") === VALUE.global && machine.global(payloadOf("subclass"))?.use === "numpy-array";
  const order = machine.text(kindOf("order"), payloadOf("order"));
  if (!isArray || (order !== "C" && order !== "F") || kindOf("dtype") !== VALUE.dtype || kindOf("allow_mmap") !== VALUE.boolean)
    return undefined;
  const alignment = kindOf("numpy_array_alignment_bytes");
  const hasPadding = alignment === VALUE.integer;
  if (!hasPadding && alignment !== VALUE.none && alignment !== VALUE.absent) return undefined;
  if (values.size !== (alignment === VALUE.absent ? 5 : 6)) return undefined;
  const count = productOf(machine, kindOf("shape"), payloadOf("shape"));
  const dtype = payloadOf("dtype");
  const bytes = (count ?? Number.NaN) * heap.size(dtype);
  if (!Number.isSafeInteger(bytes)) return undefined;
  heap.addFlags(dtype, IS_USED);
  return { bytes, isObject: (heap.flags(dtype) & IS_OBJECT) !== 0, hasPadding };
}

function productOf(machine: PickleMachine, kind: number, payload: number): number | undefined {
  const shape = Arguments.of(machine, kind, payload);
  if (shape === undefined) return undefined;
  let product = 1;
  for (let item = 0; item < shape.count; item++) {
    if (!shape.is(item, VALUE.integer) || !(shape.payload(item) >= 0)) return undefined;
    product *= shape.payload(item);
  }
  return product;
}
