import { resourcesOf } from "../../statement/digests.ts";
import { manifestText } from "../../statement/manifest-text.ts";
import type { CheckedModel } from "./question.ts";

/** The name of the file with the manifest. */
export const MANIFEST_FILE = "manifest.txt";

/**
 * The text whose SHA-256 is the manifest digest: names and digests of all files. With it, tools that verify statements about
 * files can verify one about the model.
 */
export function manifestOf({ digested: { files, hash } }: CheckedModel): Uint8Array<ArrayBuffer> {
  const listed = new Map(files.map((file) => [file.name, file]));
  return manifestText(resourcesOf(listed, { method: "files", hash }), hash);
}
