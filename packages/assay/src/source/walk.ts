import { resolve } from "node:path";
import { AssayError } from "../core/error.ts";
import type { Warning } from "../core/warning.ts";
import { DirectoryWalk, inventoryFile, isCovered } from "./directory-walk.ts";
import { ignoreRules, namesToRecord, type IgnoreRules } from "./ignore-rules.ts";
import { hubDownloadWarning } from "./hub-download.ts";
import type { Inventory } from "./inventory.ts";
import { Links, type LinkPermission } from "./links.ts";
import { findModel, type ModelPlace } from "./model-place.ts";
import { compareNames, sortByName } from "../statement/name-order.ts";
import type { WalkOptions } from "./options.ts";
import { Seen, seeLink } from "./seen.ts";
import { settle, systemClock, type Clock } from "./settle.ts";
import { Turns } from "./turns.ts";

export interface WalkRequest extends WalkOptions {
  /** Signing refuses names that no signature can list; verifying counts them as files that none covers. */
  readonly purpose: "sign" | "verify";
  /** What relative paths are relative to. Default: the process's. */
  readonly cwd?: string;
  /** The signature, existing or to be written: that one file is no part of the model. */
  readonly excludedFile?: string | undefined;
  /** `ignore_paths` and `allow_symlinks` of the signed manifest. */
  readonly signedIgnorePaths?: readonly string[];
  readonly signedAllowSymlinks?: boolean;
  /** Names that the manifest lists: they are found whatever hides them. */
  readonly listed?: ReadonlySet<string>;
  /** Links that are not listed and lead to nothing listed are passed over instead of refused. */
  readonly ignoreUnsignedFiles?: boolean;
  /** With the signature noted in it before that was read; the walk notes what it sees. Default: a new one. */
  readonly seen?: Seen;
  /** Default: the system's. */
  readonly clock?: Clock;
  readonly signal?: AbortSignal;
}

const NOTHING_LISTED: ReadonlySet<string> = new Set();

/**
 * Finds the files of a model: OMS sections 6.1 and 6.2. Nothing is opened but folders.
 *
 * Throws FILE_NOT_FOUND and USAGE for MODEL itself, MODEL_EMPTY (signing), FILE_NOT_REGULAR,
 * LINK_NOT_ALLOWED, LINK_LOOP, LINK_DANGLING, LINK_OUTSIDE, NAME_NOT_UTF8 (signing), FILE_UNREADABLE,
 * FILE_CHANGED, ABORTED.
 */
export async function walkModel(model: string, request: WalkRequest): Promise<Inventory> {
  const turns = new Turns(request.signal);
  const cwd = request.cwd ?? process.cwd();
  const place = findModel(model, cwd);
  const excludedFile = request.excludedFile === undefined ? undefined : resolve(cwd, request.excludedFile);
  const rules = ignoreRules(place, {
    cwd,
    ignorePaths: request.ignorePaths ?? [],
    ignoreGitPaths: request.ignoreGitPaths ?? true,
    signedIgnorePaths: request.signedIgnorePaths ?? [],
    excludedFile,
  });
  const seen = request.seen ?? new Seen();
  if (request.seen === undefined && excludedFile !== undefined) seen.signature(excludedFile);
  const given = seeLink(place.given, `the model ${place.given}`);
  if (given !== undefined && place.given !== place.root) seen.links.push({ ...given, target: place.root });
  if (place.kind === "file") {
    const inventory = singleFile(place, rules, seen);
    await settle(inventory.files, request.clock ?? systemClock, request.signal);
    return inventory;
  }

  const links = new Links(place.root, linkPermission(request));
  const walk = new DirectoryWalk({
    purpose: request.purpose,
    rules: rules.reasons,
    links,
    listed: request.listed ?? NOTHING_LISTED,
    ignoreUnsignedFiles: request.ignoreUnsignedFiles ?? false,
    seen,
    turns,
  });
  await walk.run(place);
  walk.problems.throwFirst();
  if (request.purpose === "sign" && walk.files.length === 0) throw emptyModel(place, walk.leftOut.length);
  seen.links.push(...links.seen);
  await settle(walk.files, request.clock ?? systemClock, request.signal);
  return {
    kind: "directory",
    root: place.root,
    modelName: place.modelName,
    files: sortByName(walk.files),
    undecodable: sortByName(walk.undecodable),
    unfollowedLinks: sortByName(walk.unfollowedLinks),
    linksFollowed: links.followed,
    leftOut: sortByName(walk.leftOut),
    ignoreRules: new Map([...rules.reasons, ...walk.halfWritten.map((name) => [name, "temporary-file"] as const)]),
    notFiles: walk.notFiles,
    seen,
    warnings: [
      ...rules.warnings,
      ...idleRules(rules.reasons, walk.rulesMet),
      ...links.warnings(),
      ...hubDownloadWarning(walk.files, request.listed ?? NOTHING_LISTED),
      ...walk.halfWritten.map((name) => halfWritten(name, "it is left out")),
    ],
  };
}

function singleFile(place: ModelPlace, rules: IgnoreRules, seen: Seen): Inventory {
  return {
    kind: "file",
    root: place.root,
    modelName: place.modelName,
    files: [inventoryFile(place.modelName, place.root, place.stats)],
    undecodable: [],
    unfollowedLinks: [],
    linksFollowed: 0,
    leftOut: [],
    ignoreRules: rules.reasons,
    notFiles: new Map(),
    seen,
    warnings: rules.warnings,
  };
}

/** The caller's own word goes further than the signer's: only he may allow links out of the model. */
function linkPermission({ allowSymlinks = false, signedAllowSymlinks = false }: WalkRequest): LinkPermission {
  if (allowSymlinks) return "caller";
  return signedAllowSymlinks ? "signer" : undefined;
}

function emptyModel({ given }: ModelPlace, leftOut: number): AssayError {
  const why = leftOut === 0 ? "holds no file" : `holds no file besides what is left out (${leftOut} ${leftOut === 1 ? "path" : "paths"})`;
  return new AssayError("MODEL_EMPTY", `the model ${given} ${why}: there is nothing to sign`);
}

/** A caller's rule that met nothing is most often a typing error, and the file meant is then signed. */
function idleRules(reasons: IgnoreRules["reasons"], met: ReadonlySet<string>): Warning[] {
  const idle: Warning[] = [];
  for (const [name, reason] of reasons) {
    if (reason !== "caller-ignore-path" || met.has(name)) continue;
    const above = name.slice(0, Math.max(0, name.lastIndexOf("/")));
    if (!isCovered(reasons, above)) idle.push({ code: "IGNORE_PATH_VOID", message: `nothing in the model is at the ignore path ${name}` });
  }
  return idle;
}

/** Names a file with the name of one that Assay has not finished writing. */
export function halfWritten(name: string, consequence: string): Warning {
  return {
    code: "TEMPORARY_FILE",
    message: `${name} was left by an interrupted run, or another run is writing it now: ${consequence}; delete it if no run is under way`,
  };
}

/** What a signer records as `ignore_paths`: every rule that was in force, in code-point order. OMS section 6.2. */
export function recordedIgnorePaths({ kind, ignoreRules }: Inventory): readonly string[] {
  return namesToRecord(kind, ignoreRules).sort(compareNames);
}
