import type { AssayError } from "../../core/error.ts";
import type { ErrorDocument } from "./documents.ts";
import { head } from "./head.ts";
import { errorPart, EXIT_CODE_OF_OUTCOME, type HintOf } from "./parts.ts";

/** What an error document says beside the error. */
export interface ErrorDocumentOptions {
  /** The words of the command; undefined where the command line was not understood. */
  readonly command?: string | undefined;
  /** By default the one of the error's outcome; another where a signal stopped the work. */
  readonly exitCode?: ErrorDocument["exitCode"] | undefined;
  /** What to do about the error; by default the library's own words. */
  readonly hintOf?: HintOf;
}

/** The document of a question without an answer: schemas/error.v1.json. */
export function errorDocument(error: AssayError, { command, exitCode, hintOf }: ErrorDocumentOptions = {}): ErrorDocument {
  return {
    ...head("error"),
    exitCode: exitCode ?? EXIT_CODE_OF_OUTCOME[error.outcome],
    command: command ?? null,
    error: errorPart(error, hintOf),
  };
}
