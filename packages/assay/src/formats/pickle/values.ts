import { VALUE } from "./kinds.ts";
import { PickleStop } from "./stop.ts";

/** The most values that a stack or a memo holds: 9 MB of typed arrays each. */
const MAX_VALUES = 1_000_000;

/**
 * A stack or a memo: what is known of each value, in typed arrays. A value is a kind (kinds.ts) and a number, whose
 * meaning depends on the kind.
 */
export class Values {
  kinds: Uint8Array = new Uint8Array(256);
  payloads: Float64Array = new Float64Array(256);
  length = 0;

  push(kind: number, payload: number): void {
    const at = this.length;
    if (at === this.kinds.length) this.#grow(at + 1);
    this.kinds[at] = kind;
    this.payloads[at] = payload;
    this.length = at + 1;
  }

  /** Sets a place of a memo, which need not be the next one. Returns whether it was empty. */
  set(at: number, kind: number, payload: number): boolean {
    if (at >= this.kinds.length) this.#grow(at + 1);
    const wasEmpty = this.kinds[at] === VALUE.absent;
    this.kinds[at] = kind;
    this.payloads[at] = payload;
    if (at >= this.length) this.length = at + 1;
    return wasEmpty;
  }

  kind(at: number): number {
    return at < this.length ? (this.kinds[at] ?? VALUE.absent) : VALUE.absent;
  }

  payload(at: number): number {
    return this.payloads[at] ?? 0;
  }

  clone(): Values {
    const copy = new Values();
    copy.kinds = this.kinds.slice();
    copy.payloads = this.payloads.slice();
    copy.length = this.length;
    return copy;
  }

  #grow(needed: number): void {
    if (needed > MAX_VALUES) throw new PickleStop("too-large", `more than ${MAX_VALUES} values on the stack or in the memo`);
    const size = Math.min(MAX_VALUES, Math.max(needed, this.kinds.length * 2));
    const kinds = new Uint8Array(size);
    kinds.set(this.kinds);
    this.kinds = kinds;
    const payloads = new Float64Array(size);
    payloads.set(this.payloads);
    this.payloads = payloads;
  }
}
