import { EMPTY_TUPLE, isText, VALUE } from "./kinds.ts";
import type { PickleMachine } from "./machine.ts";
import type { GlobalUse } from "./uses.ts";

/** The items of a tuple, as arguments of a call or as state. */
export class Arguments {
  readonly machine: PickleMachine;
  readonly count: number;
  readonly #node: number;

  /** Undefined for anything but a tuple, and for one whose items are not kept. */
  static of(machine: PickleMachine, kind: number, payload: number): Arguments | undefined {
    return kind === VALUE.tuple && payload >= EMPTY_TUPLE ? new Arguments(machine, payload) : undefined;
  }

  constructor(machine: PickleMachine, payload: number) {
    this.machine = machine;
    this.#node = payload;
    this.count = payload === EMPTY_TUPLE ? 0 : machine.heap.count(payload);
  }

  /** VALUE.absent beyond the last item. */
  kind(index: number): number {
    return index < this.count ? this.machine.heap.kind(this.machine.heap.item(this.#node, index)) : VALUE.absent;
  }

  payload(index: number): number {
    return this.machine.heap.payload(this.machine.heap.item(this.#node, index));
  }

  is(index: number, ...kinds: readonly number[]): boolean {
    return kinds.includes(this.kind(index));
  }

  text(index: number): string | undefined {
    return this.machine.text(this.kind(index), this.payload(index));
  }

  isText(index: number): boolean {
    return isText(this.kind(index));
  }

  /** A flag: older writers wrote 0 and 1. */
  isFlag(index: number): boolean {
    return this.is(index, VALUE.boolean, VALUE.integer);
  }

  /** What the global at this place is used for; undefined for another value, or one that is not allowed. */
  use(index: number): GlobalUse | undefined {
    return this.is(index, VALUE.global) ? this.machine.global(this.payload(index))?.use : undefined;
  }

  tuple(index: number): Arguments | undefined {
    return Arguments.of(this.machine, this.kind(index), this.payload(index));
  }

  /** Whether it is a tuple of numbers of at least 0, or a torch.Size. */
  isShape(index: number): boolean {
    return this.is(index, VALUE.data) || this.product(index) !== undefined;
  }

  /** The product of a tuple of numbers of at least 0; undefined for another value. */
  product(index: number): number | undefined {
    const items = this.tuple(index);
    if (items === undefined) return undefined;
    let product = 1;
    for (let item = 0; item < items.count; item++) {
      if (!items.is(item, VALUE.integer) || !(items.payload(item) >= 0)) return undefined;
      product *= items.payload(item);
    }
    return product;
  }
}
