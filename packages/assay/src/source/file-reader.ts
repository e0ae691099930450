import { Buffer } from "node:buffer";
import { AssayError } from "../core/error.ts";
import { fileAccess, type FileAccess } from "./file-access.ts";
import { fileSystemError, RETRY } from "./file-system-error.ts";
import type { InventoryFile } from "./inventory.ts";
import { fileStateOf } from "./see.ts";

/** Reads parts of files that a walk found. The last one stays open, as most files are read in several parts. */
export class FileReader {
  readonly #access: FileAccess;
  #open: { readonly file: InventoryFile; readonly descriptor: number } | undefined;

  /** `access`: the system calls, a parameter for tests. */
  constructor(access: FileAccess = fileAccess) {
    this.#access = access;
  }

  /** At most `length` bytes from `from` on. Throws FILE_CHANGED where the file is not as the walk saw it, FILE_UNREADABLE. */
  read(file: InventoryFile, from: number, length: number): Uint8Array {
    try {
      const descriptor = this.#descriptorOf(file);
      const wanted = Math.max(0, Math.min(length, file.size - from));
      const bytes = Buffer.allocUnsafeSlow(wanted);
      if (this.#access.read(descriptor, bytes, from) < wanted) throw changed(file);
      return bytes;
    } catch (error) {
      throw fileSystemError(error, `the file ${file.name}`);
    }
  }

  close(): void {
    if (this.#open !== undefined) this.#access.close(this.#open.descriptor);
    this.#open = undefined;
  }

  /** Opens the file that was walked: a link or pipe in its place is neither followed nor waited for. */
  #descriptorOf(file: InventoryFile): number {
    if (this.#open?.file === file) return this.#open.descriptor;
    this.close();
    const descriptor = this.#access.open(file.path);
    this.#open = { file, descriptor };
    const stats = this.#access.stat(descriptor);
    const now = fileStateOf(stats);
    const isSame = stats.isFile() && STATE.every((field) => now[field] === file[field]);
    if (isSame) return descriptor;
    this.close();
    throw changed(file);
  }
}

const STATE = ["device", "inode", "size", "mtimeNs", "ctimeNs"] as const;

function changed({ name }: InventoryFile): AssayError {
  return new AssayError("FILE_CHANGED", `the file ${name} changed after the model was walked`, { hint: RETRY });
}
