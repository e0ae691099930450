import { AssayError } from "../core/error.ts";

/** A pattern that an identity, or its provider, must match as a whole. */
export interface IdentityPattern {
  /** As the caller wrote it. */
  readonly source: string;
  /** Whether all of the text matches, in time linear in its length, whatever the pattern and the text are. */
  matches(text: string): boolean;
}

/** Longer than any pattern for names needs to be. */
const MAX_SOURCE_LENGTH = 1000;
/** Instructions, which every character of a text may cost once each; `a{1000}` has about a thousand. */
const MAX_PROGRAM_SIZE = 2000;
/** The text comes from the signer's certificate: no name that anybody has is longer. */
const MAX_TEXT_LENGTH = 16_384;

/**
 * Compiles a regular expression in the syntax of RE2, without backtracking: no pattern and no text makes
 * it take long. It must match from the first character to the last, `^` and `$` need not be written:
 * `a|b` matches "a" and "b" and nothing that only begins with one. Case counts, a dot is any character
 * but a line break, and `$` is the end, not the place before a last line break, unless the pattern sets
 * the flags `i`, `s` or `m` for itself.
 *
 * Throws IDENTITY_PATTERN for another expression (one with look-around or references to groups, for example), one that
 * is empty, has over 1000 characters, or repeats so much that it is too large. A text of over 16,384
 * characters matches nothing.
 */
export async function compileIdentityPattern(source: string): Promise<IdentityPattern> {
  if (source === "") throw refusal(source, "is empty, and would match no identity");
  if (source.length > MAX_SOURCE_LENGTH) {
    throw refusal(`${source.slice(0, 50)}…`, `has ${source.length} characters; at most ${MAX_SOURCE_LENGTH}`);
  }
  // Loaded where a pattern is used: it is larger than all else that a verification needs.
  const { RE2JS } = await import("re2js");
  let program: InstanceType<typeof RE2JS>;
  try {
    program = RE2JS.compile(source);
  } catch (cause) {
    const why = cause instanceof Error ? cause.message.replace(/^error parsing regexp: /, "") : String(cause);
    throw refusal(source, `is not a regular expression: ${why}`, cause);
  }
  const size = program.programSize();
  if (size > MAX_PROGRAM_SIZE) throw refusal(source, `repeats too much: it takes ${size} steps; at most ${MAX_PROGRAM_SIZE}`);
  return { source, matches: (text) => text.length <= MAX_TEXT_LENGTH && program.testExact(text) };
}

function refusal(source: string, problem: string, cause?: unknown): AssayError {
  return new AssayError("IDENTITY_PATTERN", `the pattern ${JSON.stringify(source)} ${problem}`, {
    hint: "write it in the syntax of RE2, with a backslash before a dot that means a dot",
    cause,
  });
}
