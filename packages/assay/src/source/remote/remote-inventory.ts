import type { Inventory } from "../inventory.ts";
import { listedInventory } from "../listed-inventory.ts";
import type { RemoteFile, RemoteWalkRequest } from "./remote-model.ts";

/** The inventory of a model on a server. OMS section 6.2. */
export function remoteInventory(
  modelName: string,
  pinned: string,
  all: readonly RemoteFile[],
  request: RemoteWalkRequest,
): Inventory<RemoteFile> {
  return listedInventory({ kind: "directory", given: pinned, modelName }, all, request);
}
