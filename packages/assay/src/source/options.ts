import type { ProgressListener } from "../hashing/progress.ts";

/** Which files of a model count. Shared by every operation that walks one. */
export interface WalkOptions {
  /**
   * Paths that are not part of the model. Absolute or relative to `cwd`; where that is not inside
   * the model, relative to the model. One in neither place covers nothing and is warned about.
   */
  readonly ignorePaths?: readonly string[];
  /** Leave out `.git`, `.gitignore`, `.gitattributes`, `.github` at the top. Default true. */
  readonly ignoreGitPaths?: boolean;
  /** Follow symbolic links, also out of the model (with a warning). Default false: a link is an error. */
  readonly allowSymlinks?: boolean;
}

/** How the work is done; none of it changes the answer. */
export interface WorkOptions {
  /** Worker threads for hashing; default: the processors, as far as the size of the work pays for them. */
  readonly threads?: number;
  /** A folder for digests of files that did not change since; default: none. */
  readonly cache?: string;
  readonly onProgress?: ProgressListener;
  readonly signal?: AbortSignal;
}
