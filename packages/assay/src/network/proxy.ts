import { AssayError } from "../error.ts";

/**
 * The proxy that the environment names for this protocol, as Node's agents take it. A lowercase name
 * counts before the uppercase one, as everywhere. A value without a scheme (`proxy.example.com:3128`) is
 * an http one, as curl has it; Node would pass over it without a word, and so over one that it cannot
 * use: that is USAGE here. The value may hold a password and is never shown.
 */
export function proxySettings(environment: Readonly<Record<string, string | undefined>>, protocol: string): Record<string, string> {
  const name = protocol === "https:" ? "HTTPS_PROXY" : "HTTP_PROXY";
  const value = read(environment, name);
  if (value === undefined) return {};
  const full = /^[a-z][a-z0-9+.-]*:\/\//iu.test(value) ? value : `http://${value}`;
  const scheme = URL.parse(full)?.protocol;
  if (scheme !== "http:" && scheme !== "https:") {
    throw new AssayError("USAGE", `${name} in the environment is not the URL of an http or https proxy`, {
      hint: `write it like http://proxy.example.com:3128, or unset ${name}`,
    });
  }
  const exceptions = read(environment, "NO_PROXY");
  return { [name]: full, ...(exceptions === undefined ? {} : { NO_PROXY: exceptions }) };
}

function read(environment: Readonly<Record<string, string | undefined>>, name: string): string | undefined {
  return (environment[name.toLowerCase()] || environment[name])?.trim() || undefined;
}
