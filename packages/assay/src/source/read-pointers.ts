import { closeSync, fstatSync } from "node:fs";
import { fileAccess } from "./file-access.ts";
import { MAX_POINTER_BYTES, parsePointer, type LfsPointer, type PointerFile } from "./lfs-pointer.ts";

/** The pointers among files that were hashed; one that cannot be read any more is not one. In the order given. */
export function readPointers(files: readonly { readonly name: string; readonly path: string; readonly size: number }[]): PointerFile[] {
  return files.flatMap(({ name, path, size }) => {
    const pointer = size < MAX_POINTER_BYTES ? readPointer(path) : undefined;
    return pointer === undefined ? [] : [{ name, ...pointer }];
  });
}

function readPointer(path: string): LfsPointer | undefined {
  let descriptor: number | undefined;
  try {
    descriptor = fileAccess.open(path);
    if (!fstatSync(descriptor).isFile()) return undefined;
    const buffer = new Uint8Array(MAX_POINTER_BYTES);
    return parsePointer(buffer.subarray(0, fileAccess.read(descriptor, buffer, 0)));
  } catch {
    return undefined;
  } finally {
    if (descriptor !== undefined) closeSync(descriptor);
  }
}
