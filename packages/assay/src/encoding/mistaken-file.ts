import type { AssayErrorOptions } from "../core/error.ts";
import type { GivenFileRole, MistakenFile } from "../core/error-details.ts";
import { KNOWN_FORMATS, type KnownFormat } from "./known-format.ts";

/** "it is an HTML page, not a public key" */
export function mistaken(format: KnownFormat, role: GivenFileRole): string {
  // "an OpenSSH private key, not a private key" would not help.
  const isOneOfItsKind = new RegExp(` ${role}(?: (?:as|in) .*)?$`).test(KNOWN_FORMATS[format]);
  return `it is ${KNOWN_FORMATS[format]}, not a ${role}${isOneOfItsKind ? " in a supported format" : ""}`;
}

/** What accompanies such a message: what the file is, and that another one is needed. `name` is the file's, where it is known. */
export function mistakenFile(
  format: KnownFormat,
  role: GivenFileRole,
  name?: string,
): Pick<AssayErrorOptions, "remedy"> & { readonly details: MistakenFile } {
  return { remedy: "replace-mistaken-file", details: { format, role, name } };
}
