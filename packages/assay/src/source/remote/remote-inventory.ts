import type { Warning } from "../../core/warning.ts";
import { addSharedRules, type IgnoreReason } from "../ignore-rules.ts";
import type { Inventory, LeftOut, WalkFindings } from "../inventory.ts";
import { Problems } from "../problems.ts";
import { Seen } from "../seen.ts";
import type { RemoteFile, RemoteWalkRequest } from "./remote-model.ts";

/** The inventory of a model on a server: what a walk of a copy on disk would find, by the same rules. OMS section 6.2. */
export function remoteInventory(
  modelName: string,
  pinned: string,
  all: readonly RemoteFile[],
  { ignorePaths = [], ignoreGitPaths = true, signature, signed }: RemoteWalkRequest,
): Inventory<RemoteFile> {
  const rules = new Map<string, IgnoreReason>();
  for (const path of ignorePaths) rules.set(path.replace(/\/+$/, ""), "caller-ignore-path");
  const warnings = addSharedRules(rules, { ignoreGitPaths, signedIgnorePaths: signed?.ignorePaths ?? [] });
  if (signature !== undefined) rules.set(signature, "signature");

  const files: RemoteFile[] = [];
  const leftOut = new Map<string, { -readonly [Key in keyof LeftOut]: LeftOut[Key] }>();
  for (const file of all) {
    const rule = ruleFor(file.name, rules);
    if (rule === undefined || signed?.files.has(file.name) === true) files.push(file);
    else if (rule.reason !== "signature") {
      const known = leftOut.get(rule.name);
      const kind = rule.name === file.name ? "file" : "directory";
      const before = known ?? { name: rule.name, kind, fileCount: 0, bytes: 0, atLeast: false, reason: rule.reason };
      leftOut.set(rule.name, { ...before, fileCount: before.fileCount + 1, bytes: before.bytes + file.size });
    }
  }
  const findings: WalkFindings<RemoteFile> = {
    kind: "directory",
    given: pinned,
    root: pinned,
    modelName,
    files,
    undecodable: [],
    undecodableNames: [],
    unfollowedLinks: [],
    unexamined: [],
    problems: new Problems(),
    undecodableProblems: new Problems(),
    areLinksAllowed: false,
    linksFollowed: 0,
    leftOut: [...leftOut.values()],
    ignoreRules: rules,
    notFiles: new Map(),
    seen: new Seen(),
    warnings: [...warnings, ...idle(rules, all)],
  };
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- the one place that may say so: the model was listed
  return findings as Inventory<RemoteFile>;
}

function ruleFor(
  name: string,
  rules: ReadonlyMap<string, IgnoreReason>,
): { readonly name: string; readonly reason: IgnoreReason } | undefined {
  for (let end = name.indexOf("/"); ; end = name.indexOf("/", end + 1)) {
    const above = end < 0 ? name : name.slice(0, end);
    const reason = rules.get(above);
    if (reason !== undefined) return { name: above, reason };
    if (end < 0) return undefined;
  }
}

function idle(rules: ReadonlyMap<string, IgnoreReason>, files: readonly RemoteFile[]): Warning[] {
  return [...rules].flatMap(([name, reason]): Warning[] => {
    if (reason !== "caller-ignore-path" || files.some((file) => file.name === name || file.name.startsWith(`${name}/`))) return [];
    return [{ code: "IGNORE_PATH_VOID", message: `nothing in the model is at the ignore path ${name}` }];
  });
}
