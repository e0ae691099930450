import { stopped } from "../core/error.ts";

const MAX_STRETCH_MS = 40;
/** Steps between two looks at the clock: few, as one step may wait for a slow disk. */
const STEPS = 4;

/**
 * Keeps long synchronous work interruptible: between two steps, ask `due`, and `take` a turn of the
 * event loop when it says so. That lets signals, timers and progress through about 25 times a second.
 */
export class Turns {
  readonly #signal: AbortSignal | undefined;
  #last = milliseconds();
  #asked = 0;

  constructor(signal: AbortSignal | undefined) {
    this.#signal = signal;
    throwIfAborted(signal);
  }

  due(): boolean {
    // The clock costs as much as a system call: between steps, it is read once in a few.
    if (++this.#asked % STEPS !== 0) return false;
    return milliseconds() - this.#last > MAX_STRETCH_MS;
  }

  /** Throws ABORTED where the caller stopped the work meanwhile. */
  async take(): Promise<void> {
    await new Promise((resolve) => setImmediate(resolve));
    throwIfAborted(this.#signal);
    this.#last = milliseconds();
  }
}

/** Monotonic. Not `performance.now()`, which loads a module of Node's that nothing else here needs. */
function milliseconds(): number {
  return Number(process.hrtime.bigint() / 1_000_000n);
}

/** Throws ABORTED where the caller stopped the work. */
export function throwIfAborted(signal: AbortSignal | undefined): void {
  if (signal?.aborted === true) throw stopped("before the work was done", signal.reason);
}
