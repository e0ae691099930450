import { isIPv4 } from "node:net";
import { AssayError } from "../core/error.ts";

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

/** The proxy of these settings, as they have it: it may hold a password. */
export function proxyOf(settings: Readonly<Record<string, string>>): string | undefined {
  return settings["HTTPS_PROXY"] ?? settings["HTTP_PROXY"];
}

/** Whether a request uses the proxy: NO_PROXY lists hosts as Node reads them. */
export function isProxied(url: URL, settings: Readonly<Record<string, string>>): boolean {
  if (proxyOf(settings) === undefined) return false;
  const host = url.hostname.replace(/^\[|\]$/gu, "").toLowerCase();
  const port = url.port || (url.protocol === "https:" ? "443" : "80");
  const exceptions = (settings["NO_PROXY"] ?? "").split(/[\s,]+/u).filter((entry) => entry !== "");
  return !exceptions.some((entry) => exempts(entry.toLowerCase(), host, port));
}

function exempts(entry: string, host: string, port: string): boolean {
  if (entry === "*") return true;
  const [, name = entry, only] = /^(.+):(\d+)$/u.exec(entry) ?? [];
  if (only !== undefined && !name.includes(":") && only !== port) return false;
  const [, first, last] = /^(\d+(?:\.\d+){3})-(\d+(?:\.\d+){3})$/u.exec(name) ?? [];
  if (first !== undefined && last !== undefined) return isIPv4(host) && inOrder(first, host) && inOrder(host, last);
  const bare = name.replace(/^\*/u, "");
  return bare.startsWith(".") ? host.endsWith(bare) || host === bare.slice(1) : host === bare;
}

function inOrder(a: string, b: string): boolean {
  return numberOf(a) <= numberOf(b);
}

function numberOf(address: string): number {
  return address.split(".").reduce((sum, part) => sum * 256 + Number(part), 0);
}
