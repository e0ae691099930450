import { AssayError } from "../../core/error.ts";

const ADDRESS = /^https?:\/\//i;
const FORM = "write https://HOST/PREFIX/";

/** Whether a text is the address of files on a web server. */
export function isWebReference(text: string): boolean {
  return ADDRESS.test(text);
}

/**
 * Reads `https://HOST/PREFIX/`, whose last slash may be missing: the address that the names of files are added to. Throws USAGE,
 * also for what would not stay before a name: a query, a fragment, a user.
 */
export function readWebPrefix(text: string): URL {
  const url = ADDRESS.test(text) ? URL.parse(text) : null;
  // Not shown: it may hold a password.
  if (url === null) throw new AssayError("USAGE", "the address of the model is not an https URL", { hint: FORM });
  if (url.username !== "" || url.password !== "")
    throw new AssayError("USAGE", `an address at ${url.host} has a user or password in it`, { hint: FORM });
  if (url.search !== "" || url.hash !== "") {
    throw new AssayError(
      "USAGE",
      `the address ${url.origin}${url.pathname} has a query or fragment, to which no names of files can be added`,
      { hint: FORM },
    );
  }
  if (!url.pathname.endsWith("/")) url.pathname += "/";
  return url;
}
