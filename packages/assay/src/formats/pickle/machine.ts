import { Heap } from "./heap.ts";
import { describeKind, EMPTY_TUPLE, VALUE, LARGE_TUPLE } from "./kinds.ts";
import { fromPython2 } from "./python2-names.ts";
import type { NamedGlobal, PickleRecord } from "./record.ts";
import { PickleStop, TextNeeded, type PickleFaultKind } from "./stop.ts";
import { readPlace } from "./text-place.ts";
import type { AllowedNames } from "./uses.ts";
import { Values } from "./values.ts";

/** Arguments of an allowed call are fewer, and so are the numbers of a shape. */
const MAX_ITEMS = 4096;
const MAX_FETCHED_TEXTS = 20_000;
const MAX_MARKS = 1_000_000;

/** How the loader that the stream is for reads persistent ids. */
export type PersistentIds = "none" | "torch";

export interface PickleOptions extends AllowedNames {
  readonly persistentIds: PersistentIds;
}

/** Bytes of an array that follow in the stream, outside the pickle (joblib). */
export interface PendingArray {
  readonly bytes: number;
  readonly isObject: boolean;
  /** Whether a byte with the length of the padding, and the padding, come first. */
  readonly hasPadding: boolean;
}

export interface LongLine {
  readonly isQuoted: boolean;
  readonly first: number;
  last: number;
}

/**
 * The state of an unpickler: stack, marks, memo, and what is known of the values in them. Stack and marks are those of
 * `_pickle.c`: one stack, with the places of the marks beside it, below which nothing can be reached.
 */
export class PickleMachine {
  readonly record: PickleRecord;
  readonly options: PickleOptions;
  /** The part of the file that is held, and where it is in the file. */
  window: Uint8Array = new Uint8Array(0);
  base = 0;
  fileSize = 0;
  /** The next byte, counted from `base`; beyond the window where bytes are skipped. */
  at = 0;
  /** Offset in the file of the opcode that runs. */
  opcodeOffset = 0;
  protocol = 0;
  /** Offset in the file where the frame ends; 0 outside of frames. */
  frameEnd = 0;
  array: PendingArray | undefined;
  /** A string of protocol 0 whose end is in a later window. */
  longLine: LongLine | undefined;
  stack: Values = new Values();
  memo: Values = new Values();
  memoized = 0;
  marks: number[] = [];
  heap: Heap = new Heap();
  readonly fetched: Map<number, string | undefined> = new Map();
  readonly #lines = new Map<string, number>();
  readonly #linesOfPython2 = new Map<string, number>();

  constructor(record: PickleRecord, options: PickleOptions) {
    this.record = record;
    this.options = options;
  }

  fault(kind: PickleFaultKind, what: string): void {
    this.record.fault(kind, what, this.opcodeOffset);
  }

  get isLastWindow(): boolean {
    return this.base + this.window.length >= this.fileSize;
  }

  /** Adds to the opcodes that were run. Throws above a number that takes some seconds. */
  countOpcodes(count: number, most: number): void {
    this.record.opcodes += count;
    if (this.record.opcodes > most) throw new PickleStop("too-large", `has more than ${most} opcodes`);
  }

  /**
   * FRAME: the C reader only checks that the frame is there, the Python reader keeps every value inside of it. Streams
   * that both read are read here; the others leave a fault.
   */
  enterFrame(start: number, length: number): void {
    if (this.frameEnd !== 0) this.fault("disagreement", "starts a frame inside a frame");
    if (start + length > this.fileSize) this.fault("truncated", "ends inside a frame");
    this.frameEnd = start + length;
  }

  leaveFrame(): void {
    if (this.opcodeOffset > this.frameEnd) this.fault("disagreement", "has a value that is only partly in a frame");
    this.frameEnd = 0;
  }

  /** STOP: the Python reader has read to the end of the frame, the C reader only up to here. */
  endFrames(end: number): void {
    if (this.frameEnd !== 0 && this.frameEnd !== end) this.fault("disagreement", "ends inside a frame");
    this.frameEnd = 0;
  }

  /** The lowest place of the stack that can be reached. */
  get fence(): number {
    return this.marks[this.marks.length - 1] ?? 0;
  }

  /** Checks that so many values can be taken. */
  need(count: number): void {
    if (this.stack.length - count < this.fence) throw new PickleStop("stack", "takes a value from an empty stack");
  }

  /** Kind of a value from the top of the stack, 1 the topmost. */
  kind(depth: number): number {
    return this.stack.kind(this.stack.length - depth);
  }

  payload(depth: number): number {
    return this.stack.payload(this.stack.length - depth);
  }

  drop(count: number): void {
    this.stack.length -= count;
  }

  /** Takes values away and puts one in their place. */
  replace(count: number, kind: number, payload: number): void {
    this.stack.length -= count;
    this.stack.push(kind, payload);
  }

  pushMark(): void {
    if (this.marks.length === MAX_MARKS) throw new PickleStop("too-large", `more than ${MAX_MARKS} marks`);
    this.marks.push(this.stack.length);
  }

  /** The place of the stack where the topmost mark is; the mark is gone. */
  popMark(): number {
    const mark = this.marks.pop();
    if (mark === undefined) throw new PickleStop("stack", "uses a mark that is missing");
    return mark;
  }

  /** Takes the values from `from` on as one tuple. */
  tupleFrom(from: number): void {
    const [kind, payload] = this.peekTuple(from);
    this.stack.length = from;
    this.stack.push(kind, payload);
  }

  /** The values from `from` on as one tuple, which stays off the stack: kind and payload. */
  peekTuple(from: number): readonly [kind: number, payload: number] {
    const count = this.stack.length - from;
    if (count <= 0) return [VALUE.tuple, EMPTY_TUPLE];
    return [VALUE.tuple, count > MAX_ITEMS ? LARGE_TUPLE : this.heap.tuple(this.stack, from)];
  }

  memoize(index: number): void {
    this.need(1);
    if (this.memo.set(index, this.kind(1), this.payload(1))) this.memoized++;
  }

  recall(index: number): void {
    const kind = this.memo.kind(index);
    if (kind === VALUE.absent) throw new PickleStop("memo", `takes memo entry ${index}, which was not set`);
    this.stack.push(kind, this.memo.payload(index));
  }

  /**
   * The characters of a text on the stack or in the heap; undefined where they cannot be told. Throws TextNeeded where
   * they are outside the window: so an opcode asks for its texts before it changes anything.
   */
  text(kind: number, place: number): string | undefined {
    if (kind !== VALUE.text && kind !== VALUE.specialText && kind !== VALUE.oldText) return undefined;
    const found = readPlace(place);
    if (found === undefined) return undefined;
    const { offset, length } = found;
    const start = offset - this.base;
    if (start >= 0 && start + length <= this.window.length) return decode(this.window.subarray(start, start + length), kind);
    if (this.fetched.has(offset)) return this.fetched.get(offset);
    if (this.fetched.size >= MAX_FETCHED_TEXTS) return undefined;
    throw new TextNeeded(offset, length);
  }

  /** Keeps a text that was read for `text`. */
  keepText(offset: number, bytes: Uint8Array): void {
    this.fetched.set(offset, decode(bytes, VALUE.text));
  }

  /** Pushes a class or function by its name, after the names of Python 2 are mapped as `find_class` does. */
  pushGlobal(module: string, name: string): void {
    if (name.includes(".")) this.fault("dotted-name", `names ${module}.${name}, which reaches through attributes`);
    const [mappedModule, mappedName] = this.protocol < 3 ? fromPython2(module, name) : [module, name];
    const use = this.options.useOf(mappedModule, mappedName);
    const number = this.record.global(mappedModule, mappedName, use, this.opcodeOffset);
    if (number < 0) this.stack.push(VALUE.opaque, -1);
    else this.stack.push(VALUE.global, number);
  }

  /** The same by the two lines of GLOBAL, which the stream may repeat very often. */
  pushGlobalLines(lines: string): void {
    const known = this.protocol < 3 ? this.#linesOfPython2 : this.#lines;
    const number = known.get(lines);
    if (number !== undefined) {
      this.stack.push(VALUE.global, number);
      return;
    }
    const newline = lines.indexOf("\n");
    this.pushGlobal(lines.slice(0, newline), lines.slice(newline + 1));
    if (this.kind(1) === VALUE.global) known.set(lines, this.payload(1));
  }

  /** Lines of GLOBAL that the end of the file cuts: readers import the module before they find that. */
  pushCutLines(lines: string): void {
    const [module = "", name] = lines.split("\n");
    const [mapped] = this.protocol < 3 ? fromPython2(module, name ?? "") : [module];
    if (!this.options.hasModule(mapped, name === undefined)) this.pushGlobal(module, name ?? "");
  }

  global(number: number): NamedGlobal | undefined {
    return this.record.globals[number];
  }

  /** For a person: what a call is given. */
  describeArguments(kind: number, payload: number): string {
    if (kind !== VALUE.tuple) return describeKind(kind);
    if (payload === EMPTY_TUPLE) return "nothing";
    if (payload === LARGE_TUPLE) return "many values";
    const count = this.heap.count(payload);
    const first = describeKind(this.heap.kind(this.heap.item(payload, 0)));
    return count === 1 ? first : `${first} and ${count - 1} more`;
  }

  /** A machine for the next pickle of the file; this one is not used again. A reader may keep its memo. */
  after(record: PickleRecord, keepsMemo = false): PickleMachine {
    const next = new PickleMachine(record, this.options);
    next.window = this.window;
    next.base = this.base;
    if (!keepsMemo) return next;
    next.memo = this.memo;
    next.memoized = this.memoized;
    next.heap = this.heap;
    return next;
  }

  /** A second machine in the same state, with a record of its own: for trying another reading. */
  fork(record: PickleRecord): PickleMachine {
    const copy = new PickleMachine(record, this.options);
    copy.window = this.window;
    copy.base = this.base;
    copy.fileSize = this.fileSize;
    copy.at = this.at;
    copy.protocol = this.protocol;
    copy.frameEnd = this.frameEnd;
    copy.stack = this.stack.clone();
    copy.memo = this.memo.clone();
    copy.memoized = this.memoized;
    copy.marks = [...this.marks];
    copy.heap = this.heap.clone();
    for (const [offset, text] of this.fetched) copy.fetched.set(offset, text);
    return copy;
  }
}

const utf8 = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });

/** Undefined for bytes other than UTF-8, and for others than ASCII where Python 2 wrote them. */
function decode(bytes: Uint8Array, kind: number): string | undefined {
  if (kind === VALUE.oldText && bytes.some((byte) => byte >= 0x80)) return undefined;
  try {
    return utf8.decode(bytes);
  } catch {
    return undefined;
  }
}
