import { AssayError } from "../core/error.ts";
import { isLoopback, shownUrl, webUrl } from "../network/url.ts";

/**
 * The URL that `text` is, if secrets may be sent there: https, or http to this machine itself.
 * Throws USAGE, which names `what` the URL is of.
 */
export function secureUrl(text: string, what: string): URL {
  const url = webUrl(text);
  if (url.protocol === "https:" || isLoopback(url)) return url;
  throw new AssayError("USAGE", `${what} is ${shownUrl(text)}: a secret would be sent there unencrypted`, {
    hint: "Give an https address.",
  });
}
