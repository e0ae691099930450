import { MAX_BUNDLE_BYTES } from "../../../assay/src/bundle/limits.ts";
import { AssayError } from "../../../assay/src/core/error.ts";
import { listedSignatures, onlySignature } from "../../../assay/src/verdict/listed-signature.ts";
import type { Listing } from "../files/listing.ts";
import { readSmall } from "../files/read-small.ts";
import type { PageSignature } from "./verify-in-browser.ts";

/** Reads a file that was given as a signature. */
export async function readSignature(file: File): Promise<{ readonly name: string; readonly bytes: Uint8Array }> {
  const { name, content } = await readSmall(file, MAX_BUNDLE_BYTES);
  return { name, bytes: content };
}

/** The signature that was given, else the one in the folder. */
export async function signatureOf(
  { files, name, kind }: Listing,
  beside: PageSignature | undefined,
): Promise<{ readonly signature: PageSignature | undefined; readonly problem: AssayError | undefined }> {
  if (beside !== undefined) {
    const inModel = await sameFile(files, beside);
    return { signature: { ...beside, nameInModel: inModel }, problem: undefined };
  }
  try {
    const found = kind === "file" ? [] : await listedSignatures(files, async ({ file }) => (await readSignature(file)).bytes);
    const { file, bytes } = onlySignature(found, name);
    return { signature: { name: file.name, bytes, nameInModel: file.name }, problem: undefined };
  } catch (thrown) {
    if (!(thrown instanceof AssayError)) throw thrown;
    return { signature: undefined, problem: thrown };
  }
}

/** A signature that was chosen may be one of the folder's files: that one is then not part of the model. */
async function sameFile(files: Listing["files"], { name, bytes }: PageSignature): Promise<string | undefined> {
  for (const file of files) {
    if (file.size !== bytes.length || (file.name !== name && !file.name.endsWith(`/${name}`))) continue;
    const { content } = await readSmall(file.file, MAX_BUNDLE_BYTES);
    if (content.every((byte, index) => byte === bytes[index])) return file.name;
  }
  return undefined;
}
