import type { Warning } from "../core/warning.ts";
import { sortByName } from "../statement/name-order.ts";
import { DirectoryWalk, inventoryFile, isCovered, type NameList } from "./directory-walk.ts";
import { hubDownloadWarning } from "./hub-download.ts";
import { ignoreRules, type IgnoreRules } from "./ignore-rules.ts";
import type { Inventory, WalkFindings } from "./inventory.ts";
import { Links, type LinkPermission } from "./links.ts";
import type { ModelPlace } from "./model-place.ts";
import type { WalkOptions } from "./options.ts";
import { Problems } from "./problems.ts";
import { seeLink, seeSignature } from "./see.ts";
import { Seen } from "./seen.ts";
import { settle, systemClock, type Clock } from "./settle.ts";
import { Turns } from "./turns.ts";

/** What a signed manifest says about the walk; a `Manifest` is one. */
interface SignedRules {
  readonly ignorePaths: readonly string[];
  readonly allowSymlinks: boolean;
  /** The files that it lists: they are found whatever hides them. */
  readonly files: ReadonlyMap<string, unknown>;
}

export interface WalkRequest extends WalkOptions {
  /** The signature, existing or to be written, absolute: that one file is not part of the model. */
  readonly signature?: string | undefined;
  /** The signed manifest, where there is one. */
  readonly signed?: SignedRules | undefined;
  /** With the signature noted in it before that was read; the walk notes what it sees. Default: a new one. */
  readonly seen?: Seen | undefined;
  /** Default: the system's. */
  readonly clock?: Clock;
  readonly signal?: AbortSignal | undefined;
}

const NOTHING_SIGNED: SignedRules = { ignorePaths: [], allowSymlinks: false, files: new Map() };

/**
 * Finds the files of a model: OMS sections 6.1 and 6.2. Nothing is opened but folders. What makes an answer
 * impossible (link loops, pipes, folders that cannot be read) is in the inventory and not thrown.
 *
 * `cwd` is what the caller's ignore paths are relative to. Throws LINK_NOT_ALLOWED and USAGE for the signature's
 * own place, ABORTED.
 */
export async function walkModel(place: ModelPlace, cwd: string, request: WalkRequest): Promise<Inventory> {
  const { signal, clock = systemClock, signature, signed = NOTHING_SIGNED } = request;
  const turns = new Turns(signal);
  const rules = ignoreRules(place, {
    cwd,
    ignorePaths: request.ignorePaths ?? [],
    ignoreGitPaths: request.ignoreGitPaths ?? true,
    signedIgnorePaths: signed.ignorePaths,
    excludedFile: signature,
  });
  const seen = request.seen ?? new Seen();
  if (request.seen === undefined && signature !== undefined) seeSignature(seen, signature);
  const given = seeLink(place.given, `the model ${place.given}`);
  if (given !== undefined && place.given !== place.root) seen.links.push({ ...given, target: place.root });

  const links = new Links(place.root, linkPermission(request));
  const found = place.kind === "file" ? singleFile(place, rules) : await walkDirectory(place, rules, links, signed.files, seen, turns);
  await settle(found.files, clock, signal);
  const { kind, given: named, root, modelName } = place;
  const areLinksAllowed = links.permission !== undefined;
  const findings: WalkFindings = { kind, given: named, root, modelName, areLinksAllowed, ignoreRules: rules.reasons, seen, ...found };
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- the one place that may say so: the model was walked
  return findings as Inventory;
}

type Found = Omit<WalkFindings, "kind" | "given" | "root" | "modelName" | "areLinksAllowed" | "ignoreRules" | "seen">;

async function walkDirectory(
  place: ModelPlace,
  { reasons, warnings }: IgnoreRules,
  links: Links,
  listed: NameList,
  seen: Seen,
  turns: Turns,
): Promise<Found> {
  const walk = new DirectoryWalk({ rules: reasons, links, listed, seen, turns });
  await walk.run(place);
  seen.links.push(...links.seen);
  return {
    files: sortByName(walk.files),
    undecodable: sortByName(walk.undecodable),
    undecodableNames: walk.undecodableNames,
    undecodableProblems: walk.undecodableProblems,
    unfollowedLinks: sortByName(walk.unfollowedLinks),
    linksFollowed: links.followed,
    leftOut: sortByName(walk.leftOut),
    unexamined: sortByName(walk.unexamined),
    problems: walk.problems,
    notFiles: walk.notFiles,
    warnings: [...warnings, ...idleRules(reasons, walk.rulesMet), ...links.warnings(), ...hubDownloadWarning(walk.files, listed)],
  };
}

function singleFile({ modelName, root, stats }: ModelPlace, { warnings }: IgnoreRules): Found {
  return {
    files: [inventoryFile(modelName, root, stats)],
    undecodable: [],
    undecodableNames: [],
    undecodableProblems: new Problems(),
    unfollowedLinks: [],
    linksFollowed: 0,
    leftOut: [],
    unexamined: [],
    problems: new Problems(),
    notFiles: new Map(),
    warnings,
  };
}

/** The caller's permission reaches further than the signer's: only the caller may allow links out of the model. */
function linkPermission({ allowSymlinks = false, signed }: WalkRequest): LinkPermission {
  if (allowSymlinks) return "caller";
  return signed?.allowSymlinks === true ? "signer" : undefined;
}

/** A caller's rule that matches nothing is most often a typing error, and the file that was meant is then signed. */
function idleRules(reasons: IgnoreRules["reasons"], met: ReadonlySet<string>): Warning[] {
  const idle: Warning[] = [];
  for (const [name, reason] of reasons) {
    if (reason !== "caller-ignore-path" || met.has(name)) continue;
    const above = name.slice(0, Math.max(0, name.lastIndexOf("/")));
    if (!isCovered(reasons, above)) idle.push({ code: "IGNORE_PATH_VOID", message: `nothing in the model is at the ignore path ${name}` });
  }
  return idle;
}
