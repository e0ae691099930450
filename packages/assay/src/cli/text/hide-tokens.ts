import type { AssayError } from "../../core/error.ts";

/** A JSON Web Token, or what is left of one: its header begins with `{"`. */
const TOKEN = /\beyJ[\w-]{8,}(?:\.[\w-]*){1,2}/g;

/**
 * Takes identity tokens out of an error's words, and out of its stack and causes. One that was typed where
 * another word belongs, after a forgotten option for example, would be quoted as that word, and stay in the
 * log of a CI job for all to see.
 */
export function hideTokens(error: AssayError): void {
  for (let part: unknown = error; part instanceof Error; part = part.cause) {
    part.message = hide(part.message);
    if (part.stack !== undefined) part.stack = hide(part.stack);
  }
}

function hide(text: string): string {
  return text.replace(TOKEN, "eyJ…");
}
