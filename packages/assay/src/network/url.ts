import { AssayError } from "../core/error.ts";

/** The URL that `text` is. Anything but an absolute http or https URL is USAGE. */
export function webUrl(text: string): URL {
  const url = URL.parse(text);
  if (url !== null && (url.protocol === "http:" || url.protocol === "https:")) return url;
  throw new AssayError("USAGE", `${shownUrl(text)} is not an http or https URL`, {
    hint: "write it with its scheme, for example https://fulcio.example.com",
  });
}

/**
 * A URL for a message: without user name, password, query and fragment, any of which may hold a secret,
 * and not longer than a line.
 */
export function shownUrl(text: string): string {
  const plain = text
    .replace(/[?#].*$/su, "")
    // Greedy, so that an @ in a password does not save what precedes it.
    .replace(/^((?:[a-z][a-z0-9+.-]*:)?\/\/)?[^/]*@/iu, "$1")
    .replace(/[^!-~]/gu, "?")
    .replace(/\/$/u, "");
  return plain.length > 100 ? `${plain.slice(0, 99)}…` : plain;
}

/** Who was asked, for a message: what its service is called, and where it is. */
export function serverName(service: string | undefined, url: string): string {
  return service === undefined ? shownUrl(url) : `${service} (${shownUrl(url)})`;
}

/** `path` under a base URL, which may itself have a path, with or without a slash at its end. */
export function urlUnder(base: string, path: string): string {
  const url = webUrl(base);
  url.pathname = `${url.pathname.replace(/\/+$/u, "")}/${path}`;
  url.hash = "";
  return url.href;
}

const LOOPBACK = /^(?:localhost|127(?:\.\d{1,3}){3}|\[::1\])$/;

/** Whether what is sent there stays on this machine. */
export function isLoopback(url: URL): boolean {
  return LOOPBACK.test(url.hostname);
}
