import { AssayError } from "../../core/error.ts";

const NAME = /^[!#$%&'*+\-.^_`|~0-9A-Za-z]+$/;
const VALUE = /^[\t\x20-\x7e\x80-\xff]*$/;

/** The head of a request, RFC 9112 section 3: a character for each byte. Throws USAGE for a header that would break it; its value is not shown. */
export function requestHead(url: URL, method: string, headers: Readonly<Record<string, string>>): string {
  const lines = [`${method} ${url.pathname}${url.search} HTTP/1.1`, `host: ${url.host}`];
  for (const [name, value] of Object.entries(headers)) {
    if (!NAME.test(name) || !VALUE.test(value)) throw new AssayError("USAGE", "a header of a request has a character that cannot be sent");
    lines.push(`${name}: ${value}`);
  }
  return `${lines.join("\r\n")}\r\n\r\n`;
}
