import { resolve } from "node:path";
import { compareManifests } from "../comparison/compare-manifests.ts";
import type { WorkOptions } from "../hashing/work-options.ts";
import type { WalkOptions } from "../source/options.ts";
import { isRemoteReference } from "../source/reference.ts";
import type { RemoteOptions } from "../source/remote/remote-options.ts";
import { notesOn } from "./diff-notes.ts";
import { modelSide, readIfSignature, shownSide, signatureSide, type Side } from "./diff-side.ts";
import type { AnyModel } from "./opened/opened-model.ts";
import type { Diff } from "./results.ts";

/** What is left out of the models, and how they are hashed. */
export interface DiffOptions extends WalkOptions, WorkOptions, RemoteOptions {
  /** What relative paths are relative to. Default: the process's. */
  readonly cwd?: string;
}

/**
 * What changed between two models, two signatures, or a model and a signature. Nothing is verified.
 *
 * A folder is a model; a file is a signature where it is a Sigstore bundle, else a single-file model.
 * A model is hashed, and its ignore paths and links taken, as the signature on the other side says. What is left
 * out of a model was not compared: then `same` is false.
 * Throws what walking, hashing and `inspect` throw, FILE_CHANGED.
 */
export async function diff(a: AnyModel, b: AnyModel, options: DiffOptions = {}): Promise<Diff> {
  const cwd = options.cwd ?? process.cwd();
  const [givenA, givenB] = [absolute(a, cwd), absolute(b, cwd)];
  const [saidA, saidB] = [await readIfSignature(givenA), await readIfSignature(givenB)];
  const side = async (given: AnyModel, said: typeof saidA, other: typeof saidA): Promise<Side> =>
    said === undefined ? modelSide(given, other, options) : signatureSide(said);
  const sideA = await side(givenA, saidA, saidB);
  const sideB = await side(givenB, saidB, saidA);
  const [shownA, shownB] = [shownSide(sideA, sideB), shownSide(sideB, sideA)];
  for (const side of [sideA, sideB]) await side.checkUnchanged(options.signal);

  const { differences, notComparable, same } = compareManifests(sideA, sideB);
  return {
    a: shownA,
    b: shownB,
    same: same && shownA.notCovered.length + shownB.notCovered.length === 0,
    differences,
    notComparable,
    notes: notesOn(sideA, sideB),
    warnings: [...sideA.warnings, ...sideB.warnings],
  };
}

function absolute(given: AnyModel, cwd: string): AnyModel {
  return typeof given === "string" && !isRemoteReference(given) ? resolve(cwd, given) : given;
}
