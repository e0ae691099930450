import { folderOfEntry, folderOfHandle, type DroppedFolder } from "./folder.ts";

/** What was dropped; nothing of it is read yet. */
export interface Dropped {
  readonly folders: readonly DroppedFolder[];
  readonly files: readonly File[];
}

/** Chromium's, which TypeScript does not know. */
interface HandedItem extends DataTransferItem {
  readonly getAsFileSystemHandle?: () => Promise<FileSystemHandle | null>;
}

/** Takes what was dropped. To be called in the event itself: a browser forgets it right after. */
export async function takeDropped(transfer: DataTransfer): Promise<Dropped> {
  const items: HandedItem[] = [...transfer.items].filter(({ kind }) => kind === "file");
  const taken = items.map((item) => ({ entry: item.webkitGetAsEntry(), file: item.getAsFile(), handle: item.getAsFileSystemHandle?.() }));
  const folders: DroppedFolder[] = [];
  const files: File[] = [];
  for (const { entry, file, handle } of taken) {
    const handed = await handle?.catch(() => null);
    if (isFolderHandle(handed)) folders.push(folderOfHandle(handed));
    else if (isFolderEntry(entry)) folders.push(folderOfEntry(entry));
    else if (file !== null) files.push(file);
  }
  return { folders, files };
}

function isFolderHandle(handle: FileSystemHandle | null | undefined): handle is FileSystemDirectoryHandle {
  return handle?.kind === "directory";
}

function isFolderEntry(entry: FileSystemEntry | null): entry is FileSystemDirectoryEntry {
  return entry?.isDirectory === true;
}
