import { pathToFileURL } from "node:url";
import { systemBrowser, type Desktop } from "../oidc/system-browser.ts";

/**
 * Shows a page of this machine to the person who works at it, in the browser that the system opens; false where no person can
 * be expected to see it (no display, a session over SSH, a CI job) or where that failed. `path` is absolute.
 */
export async function openPage(path: string, { platform, environment }: Desktop): Promise<boolean> {
  const isJob = (environment["CI"] ?? "") !== "";
  const open = isJob ? undefined : systemBrowser({ platform, environment });
  return open === undefined ? false : open(pathToFileURL(path).href);
}
