import type { Check } from "../../api/check.ts";
import { encodeUtf8 } from "../../encoding/utf8.ts";
import { cycloneDxBom } from "../cyclonedx/cyclonedx.ts";
import { checkHtml } from "../html/check-html.ts";
import { checkDocument } from "../json/check.ts";
import { scanSarif } from "../sarif/sarif.ts";
import { spdxDocument } from "../spdx/spdx.ts";
import { MANIFEST_FILE, manifestOf } from "./manifest.ts";
import { loadRiskStatement, opennessStatement } from "./predicates.ts";
import { checkedModel, type CheckedModel, type EvidenceOptions } from "./question.ts";
import { simpleVerificationResult, verificationSummary } from "./statement.ts";

/** One piece of evidence. */
export interface EvidenceFile {
  /** `statement`: an in-toto statement, to be sealed. `document`: a file as it is. */
  readonly kind: "statement" | "document";
  /** Of a document its file's name; of a statement, what the name of its file begins with. */
  readonly name: string;
  readonly bytes: Uint8Array;
}

type Build = (check: CheckedModel, options: EvidenceOptions) => object | Uint8Array | string;

/** The in-toto statements, by what their files are called. */
const STATEMENTS: readonly (readonly [string, Build])[] = [
  ["verification-summary", verificationSummary],
  ["simple-verification-result", simpleVerificationResult],
  ["openness", opennessStatement],
  ["load-risk", loadRiskStatement],
];

/** Every other file, by its name. */
const DOCUMENTS: readonly (readonly [string, Build])[] = [
  [MANIFEST_FILE, manifestOf],
  ["report.html", (check, { redact = false }) => checkHtml(check, { redact })],
  ["decision.json", (check, { redact = false }) => checkDocument(check, { redact })],
  ["load-risk.sarif", (check, { redact = false }) => scanSarif(check.scan === undefined ? [] : [check.scan], { redact })],
  ["bom.cdx.json", cycloneDxBom],
  ["bom.spdx3.json", spdxDocument],
];

/** The names of all statements and documents, in their order: known before anything is checked. */
export const EVIDENCE_NAMES = {
  statements: STATEMENTS.map(([name]) => name),
  documents: DOCUMENTS.map(([name]) => name),
} as const;

/**
 * Everything that is kept and passed on about a check, bound to one manifest digest. The same check, options and version give
 * the same bytes, in whatever order files, findings and advisories were found. Undefined where the model could not be read.
 */
export function evidenceFiles(check: Check, options: EvidenceOptions): readonly EvidenceFile[] | undefined {
  const checked = checkedModel(check);
  if (checked === undefined) return undefined;
  const made = (kind: EvidenceFile["kind"], [name, build]: readonly [string, Build]): EvidenceFile => {
    return { kind, name, bytes: bytesOf(build(checked, options)) };
  };
  return [...STATEMENTS.map((one) => made("statement", one)), ...DOCUMENTS.map((one) => made("document", one))];
}

function bytesOf(content: object | Uint8Array | string): Uint8Array {
  if (content instanceof Uint8Array) return content;
  return encodeUtf8(typeof content === "string" ? content : `${JSON.stringify(content, undefined, 2)}\n`);
}
