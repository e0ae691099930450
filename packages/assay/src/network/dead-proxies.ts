/** Ways through a proxy that gave no connection in time, each with what was said then. */
const dead = new Map<string, string>();

/**
 * Remembers for the rest of this run that a proxy gives no connection to a host, so that no further request waits for
 * it. To that host only: a proxy that is slow to say that one host is down may well reach others.
 */
export function rememberDeadProxy(proxy: string, host: string, message: string): void {
  dead.set(`${proxy} ${host}`, message);
}

/** What was said when the proxy gave no connection to the host; undefined where it was not asked, or did. */
export function deadProxy(proxy: string | undefined, host: string): string | undefined {
  return proxy === undefined ? undefined : dead.get(`${proxy} ${host}`);
}
