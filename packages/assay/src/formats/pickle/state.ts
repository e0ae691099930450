import type { Arguments } from "./arguments.ts";
import { HAS_SPECIAL_KEY } from "./heap.ts";
import { VALUE } from "./kinds.ts";
import type { PickleMachine } from "./machine.ts";

/**
 * Whether a value is a dictionary whose keys are plain attribute names. `__setstate__`, `__class__` and their kind
 * would decide what the loader calls next; what is not plain text cannot be told from them.
 */
export function isPlainAttributes(machine: PickleMachine, kind: number, payload: number): boolean {
  return kind === VALUE.dictionary && (machine.heap.flags(payload) & HAS_SPECIAL_KEY) === 0;
}

/** The state argument of torch's rebuild functions: nothing, attributes, or a pair of attributes and slots. */
export function isPlainState(given: Arguments, index: number): boolean {
  const { machine } = given;
  const isPlain = (kind: number, payload: number): boolean => kind === VALUE.none || isPlainAttributes(machine, kind, payload);
  const pair = given.tuple(index);
  if (pair === undefined) return isPlain(given.kind(index), given.payload(index));
  return pair.count === 2 && isPlain(pair.kind(0), pair.payload(0)) && isPlain(pair.kind(1), pair.payload(1));
}
