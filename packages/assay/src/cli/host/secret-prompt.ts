import { AssayError } from "../../core/error.ts";

/** What the prompt needs of a terminal's input; `process.stdin` is one. */
export interface SecretInput {
  setRawMode?(raw: boolean): unknown;
  resume(): unknown;
  pause(): unknown;
  on(event: "data", listener: (chunk: Uint8Array) => void): unknown;
  on(event: "end", listener: () => void): unknown;
  removeListener(event: "data", listener: (chunk: Uint8Array) => void): unknown;
  removeListener(event: "end", listener: () => void): unknown;
}

const ENTER: ReadonlySet<number> = new Set([0x0a, 0x0d]);
const CTRL_C = 0x03;
const CTRL_D = 0x04;
const CTRL_U = 0x15;
const RUBOUT: ReadonlySet<number> = new Set([0x08, 0x7f]);

/**
 * Asks for a secret on a terminal without showing what is typed: not even how long it is.
 * `onInterrupt` is told of Ctrl-C, which raw mode turns from a signal into a key.
 * Throws ABORTED on Ctrl-C, or Ctrl-D on an empty line.
 */
export function askSecret(
  question: string,
  input: SecretInput,
  show: (text: string) => void,
  onInterrupt: () => void = () => undefined,
): Promise<string> {
  return new Promise((resolve, reject) => {
    let typed: number[] = [];
    // Raw mode first: what is typed while the question appears must not be echoed.
    input.setRawMode?.(true);
    show(question);
    input.on("data", onData);
    input.on("end", onEnd);
    input.resume();

    function onData(chunk: Uint8Array): void {
      for (const byte of chunk) {
        if (ENTER.has(byte)) return finish(() => resolve(new TextDecoder().decode(Uint8Array.from(typed))));
        if (byte === CTRL_C) return finish(stopped, onInterrupt);
        if (byte === CTRL_D && typed.length === 0) return finish(stopped);
        if (RUBOUT.has(byte)) typed = withoutLastCharacter(typed);
        else if (byte === CTRL_U) typed = [];
        else if (byte >= 0x20) typed.push(byte);
      }
    }

    function onEnd(): void {
      finish(stopped);
    }

    function stopped(): void {
      reject(new AssayError("ABORTED", "nothing was typed"));
    }

    function finish(settle: () => void, before: () => void = () => undefined): void {
      input.removeListener("data", onData);
      input.removeListener("end", onEnd);
      input.setRawMode?.(false);
      input.pause();
      show("\n");
      before();
      settle();
    }
  });
}

/** Drops the bytes of the last UTF-8 character. */
function withoutLastCharacter(bytes: readonly number[]): number[] {
  let end = bytes.length - 1;
  while (end > 0 && ((bytes[end] ?? 0) & 0xc0) === 0x80) end -= 1;
  return bytes.slice(0, Math.max(0, end));
}
