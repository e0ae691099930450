import { Arguments } from "./arguments.ts";
import { VALUE } from "./kinds.ts";
import type { PickleMachine } from "./machine.ts";
import { dtypeOf, isNumpyBuffer, isPlainDtype } from "./numpy-values.ts";
import { isPlainState } from "./state.ts";
import type { GlobalUse } from "./uses.ts";

/** What comes of a call: a value as the stack holds it. */
export interface CallResult {
  readonly kind: number;
  readonly payload: number;
}

const UNKNOWN: CallResult = { kind: VALUE.opaque, payload: -1 };

/**
 * A call of a value with arguments, by REDUCE, OBJ or INST. Whatever is not an allowed global with arguments that
 * are understood leaves a fault; the loader would have called it.
 */
export function call(
  machine: PickleMachine,
  callee: { readonly kind: number; readonly payload: number },
  argumentsKind: number,
  argumentsPayload: number,
): CallResult {
  if (callee.kind !== VALUE.global) {
    machine.fault("computed-call", "calls a value that is not a named class or function");
    return UNKNOWN;
  }
  const global = machine.global(callee.payload);
  if (global === undefined) return UNKNOWN;
  if (global.use === undefined) {
    global.called ??= { offset: machine.opcodeOffset, given: machine.describeArguments(argumentsKind, argumentsPayload) };
    return { kind: VALUE.opaque, payload: callee.payload };
  }
  const given = Arguments.of(machine, argumentsKind, argumentsPayload);
  const result = given === undefined ? undefined : callAllowed(machine, global.use, given);
  if (result !== undefined) return result;
  if (global.use !== "encode") refuse(machine, `${global.module}.${global.name}`, argumentsKind, argumentsPayload);
  else machine.fault("codec", "calls _codecs.encode with another codec than latin1");
  return UNKNOWN;
}

function refuse(machine: PickleMachine, name: string, argumentsKind: number, argumentsPayload: number): void {
  machine.fault("call", `calls ${name} with ${machine.describeArguments(argumentsKind, argumentsPayload)}, as no data does`);
}

/** NEWOBJ and NEWOBJ_EX: makes an instance without calling `__init__`. */
export function makeInstance(
  machine: PickleMachine,
  callee: { readonly kind: number; readonly payload: number },
  argumentsKind: number,
  argumentsPayload: number,
): CallResult {
  const use = callee.kind === VALUE.global ? machine.global(callee.payload)?.use : undefined;
  if (use === undefined) return call(machine, callee, argumentsKind, argumentsPayload);
  const given = Arguments.of(machine, argumentsKind, argumentsPayload);
  if (given?.count === 0) {
    if (use === "joblib-array") return { kind: VALUE.arrayWrapper, payload: 0 };
    if (use === "ordered-dictionary") return { kind: VALUE.orderedDictionary, payload: 0 };
    if (use === "counter") return { kind: VALUE.counter, payload: 0 };
    if (use === "tensor-class") return { kind: VALUE.tensor, payload: 0 };
  }
  if (use === "parameter" || use === "size") return call(machine, callee, argumentsKind, argumentsPayload);
  const global = machine.global(callee.payload);
  refuse(machine, `${global?.module}.${global?.name}`, argumentsKind, argumentsPayload);
  return UNKNOWN;
}

/** Undefined where the arguments are not what a writer of data gives. */
function callAllowed(machine: PickleMachine, use: GlobalUse, given: Arguments): CallResult | undefined {
  const { count } = given;
  switch (use) {
    case "ordered-dictionary":
      return when(count === 0 || (count === 1 && isContainer(given)), VALUE.orderedDictionary);
    case "counter":
      return when(count === 0 || (count === 1 && isContainer(given)), VALUE.counter);
    case "set":
      return when(count === 0 || (count === 1 && isContainer(given)), VALUE.set);
    case "frozenset":
      return when(count === 0 || (count === 1 && isContainer(given)), VALUE.frozenset);
    case "empty-bytes":
      return when(count === 0, VALUE.bytes);
    case "bytearray":
      return when(isBytearray(given), VALUE.bytearray);
    case "complex":
      return when(count === 2 && isNumber(given, 0) && isNumber(given, 1), VALUE.data);
    case "encode":
      return when(count === 2 && given.isText(0) && given.text(1) === "latin1", VALUE.bytes, Number.NaN);
    case "size":
      return when(count === 1 && (given.isShape(0) || given.is(0, VALUE.list)), VALUE.data);
    case "device":
      return when(given.isText(0) && (count === 1 || (count === 2 && given.is(1, VALUE.integer))), VALUE.data);
    case "layout":
      return when(count === 1 && given.isText(0), VALUE.data);
    case "numpy-dtype":
      return makeDtype(machine, given);
    case "numpy-reconstruct":
      return when(count === 3 && given.use(0) === "numpy-array" && given.product(1) === 0 && isByteCode(given, 2), VALUE.ndarray);
    case "numpy-scalar":
      return when(count === 2 && isPlainDtype(given, 0) && isNumpyBuffer(given, 1), VALUE.data);
    case "numpy-from-buffer":
      return when(count === 4 && isFromBuffer(given), VALUE.ndarray);
    case "parameter":
      return when(isTensor(given, 0) && (count === 1 || (count === 2 && given.isFlag(1))), VALUE.parameter);
    case "rebuild-from-type":
      return rebuildFromType(machine, given);
    case "storage-class":
    case "torch-dtype":
    case "value":
    case "tensor-class":
    case "numpy-array":
    case "joblib-array":
      return undefined;
    default:
      return rebuild(machine, use, given);
  }
}

/** The functions of torch._utils, with the arguments that torch.save gives them. */
function rebuild(machine: PickleMachine, use: GlobalUse, given: Arguments): CallResult | undefined {
  const { count } = given;
  switch (use) {
    case "rebuild-tensor":
      return tensor(machine, given, count === 4 && isView(given));
    case "rebuild-tensor-v2":
      return tensor(machine, given, (count === 6 || (count === 7 && isMetadata(given, 6))) && isView(given) && isTrained(given, 4));
    case "rebuild-tensor-v3":
      return tensor(
        machine,
        given,
        (count === 7 || (count === 8 && isMetadata(given, 7))) && isView(given) && isTrained(given, 4) && given.use(6) === "torch-dtype",
      );
    case "rebuild-quantized-tensor":
      return tensor(machine, given, count === 7 && isView(given) && given.tuple(4) !== undefined && isTrained(given, 5));
    case "rebuild-sparse-tensor":
      return when(count === 2 && given.is(0, VALUE.data) && given.tuple(1) !== undefined, VALUE.tensor);
    case "rebuild-meta-tensor":
      return when(count === 4 && given.use(0) === "torch-dtype" && given.isShape(1) && given.isShape(2) && given.isFlag(3), VALUE.tensor);
    case "rebuild-wrapper-subclass":
      return when(
        count >= 8 && count <= 10 && isTensorClass(given, 0) && given.use(1) === "torch-dtype" && given.isShape(2) && given.isShape(3),
        VALUE.tensor,
      );
    case "rebuild-device-tensor":
      return when(
        count === 4 &&
          given.is(0, VALUE.ndarray, VALUE.tensor) &&
          given.use(1) === "torch-dtype" &&
          (given.isText(2) || given.is(2, VALUE.data)) &&
          given.isFlag(3),
        VALUE.tensor,
      );
    case "rebuild-parameter":
      return when(count === 3 && isTensor(given, 0) && isTrained(given, 1), VALUE.parameter);
    case "rebuild-parameter-with-state":
      return when(count === 4 && isTensor(given, 0) && isTrained(given, 1) && isPlainState(given, 3), VALUE.parameter);
    default:
      return undefined;
  }
}

/** `_rebuild_from_type_v2(function, class, arguments, state)` calls the function itself: only the ones above, as above. */
function rebuildFromType(machine: PickleMachine, given: Arguments): CallResult | undefined {
  const use = given.use(0);
  const inner = given.tuple(2);
  if (given.count !== 4 || use === undefined || inner === undefined) return undefined;
  if (!isTensorClass(given, 1) || !isPlainState(given, 3)) return undefined;
  const result = rebuild(machine, use, inner);
  return result === undefined ? undefined : { kind: given.use(1) === "parameter" ? VALUE.parameter : VALUE.tensor, payload: 0 };
}

function tensor(machine: PickleMachine, given: Arguments, isUnderstood: boolean): CallResult | undefined {
  if (!isUnderstood) return undefined;
  const { tensors, storages } = machine.record;
  tensors.count++;
  tensors.parameters += given.product(2) ?? 0;
  const type = given.use(6) === "torch-dtype" ? machine.global(given.payload(6))?.name : undefined;
  if (tensors.types.size < 64) tensors.types.add(type ?? storages[given.payload(0)]?.type ?? "unknown");
  return { kind: VALUE.tensor, payload: 0 };
}

/** storage, offset, size, stride. */
function isView(given: Arguments): boolean {
  return given.is(0, VALUE.storage) && given.is(1, VALUE.integer) && given.isShape(2) && given.isShape(3);
}

/** requires_grad and backward_hooks, which are an empty OrderedDict. */
function isTrained(given: Arguments, from: number): boolean {
  return given.isFlag(from) && given.is(from + 1, VALUE.orderedDictionary, VALUE.none);
}

function isMetadata(given: Arguments, index: number): boolean {
  return given.is(index, VALUE.dictionary, VALUE.none);
}

function isTensor(given: Arguments, index: number): boolean {
  return given.is(index, VALUE.tensor, VALUE.parameter);
}

function isTensorClass(given: Arguments, index: number): boolean {
  const use = given.use(index);
  return use === "tensor-class" || use === "parameter";
}

function isContainer(given: Arguments): boolean {
  return given.is(0, VALUE.list, VALUE.tuple, VALUE.set, VALUE.frozenset, VALUE.dictionary, VALUE.orderedDictionary, VALUE.counter);
}

function isNumber(given: Arguments, index: number): boolean {
  return given.is(index, VALUE.float, VALUE.integer);
}

function isBytearray(given: Arguments): boolean {
  if (given.count === 0) return true;
  if (given.count === 1) return given.is(0, VALUE.bytes, VALUE.bytearray, VALUE.oldText);
  return given.count === 2 && given.isText(0) && given.text(1) === "latin-1";
}

/** The type code that numpy gives to `_reconstruct` for an array without items: b"b". */
function isByteCode(given: Arguments, index: number): boolean {
  return given.is(index, VALUE.bytes) || given.isText(index);
}

function isFromBuffer(given: Arguments): boolean {
  const isBuffer = given.is(0, VALUE.bytes, VALUE.bytearray);
  return isBuffer && isPlainDtype(given, 1) && (given.isShape(2) || given.is(2, VALUE.integer)) && given.isText(3);
}

function makeDtype(machine: PickleMachine, given: Arguments): CallResult | undefined {
  if (given.count !== 3 || !given.isFlag(1) || !given.isFlag(2)) return undefined;
  const node = dtypeOf(machine, given.text(0));
  return node === undefined ? undefined : { kind: VALUE.dtype, payload: node };
}

function when(isUnderstood: boolean, kind: number, payload = 0): CallResult | undefined {
  return isUnderstood ? { kind, payload } : undefined;
}
