import { isAbsolute, resolve } from "node:path";
import type { Warning } from "../core/warning.ts";
import type { ModelPlace } from "./model-place.ts";
import { nameBelow } from "./names-in-model.ts";
import { signatureEntry } from "./signature-entry.ts";

/** Whose rule leaves a path out. `signature`: it is the signature file; `temporary-file`: one that is half-written. Both are part of no model. */
export type IgnoreReason = "signed-ignore-path" | "git-default" | "caller-ignore-path" | "signature" | "temporary-file";

export interface IgnoreRuleOptions {
  readonly cwd: string;
  readonly ignorePaths: readonly string[];
  readonly ignoreGitPaths: boolean;
  /** `ignore_paths` of the signed manifest; empty when signing. */
  readonly signedIgnorePaths: readonly string[];
  /** Absolute path of the signature file, where there is or will be one. */
  readonly excludedFile: string | undefined;
}

export interface IgnoreRules {
  /**
   * Exact names relative to the model's root. Each covers itself and what is below it: as a walk asks
   * from the top down and does not enter what is covered, looking a name up here is the whole matching.
   */
  readonly reasons: ReadonlyMap<string, IgnoreReason>;
  readonly warnings: readonly Warning[];
}

/** OMS section 6.2: left out at the model's top by default, byte for byte. */
const GIT_PATHS = [".git", ".gitattributes", ".github", ".gitignore"] as const;

/**
 * Puts together what a walk leaves out. OMS section 6.2.1.
 *
 * Where several rules name a path, the signature counts first, then the signer, the git defaults, the
 * caller. Entries that can cover nothing are warned about (IGNORE_PATH_VOID). Throws what `signatureEntry` throws.
 */
export function ignoreRules(place: ModelPlace, options: IgnoreRuleOptions): IgnoreRules {
  const reasons = new Map<string, IgnoreReason>();
  const warnings: Warning[] = [];
  for (const path of options.ignorePaths) {
    const name = nameInModel(place, path, options.cwd);
    if (name !== undefined) reasons.set(name, "caller-ignore-path");
    else warnings.push(voidPath(`the ignore path ${path} is not inside the model and covers nothing`));
  }
  warnings.push(...addSharedRules(reasons, options));
  const signature = options.excludedFile === undefined ? undefined : signatureEntry(place, options.excludedFile);
  if (signature !== undefined) reasons.set(signature, "signature");
  return { reasons, warnings };
}

/** Adds git's and the signer's rules, which are the same wherever a model is. Returns warnings: IGNORE_PATH_VOID. */
export function addSharedRules(
  reasons: Map<string, IgnoreReason>,
  { ignoreGitPaths, signedIgnorePaths }: Pick<IgnoreRuleOptions, "ignoreGitPaths" | "signedIgnorePaths">,
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

function voidPath(message: string): Warning {
  return { code: "IGNORE_PATH_VOID", message };
}

/** The name in the model of what a caller's ignore path points to, or undefined where that is not in the model. */
function nameInModel(place: ModelPlace, path: string, cwd: string): string | undefined {
  if (path === "" || path.includes("\0")) return undefined;
  const fromCwd = nameBelow(place, resolve(cwd, path));
  if (fromCwd !== undefined || isAbsolute(path)) return fromCwd;
  return nameBelow(place, resolve(place.root, path));
}

/** A signed entry as a name, one trailing slash dropped; undefined where it is not a canonical path below the root. */
function canonicalEntry(entry: string): string | undefined {
  const name = entry.endsWith("/") ? entry.slice(0, -1) : entry;
  const isCanonical = name.split("/").every((component) => component !== "" && component !== "." && component !== "..");
  return isCanonical ? name : undefined;
}
