import { isAbsolute, resolve } from "node:path";
import type { Warning } from "../core/warning.ts";
import type { ModelPlace } from "./model-place.ts";
import { nameBelow } from "./names-in-model.ts";
import { addSharedRules, voidPath, type IgnoreReason } from "./shared-rules.ts";
import { signatureEntry } from "./signature-entry.ts";

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

/** The name in the model of what a caller's ignore path points to, or undefined where that is not in the model. */
function nameInModel(place: ModelPlace, path: string, cwd: string): string | undefined {
  if (path === "" || path.includes("\0")) return undefined;
  const fromCwd = nameBelow(place, resolve(cwd, path));
  if (fromCwd !== undefined || isAbsolute(path)) return fromCwd;
  return nameBelow(place, resolve(place.root, path));
}
