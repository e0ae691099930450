import { FILES_ON_DISK } from "../../hashing/files-on-disk.ts";
import type { InventoryFile } from "../../source/inventory.ts";
import type { LocalModel } from "../../source/open-model.ts";
import { olderSignatures, signatureAside } from "../../source/signature-aside.ts";
import { otherSignatures } from "../other-signatures.ts";
import { readModelSignature } from "../read-signature.ts";
import type { OpenedModel } from "./opened-model.ts";

/** A model on this machine. */
export function onDisk(model: LocalModel): OpenedModel<InventoryFile> {
  const { place, cwd, kind, name } = model;
  return {
    ...FILES_ON_DISK,
    given: place.given,
    source: undefined,
    kind,
    name,
    cwd,
    inventory: async (request) => model.inventory(request),
    // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- the files of this model are those that its walk found
    read: async (file, from, length) => model.read(file as InventoryFile, from, length),
    signatureAside: async (named) => signatureAside(place.given, named, cwd),
    readSignature: async (named, seen) => readModelSignature(place, named, cwd, seen),
    olderSignatures: async (inventory) => olderSignatures(inventory),
    otherSignatures: async (manifest, comparison, path) => otherSignatures(place, manifest, comparison, path),
  };
}
