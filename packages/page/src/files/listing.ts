import { sortByName } from "../../../assay/src/statement/name-order.ts";
import type { FileInModel } from "../../../assay/src/source/inventory.ts";
import type { DroppedFolder } from "./folder.ts";

/** A file of a model, as the browser hands it over. */
export interface PageFile extends FileInModel {
  readonly file: File;
}

/** A model as the browser lists it. Symbolic links are never in it. */
export interface Listing {
  readonly kind: "directory" | "file";
  /** The name of the folder or file: all that a browser tells of its place. */
  readonly name: string;
  /** In code-point order of names. */
  readonly files: readonly PageFile[];
  /** Folders that could not be listed. */
  readonly unlisted: readonly string[];
  /** Lists the folder once more, for what was added or removed meanwhile. Absent where the browser cannot. */
  readonly again?: () => Promise<readonly string[]>;
}

/** A model of one file. */
export function listFile(file: File): Listing {
  return { kind: "file", name: file.name, files: [{ name: file.name, size: file.size, file }], unlisted: [] };
}

/** A folder that was chosen in a dialog: its files with paths that begin with its name. Undefined where it is empty. */
export function listChosen(chosen: FileList): Listing | undefined {
  const [first] = chosen;
  if (first === undefined) return undefined;
  const [folder = ""] = first.webkitRelativePath.split("/", 1);
  const files = [...chosen].map((file) => ({ name: nameOf(file, folder), size: file.size, file }));
  return { kind: "directory", name: folder, files: sortByName(files), unlisted: [] };
}

/** Chromium writes a backslash in a name as a slash in the path; the file itself still has it. */
function nameOf({ name, webkitRelativePath }: File, folder: string): string {
  const path = webkitRelativePath.slice(folder.length + 1);
  return path.slice(0, path.length - name.length) + name;
}

/** A folder that was dropped. */
export async function listDropped(root: DroppedFolder): Promise<Listing> {
  const { files, unlisted } = await walk(root);
  const again = async (): Promise<readonly string[]> => (await walk(root)).files.map(({ name }) => name);
  return { kind: "directory", name: root.name, files, unlisted, again };
}

async function walk(root: DroppedFolder): Promise<Pick<Listing, "files" | "unlisted">> {
  const files: PageFile[] = [];
  const unlisted: string[] = [];
  const folders = [{ folder: root, prefix: "" }];
  for (let next = folders.pop(); next !== undefined; next = folders.pop()) {
    const { folder, prefix } = next;
    try {
      for (const entry of await folder.list()) {
        const name = prefix + entry.name;
        if ("folder" in entry) folders.push({ folder: entry.folder, prefix: `${name}/` });
        else {
          const file = await entry.file();
          files.push({ name, size: file.size, file });
        }
      }
    } catch {
      unlisted.push(prefix === "" ? root.name : prefix);
    }
  }
  return { files: sortByName(files), unlisted };
}
