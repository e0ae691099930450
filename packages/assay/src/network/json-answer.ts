import { type JsonNode, parseJson } from "../encoding/json.ts";
import { AssayError } from "../error.ts";
import type { HttpAnswer } from "./http.ts";
import { cleanText } from "./server-text.ts";

/**
 * The JSON value that an answer is, strictly (see `parseJson`), at most 32 levels and 100,000 values.
 * Everything that is wrong with it is SERVER_ANSWER, and so are the errors of the node's readers.
 *
 * @param what names it after "the": "answer of the transparency log"
 * @param secrets what was sent and must not come back in a message
 */
export function jsonAnswer(answer: Pick<HttpAnswer, "body">, what: string, secrets: readonly string[] = []): JsonNode {
  try {
    return parseJson(answer.body, { what, shapeCode: "SERVER_ANSWER", maxDepth: 32, maxValues: 100_000 });
  } catch (error) {
    // A repeated key is named in the message, and keys are the server's words too.
    if (error instanceof AssayError) throw new AssayError("SERVER_ANSWER", cleanText(error.message, secrets));
    throw error;
  }
}
