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
