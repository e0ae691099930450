import { ERROR_CODES, type ErrorCode, type ErrorOutcome } from "./error-codes.ts";

export interface AssayErrorOptions {
  /** What the person who reads the message can do or type next. */
  readonly hint?: string | undefined;
  /** The error underneath. Must never carry a password, token or key. */
  readonly cause?: unknown;
}

/**
 * The only error that Assay's functions throw.
 *
 * `message` says what was found and what was expected; `hint` what to do about it. Both may hold
 * names that an attacker chose: whoever prints them to a terminal escapes them first.
 */
export class AssayError extends Error {
  override readonly name = "AssayError";
  readonly code: ErrorCode;
  readonly outcome: ErrorOutcome;
  readonly hint: string | undefined;

  constructor(code: ErrorCode, message: string, options: AssayErrorOptions = {}) {
    super(message, options.cause === undefined ? undefined : { cause: options.cause });
    this.code = code;
    this.outcome = ERROR_CODES[code].outcome;
    this.hint = options.hint;
  }
}

/** The same error, with more said at the end of its message. */
export function addition(error: AssayError, more: string): AssayError {
  const { code, message, hint, cause } = error;
  return more === "" ? error : new AssayError(code, message + more, { hint, cause });
}

/** Turns whatever was thrown into an `AssayError`: ours unchanged, anything else as `INTERNAL`. */
export function asAssayError(thrown: unknown): AssayError {
  if (thrown instanceof AssayError) return thrown;
  const text = thrown instanceof Error ? thrown.message : String(thrown);
  return new AssayError("INTERNAL", `unexpected: ${text || "an error without a message"}`, { cause: thrown });
}
