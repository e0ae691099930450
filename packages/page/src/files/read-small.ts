import type { NamedContent } from "../../../assay/src/encoding/given-file.ts";
import { AssayError } from "../../../assay/src/core/error.ts";
import { formatSize } from "../../../assay/src/core/sizes.ts";

/** Reads all of a file that is not a model's weights. Throws FILE_UNREADABLE for one above `limit` bytes, or that the browser cannot read. */
export async function readSmall(file: File, limit: number): Promise<NamedContent & { readonly content: Uint8Array }> {
  if (file.size > limit) {
    throw new AssayError("FILE_UNREADABLE", `${file.name} has ${formatSize(file.size)}, and such a file has ${formatSize(limit)} at most`);
  }
  try {
    return { name: file.name, content: new Uint8Array(await file.arrayBuffer()) };
  } catch (cause) {
    throw new AssayError("FILE_UNREADABLE", `the browser cannot read ${file.name}`, { cause });
  }
}
