import type { FileInModel, Inventory } from "./inventory.ts";
import { linkNotAllowed } from "./links.ts";
import { Problems } from "./problems.ts";

/**
 * The model as a verifier compares it: every file counts, also one that no signature can list.
 *
 * With `ignoreUnsignedFiles`, a link that is not listed and leads to nothing listed is passed over. Throws the
 * walk's first problem; LINK_NOT_ALLOWED.
 */
export function comparable<File extends FileInModel>(inventory: Inventory<File>, ignoreUnsignedFiles: boolean): Inventory<File> {
  const { unfollowedLinks, undecodable, areLinksAllowed } = inventory;
  const problems = new Problems();
  problems.addAll(inventory.problems);
  problems.addAll(inventory.undecodableProblems);
  for (const { name, leadsToListed } of unfollowedLinks) {
    if (leadsToListed || !ignoreUnsignedFiles) problems.add(name, linkNotAllowed(name));
  }
  if (!areLinksAllowed && !ignoreUnsignedFiles) {
    for (const { name, isLink } of undecodable) if (isLink) problems.add(name, linkNotAllowed(name));
  }
  problems.throwFirst();
  return inventory;
}
