import { lstatSync, type Stats } from "node:fs";
import { join } from "node:path";
import { AssayError } from "../core/error.ts";
import { hubCacheOf } from "./hub-cache.ts";
import type { ModelPlace } from "./model-place.ts";
import { nameBelow, realpath, relativeName } from "./names-in-model.ts";

/**
 * The name in the model of the directory entry that is the signature, given or found at `file` (absolute):
 * that entry alone is not part of the model, whatever it leads to. Undefined where it is outside of the model.
 *
 * Throws LINK_NOT_ALLOWED where the entry, or a folder on the way to it inside the model, is a link, and for
 * a link outside that leads to a file in the model: the file at its end would be hidden under another name.
 * The own links of a Hugging Face cache are that cache's files. Throws USAGE where MODEL is that file itself.
 */
export function signatureEntry(place: ModelPlace, file: string): string | undefined {
  if (place.kind === "file") {
    if (file === place.root || realpath(file) === place.root) throw sameFile(place);
    return undefined;
  }
  const name = nameBelow(place, file);
  if (name === undefined) {
    const target = realpath(file);
    const hidden = target === undefined ? undefined : relativeName(place.root, target);
    if (hidden === undefined) return undefined;
    throw new AssayError(
      "LINK_NOT_ALLOWED",
      `the signature ${file} is a link to ${hidden} in the model: a signature in the model is a file`,
      {
        remedy: "name-linked-signature",
      },
    );
  }
  if (refuseLinks(place.root, name) === "own link") return name;
  return spelledOnDisk(place.root, name);
}

/** On a file system that ignores case or normalizes Unicode, the name as the folder has it: never another file's. */
function spelledOnDisk(root: string, name: string): string {
  const real = realpath(join(root, name));
  const spelled = real === undefined ? undefined : relativeName(root, real);
  return spelled !== undefined && folded(spelled) === folded(name) ? spelled : name;
}

function folded(name: string): string {
  return name.normalize("NFC").toLowerCase();
}

/** Throws LINK_NOT_ALLOWED where the signature `name`, relative to `root`, is reached through a link inside the model. */
function refuseLinks(root: string, name: string): "own link" | "no link" {
  const components = name.split("/");
  let path = root;
  for (const [index, component] of components.entries()) {
    path = join(path, component);
    if (statsOf(path)?.isSymbolicLink() !== true) continue;
    const isEntry = index === components.length - 1;
    if (isEntry && hubCacheOf(root)?.owns(path) === true) return "own link";
    throw linkedSignature(name, isEntry ? undefined : components.slice(0, index + 1).join("/"));
  }
  return "no link";
}

/** What is said of a signature in the model that is a link, or is behind the link `folder`. */
export function linkedSignature(name: string, folder?: string): AssayError {
  const what = folder === undefined ? "is a link" : `is behind the link ${folder}`;
  return new AssayError("LINK_NOT_ALLOWED", `the signature ${name} ${what}: a signature in the model is a regular file in a real folder`, {
    remedy: "unlink-signature",
  });
}

function sameFile({ root }: ModelPlace): AssayError {
  return new AssayError("USAGE", `the model and the signature are the same file, ${root}`, {
    remedy: "name-other-output",
  });
}

function statsOf(path: string): Stats | undefined {
  try {
    return lstatSync(path);
  } catch {
    return undefined;
  }
}
