import { realpathSync } from "node:fs";
import { join, relative, sep } from "node:path";
import type { FileInModel, Inventory } from "../source/inventory.ts";
import type { Model } from "../source/open-model.ts";
import type { ModelFiles } from "./model-files.ts";

/** The files of a model that was walked, for probes. A file that changed after the walk is not read. */
export function filesOfModel(model: Pick<Model, "read">, inventory: Inventory<FileInModel>): ModelFiles {
  const { root, unfollowedLinks, unexamined, undecodable } = inventory;
  const files = new Map(inventory.files.map((file) => [file.name, file]));
  const namesOf = (kind: "link" | "other"): string[] => unexamined.filter((one) => one.kind === kind).map(({ name }) => name);
  return {
    root,
    names: [...files.keys()],
    links: [...unfollowedLinks.map(({ name }) => name), ...namesOf("link")],
    others: namesOf("other"),
    isPartial: undecodable.length > 0 || unexamined.some(({ kind }) => kind === "folder"),
    open: (name) => {
      const file = files.get(name);
      return file === undefined ? undefined : { size: file.size, read: async (from, length) => model.read(file, from, length) };
    },
    targetOf: (link) => {
      try {
        return relative(root, realpathSync.native(join(root, link))).replaceAll(sep, "/");
      } catch {
        return undefined;
      }
    },
  };
}
