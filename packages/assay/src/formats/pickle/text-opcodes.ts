import { call } from "./calls.ts";
import { VALUE } from "./kinds.ts";
import type { PickleMachine } from "./machine.ts";
import { PickleStop } from "./stop.ts";
import { isFloat, isLiteral, isQuoted, MAX_LINE, readIndex, readInteger, readLong } from "./text-arguments.ts";
import { textPlace } from "./text-place.ts";

const NEWLINE = 0x0a;
const UNDERSCORE = 0x5f;
const DIGIT_0 = 0x30;
const MAX_DIGITS = 12;
const latin1 = new TextDecoder("latin1");
const utf8 = new TextDecoder("utf-8", { ignoreBOM: true });

const INT = 0x49;
const GLOBAL = 0x63;
const INST = 0x69;
const STRING = 0x53;
const UNICODE = 0x56;

/** Runs an opcode whose argument is a line. Returns where the next opcode is, -1 where the window is too short. */
export function readLine(machine: PickleMachine, at: number, opcode: number): number {
  const { window: bytes } = machine;
  if (opcode === INT) {
    const end = pushDigits(machine, at + 1);
    if (end > 0) return end;
  }
  const newline = bytes.indexOf(NEWLINE, at + 1);
  const isName = opcode === GLOBAL || opcode === INST;
  if (newline < 0 && !(isName && machine.isLastWindow)) return startLongLine(machine, at, opcode);
  if (opcode === STRING || opcode === UNICODE) pushString(machine, at + 1, newline, opcode);
  else if (newline - at > MAX_LINE) throw new PickleStop("too-large", "has a line that is longer than any writer's");
  else if (isName) return readGlobal(machine, at, newline, opcode);
  else readValue(machine, latin1.decode(bytes.subarray(at + 1, newline)), opcode);
  return newline + 1;
}

/** The plain case of INT, digits without a leading zero: pushes it and returns where the next opcode is; 0 for any other. */
function pushDigits(machine: PickleMachine, from: number): number {
  const { window: bytes } = machine;
  let [at, value] = [from, 0];
  if (bytes[at] === DIGIT_0) return 0;
  for (; at - from < MAX_DIGITS; at++) {
    const digit = (bytes[at] ?? 0) - DIGIT_0;
    if (digit < 0 || digit > 9) break;
    value = value * 10 + digit;
  }
  if (at === from || bytes[at] !== NEWLINE) return 0;
  machine.stack.push(VALUE.integer, value);
  return at + 1;
}

/** GLOBAL and INST: module and name in two lines. */
function readGlobal(machine: PickleMachine, at: number, newline: number, opcode: number): number {
  const { window: bytes, stack } = machine;
  const second = newline < 0 ? -1 : bytes.indexOf(NEWLINE, newline + 1);
  if (second < 0 || second - at > MAX_LINE) {
    if (bytes.length - at > MAX_LINE) throw new PickleStop("too-large", "has a line that is longer than any writer's");
    if (!machine.isLastWindow) return -1;
    // Readers take away the last character, a newline or not, and import before they find that the file ends.
    machine.pushCutLines(utf8.decode(bytes.subarray(at + 1, bytes.length - 1)));
    throw new PickleStop("truncated", "ends inside a name");
  }
  machine.pushGlobalLines(utf8.decode(bytes.subarray(at + 1, second)));
  if (opcode === GLOBAL) return second + 1;
  // Imported before the mark is looked for: the Python reader does it in this order.
  const callee = { kind: machine.kind(1), payload: machine.payload(1) };
  machine.drop(1);
  if (machine.marks.length === 0) throw new PickleStop("stack", "uses a mark that is missing");
  const from = machine.fence;
  const result = call(machine, callee, ...machine.peekTuple(from));
  machine.popMark();
  stack.length = from;
  stack.push(result.kind, result.payload);
  return second + 1;
}

function readValue(machine: PickleMachine, line: string, opcode: number): void {
  const { stack } = machine;
  switch (opcode) {
    case 0x49: {
      const read = readInteger(line);
      if (read === undefined) disagree(machine, "a number");
      stack.push(read?.isBoolean === true ? VALUE.boolean : VALUE.integer, read?.value ?? Number.NaN);
      return;
    }
    case 0x4c: {
      const value = readLong(line);
      if (value === undefined) disagree(machine, "a number");
      stack.push(VALUE.integer, value ?? Number.NaN);
      return;
    }
    case 0x46:
      if (!isFloat(line)) disagree(machine, "a number");
      stack.push(VALUE.float, 0);
      return;
    case 0x67: {
      const index = readIndex(line);
      if (index !== undefined) machine.recall(index);
      else {
        disagree(machine, "a place of the memo");
        stack.push(VALUE.opaque, -1);
      }
      return;
    }
    case 0x70: {
      const index = readIndex(line);
      if (index === undefined) disagree(machine, "a place of the memo");
      else machine.memoize(index);
      return;
    }
    default:
      machine.fault("persistent-id", "has a persistent id, which only its own program can load");
      stack.push(VALUE.opaque, -1);
  }
}

function disagree(machine: PickleMachine, what: string): void {
  machine.fault("disagreement", `spells ${what} in a way that readers of pickles take differently`);
}

/** STRING and UNICODE: the characters stay where they are, unless escapes would have to be worked out. */
function pushString(machine: PickleMachine, from: number, to: number, opcode: number): void {
  const { window: bytes, stack, base } = machine;
  let [start, end] = [from, to];
  if (opcode === STRING) {
    if (!isQuoted(bytes[from] ?? 0, bytes[to - 1] ?? 0, to - from)) disagree(machine, "a string");
    start++;
    end = Math.max(start, end - 1);
  }
  const kind = opcode === STRING ? VALUE.oldText : VALUE.text;
  const isSpecial = bytes[start] === UNDERSCORE && bytes[start + 1] === UNDERSCORE;
  if (!isLiteral(bytes.subarray(start, end))) stack.push(VALUE.escapedText, 0);
  else stack.push(isSpecial ? VALUE.specialText : kind, textPlace(base + start, end - start));
}

/** A line that the window does not hold: its rest is looked for in the next ones. Only strings may be that long. */
function startLongLine(machine: PickleMachine, at: number, opcode: number): number {
  const { window: bytes } = machine;
  if (bytes.length - at <= MAX_LINE || machine.isLastWindow) return -1;
  if (opcode !== STRING && opcode !== UNICODE) throw new PickleStop("too-large", "has a line that is longer than any writer's");
  machine.longLine = { isQuoted: opcode === STRING, first: bytes[at + 1] ?? 0, last: bytes[bytes.length - 1] ?? 0 };
  return -1;
}

/** Continues a long line; returns whether its end was found, after which the value is on the stack. */
export function finishLongLine(machine: PickleMachine): boolean {
  const { window: bytes, longLine: line } = machine;
  if (line === undefined) return true;
  const newline = bytes.indexOf(NEWLINE, machine.at);
  const last = newline < 0 ? bytes.length - 1 : newline - 1;
  if (last >= machine.at) line.last = bytes[last] ?? 0;
  machine.at = newline < 0 ? bytes.length : newline + 1;
  if (newline < 0) return false;
  if (line.isQuoted && !isQuoted(line.first, line.last, MAX_LINE)) disagree(machine, "a string");
  machine.stack.push(VALUE.escapedText, 0);
  machine.longLine = undefined;
  return true;
}
