import type { Warning } from "../../core/warning.ts";
import type { OsvDocument } from "../osv/document.ts";
import type { AdvisoryDocument } from "./documents.ts";
import { head } from "./head.ts";
import { warningParts } from "./parts.ts";

/** The document of an advisory that was made of a scan: schemas/advisory.v1.json. */
export function advisoryDocument(advisory: OsvDocument, warnings: readonly Warning[]): AdvisoryDocument {
  return { ...head("advisory"), exitCode: 0, advisory: { ...advisory }, warnings: warningParts(warnings) };
}
