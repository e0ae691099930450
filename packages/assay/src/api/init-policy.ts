import { knownPublishers } from "../catalog/known-publishers.ts";
import { startingPolicy, type Sector } from "../catalog/starting-policy.ts";
import { AssayError } from "../core/error.ts";
import { nearest } from "../core/nearest.ts";

export { SECTORS, type Sector } from "../catalog/starting-policy.ts";

/** A policy to begin with. */
export interface InitializedPolicy {
  readonly sector: Sector;
  /** The ids of the publishers that have an entry. */
  readonly publishers: readonly string[];
  /** The ids of those that are suggested in comments. */
  readonly suggested: readonly string[];
  /** YAML. */
  readonly text: string;
}

/**
 * A starting policy for a sector. `publishers` are ids of publishers whose signatures are known: each gets an entry that binds
 * its identities to its models; the others are suggested in comments. Throws USAGE for an unknown id, INTERNAL where the
 * installation lacks its data.
 */
export function initPolicy(sector: Sector, publishers: readonly string[] = []): InitializedPolicy {
  const known = knownPublishers();
  const ids = known.map(({ id }) => id);
  for (const id of publishers) {
    if (ids.includes(id)) continue;
    const near = nearest(id, ids);
    const hint = near === undefined ? `known are: ${ids.join(", ")}` : `did you mean ${near}?`;
    throw new AssayError("USAGE", `the publisher ${JSON.stringify(id)} is unknown`, { hint });
  }
  const [chosen, others] = [known.filter(({ id }) => publishers.includes(id)), known.filter(({ id }) => !publishers.includes(id))];
  return {
    sector,
    publishers: chosen.map(({ id }) => id),
    suggested: others.map(({ id }) => id),
    text: startingPolicy(sector, chosen, others),
  };
}
