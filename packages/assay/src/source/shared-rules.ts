import type { Warning } from "../core/warning.ts";

/** Whose rule leaves a path out. `signature`: it is the signature file; `temporary-file`: one that is half-written. Both are part of no model. */
export type IgnoreReason = "signed-ignore-path" | "git-default" | "caller-ignore-path" | "signature" | "temporary-file";

interface SharedRuleOptions {
  readonly ignoreGitPaths: boolean;
  /** `ignore_paths` of the signed manifest; empty when signing. */
  readonly signedIgnorePaths: readonly string[];
}

/** OMS section 6.2: left out at the model's top by default, byte for byte. */
const GIT_PATHS = [".git", ".gitattributes", ".github", ".gitignore"] as const;

/** Adds git's and the signer's rules, which are the same wherever a model is. Returns warnings: IGNORE_PATH_VOID. */
export function addSharedRules(
  reasons: Map<string, IgnoreReason>,
  { ignoreGitPaths, signedIgnorePaths }: SharedRuleOptions,
): readonly Warning[] {
  const warnings: Warning[] = [];
  if (ignoreGitPaths) for (const name of GIT_PATHS) reasons.set(name, "git-default");
  for (const entry of signedIgnorePaths) {
    const name = canonicalEntry(entry);
    // Who asks for git's files to count wants them compared, whatever the signer left out.
    if (name !== undefined && !ignoreGitPaths && isGitPath(name)) continue;
    if (name !== undefined) reasons.set(name, "signed-ignore-path");
    else warnings.push(voidPath(`the signed ignore path "${entry}" is not a path inside the model and covers nothing`));
  }
  return warnings;
}

/** Whether a name is that of one of git's own files at the model's top, or below one. */
export function isGitPath(name: string): boolean {
  return GIT_PATHS.some((path) => name === path || name.startsWith(`${path}/`));
}

/** IGNORE_PATH_VOID, with a message. */
export function voidPath(message: string): Warning {
  return { code: "IGNORE_PATH_VOID", message };
}

/** A signed entry as a name, one trailing slash dropped; undefined where it is not a canonical path below the root. */
function canonicalEntry(entry: string): string | undefined {
  const name = entry.endsWith("/") ? entry.slice(0, -1) : entry;
  const isCanonical = name.split("/").every((component) => component !== "" && component !== "." && component !== "..");
  return isCanonical ? name : undefined;
}
