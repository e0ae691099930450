import { join } from "node:path";
import type { Warning } from "../core/warning.ts";
import { temporariesBeside } from "../files/temporary-name.ts";
import { withCrew } from "../hashing/crew.ts";
import type { WorkOptions } from "../hashing/work-options.ts";
import { setEmptyFilesAside } from "../source/empty-files.ts";
import { hasOwnLinksOnly } from "../source/hub-cache.ts";
import type { FileInModel, Inventory } from "../source/inventory.ts";
import type { WalkOptions } from "../source/options.ts";
import { halfWrittenWarning, recordedIgnorePaths, signable } from "../source/signable.ts";
import { Turns } from "../source/turns.ts";
import { serializationFor, type SerializationOptions } from "../statement/serialization.ts";
import { writeStatement } from "../statement/write.ts";
import { checkUnchanged } from "./check-unchanged.ts";
import { refusePointers } from "./lfs-pointers.ts";
import type { OpenedModel } from "./opened/opened-model.ts";

/** What is signed of a model, and what the answer says beside it. */
export interface DescribedModel {
  /** The statement: UTF-8 JSON. */
  readonly payload: Uint8Array;
  readonly totalBytes: number;
  readonly notCovered: Inventory["leftOut"];
  readonly warnings: readonly Warning[];
  readonly temporaries: readonly Warning[];
  readonly older: readonly Warning[];
}

/**
 * Walks and hashes a model, and writes the statement. The digests, large for 100,000 files, are freed when it returns.
 *
 * `signature` is where the bundle will be, absolute. Throws LFS_POINTER, FILE_CHANGED, and what walking and hashing throw.
 */
export async function describeModel<File extends FileInModel>(
  model: OpenedModel<File>,
  signature: string | undefined,
  options: WalkOptions & WorkOptions & SerializationOptions,
): Promise<DescribedModel> {
  const serialization = serializationFor(options);
  const { files, statement, ...found } = await withCrew(options.threads, model.given, async (crew) => {
    const walked = signable(await model.inventory({ ...options, signature }));
    const inventory = setEmptyFilesAside(walked, serialization, "sign");
    const requests = inventory.files.map((file) => ({ file, maxShards: Infinity }));
    const hashed = await model.hash(requests, serialization, { ...options, root: inventory.root, crew }, "stop at failures");
    refusePointers(await model.readPointers(hashed.mayBePointers));
    await checkUnchanged(model, walked, new Turns(options.signal), hashed.look);
    // Without the inventory: for 100,000 files it is as large as their digests.
    return {
      files: hashed.digests,
      statement: {
        modelName: inventory.modelName,
        serialization,
        allowSymlinks: options.allowSymlinks === true && !hasOwnLinksOnly(inventory),
        ignorePaths: recordedIgnorePaths(inventory),
      },
      totalBytes: inventory.files.reduce((sum, { size }) => sum + size, 0),
      notCovered: inventory.leftOut,
      warnings: inventory.warnings,
      temporaries: temporaryFiles(signature, inventory),
      older: await model.olderSignatures(inventory),
    };
  });
  return { payload: await writeStatement({ ...statement, files }), ...found };
}

/** Half-written files beside the signature and outside the model, where the walk does not meet them. */
function temporaryFiles(signature: string | undefined, { root, leftOut }: Inventory<FileInModel>): Warning[] {
  const named = new Set(leftOut.map(({ name }) => join(root, name)));
  const beside = signature === undefined ? [] : temporariesBeside(signature);
  return beside.filter((path) => !named.has(path)).map((path) => halfWrittenWarning(path, "it is not a signature"));
}
