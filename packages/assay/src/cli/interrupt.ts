/** The exit codes of a process that a signal stopped: 128 and the signal's number. */
const EXIT_CODES = { SIGINT: 130, SIGTERM: 143 } as const;
/** After this time the process leaves even if the work has not come to its end. */
const PATIENCE_MILLISECONDS = 800;

export interface Interrupt {
  readonly signal: AbortSignal;
  /** The exit code that a signal asked for. */
  readonly exitCode: () => 130 | 143 | undefined;
}

/**
 * Turns Ctrl-C and SIGTERM into an abort, so that the work can stop where it leaves nothing
 * half-written. A second signal, or work that does not stop, ends the process.
 */
export function listenForInterrupt(beforeLeaving: () => void): Interrupt {
  const controller = new AbortController();
  let exitCode: 130 | 143 | undefined;
  for (const name of ["SIGINT", "SIGTERM"] as const) {
    process.on(name, () => {
      if (exitCode !== undefined) leave(EXIT_CODES[name]);
      exitCode = EXIT_CODES[name];
      controller.abort();
      setTimeout(() => leave(EXIT_CODES[name]), PATIENCE_MILLISECONDS).unref();
    });
  }
  return { signal: controller.signal, exitCode: () => exitCode };

  function leave(code: number): never {
    beforeLeaving();
    process.exit(code);
  }
}
