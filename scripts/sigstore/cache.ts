import { homedir } from "node:os";
import { join, resolve } from "node:path";

/** Where built servers and the peers' clients are kept between runs: outside the work tree, so that a fresh clone finds them. */
export function cacheFolder(): string {
  const own = process.env["ASSAY_SIGSTORE_CACHE"];
  if (own !== undefined && own !== "") return resolve(own);
  const xdg = process.env["XDG_CACHE_HOME"];
  return join(xdg === undefined || xdg === "" ? join(homedir(), ".cache") : resolve(xdg), "assay-sigstore");
}
