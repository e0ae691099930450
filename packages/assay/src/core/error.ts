import { ERROR_OUTCOMES, type ErrorCode, type ErrorOutcome } from "./error-codes.ts";
import type { DetailedCode, ErrorDetails, MistakenFile, MistakenFileCode, TextFault, TextFaultCode } from "./error-details.ts";
import { REMEDIES, type Remedy } from "./remedies.ts";

/** A command that was probably meant. Only the command itself suggests one: the library knows none. */
export interface CommandSuggestion {
  /** The words before the command, without the colon: "did you mean". */
  readonly lead: string;
  /** The command as it can be typed, quoted for a shell. */
  readonly line: string;
}

/** What an `AssayError` carries beside its code and message. */
export interface AssayErrorOptions {
  /** What to do about it, as one of the names in remedies.ts; the command writes it with its own options. */
  readonly remedy?: Remedy | undefined;
  /** What to do about it where no remedy fits: a sentence without commands or options of Assay. */
  readonly hint?: string | undefined;
  readonly suggestion?: CommandSuggestion | undefined;
  /** The error underneath. Must never carry a password, token or key. */
  readonly cause?: unknown;
  /**
   * `usage` where the fault is in what the caller gave (key, root, policy), not in the model or its
   * signature. Default: the outcome of the code.
   */
  readonly outcome?: "usage" | undefined;
  readonly details?: undefined;
}

/** Only a code that has details in error-details.ts may carry some, and only its own. */
type ErrorArguments =
  | readonly [code: ErrorCode, message: string, options?: AssayErrorOptions | undefined]
  | readonly [code: MistakenFileCode, message: string, options: WithDetails<MistakenFile>]
  | readonly [code: TextFaultCode, message: string, options: WithDetails<TextFault>]
  | { [Code in DetailedCode]: readonly [code: Code, message: string, options: WithDetails<ErrorDetails[Code]>] }[DetailedCode];

type WithDetails<Details> = Omit<AssayErrorOptions, "details"> & { readonly details: Details };

/**
 * The only error that Assay's functions throw. Its parts, first what code reads, then what people read:
 *
 * - `code` and `outcome`: what happened, and what that means for the question (error-codes.ts);
 * - `details`: data that belongs to the code (error-details.ts); read it with `detailsOf`;
 * - `remedy`: what to do about it, as a name (remedies.ts);
 * - `message`: what was found and why that is refused, "what: why", in one line that names no option of the command;
 * - `hint`: what to do about it in words; of a remedy, its words in remedies.ts.
 *
 *   throw new AssayError("SIGNATURE_AMBIGUOUS", `${folder} holds 2 signatures: a.sig, b.sig`, {
 *     remedy: "choose-signature",
 *     details: { folder, names: ["a.sig", "b.sig"] },
 *   });
 *
 * Code decides by `code`, `details` and `remedy`, never by the words of a message. Messages and hints may
 * hold names that an attacker chose: escape them before they reach a terminal.
 */
export class AssayError extends Error {
  override readonly name = "AssayError";
  readonly code: ErrorCode;
  readonly outcome: ErrorOutcome;
  readonly remedy: Remedy | undefined;
  readonly hint: string | undefined;
  readonly suggestion: CommandSuggestion | undefined;
  readonly details: ErrorDetails[DetailedCode] | undefined;

  constructor(...[code, message, options = {}]: ErrorArguments) {
    super(message, options.cause === undefined ? undefined : { cause: options.cause });
    this.code = code;
    this.outcome = options.outcome ?? ERROR_OUTCOMES[code];
    this.remedy = options.remedy;
    this.hint = options.hint ?? (options.remedy === undefined ? undefined : REMEDIES[options.remedy]);
    this.suggestion = options.suggestion;
    this.details = options.details;
  }
}

/** The details of an error of this code; undefined where it is of another code or carries none. */
export function detailsOf<Code extends DetailedCode>(error: AssayError, code: Code): ErrorDetails[Code] | undefined {
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- the constructor takes details of the error's own code only
  return error.code === code ? (error.details as ErrorDetails[Code] | undefined) : undefined;
}

/** What a file is that was given in the place of another; undefined of every other error. */
export function mistakenFileOf({ details }: AssayError): MistakenFile | undefined {
  return details !== undefined && "format" in details ? details : undefined;
}

/** The same error in other words: code, outcome, remedy, hint and details stay, and `error` is its cause. */
export function reworded(error: AssayError, message: string): AssayError {
  return copyOf(error, message, error);
}

/** The same error with more text at the end of its message. */
export function addition(error: AssayError, more: string): AssayError {
  if (more === "") return error;
  const stop = detailsOf(error, "ABORTED");
  if (stop === undefined) return copyOf(error, error.message + more, error.cause);
  return new AssayError("ABORTED", error.message + more, {
    cause: error.cause,
    details: { ...stop, aftermath: stop.aftermath + more },
  });
}

/**
 * The same error where its fault is in what the caller gave: a key, a root or a policy that cannot be used. What
 * could not be told stays so.
 */
export function asCallersFault(error: AssayError): AssayError {
  return error.outcome === "failed" ? copyOf(error, error.message, error.cause, "usage") : error;
}

/** Reads something that the caller gave: a fault in it is a wrong question, not a no about the model. */
export function givenByCaller<Value>(read: () => Value): Value {
  try {
    return read();
  } catch (error) {
    throw error instanceof AssayError ? asCallersFault(error) : error;
  }
}

/** The error of stopped work; `when` follows "stopped": "before the token signed". */
export function stopped(when: string, cause?: unknown): AssayError {
  return new AssayError("ABORTED", `stopped ${when}`, { cause, details: { when, aftermath: "" } });
}

/** Turns any thrown value into an `AssayError`: ours unchanged, anything else as `INTERNAL`. */
export function asAssayError(thrown: unknown): AssayError {
  if (thrown instanceof AssayError) return thrown;
  const text = thrown instanceof Error ? thrown.message : String(thrown);
  return new AssayError("INTERNAL", `unexpected: ${text || "an error without a message"}`, { cause: thrown });
}

function copyOf(
  { code, outcome, remedy, hint, suggestion, details }: AssayError,
  message: string,
  cause: unknown,
  other?: "usage",
): AssayError {
  const kept = { remedy, hint, suggestion, cause, outcome: other ?? (outcome === "usage" ? outcome : undefined) };
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- code and details come from one error
  return new AssayError(...([code, message, { ...kept, details }] as unknown as ErrorArguments));
}
