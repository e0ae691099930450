import { AssayError } from "../error.ts";
import { shownUrl, webUrl } from "../network/url.ts";

const LOOPBACK = /^(?:localhost|127(?:\.\d{1,3}){3}|\[::1\])$/;

/** Whether what is sent there stays on this machine. */
export function isLoopback(url: URL): boolean {
  return LOOPBACK.test(url.hostname);
}

/**
 * The URL that `text` is, if secrets may be sent there: https, or http to this machine itself.
 * Throws USAGE, which names `what` the URL is of.
 */
export function secureUrl(text: string, what: string): URL {
  const url = webUrl(text);
  if (url.protocol === "https:" || isLoopback(url)) return url;
  throw new AssayError("USAGE", `${what} is ${shownUrl(text)}, to which a secret would travel without encryption`, {
    hint: "Give an https address.",
  });
}
