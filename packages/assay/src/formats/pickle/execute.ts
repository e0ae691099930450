import { build, checkTarget, setItems } from "./build.ts";
import { call, makeInstance } from "./calls.ts";
import { EMPTY_TUPLE, isText, VALUE } from "./kinds.ts";
import type { PickleMachine } from "./machine.ts";
import { loadPersistent } from "./persistent.ts";
import { PickleStop } from "./stop.ts";
import { finishLongLine, readLine } from "./text-opcodes.ts";
import { textPlace } from "./text-place.ts";

/** Why the machine paused: it needs the bytes at `machine.at`, read an array's state, or reached STOP. */
export type Pause = "more" | "array" | "end";

const MAX_OPCODES = 300_000_000;
const HIGHEST_PROTOCOL = 5;
const UNDERSCORE = 0x5f;
/** Longer integers are not told apart: no count or size is that large. */
const MAX_NUMBER_BYTES = 6;

/**
 * Runs the opcodes in the window, protocols 0 to 5, until it needs other bytes. Throws PickleStop where a loader would
 * end with an error or what follows cannot be told, and TextNeeded, after which the opcode runs again: so an opcode
 * changes nothing before all that it may ask for is known.
 *
 * The numbers are those of pickletools, in the order of how often they occur.
 */
export function run(machine: PickleMachine): Pause {
  const { window: bytes, stack, base } = machine;
  const end = bytes.length;
  if (machine.longLine !== undefined && !finishLongLine(machine)) return "more";
  let at = machine.at;
  let count = 0;
  const pause = (reason: Pause): Pause => {
    machine.at = at;
    machine.countOpcodes(count, MAX_OPCODES);
    return reason;
  };
  for (;;) {
    if (at >= end) return pause("more");
    const offset = base + at;
    machine.opcodeOffset = offset;
    if (machine.frameEnd !== 0 && offset >= machine.frameEnd) machine.leaveFrame();
    count++;
    switch (bytes[at]) {
      case 0x68: // BINGET
        if (at + 2 > end) return pause("more");
        machine.recall(bytes[at + 1] ?? 0);
        at += 2;
        break;
      case 0x71: // BINPUT
        if (at + 2 > end) return pause("more");
        machine.memoize(bytes[at + 1] ?? 0);
        at += 2;
        break;
      case 0x94: // MEMOIZE
        machine.memoize(machine.memoized);
        at += 1;
        break;
      case 0x4b: // BININT1
        if (at + 2 > end) return pause("more");
        stack.push(VALUE.integer, bytes[at + 1] ?? 0);
        at += 2;
        break;
      case 0x4d: // BININT2
        if (at + 3 > end) return pause("more");
        stack.push(VALUE.integer, (bytes[at + 1] ?? 0) | ((bytes[at + 2] ?? 0) << 8));
        at += 3;
        break;
      case 0x4a: // BININT
        if (at + 5 > end) return pause("more");
        stack.push(VALUE.integer, int32(bytes, at + 1));
        at += 5;
        break;
      case 0x47: // BINFLOAT
        if (at + 9 > end) return pause("more");
        stack.push(VALUE.float, 0);
        at += 9;
        break;
      case 0x72: // LONG_BINPUT
        if (at + 5 > end) return pause("more");
        machine.memoize(int32(bytes, at + 1) >>> 0);
        at += 5;
        break;
      case 0x6a: // LONG_BINGET
        if (at + 5 > end) return pause("more");
        machine.recall(int32(bytes, at + 1) >>> 0);
        at += 5;
        break;
      case 0x28: // MARK
        machine.pushMark();
        at += 1;
        break;
      case 0x61: // APPEND
        machine.need(2);
        checkTarget(machine, stack.length - 2, "list");
        machine.drop(1);
        at += 1;
        break;
      case 0x65: // APPENDS
        stack.length = takeItems(machine, "list");
        at += 1;
        break;
      case 0x73: // SETITEM
        machine.need(3);
        setItems(machine, stack.length - 2);
        at += 1;
        break;
      case 0x75: // SETITEMS
        setItems(machine, machine.popMark());
        at += 1;
        break;
      case 0x90: // ADDITEMS
        stack.length = takeItems(machine, "set");
        at += 1;
        break;
      case 0x4e: // NONE
        stack.push(VALUE.none, 0);
        at += 1;
        break;
      case 0x88: // NEWTRUE
      case 0x89: // NEWFALSE
        stack.push(VALUE.boolean, 0);
        at += 1;
        break;
      case 0x29: // EMPTY_TUPLE
        stack.push(VALUE.tuple, EMPTY_TUPLE);
        at += 1;
        break;
      case 0x85: // TUPLE1
      case 0x86: // TUPLE2
      case 0x87: // TUPLE3
        machine.need((bytes[at] ?? 0) - 0x84);
        machine.tupleFrom(stack.length - ((bytes[at] ?? 0) - 0x84));
        at += 1;
        break;
      case 0x74: // TUPLE
        machine.tupleFrom(machine.popMark());
        at += 1;
        break;
      case 0x5d: // EMPTY_LIST
        stack.push(VALUE.list, 0);
        at += 1;
        break;
      case 0x7d: // EMPTY_DICT
        stack.push(VALUE.dictionary, machine.heap.dictionary());
        at += 1;
        break;
      case 0x8f: // EMPTY_SET
        stack.push(VALUE.set, 0);
        at += 1;
        break;
      case 0x6c: // LIST
        stack.length = machine.popMark();
        stack.push(VALUE.list, 0);
        at += 1;
        break;
      case 0x91: // FROZENSET
        stack.length = machine.popMark();
        stack.push(VALUE.frozenset, 0);
        at += 1;
        break;
      case 0x64: // DICT
        makeDictionary(machine);
        at += 1;
        break;
      case 0x58: // BINUNICODE
      case 0x8c: // SHORT_BINUNICODE
      case 0x8d: // BINUNICODE8
      case 0x54: // BINSTRING
      case 0x55: // SHORT_BINSTRING
      case 0x42: // BINBYTES
      case 0x43: // SHORT_BINBYTES
      case 0x8e: // BINBYTES8
      case 0x96: // BYTEARRAY8
      {
        const next = pushCounted(machine, at, bytes[at] ?? 0);
        if (next < 0) return pause("more");
        at = next;
        break;
      }
      case 0x8a: // LONG1
      case 0x8b: // LONG4
      {
        const next = pushLong(machine, at, bytes[at] ?? 0);
        if (next < 0) return pause("more");
        at = next;
        break;
      }
      case 0x95: // FRAME
        if (at + 9 > end) return pause("more");
        machine.enterFrame(offset + 9, uint64(bytes, at + 1));
        at += 9;
        break;
      case 0x30: // POP
        pop(machine);
        at += 1;
        break;
      case 0x31: // POP_MARK
        stack.length = machine.popMark();
        at += 1;
        break;
      case 0x32: // DUP
        machine.need(1);
        stack.push(machine.kind(1), machine.payload(1));
        at += 1;
        break;
      case 0x52: // REDUCE
      case 0x81: // NEWOBJ
      {
        machine.need(2);
        const callee = { kind: machine.kind(2), payload: machine.payload(2) };
        const make = bytes[at] === 0x52 ? call : makeInstance;
        const result = make(machine, callee, machine.kind(1), machine.payload(1));
        machine.replace(2, result.kind, result.payload);
        at += 1;
        break;
      }
      case 0x92: // NEWOBJ_EX
        makeWithKeywords(machine);
        at += 1;
        break;
      case 0x6f: // OBJ
        makeOld(machine);
        at += 1;
        break;
      case 0x62: // BUILD
        machine.at = at + 1;
        build(machine);
        at += 1;
        if (machine.array !== undefined) return pause("array");
        break;
      case 0x93: // STACK_GLOBAL
        pushComputedGlobal(machine);
        at += 1;
        break;
      case 0x51: // BINPERSID
        loadPersistent(machine);
        at += 1;
        break;
      case 0x80: // PROTO
        if (at + 2 > end) return pause("more");
        if ((bytes[at + 1] ?? 0) > HIGHEST_PROTOCOL) throw new PickleStop("protocol", `is a pickle of protocol ${bytes[at + 1]}`);
        machine.protocol = bytes[at + 1] ?? 0;
        at += 2;
        break;
      case 0x2e: // STOP
        machine.need(1);
        at += 1;
        machine.endFrames(offset + 1);
        return pause("end");
      case 0x82: // EXT1
      case 0x83: // EXT2
      case 0x84: // EXT4
      {
        const width = 1 << ((bytes[at] ?? 0) - 0x82);
        if (at + 1 + width > end) return pause("more");
        machine.fault("extension", "names a class or function by its number in a registry of the program that loads it");
        stack.push(VALUE.opaque, -1);
        at += 1 + width;
        break;
      }
      case 0x97: // NEXT_BUFFER
        machine.fault("out-of-band", "has bytes that are not in the file, but with the program that loads it");
        stack.push(VALUE.opaque, -1);
        at += 1;
        break;
      case 0x98: // READONLY_BUFFER
        machine.need(1);
        at += 1;
        break;
      case 0x49: // INT
      case 0x4c: // LONG
      case 0x46: // FLOAT
      case 0x53: // STRING
      case 0x56: // UNICODE
      case 0x63: // GLOBAL
      case 0x69: // INST
      case 0x67: // GET
      case 0x70: // PUT
      case 0x50: // PERSID
      {
        const next = readLine(machine, at, bytes[at] ?? 0);
        if (next < 0) return pause("more");
        at = next;
        break;
      }
      default:
        throw new PickleStop("opcode", `has the byte 0x${(bytes[at] ?? 0).toString(16).padStart(2, "0")} where an opcode belongs`);
    }
    if (machine.heap.isFull) machine.heap.collect([stack, machine.memo]);
  }
}

function int32(bytes: Uint8Array, at: number): number {
  return (bytes[at] ?? 0) | ((bytes[at + 1] ?? 0) << 8) | ((bytes[at + 2] ?? 0) << 16) | ((bytes[at + 3] ?? 0) << 24);
}

function uint64(bytes: Uint8Array, at: number): number {
  return (int32(bytes, at) >>> 0) + (int32(bytes, at + 4) >>> 0) * 2 ** 32;
}

/** The place where the items of the topmost mark start; they are of no more interest. */
function takeItems(machine: PickleMachine, container: "list" | "set"): number {
  const from = machine.popMark();
  checkTarget(machine, from - 1, container);
  return from;
}

function pop(machine: PickleMachine): void {
  const { stack, marks } = machine;
  if (marks.length > 0 && machine.fence === stack.length) marks.pop();
  else {
    machine.need(1);
    machine.drop(1);
  }
}

function makeDictionary(machine: PickleMachine): void {
  const { stack, heap } = machine;
  const from = machine.popMark();
  if ((stack.length - from) % 2 !== 0) throw new PickleStop("stack", "has a key without a value");
  const node = heap.dictionary();
  for (let at = from; at < stack.length; at += 2) {
    heap.set(node, stack.kind(at), stack.payload(at), stack.kind(at + 1), stack.payload(at + 1));
  }
  stack.length = from;
  stack.push(VALUE.dictionary, node);
}

interface Counted {
  readonly kind: number;
  /** Bytes of the length. */
  readonly width: number;
}

const COUNTED: Readonly<Record<number, Counted>> = {
  0x58: { kind: VALUE.text, width: 4 },
  0x8c: { kind: VALUE.text, width: 1 },
  0x8d: { kind: VALUE.text, width: 8 },
  0x54: { kind: VALUE.oldText, width: 4 },
  0x55: { kind: VALUE.oldText, width: 1 },
  0x42: { kind: VALUE.bytes, width: 4 },
  0x43: { kind: VALUE.bytes, width: 1 },
  0x8e: { kind: VALUE.bytes, width: 8 },
  0x96: { kind: VALUE.bytearray, width: 8 },
};

/** Pushes a value whose bytes follow its length. Returns where the next opcode is, -1 where the window is too short. */
function pushCounted(machine: PickleMachine, at: number, opcode: number): number {
  const { window: bytes, base } = machine;
  const counted = COUNTED[opcode];
  if (counted === undefined || at + 1 + counted.width + 2 > bytes.length + (machine.isLastWindow ? 2 : 0)) return -1;
  const { kind, width } = counted;
  const start = at + 1 + width;
  const length = width === 1 ? (bytes[at + 1] ?? 0) : width === 4 ? int32(bytes, at + 1) >>> 0 : uint64(bytes, at + 1);
  if (base + start + length > machine.fileSize) throw new PickleStop("truncated", "ends inside a value");
  if (opcode === 0x54 && length >= 2 ** 31) machine.fault("disagreement", "has a string whose length one reader takes for negative");
  const isSpecial = isText(kind) && length >= 2 && bytes[start] === UNDERSCORE && bytes[start + 1] === UNDERSCORE;
  machine.stack.push(isSpecial ? VALUE.specialText : kind, isText(kind) ? textPlace(base + start, length) : length);
  return start + length;
}

/** LONG1, LONG4: an integer in two's complement, lowest byte first. */
function pushLong(machine: PickleMachine, at: number, opcode: number): number {
  const { window: bytes, base } = machine;
  const width = opcode === 0x8a ? 1 : 4;
  const start = at + 1 + width;
  if (start > bytes.length) return -1;
  const length = width === 1 ? (bytes[at + 1] ?? 0) : int32(bytes, at + 1);
  if (length < 0) throw new PickleStop("stack", "has a number of a negative length");
  if (base + start + length > machine.fileSize) throw new PickleStop("truncated", "ends inside a value");
  if (length <= MAX_NUMBER_BYTES && start + length > bytes.length) return -1;
  const value = length > MAX_NUMBER_BYTES ? Number.NaN : twosComplement(bytes.subarray(start, start + length));
  machine.stack.push(VALUE.integer, value);
  return start + length;
}

function twosComplement(bytes: Uint8Array): number {
  let value = 0;
  for (let place = 0; place < bytes.length; place++) value += (bytes[place] ?? 0) * 2 ** (8 * place);
  return (bytes.at(-1) ?? 0) >= 0x80 ? value - 2 ** (8 * bytes.length) : value;
}

function makeWithKeywords(machine: PickleMachine): void {
  machine.need(3);
  const callee = { kind: machine.kind(3), payload: machine.payload(3) };
  const hasKeywords = machine.kind(1) !== VALUE.dictionary || machine.heap.count(machine.payload(1)) > 0;
  if (hasKeywords && callee.kind === VALUE.global && machine.global(callee.payload)?.use !== undefined) {
    machine.fault("call", "makes an object with named arguments, as no data does");
    machine.replace(3, VALUE.opaque, -1);
    return;
  }
  const result = makeInstance(machine, callee, machine.kind(2), machine.payload(2));
  machine.replace(3, result.kind, result.payload);
}

/** OBJ: the class and its arguments are above the mark. */
function makeOld(machine: PickleMachine): void {
  const { stack } = machine;
  if (machine.marks.length === 0) throw new PickleStop("stack", "uses a mark that is missing");
  const from = machine.fence;
  machine.need(1);
  const callee = { kind: stack.kind(from), payload: stack.payload(from) };
  const result = call(machine, callee, ...machine.peekTuple(from + 1));
  machine.popMark();
  stack.length = from;
  stack.push(result.kind, result.payload);
}

/** STACK_GLOBAL: module and name are the two topmost values. */
function pushComputedGlobal(machine: PickleMachine): void {
  machine.need(2);
  const module = machine.text(machine.kind(2), machine.payload(2));
  const name = machine.text(machine.kind(1), machine.payload(1));
  machine.drop(2);
  if (module !== undefined && name !== undefined) machine.pushGlobal(module, name);
  else {
    machine.fault("computed-name", "names a class or function by something that is not plain text");
    machine.stack.push(VALUE.opaque, -1);
  }
}
