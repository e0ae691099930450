import type { InventoryFile } from "../source/inventory.ts";
import { hiddenSince } from "../source/left-out.ts";
import { readPointers } from "../source/read-pointers.ts";
import { secondLook } from "../source/second-look.ts";
import { leftOutWithSignature } from "../source/signature-aside.ts";
import type { FileWork } from "./file-work.ts";
import { hashEach } from "./hash.ts";

/** Files of a model on this machine. */
export const FILES_ON_DISK: FileWork<InventoryFile> = {
  seesBeginnings: true,
  listed: () => undefined,
  hash: hashEach,
  hashCandidates: async (files, serialization, options) => {
    if (files.length === 0) return [];
    const requests = files.map((file) => ({ file, maxShards: Infinity }));
    // One that cannot be read is simply not the missing one.
    return (await hashEach(requests, serialization, options, "keep failures")).digests.values();
  },
  readPointers: async (files) => readPointers(files),
  changes: secondLook,
  hiddenSince,
  leftOut: leftOutWithSignature,
};
