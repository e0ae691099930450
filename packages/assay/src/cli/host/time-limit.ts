/** What stops the work: a person, or the clock of `--timeout`. */
export interface TimeLimit {
  readonly signal: AbortSignal;
  /** Whether it was the clock. */
  isOver(): boolean;
  cancel(): void;
}

export function limitTime(interrupt: AbortSignal, milliseconds: number | undefined): TimeLimit {
  if (milliseconds === undefined) return { signal: interrupt, isOver: () => false, cancel: () => undefined };
  const clock = new AbortController();
  const timer = setTimeout(() => clock.abort(), milliseconds);
  return {
    signal: AbortSignal.any([interrupt, clock.signal]),
    isOver: () => clock.signal.aborted,
    cancel: () => clearTimeout(timer),
  };
}
