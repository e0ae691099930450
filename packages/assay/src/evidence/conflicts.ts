import type { LicenseCatalogue } from "../openness/license.ts";
import type { Warning } from "../warning.ts";
import type { FolderEvidence, LicenseFile } from "./evidence.ts";
import type { TextChange } from "./license-text/changes.ts";

/** What the folder's license files and statements have against each other. */
export function licenseWarnings(evidence: FolderEvidence, catalogue: LicenseCatalogue): Warning[] {
  return [...textWarnings(evidence.licenseFiles), ...conflicts(evidence, catalogue)];
}

/** What is near the root comes first; a folder of others' code may hold thousands. */
const MOST_WARNED_OF = 60;

function textWarnings(files: readonly LicenseFile[]): Warning[] {
  return files.slice(0, MOST_WARNED_OF).flatMap(({ path, text }): Warning[] => {
    if (text.kind === "near") {
      const what = text.changes.map(describeChange).join("; ");
      const message = `${path} is like ${text.ids[0] ?? text.name} (${text.similarity} %), but not it${what === "" ? "" : `: ${what}`}`;
      return [{ code: "EVIDENCE_LICENSE_NEAR", message }];
    }
    if (text.kind !== "unknown") return [];
    const size = text.words === 0 ? "" : ` (${text.words} words)`;
    return [{ code: "EVIDENCE_LICENSE_UNKNOWN", message: `${path} holds no license that is known${size}` }];
  });
}

function describeChange({ added, missing }: TextChange): string {
  if (missing === "") return `it adds "${added}"`;
  return added === "" ? `it leaves out "${missing}"` : `it has "${added}" instead of "${missing}"`;
}

function conflicts({ licenseFiles, licenseClaims, modelFile }: FolderEvidence, catalogue: LicenseCatalogue): Warning[] {
  const warnings: Warning[] = [];
  const conflict = (message: string): void => {
    warnings.push({ code: "EVIDENCE_LICENSE_CONFLICT", message });
  };
  const whole = licenseFiles.filter(({ folder, scope }) => folder === "" && (scope === undefined || scope === "parameters"));
  const texts = whole.filter(({ text }) => text.kind === "exact" || text.kind === "named");
  const parameters = modelFile?.model?.components.find(({ name }) => name === "Model parameters (Final)");
  const statements = [
    ...licenseClaims.map(({ file, name }) => ({ file, name, of: "" })),
    ...(parameters?.license === undefined ||
    parameters.license === "" ||
    parameters.license === modelFile?.model?.licenses.distribution?.name
      ? []
      : [{ file: modelFile?.path ?? "", name: parameters.license, of: " for the parameters" }]),
  ];
  for (const { file, name, of } of statements) {
    if (texts.length === 0 || texts.some(({ text }) => idsOfText(text, catalogue).some((id) => same(id, idOf(name, catalogue))))) continue;
    const [first] = texts;
    if (first === undefined) continue;
    conflict(`${file} says ${name}${of}, and the text in ${first.path} is ${shownText(first)}: the text counts`);
  }
  const [first, ...others] = statements;
  for (const other of others) {
    if (first === undefined || other.file === first.file || same(idOf(other.name, catalogue), idOf(first.name, catalogue))) continue;
    conflict(`${first.file} says ${first.name}${first.of}, and ${other.file} says ${other.name}${other.of}`);
  }
  return warnings;
}

function shownText({ text }: LicenseFile): string {
  return text.kind === "exact" ? (text.ids[0] ?? text.name) : text.kind === "named" ? text.name : "another";
}

function idsOfText(text: LicenseFile["text"], catalogue: LicenseCatalogue): readonly string[] {
  if (text.kind === "exact") return text.ids;
  return text.kind === "named" ? [idOf(text.id, catalogue), idOf(text.name, catalogue)] : [];
}

function idOf(name: string, catalogue: LicenseCatalogue): string {
  return catalogue.find(name)?.id ?? name;
}

/** Whether two identifiers are one license; the text of GNU licenses does not say "only" or "or later". */
function same(a: string, b: string): boolean {
  return family(a) === family(b);
}

function family(id: string): string {
  return id.toLowerCase().replace(/-(?:only|or-later)$|\+$/, "");
}
