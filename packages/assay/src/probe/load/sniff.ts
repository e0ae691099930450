import type { Examiner } from "./examiner.ts";

/** Which examiners a file gets. */
export interface Sniffed {
  /** To be run, in this order; empty where no format fits. */
  readonly examiners: readonly Examiner[];
  /** The format that the name says, where the content is that of another. */
  readonly disguise: string | undefined;
  /** Whether the file can be read as two formats: from its start and from its end. */
  readonly isPolyglot: boolean;
}

/** Endings that files of many formats have: they promise nothing. */
const GENERIC = /\.(?:bin|dat|data|model|ckpt|weights|params)$/;
/** A name without an ending is a word that anything can have: `dict`, `vocab`. */
const HAS_ENDING = /[^/]\.[^./]+$/;
/** Names with such an ending that say what must be inside, whatever the content is. */
const OF_TRAINING = /\.ckpt$|(?:^|\/)[^/]*(?:pytorch|adapter|training_args|optimizer|scheduler|rng_state|random_states)[^/]*\.bin$/;

/**
 * Finds what a file is by its content, then by its name. Content that only one format has decides, under any name. Where it
 * is not distinctive, the formats of the name that fit the content come first, then the first format of the name, whose
 * examiner says what is wrong with it, and for a name that says nothing the first format that fits.
 */
export function sniffLoad(
  name: string,
  { head, tail, size }: { readonly head: Uint8Array; readonly tail: Uint8Array; readonly size: number },
  examiners: readonly Examiner[],
): Sniffed {
  const lower = name.toLowerCase();
  const named = examiners.filter(({ isNamed }) => isNamed(lower));
  const decided = named.find(({ isNameDecisive }) => isNameDecisive === true);
  if (decided !== undefined) return { examiners: [decided], disguise: undefined, isPolyglot: false };
  const byStart = examiners.filter(({ begins }) => begins(head, size));
  const byEnd = [...named, ...examiners].find((examiner) => examiner.ends?.(tail, size) === true);
  const distinctive = byStart.find(({ isDistinctive }) => isDistinctive);
  const fitting = named.find((examiner) => byStart.includes(examiner));
  // Among those of the name that fit, a distinctive beginning says more than another.
  const first =
    named.find((examiner) => examiner.isDistinctive && byStart.includes(examiner)) ??
    distinctive ??
    fitting ??
    byEnd ??
    (GENERIC.test(lower) && !OF_TRAINING.test(lower) ? undefined : named[0]) ??
    byStart[0];
  if (first === undefined) return { examiners: [], disguise: undefined, isPolyglot: false };
  const isBoth = byEnd !== undefined && byEnd !== first && first.ends === undefined;
  const isPromised = !GENERIC.test(lower) && HAS_ENDING.test(lower) && first.mayBeNamed?.(lower) !== true;
  const isDisguised = named.length > 0 && !named.includes(first) && fitting === undefined && isPromised;
  return {
    examiners: isBoth ? [first, byEnd] : [first],
    disguise: isDisguised ? named[0]?.format : undefined,
    isPolyglot: isBoth && first.mayCarryArchive !== true,
  };
}
