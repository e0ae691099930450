import { AssayError } from "../core/error.ts";
import { packageFolder } from "../files/package-folder.ts";
import { readBounded } from "../files/read-bounded.ts";

const SCHEMAS = packageFolder(import.meta.url, "schemas");
const LIMIT = 1024 * 1024;

/**
 * The JSON schema (draft 2020-12) of a mof.yml, or of the result that `assay openness --json` prints, as text.
 *
 * Throws INTERNAL where the installation lacks its schemas.
 */
export function opennessSchema(of: "mof" | "result"): string {
  const file = of === "mof" ? "mof.v1.json" : "openness.v1.json";
  try {
    return new TextDecoder().decode(readBounded(`${SCHEMAS}${file}`, "schema", LIMIT));
  } catch (cause) {
    throw new AssayError("INTERNAL", "this installation of Assay lacks its schemas", { cause, hint: "install it again" });
  }
}
