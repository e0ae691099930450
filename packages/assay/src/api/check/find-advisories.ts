import type { AdvisoryFacts } from "../../policy/facts.ts";
import { matchAdvisories, type AdvisoryCollection } from "../../policy/advisories/match-advisories.ts";
import { readPurl } from "../../policy/advisories/purl.ts";
import type { Rules } from "../../policy/policy.ts";
import type { ModelReference } from "../../source/reference.ts";
import { readAdvisories } from "../read-advisories.ts";
import type { Digested } from "../results.ts";

/** Where advisories are looked for. */
export interface AdvisoryPlaces {
  readonly policyFolder: string;
  /** Paths beside those of the policy, relative to `cwd`. */
  readonly given: readonly string[];
  readonly cwd: string;
}

/**
 * Reads the advisories that rules name, relative to the policy, and the given ones. Of the policy's, a source that does not
 * exist is a problem and not an error. Throws ADVISORY_SOURCE for a given one that does not exist.
 */
export function collectAdvisories(
  scopes: readonly (Rules | undefined)[],
  { policyFolder, given, cwd }: AdvisoryPlaces,
): readonly AdvisoryCollection[] {
  const named = scopes.flatMap((rules) => rules?.advisories?.from.map(({ path }) => path) ?? []);
  return [readAdvisories([...new Set(named)], { cwd: policyFolder, mayBeAbsent: true }), readAdvisories([...new Set(given)], { cwd })];
}

/** The advisories about a model: by its digests, and by the reference that the caller gave. */
export function advisoriesAbout(
  collections: readonly AdvisoryCollection[],
  { manifestDigest, files }: Digested,
  { purl, revision }: ModelReference,
): AdvisoryFacts {
  const fileDigests = new Set(files.flatMap(({ digests }) => digests.map((digest) => `sha256:${digest}`)));
  const parsed = purl === undefined ? undefined : readPurl(purl);
  return matchAdvisories(collections, { manifestDigest, fileDigests, purl: parsed && { ...parsed, revision } });
}
