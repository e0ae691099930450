import { type JsonNode, parseJson } from "../encoding/json.ts";
import { AssayError } from "../core/error.ts";
import type { HttpAnswer } from "./http.ts";
import { plainServerText, type TextNames } from "./server-text.ts";

/**
 * The JSON value that an answer is, strictly (see `parseJson`), at most 32 levels and 100,000 values.
 * Everything that is wrong with it is SERVER_ANSWER, and so are the errors of the node's readers.
 *
 * @param what names it after "the": "answer of the transparency log"
 */
export function jsonAnswer(answer: Pick<HttpAnswer, "body">, what: string, names: TextNames = {}): JsonNode {
  return inPlainWords(() => parseJson(answer.body, { what, shapeCode: "SERVER_ANSWER", maxDepth: 32, maxValues: 100_000 }), names);
}

/** What `read` makes of an answer. Its error may quote the server, in a repeated key for example: of that, plain words are passed on. */
export function inPlainWords<Value>(read: () => Value, names: TextNames = {}): Value {
  try {
    return read();
  } catch (error) {
    if (error instanceof AssayError) throw new AssayError("SERVER_ANSWER", plainServerText(error.message, names));
    throw error;
  }
}
