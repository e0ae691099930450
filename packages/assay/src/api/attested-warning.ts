import type { Warning } from "../core/warning.ts";
import type { OpenedModel } from "./opened/opened-model.ts";

/** That files were not read, and whose word their digests are; nothing where all were read. */
export function attestedWarnings({ source, digestOrigins }: Pick<OpenedModel, "source" | "digestOrigins">): readonly Warning[] {
  const origins = [...(digestOrigins?.().values() ?? [])];
  const attested = origins.filter((origin) => origin === "attested").length;
  if (attested === 0 || source === undefined) return [];
  const message = `${attested} of ${origins.length} files were not read: ${source.host} attests their digests, and its word is all there is`;
  return [{ code: "DIGESTS_ATTESTED", message }];
}
