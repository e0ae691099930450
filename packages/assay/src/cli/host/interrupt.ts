/** The exit codes of a process that a signal stopped: 128 and the signal's number. */
const EXIT_CODES = { SIGINT: 130, SIGTERM: 143 } as const;
/** After this time the process leaves even if the work has not come to its end. */
const PATIENCE_MILLISECONDS = 800;

export interface Interrupt {
  readonly signal: AbortSignal;
  /** The exit code that a signal asked for. */
  readonly exitCode: () => 130 | 143 | undefined;
  /** What Ctrl-C does, for whoever reads the keyboard itself. */
  readonly interrupt: () => void;
}

/**
 * Turns Ctrl-C and SIGTERM into an abort, so that the work can stop where it leaves nothing
 * half-written. A second signal, or work that does not stop, ends the process.
 */
export function listenForInterrupt(beforeLeaving: () => void): Interrupt {
  const controller = new AbortController();
  let exitCode: 130 | 143 | undefined;
  for (const name of ["SIGINT", "SIGTERM"] as const) {
    process.on(name, () => stop(EXIT_CODES[name]));
  }
  return { signal: controller.signal, exitCode: () => exitCode, interrupt: () => stop(EXIT_CODES.SIGINT) };

  function stop(code: 130 | 143): void {
    if (exitCode !== undefined) leave(code);
    exitCode = code;
    controller.abort();
    setTimeout(() => leave(code), PATIENCE_MILLISECONDS).unref();
  }

  function leave(code: number): never {
    beforeLeaving();
    process.exit(code);
  }
}
