import { lstatSync, readdirSync, readlinkSync, realpathSync } from "node:fs";
import { basename, dirname, join, resolve, sep } from "node:path";

/**
 * A snapshot in a Hugging Face cache: `models--OWNER--NAME/snapshots/COMMIT`. Its files are links into
 * `blobs` of the same repository, which huggingface_hub 2 shares among repositories by a second link into
 * `blobs` of the cache. Those links are the cache's own way to store a file, not part of the model.
 */
export interface HubCache {
  /** Whether this link, in a real folder of the snapshot, is one of the cache's own and leads to a regular file. */
  owns(link: string): boolean;
}

const REPOSITORY = /^(models|datasets|spaces|kernels)--./;
const XET_HASH = /^[0-9a-f]{64}$/;

/** The cache that a folder is a snapshot of, or in; undefined for any other folder. `root` is absolute and resolved. */
export function hubCacheOf(root: string): HubCache | undefined {
  const components = root.split(sep);
  for (let at = components.length - 2; at > 0; at--) {
    if (components[at] !== "snapshots" || !REPOSITORY.test(components[at - 1] ?? "")) continue;
    const repository = components.slice(0, at).join(sep);
    return { owns: (link) => leadsToBlob(link, repository) };
  }
  return undefined;
}

/** Whether a walk followed no link but those by which a Hugging Face cache stores files: the model has none then. */
export function hasOwnLinksOnly({ root, linksFollowed }: { readonly root: string; readonly linksFollowed: number }): boolean {
  return linksFollowed === 0 && hubCacheOf(root) !== undefined;
}

/**
 * The snapshots of a repository in a Hugging Face cache, by name; empty for any other folder. The repository
 * is not a model itself: it holds several versions, as links.
 */
export function snapshotsIn(root: string): readonly string[] {
  if (!REPOSITORY.test(basename(root))) return [];
  try {
    return lstatSync(join(root, "blobs")).isDirectory() ? readdirSync(join(root, "snapshots")).sort() : [];
  } catch {
    return [];
  }
}

/** Each hop is checked by itself: the real path alone would not tell by which way it is reached. */
function leadsToBlob(link: string, repository: string): boolean {
  try {
    const blob = targetOf(link);
    if (realpathSync.native(dirname(blob)) !== join(repository, "blobs")) return false;
    const stats = lstatSync(blob);
    return stats.isFile() || (stats.isSymbolicLink() && leadsToSharedBlob(blob, dirname(repository)));
  } catch {
    return false;
  }
}

function leadsToSharedBlob(link: string, cache: string): boolean {
  const shared = targetOf(link);
  const hash = basename(shared);
  const folder = join(cache, "blobs", hash.slice(0, 2));
  return XET_HASH.test(hash) && realpathSync.native(dirname(shared)) === folder && lstatSync(shared).isFile();
}

function targetOf(link: string): string {
  return resolve(dirname(link), readlinkSync(link));
}
