import type { ImportedModelFile } from "../../api/import-model-file.ts";
import type { OpennessImportDocument } from "./documents.ts";
import { head } from "./head.ts";

/** The document of a mof.yml that was made of another file: schemas/openness-import.v1.json. */
export function opennessImportDocument(imported: ImportedModelFile): OpennessImportDocument {
  const { source, from, written, text, taken, toFillIn, toConfirm, notSaid } = imported;
  return {
    ...head("openness-import"),
    exitCode: 0,
    source,
    from,
    file: written ?? null,
    text,
    taken,
    toFillIn,
    toConfirm,
    notSaid,
    warnings: [],
  };
}
