import { asCallersFault, AssayError, reworded } from "../core/error.ts";

/** A file that the caller gives: its content, or that with the name that messages give it. */
export type GivenFile = Uint8Array | string | NamedContent;

/** A file's content, and its name for messages. */
export interface NamedContent {
  readonly name: string;
  readonly content: Uint8Array | string;
}

export function contentOf(file: GivenFile): Uint8Array | string {
  return isNamed(file) ? file.content : file;
}

export function nameOf(file: GivenFile): string | undefined {
  return isNamed(file) ? file.name : undefined;
}

/** How a message names a file: its role, such as `public key`, and its name where it has one. */
export function describeFile(role: string, file: GivenFile): string {
  return isNamed(file) ? `the ${role} ${file.name}` : `the ${role}`;
}

function isNamed(file: GivenFile): file is NamedContent {
  return typeof file === "object" && !(file instanceof Uint8Array);
}

/**
 * Runs a reader of a file that the caller gave. What is wrong with it is a wrong question, not a "no" about
 * what is verified: its errors get the outcome `usage`, and say which file it is, of which role.
 * "Could not tell" (an algorithm that is not known here) stays that.
 */
export function readingFile<Value>(role: string, file: GivenFile, read: (content: Uint8Array | string) => Value): Value {
  try {
    return read(contentOf(file));
  } catch (error) {
    throw aboutFile(role, file, error);
  }
}

/** An error that reading a given file threw, as one about the question; anything else as it is. */
export function aboutFile(role: string, file: GivenFile, thrown: unknown): unknown {
  if (!(thrown instanceof AssayError)) return thrown;
  return asCallersFault(reworded(thrown, `${describeFile(role, file)}: ${thrown.message}`));
}
