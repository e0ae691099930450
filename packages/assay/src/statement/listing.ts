import type { Warning } from "../core/warning.ts";
import type { ManifestContent } from "./manifest.ts";
import type { ResourceColumns } from "./manifest-text.ts";

/** What a statement lists, its JSON read and its names not yet checked. */
export interface Listing
  extends ResourceColumns, Pick<ManifestContent, "format" | "modelName" | "serialization" | "allowSymlinks" | "ignorePaths"> {
  /** The digest that the subject claims for all resources together; the historical format has none. */
  readonly signedRootDigest: string | undefined;
  readonly warnings: readonly Warning[];
}
