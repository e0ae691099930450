import type { RandomAccess } from "../random-access.ts";
import { run, type Pause } from "./execute.ts";
import { VALUE } from "./kinds.ts";
import { PickleMachine, type PendingArray, type PickleOptions } from "./machine.ts";
import { isOpcode } from "./opcodes.ts";
import { MALFORMED, PickleRecord } from "./record.ts";
import { PickleStop, TextNeeded } from "./stop.ts";

const WINDOW_BYTES = 1024 * 1024;
/** joblib aligns arrays to so many bytes. No byte up to it is an opcode, so that a pickle reader ends at the padding. */
const MAX_PADDING = 16;
/** Values that may be copied to try second readings. */
const MAX_COPIED = 50_000_000;
const MAX_PICKLES = 20_000;

/**
 * Reads the pickles of a file one after another from `from` on, up to its end. What follows the first one must be a
 * pickle too; otherwise a fault says so. Memory: see Values and Heap, and one window of 1 MiB; bytes of values are
 * skipped, not read. Rejects only where `file.read` does.
 */
export async function walkPickles(file: RandomAccess, from: number, options: PickleOptions): Promise<PickleRecord> {
  const record = new PickleRecord();
  const first = new PickleMachine(record, options);
  let at = await new Walk(file, first).from(from);
  let [alone, shared] = [first, first];
  for (let count = 1; at !== undefined && at < file.size; count++) {
    record.isBehindEnd = true;
    if (count > MAX_PICKLES) {
      record.fault("too-large", `has more than ${MAX_PICKLES} pickles in a row`, at);
      break;
    }
    alone = alone.after(record);
    shared = shared.after(record.empty(), true);
    const end = await new Walk(file, alone).from(at);
    await addSharedMemo(file, at, record, shared);
    at = end;
  }
  return record;
}

/**
 * A program that reads several pickles with one reader keeps the memo from one to the next, and so may find other names behind
 * the same numbers. What only that reading shows counts too, but for its errors: a program of that kind wrote the memo itself.
 */
async function addSharedMemo(file: RandomAccess, at: number, record: PickleRecord, shared: PickleMachine): Promise<void> {
  if (shared.memo.length === 0) return;
  await new Walk(file, shared).from(at);
  for (const { kind, what, offset } of shared.record.faults) if (!MALFORMED.has(kind)) record.fault(kind, what, offset);
  for (const global of shared.record.globals) record.addGlobal(global);
}

/** Reads one pickle. Returns the offset after its STOP; undefined where the reading ended before, as a fault of `record` says. */
export async function walkPickle(
  file: RandomAccess,
  from: number,
  record: PickleRecord,
  options: PickleOptions,
): Promise<number | undefined> {
  return new Walk(file, new PickleMachine(record, options)).from(from);
}

/** What a module can be called; the bytes of an array rarely are. */
const IDENTIFIERS = /^[A-Za-z_][\w.]{0,200}$/;

/** Gives a machine the bytes it asks for. */
class Walk {
  readonly #file: RandomAccess;
  readonly #machine: PickleMachine;
  readonly #isInner: boolean;
  #copied = 0;

  constructor(file: RandomAccess, machine: PickleMachine, isInner = false) {
    this.#file = file;
    this.#machine = machine;
    this.#isInner = isInner;
    machine.fileSize = file.size;
  }

  async from(offset: number): Promise<number | undefined> {
    const machine = this.#machine;
    machine.at = offset - machine.base;
    machine.opcodeOffset = offset;
    try {
      for (;;) {
        const pause = await this.#runOnce();
        if (pause === "end") return machine.base + machine.at;
        if (pause === "array") await this.#passArray();
        else await this.#read();
      }
    } catch (error) {
      if (!(error instanceof PickleStop)) throw error;
      machine.fault(error.kind, error.message);
      return undefined;
    }
  }

  async #runOnce(): Promise<Pause> {
    try {
      return run(this.#machine);
    } catch (error) {
      if (!(error instanceof TextNeeded)) throw error;
      this.#machine.keepText(error.offset, await this.#file.read(error.offset, error.length));
      this.#machine.at = this.#machine.opcodeOffset - this.#machine.base;
      return this.#runOnce();
    }
  }

  async #read(): Promise<void> {
    const machine = this.#machine;
    const next = machine.base + machine.at;
    const isAtEnd = machine.window.length > 0 && machine.isLastWindow && machine.at < machine.window.length;
    if (next >= machine.fileSize || isAtEnd) throw new PickleStop("truncated", "ends before the end of the pickle");
    const window = await this.#file.read(next, WINDOW_BYTES);
    if (window.length < Math.min(WINDOW_BYTES, machine.fileSize - next)) machine.fileSize = next + window.length;
    machine.window = window;
    machine.base = next;
    machine.at = 0;
  }

  /** Skips the array that joblib reads here. Objects are a pickle of their own. */
  async #passArray(): Promise<void> {
    const machine = this.#machine;
    const { array } = machine;
    machine.array = undefined;
    if (array === undefined) return;
    if (this.#isInner) throw new PickleStop("state", "has an array of joblib inside another");
    const offset = machine.base + machine.at;
    if (array.isObject) {
      const end = await new Walk(this.#file, new PickleMachine(machine.record, machine.options), true).from(offset);
      if (end === undefined) throw new PickleStop("truncated", "ends inside the pickle of an array");
      machine.at = end - machine.base;
      return;
    }
    const start = array.hasPadding ? offset + (await this.#padding(offset)) : offset;
    if (!array.hasPadding) await this.#trySecondReading(array, offset);
    if (start + array.bytes > machine.fileSize) throw new PickleStop("truncated", "ends inside an array");
    machine.at = start + array.bytes - machine.base;
  }

  /** A byte with the length of the padding, which is all 0xff: a pickle reader ends with an error right there. */
  async #padding(offset: number): Promise<number> {
    const bytes = await this.#file.read(offset, 1 + MAX_PADDING);
    const length = bytes[0] ?? 0;
    const isPadding = length >= 1 && length <= MAX_PADDING && bytes.subarray(1, 1 + length).every((byte) => byte === 0xff);
    if (!isPadding) throw new PickleStop("two-readings", "has an array without the padding that joblib writes");
    return 1 + length;
  }

  /**
   * Older versions of joblib wrote no padding: to `pickle.load` the bytes of the array are opcodes. Where those do more
   * than end with an error, the file says different things to its two readers.
   */
  async #trySecondReading(array: PendingArray, offset: number): Promise<void> {
    const machine = this.#machine;
    const [first] = await this.#file.read(offset, 1);
    if (array.bytes === 0 || first === undefined || !isOpcode(first)) return;
    this.#copied += machine.stack.length + machine.memo.length;
    if (this.#copied > MAX_COPIED) throw new PickleStop("too-large", "has more arrays than are followed");
    const record = machine.record.empty();
    const other = machine.fork(record);
    other.stack.kinds[other.stack.length - 1] = VALUE.arrayWrapper;
    const known = record.globals.length;
    await new Walk(this.#file, other, true).from(offset);
    // What is reached without a forbidden name cannot be called: the reader ends with an error there too.
    const hasForbidden = machine.record.globals.some(({ use }) => use === undefined);
    const isHarmless =
      record.faults.every(({ kind }) => MALFORMED.has(kind) || (kind === "computed-call" && !hasForbidden)) &&
      record.globals.every(({ use, called }, number) => called === undefined && (number < known || use !== undefined));
    if (isHarmless) return;
    machine.fault("two-readings", "has an array whose bytes are opcodes to a pickle reader, and do more than end with an error");
    for (const { module, name, offset, use } of record.globals.slice(known)) {
      if (use === undefined && IDENTIFIERS.test(`${module}.${name}`)) machine.record.global(module, name, use, offset);
    }
  }
}
