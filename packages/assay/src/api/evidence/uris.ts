import { AssayError } from "../../core/error.ts";
import { isAbsoluteUri } from "../../statement/evidence/predicates.ts";

/** What a caller named by a URI: a verifier, a resource. Throws USAGE for what is not an absolute URI. */
export function readUri(what: string, text: string): string {
  if (isAbsoluteUri(text)) return text;
  throw new AssayError("USAGE", `the ${what} is not an absolute URI: ${JSON.stringify(text.slice(0, 200))}`, {
    hint: "for example: https://example.com/intake, or urn:example:intake",
  });
}
