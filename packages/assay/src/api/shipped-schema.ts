import { AssayError } from "../core/error.ts";
import { readPackageFile } from "../files/package-file.ts";

const LIMIT = 1024 * 1024;

/** The text of a JSON schema that ships with the package, by the name of its file. Throws INTERNAL where the installation lacks it. */
export function shippedSchema(file: string): string {
  try {
    return new TextDecoder().decode(readPackageFile(`schemas/${file}`, "schema", LIMIT));
  } catch (cause) {
    throw new AssayError("INTERNAL", "this installation of Assay lacks its schemas", { cause, hint: "install it again" });
  }
}
