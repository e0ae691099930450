import { AssayError } from "../../../assay/src/core/error.ts";
import type { DroppedFolder } from "../files/folder.ts";
import { kindOf } from "../files/kind.ts";
import { readSignature } from "./find-signature.ts";
import type { TrustPurpose } from "./trust-files.ts";
import type { PageSignature } from "./verify-in-browser.ts";

/** What was dropped or chosen at once, by what each file is for. */
export interface GivenFiles {
  /** The model: a folder, or a file that is nothing else. */
  readonly model: DroppedFolder | File | undefined;
  readonly signature: PageSignature | undefined;
  readonly trust: ReadonlyMap<TrustPurpose, readonly File[]>;
}

/** Tells what each file is for. Throws USAGE where there are several models. */
export async function sortGiven(folders: readonly DroppedFolder[], files: readonly File[]): Promise<GivenFiles> {
  const trust = new Map<TrustPurpose, readonly File[]>();
  const others: File[] = [];
  let signature: PageSignature | undefined;
  for (const file of files) {
    const kind = await kindOf(file);
    if (kind === "other") others.push(file);
    else if (kind === "signature") signature = { ...(await readSignature(file)), nameInModel: undefined };
    else trust.set(kind, [...(trust.get(kind) ?? []), file]);
  }
  if (folders.length + others.length > 1) {
    throw new AssayError("USAGE", "several models at once: drop one folder, or one file", { hint: "a model of several files is a folder" });
  }
  return { model: folders[0] ?? others[0], signature, trust };
}
