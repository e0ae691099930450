/** A folder that was dropped, by whichever of the browser's two interfaces for it there is. */
export interface DroppedFolder {
  readonly name: string;
  /** What is in it now, in no order. Symbolic links are left out by the browser. Rejects where it may not be listed. */
  list(): Promise<readonly FolderEntry[]>;
}

export type FolderEntry =
  | { readonly name: string; readonly folder: DroppedFolder }
  | { readonly name: string; readonly file: () => Promise<File> };

/** A folder by its handle (File System Standard): Chromium has it also in a page from a file, where the older interface reads nothing. */
export function folderOfHandle(handle: FileSystemDirectoryHandle): DroppedFolder {
  return {
    name: handle.name,
    async list() {
      const found: FolderEntry[] = [];
      for await (const [name, child] of handle.entries()) {
        if (isFolderHandle(child)) found.push({ name, folder: folderOfHandle(child) });
        else if (isFileHandle(child)) found.push({ name, file: () => child.getFile() });
      }
      return found;
    },
  };
}

/** A folder by its entry (File and Directory Entries API): every browser has it. */
export function folderOfEntry(entry: FileSystemDirectoryEntry): DroppedFolder {
  return {
    name: entry.name,
    async list() {
      const children = await entriesOf(entry);
      return children.flatMap((child): FolderEntry[] => {
        if (isFolder(child)) return [{ name: child.name, folder: folderOfEntry(child) }];
        return isFile(child) ? [{ name: child.name, file: () => fileOf(child) }] : [];
      });
    },
  };
}

/** A reader gives some hundred at a time, and an empty list at the end. */
async function entriesOf(folder: FileSystemDirectoryEntry): Promise<FileSystemEntry[]> {
  const reader = folder.createReader();
  const all: FileSystemEntry[] = [];
  for (;;) {
    const some = await new Promise<FileSystemEntry[]>((resolve, reject) => reader.readEntries(resolve, reject));
    if (some.length === 0) return all;
    all.push(...some);
  }
}

function fileOf(entry: FileSystemFileEntry): Promise<File> {
  return new Promise((resolve, reject) => entry.file(resolve, reject));
}

function isFolder(entry: FileSystemEntry): entry is FileSystemDirectoryEntry {
  return entry.isDirectory;
}

function isFile(entry: FileSystemEntry): entry is FileSystemFileEntry {
  return entry.isFile;
}

function isFolderHandle(handle: FileSystemHandle): handle is FileSystemDirectoryHandle {
  return handle.kind === "directory";
}

function isFileHandle(handle: FileSystemHandle): handle is FileSystemFileHandle {
  return handle.kind === "file";
}
