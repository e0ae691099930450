import { parseSigstoreBundle } from "../../bundle/parse.ts";
import { AssayError } from "../../core/error.ts";
import { parseJson, type JsonNode } from "../../encoding/json.ts";
import { isEvidenceStatement } from "../../statement/evidence/read.ts";
import { MANIFEST_HEAD } from "../../statement/manifest-text.ts";
import { isReportPage } from "../html/page.ts";
import { MANIFEST_FILE } from "./manifest.ts";

/** Whether the whole of a file is evidence of the kind that Assay writes under this name: such a file may be replaced. */
export function isOwnEvidence(name: string, bytes: Uint8Array): boolean {
  if (name.endsWith(".unsigned.json")) return isEvidenceStatement(bytes);
  if (name.endsWith(".sigstore.json")) return isSealedEvidence(bytes);
  if (name === "report.html") return isReportPage(bytes);
  if (name === MANIFEST_FILE) return beginsWith(bytes, MANIFEST_HEAD);
  const isOwn = DOCUMENTS[name];
  if (isOwn === undefined) return false;
  try {
    return isOwn(parseJson(bytes, { what: "document", shapeCode: "STATEMENT_SHAPE" }));
  } catch (error) {
    if (error instanceof AssayError) return false;
    throw error;
  }
}

/** What shows that Assay wrote it. Throws where that is of another shape. */
const DOCUMENTS: Readonly<Record<string, (root: JsonNode) => boolean>> = {
  "decision.json": (root) => root.require("schema").string() === "urn:assay:schema:check:v1",
  "load-risk.sarif": (root) => {
    const [run] = root.require("runs").elements();
    return run?.require("tool").require("driver").require("name").string() === "Assay";
  },
  "bom.cdx.json": (root) => {
    const [tool] = root.require("metadata").require("tools").require("components").elements();
    return root.require("bomFormat").string() === "CycloneDX" && tool?.require("name").string() === "Assay";
  },
  "bom.spdx3.json": (root) => {
    return [...root.require("@graph").elements()].some(
      (element) => element.require("type").string() === "SoftwareAgent" && element.require("name").string().startsWith("Assay "),
    );
  },
};

function isSealedEvidence(bytes: Uint8Array): boolean {
  try {
    const { content } = parseSigstoreBundle(bytes);
    return content.kind === "dsse" && isEvidenceStatement(content.envelope.payload);
  } catch (error) {
    if (error instanceof AssayError) return false;
    throw error;
  }
}

function beginsWith(bytes: Uint8Array, text: string): boolean {
  return new TextDecoder().decode(bytes.subarray(0, text.length)) === text;
}
