import { isAbsolute, join } from "node:path";
import { homeFolder } from "../files/home-folder.ts";

type Environment = Readonly<Record<string, string | undefined>>;

/**
 * Where a user's trusted roots are kept: `assay/tuf` in the folder for caches, which is XDG_CACHE_HOME
 * or the system's own. Undefined for a user without a home.
 */
export function userCacheFolder(environment: Environment = process.env, platform: string = process.platform): string | undefined {
  const caches = cachesOf(environment, platform);
  return caches === undefined ? undefined : join(caches, "assay", "tuf");
}

function cachesOf(environment: Environment, platform: string): string | undefined {
  const xdg = environment["XDG_CACHE_HOME"];
  // The XDG Base Directory specification: a relative path is to be ignored.
  if (xdg !== undefined && isAbsolute(xdg)) return xdg;
  if (platform === "win32") return environment["LOCALAPPDATA"] || undefined;
  const home = homeFolder(environment);
  if (home === undefined || !isAbsolute(home)) return undefined;
  return platform === "darwin" ? join(home, "Library", "Caches") : join(home, ".cache");
}
