import { run } from "./execute.ts";
import { PickleMachine } from "./machine.ts";
import { isOpcode } from "./opcodes.ts";
import { PickleRecord } from "./record.ts";
import { PickleStop, TextNeeded } from "./stop.ts";

const PROTO = 0x80;
const HIGHEST_PROTOCOL = 5;
/** So many opcodes in a row that fit each other are written on purpose. */
const MIN_OPCODES = 12;

/** Whether a file begins as a pickle of protocol 2 or later: with the opcode PROTO, which is also written by hand. */
export function beginsWithProtocol(head: Uint8Array): boolean {
  return head[0] === PROTO && (head[1] ?? 0xff) <= HIGHEST_PROTOCOL && isOpcode(head[2] ?? 0);
}

/**
 * Whether the first bytes are a pickle of protocol 0 or 1, which has no mark at its start: the machine runs them up to a STOP at the
 * end of the file, calls something that they name, or runs many opcodes. `size` is the whole file's.
 */
export function beginsWithOpcodes(head: Uint8Array, size: number): boolean {
  if (!isOpcode(head[0] ?? 0)) return false;
  const record = new PickleRecord();
  const machine = machineOf(record, head, size);
  const isAtEnd = runHead(machine) && machine.at === size;
  const isCall = record.globals.some(({ called, isFilled }) => called !== undefined || isFilled);
  return isAtEnd || isCall || (record.opcodes >= MIN_OPCODES && machine.at >= head.length && size > head.length);
}

/** Whether the first bytes are opcodes of protocol 0 or 1 up to a line or text that they do not hold to its end. */
export function awaitsText(head: Uint8Array, size: number): boolean {
  if (size <= head.length || !isOpcode(head[0] ?? 0)) return false;
  try {
    return run(machineOf(new PickleRecord(), head, size)) !== "end";
  } catch (error) {
    if (error instanceof PickleStop) return false;
    if (error instanceof TextNeeded) return true;
    throw error;
  }
}

function machineOf(record: PickleRecord, head: Uint8Array, size: number): PickleMachine {
  const machine = new PickleMachine(record, { useOf: () => undefined, hasModule: () => false, persistentIds: "none" });
  machine.window = head;
  machine.fileSize = size;
  return machine;
}

/** Whether a STOP was reached. */
function runHead(machine: PickleMachine): boolean {
  try {
    return run(machine) === "end";
  } catch (error) {
    if (error instanceof PickleStop || error instanceof TextNeeded) return false;
    throw error;
  }
}
