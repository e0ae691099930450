import type { Warning } from "../core/warning.ts";
import { addSharedRules, type IgnoreReason } from "./shared-rules.ts";
import type { FileInModel, Inventory, LeftOut, WalkFindings } from "./inventory.ts";
import { Problems } from "./problems.ts";
import { Seen } from "./seen.ts";

/** A model whose files are listed elsewhere: by a server, by a browser. */
export interface ListedPlace {
  readonly kind: "directory" | "file";
  /** What names it in messages. */
  readonly given: string;
  /** What a signer writes as the subject's name. */
  readonly modelName: string;
}

/** What is left out of a listed model. */
export interface ListedRequest {
  /** Names in the model, each with what is below it. */
  readonly ignorePaths?: readonly string[];
  readonly ignoreGitPaths?: boolean;
  /** The name of the signature, which is not part of the model. */
  readonly signature?: string | undefined;
  readonly signed?: { readonly ignorePaths: readonly string[]; readonly files: ReadonlyMap<string, unknown> } | undefined;
}

/** The inventory of a model by a list of its files: what a walk of a copy on disk would find, by the same rules. OMS section 6.2. Pure. */
export function listedInventory<File extends FileInModel>(
  { kind, given, modelName }: ListedPlace,
  all: readonly File[],
  { ignorePaths = [], ignoreGitPaths = true, signature, signed }: ListedRequest,
): Inventory<File> {
  const rules = new Map<string, IgnoreReason>();
  for (const path of ignorePaths) rules.set(path.replace(/\/+$/, ""), "caller-ignore-path");
  const warnings = addSharedRules(rules, { ignoreGitPaths, signedIgnorePaths: signed?.ignorePaths ?? [] });
  if (signature !== undefined) rules.set(signature, "signature");

  const files: File[] = [];
  const leftOut = new Map<string, { -readonly [Key in keyof LeftOut]: LeftOut[Key] }>();
  for (const file of all) {
    // No rule hides the file that is the model.
    const rule = kind === "file" ? undefined : ruleFor(file.name, rules);
    if (rule === undefined || signed?.files.has(file.name) === true) files.push(file);
    else if (rule.reason !== "signature") {
      const known = leftOut.get(rule.name);
      const kind = rule.name === file.name ? "file" : "directory";
      const before = known ?? { name: rule.name, kind, fileCount: 0, bytes: 0, atLeast: false, reason: rule.reason };
      leftOut.set(rule.name, { ...before, fileCount: before.fileCount + 1, bytes: before.bytes + file.size });
    }
  }
  const findings: WalkFindings<File> = {
    kind,
    given,
    root: given,
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
    notFiles: foldersAmong(signed?.files, all),
    seen: new Seen(),
    warnings: [...warnings, ...idle(rules, all)],
  };
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- the one place that may say so: the model was listed
  return findings as Inventory<File>;
}

/** Signed names of files that are folders now: there is a file below them. */
function foldersAmong(signed: ReadonlyMap<string, unknown> | undefined, files: readonly FileInModel[]): ReadonlyMap<string, string> {
  const found = new Map<string, string>();
  if (signed === undefined) return found;
  let before = "";
  for (const { name } of files) {
    const folder = name.slice(0, Math.max(0, name.lastIndexOf("/")));
    // Files of one folder follow each other.
    if (folder === before) continue;
    before = folder;
    for (let end = folder.length; end > 0; end = folder.lastIndexOf("/", end - 1)) {
      const above = folder.slice(0, end);
      if (signed.has(above)) found.set(above, "a folder");
    }
  }
  return found;
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

function idle(rules: ReadonlyMap<string, IgnoreReason>, files: readonly FileInModel[]): Warning[] {
  return [...rules].flatMap(([name, reason]): Warning[] => {
    if (reason !== "caller-ignore-path" || files.some((file) => file.name === name || file.name.startsWith(`${name}/`))) return [];
    return [{ code: "IGNORE_PATH_VOID", message: `nothing in the model is at the ignore path ${name}` }];
  });
}
