import { resolve } from "node:path";
import { compareManifests } from "../comparison/compare-manifests.ts";
import { AssayError } from "../core/error.ts";
import type { Warning } from "../core/warning.ts";
import type { WorkOptions } from "../hashing/work-options.ts";
import type { WalkOptions } from "../source/options.ts";
import { isRemoteReference } from "../source/reference.ts";
import type { RemoteOptions } from "../source/remote/remote-options.ts";
import type { FileDigests } from "../statement/manifest.ts";
import { compareNames } from "../statement/name-order.ts";
import { notesOn } from "./diff-notes.ts";
import { attestedDigests, type AttestedDigests, type DiffDigests } from "./diff-attested.ts";
import {
  readIfSignature,
  shownSide,
  signatureSide,
  withWalkedSide,
  type Side,
  type UnverifiedSignature,
  type WalkedSide,
} from "./diff-side.ts";
import type { AnyModel } from "./opened/opened-model.ts";
import type { Diff } from "./results.ts";

/** What is left out of the models, and how they are hashed. */
export interface DiffOptions extends WalkOptions, WorkOptions, RemoteOptions {
  /** What relative paths are relative to. Default: the process's. */
  readonly cwd?: string;
  /**
   * `computed`: every file is read. `attested`: the SHA-256 that a server gives of a file counts, and the file is not read. Default:
   * of two versions at one server, only what it lists otherwise is read, and every other file anywhere. What a server attests is
   * named, and without `attested` two models are not called the same by its word.
   */
  readonly digests?: "computed" | "attested" | undefined;
}

/**
 * What changed between two models, two signatures, or a model and a signature. Nothing is verified.
 *
 * A folder is a model; a file is a signature where it is a Sigstore bundle, else a single-file model; a reference is a model on a
 * server. A model is hashed, and its ignore paths and links taken, as the signature on the other side says. What is left
 * out of a model was not compared, or cannot be seen on a server without lists: then `same` is false.
 * Throws what walking, hashing and `inspect` throw, FILE_CHANGED.
 */
export async function diff(a: AnyModel, b: AnyModel, options: DiffOptions = {}): Promise<Diff> {
  const cwd = options.cwd ?? process.cwd();
  const { digests, ...others } = options;
  const [givenA, givenB] = [absolute(a, cwd), absolute(b, cwd)];
  const [saidA, saidB] = [await readIfSignature(givenA), await readIfSignature(givenB)];
  type Said = typeof saidA;
  const walked = async (given: AnyModel, said: Said, other: Said, work: (side: WalkedSide | undefined) => Promise<Diff>): Promise<Diff> =>
    said === undefined ? withWalkedSide(given, other, others, work) : work(undefined);
  return walked(givenA, saidA, saidB, async (walkedA) =>
    walked(givenB, saidB, saidA, async (walkedB) => {
      const attested = attestedDigests(walkedA, walkedB, digests);
      const sideA = await sideOf(walkedA, saidA, attested.a);
      const sideB = await sideOf(walkedB, saidB, attested.b);
      for (const side of [sideA, sideB]) await side.checkUnchanged(options.signal);
      return diffOf(sideA, sideB, attested, digests);
    }),
  );
}

async function sideOf(
  walked: WalkedSide | undefined,
  said: UnverifiedSignature | undefined,
  known: ReadonlyMap<string, FileDigests>,
): Promise<Side> {
  if (walked !== undefined) return walked.hash(known);
  if (said === undefined) throw new AssayError("INTERNAL", "a side of a comparison is neither a model nor a signature");
  return signatureSide(said);
}

function diffOf(sideA: Side, sideB: Side, attested: AttestedDigests, digests: DiffDigests): Diff {
  const [shownA, shownB] = [shownSide(sideA, sideB), shownSide(sideB, sideA)];
  const { differences, notComparable, same } = compareManifests(sideA, sideB);
  const unseen = differences.filter(({ kind }) => (kind === "extra" && !isListed(sideA)) || (kind === "missing" && !isListed(sideB)));
  const names = new Set([...attested.a.keys(), ...attested.b.keys()]);
  const isAnswered = names.size === 0 || digests === "attested";
  return {
    a: shownA,
    b: shownB,
    same: same && isAnswered && isListed(sideA) && isListed(sideB) && shownA.notCovered.length + shownB.notCovered.length === 0,
    differences: differences.filter((difference) => !unseen.includes(difference)),
    notComparable: [...notComparable, ...unseen.map(({ name }) => name)].sort(compareNames),
    ...(names.size === 0 ? {} : { attested: { hosts: attested.hosts, names: [...names].sort(compareNames) } }),
    notes: notesOn(sideA, sideB),
    warnings: [...sideA.warnings, ...sideB.warnings, ...warningsOf(attested, names.size)],
  };
}

/** Of a server without lists, what else it has was not compared: a file of the other side may be there too. */
function isListed({ source }: Side): boolean {
  return source?.kind !== "https";
}

function warningsOf({ hosts }: AttestedDigests, count: number): readonly Warning[] {
  if (count === 0) return [];
  const who = hosts.join(" and ");
  const message = `${count === 1 ? "1 file was" : `${count} files were`} not read: ${who} attests their digests, and its word is all there is`;
  return [{ code: "DIGESTS_ATTESTED", message }];
}

function absolute(given: AnyModel, cwd: string): AnyModel {
  return typeof given === "string" && !isRemoteReference(given) ? resolve(cwd, given) : given;
}
