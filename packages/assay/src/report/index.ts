/**
 * Results as documents: JSON by a published schema, Markdown, CSV, an SVG badge. Pure: runs in a browser. What is
 * returned is not escaped for a terminal.
 */
export { badgeSvg } from "./badge.ts";
export { candidatesMarkdown } from "./candidates/candidates-markdown.ts";
export { compareMarkdown } from "./compare-markdown.ts";
export { advisoryDocument } from "./json/advisory.ts";
export { candidatesHtml } from "./html/candidates-html.ts";
export { checkHtml, checksHtml, type HtmlOptions } from "./html/check-html.ts";
export type * from "./cyclonedx/bom.ts";
export { cycloneDxBom } from "./cyclonedx/cyclonedx.ts";
export { evidenceFiles, type EvidenceFile } from "./evidence/files.ts";
export { checkedModel, type CheckedModel, type EvidenceOptions } from "./evidence/question.ts";
export { simpleVerificationResult, verificationSummary, type InTotoStatement } from "./evidence/statement.ts";
export { loadRiskStatement, opennessStatement } from "./evidence/predicates.ts";
export { compareDocument } from "./json/compare.ts";
export { diffDocument } from "./json/diff.ts";
export { digestDocument } from "./json/digest.ts";
export type * from "./json/documents.ts";
export { errorDocument, type ErrorDocumentOptions } from "./json/error.ts";
export { inspectDocument } from "./json/inspect.ts";
export { pinDocument } from "./json/pin.ts";
export { opennessCompareDocument } from "./json/openness-compare.ts";
export { opennessFolderDocument, type FolderDocumentOptions } from "./json/openness-folder.ts";
export { opennessImportDocument } from "./json/openness-import.ts";
export { opennessListDocument } from "./json/openness-list.ts";
export { opennessFileDocument, withRequiredClass, type EvaluatedFile, type OpennessAnswer } from "./json/openness.ts";
export type { HintOf } from "./json/parts.ts";
export { factsDocument } from "./json/facts.ts";
export { policyDiffDocument } from "./json/policy-diff.ts";
export { policyExplainDocument } from "./json/policy-explain.ts";
export { policyLintDocument } from "./json/policy-lint.ts";
export { policyTestDocument } from "./json/policy-test.ts";
export { scanRulesDocument } from "./json/scan-rules.ts";
export { EXIT_CODE_OF_LOAD, scanDocument } from "./json/scan.ts";
export { signDocument } from "./json/sign.ts";
export { trustDocument, type TrustAnswer } from "./json/trust.ts";
export { verifyDocument, type VerifyDocumentOptions } from "./json/verify.ts";
export { osvAdvisory, type AdvisoryFindings, type AdvisoryWords } from "./osv/advisory.ts";
export type * from "./osv/document.ts";
export { verifyEvidenceDocument } from "./json/verify-evidence.ts";
export { listCsv, type EscapeText } from "./list-csv.ts";
export { policySentences, type PolicySection } from "./policy-sentences.ts";
export type * from "./sarif/log.ts";
export type * from "./spdx/document.ts";
export { spdxDocument } from "./spdx/spdx.ts";
export { scanSarif } from "./sarif/sarif.ts";
export { opennessSection, type MarkdownOptions } from "./markdown.ts";
