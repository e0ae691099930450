import { Arguments } from "./arguments.ts";
import { VALUE } from "./kinds.ts";
import type { PickleMachine } from "./machine.ts";
import { arrayOf, buildArray, buildDtype } from "./numpy-values.ts";
import { isPlainAttributes } from "./state.ts";
import { PickleStop } from "./stop.ts";

/** BUILD: gives the value below the top its state, which is the top. Both stay until the state is understood. */
export function build(machine: PickleMachine): void {
  machine.need(2);
  const [target, payload] = [machine.kind(2), machine.payload(2)];
  const [kind, statePayload] = [machine.kind(1), machine.payload(1)];
  if (target === VALUE.opaque) fillOpaque(machine, payload);
  else if (target === VALUE.arrayWrapper) buildWrapper(machine, kind, statePayload);
  else if (!hasState(target)) refuse(machine, target, payload);
  else if (!isUnderstood(machine, target, payload, kind, statePayload)) {
    machine.fault("state", "gives an object state that its class does not have, or that changes what is called");
  }
  machine.drop(1);
}

function hasState(target: number): boolean {
  return [VALUE.orderedDictionary, VALUE.tensor, VALUE.parameter, VALUE.dtype, VALUE.ndarray].some((kind) => kind === target);
}

function isUnderstood(machine: PickleMachine, target: number, payload: number, kind: number, statePayload: number): boolean {
  const items = Arguments.of(machine, kind, statePayload);
  switch (target) {
    case VALUE.orderedDictionary:
      return kind === VALUE.none || isPlainAttributes(machine, kind, statePayload);
    case VALUE.tensor:
    case VALUE.parameter:
      return items !== undefined && items.is(0, VALUE.storage, VALUE.tensor, VALUE.parameter);
    case VALUE.dtype:
      return buildDtype(machine, payload, items);
    default:
      return buildArray(machine, items);
  }
}

/** joblib reads the array when the wrapper has its state, and puts it in the wrapper's place. */
function buildWrapper(machine: PickleMachine, kind: number, payload: number): void {
  const array = arrayOf(machine, kind, payload);
  if (array === undefined) throw new PickleStop("state", "describes an array in a way that joblib does not write");
  const offset = machine.base + machine.at;
  if (offset === machine.frameEnd) machine.frameEnd = 0;
  if (offset < machine.frameEnd) machine.fault("disagreement", "has the bytes of an array inside a frame");
  machine.array = array;
  machine.stack.kinds[machine.stack.length - 2] = VALUE.ndarray;
}

/** State or items for what a call that is not allowed returned: its class decides what happens. */
function fillOpaque(machine: PickleMachine, number: number): void {
  const global = machine.global(number);
  if (global !== undefined) global.isFilled = true;
}

/** State or items for a class or function changes it for all; other values take none. */
function refuse(machine: PickleMachine, target: number, payload: number): void {
  const global = target === VALUE.global ? machine.global(payload) : undefined;
  machine.fault(
    "target",
    global === undefined ? "gives state or items to a value that has none" : `changes ${global.module}.${global.name} itself`,
  );
}

const TAKES_ITEMS: Readonly<Record<"list" | "dictionary" | "set", readonly number[]>> = {
  list: [VALUE.list],
  dictionary: [VALUE.dictionary, VALUE.orderedDictionary, VALUE.counter],
  set: [VALUE.set],
};

/** Checks the value at a place of the stack that is to take items. */
export function checkTarget(machine: PickleMachine, place: number, container: keyof typeof TAKES_ITEMS): void {
  if (place < machine.fence) throw new PickleStop("stack", "adds items to nothing");
  const kind = machine.stack.kind(place);
  if (TAKES_ITEMS[container].includes(kind)) return;
  if (kind === VALUE.opaque) fillOpaque(machine, machine.stack.payload(place));
  else refuse(machine, kind, machine.stack.payload(place));
}

/** Puts the keys and values from `from` on into the dictionary below them. */
export function setItems(machine: PickleMachine, from: number): void {
  const { stack, heap } = machine;
  if ((stack.length - from) % 2 !== 0) throw new PickleStop("stack", "has a key without a value");
  checkTarget(machine, from - 1, "dictionary");
  if (stack.kind(from - 1) === VALUE.dictionary) {
    const node = stack.payload(from - 1);
    for (let at = from; at < stack.length; at += 2) {
      heap.set(node, stack.kind(at), stack.payload(at), stack.kind(at + 1), stack.payload(at + 1));
    }
  }
  stack.length = from;
}
