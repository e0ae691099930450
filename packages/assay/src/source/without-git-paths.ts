import { isGitPath } from "./shared-rules.ts";
import type { FileInModel, Inventory } from "./inventory.ts";

function isOfModel({ name }: { readonly name: string }): boolean {
  return !isGitPath(name);
}

/**
 * The model without git's own files at its top, of a walk that met them: what is signed, and what the digests cover, by
 * default. For a question that also examines those files, so that one walk does for both.
 */
export function withoutGitPaths<File extends FileInModel>(inventory: Inventory<File>): Inventory<File> {
  if (inventory.kind === "file") return inventory;
  return {
    ...inventory,
    files: inventory.files.filter(isOfModel),
    unfollowedLinks: inventory.unfollowedLinks.filter(isOfModel),
    undecodable: inventory.undecodable.filter(isOfModel),
    undecodableNames: inventory.undecodableNames.filter((name) => !isGitPath(name)),
    unexamined: inventory.unexamined.filter(isOfModel),
  };
}
