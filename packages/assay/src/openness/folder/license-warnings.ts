import type { LicenseCatalog } from "../license.ts";
import type { Warning } from "../../core/warning.ts";
import { COMPONENTS } from "../components.ts";
import { evaluateLicense } from "../license-verdict.ts";
import type { ModelFindings, LicenseFile, LicenseScope, LicenseSubject } from "./findings.ts";
import { isSaid } from "./contradictions.ts";
import { coveringLicenses, reachedFolder, titlesOfTexts } from "./license-cover.ts";
import { localPath } from "./license-scope.ts";
import { sameLicense } from "./same-license.ts";
import type { TextChange } from "./identified-text.ts";

/** What the folder's license files and statements have against each other. */
export function licenseWarnings(findings: ModelFindings, catalog: LicenseCatalog): Warning[] {
  return [...textWarnings(findings.licenseFiles), ...conflicts(findings, catalog)];
}

/** What is near the root comes first; a folder of others' code may hold thousands. */
const MAX_WARNED_FILES = 60;

function textWarnings(files: readonly LicenseFile[]): Warning[] {
  return files.slice(0, MAX_WARNED_FILES).flatMap((file): Warning[] => {
    const { path, text, found, unread } = file;
    if (unread !== undefined) {
      const message = `${path} was not read (${unread}), and its ${found === "pointer" ? "place in mof.yml" : "name or folder"} is that of a license: ${reachInWords(file)}`;
      return [{ code: "EVIDENCE_LICENSE_UNREAD", message }];
    }
    if (text.kind === "near") {
      const what = text.changes.map(describeChange).join("; ");
      const self = text.title === undefined ? "" : `calls itself ${text.title}, and `;
      const message =
        text.newerVersion === undefined
          ? `${path} ${self}is a changed ${text.ids[0] ?? text.name} (${text.similarity} % alike): ${what}`
          : `${path} calls itself version ${text.newerVersion}; the newest known is ${text.ids[0] ?? text.name}: ${what}`;
      return [{ code: "EVIDENCE_LICENSE_NEAR", message }];
    }
    if (text.kind !== "unknown") return [];
    if (found === "content") {
      return [{ code: "EVIDENCE_LICENSE_UNKNOWN", message: `${path} has terms of an unknown license: ${reachInWords(file)}` }];
    }
    if (text.pointsTo !== undefined) {
      return [{ code: "EVIDENCE_LICENSE_UNKNOWN", message: `${path} only points to ${text.pointsTo}, which was not read` }];
    }
    const size = text.words === 0 ? "" : ` (${text.words} words)`;
    return [{ code: "EVIDENCE_LICENSE_UNKNOWN", message: `${path} is not a known license${size}` }];
  });
}

/** What a text that is not known closes. */
function reachInWords({ reach, folder, scope, onlyFor = scope === undefined ? undefined : [scope] }: LicenseFile): string {
  if (onlyFor !== undefined) return `${listed(onlyFor)} cannot count as open until a person has read it`;
  switch (reach) {
    case "model":
      return "nothing counts as open until a person has read it";
    case "folder":
      return `nothing in ${folder} counts as open until a person has read it`;
    default:
      return "what it is for does not count as open until a person has read it";
  }
}

const SCOPES: Readonly<Record<LicenseScope, string>> = { parameters: "parameters", code: "code", data: "data", document: "documents" };

function listed(scopes: readonly LicenseScope[]): string {
  return scopes.map((scope) => SCOPES[scope]).join(" and ");
}

function describeChange({ added, missing }: TextChange): string {
  if (missing === "") return `it adds "${added}"`;
  return added === "" ? `it leaves out "${missing}"` : `it has "${added}" instead of "${missing}"`;
}

function conflicts(findings: ModelFindings, catalog: LicenseCatalog): Warning[] {
  const { licenseFiles, licenseClaims, modelFile } = findings;
  const warnings: Warning[] = [];
  const conflict = (message: string): void => {
    warnings.push({ code: "EVIDENCE_LICENSE_CONFLICT", message });
  };
  const whole = licenseFiles.filter((file) => reachedFolder(file) === "" && (file.scope === undefined || file.scope === "parameters"));
  const texts = whole.filter(({ text }) => text.kind === "exact" || text.kind === "named");
  const parameters = modelFile?.model?.components.find(({ name }) => name === "Model parameters (Final)");
  const statements = [
    ...licenseClaims.map(({ file, name, about }) => ({ file, name, of: about === undefined ? "" : SUBJECTS[about], about })),
    ...(parameters?.license === undefined ||
    parameters.license === "" ||
    parameters.license === modelFile?.model?.licenses.distribution?.name
      ? []
      : [{ file: modelFile?.path ?? "", name: parameters.license, of: " for the parameters", about: undefined }]),
  ];
  const textIds = texts.flatMap(({ text }) => idsOfText(text, catalog));
  const isOpenText = ({ text }: LicenseFile): boolean => idsOfText(text, catalog).some((id) => catalog.find(id)?.isOpen === true);
  for (const { file, name, of, about } of statements) {
    // A text for parameters says nothing of code, and one for everything leaves room for words on a part.
    const against = texts.filter(({ scope }) => about === undefined || scope === undefined || about === "parameters");
    const [first] = against;
    if (first === undefined || isSaid(name, [...textIds, ...titlesOfTexts(whole)], catalog)) continue;
    const isLessOpen = against.every(isOpenText) && !evaluateLicense(name, "data", catalog).isOpen;
    if (about !== undefined && first.scope === undefined && !isLessOpen) continue;
    const counts = isLessOpen ? "both count, so that nothing they are for is open" : "the text counts";
    conflict(`${file} says ${name}${of}, and the text in ${first.path} is ${shownText(first)}: ${counts}`);
  }
  const [first, ...others] = statements.filter(({ file, name }) => file !== modelFile?.path || !isSaid(name, textIds, catalog));
  for (const other of others) {
    if (first === undefined || other.file === first.file || sameLicense(other.name, first.name, catalog)) continue;
    if (!isOnTheSame(first.about, other.about)) continue;
    conflict(`${first.file} says ${first.name}${first.of}, and ${other.file} says ${other.name}${other.of}`);
  }
  for (const { file, name } of licenseClaims.filter(({ field }) => field === "license_name")) {
    const tag = licenseClaims.find((claim) => claim.file === file && claim.field === "license");
    if (tag !== undefined && !sameLicense(tag.name, name, catalog))
      conflict(`${file} has the license ${tag.name} and the license_name ${name}: both count`);
  }
  for (const pointed of pointersBeside(findings)) conflict(pointed);
  return warnings;
}

/** What is said of the whole and of its parameters can contradict each other; a license of its own for data or code does not. */
function isOnTheSame(a: LicenseSubject | undefined, b: LicenseSubject | undefined): boolean {
  return inWide(a) === inWide(b);
}

function inWide(subject: LicenseSubject | undefined): string {
  return subject === undefined || subject === "parameters" ? "model" : subject;
}

const SUBJECTS: Readonly<Record<LicenseSubject, string>> = {
  parameters: " for the parameters",
  code: " for the code",
  data: " for the data",
  card: " for the card itself",
};

/** A text that mof.yml points at, for what another text covers anyway. */
function pointersBeside({ components, licenseFiles, modelFile }: ModelFindings): string[] {
  return (modelFile?.model?.components ?? []).flatMap(({ name, licensePath }) => {
    const pointed = licenseFiles.find(({ path }) => licensePath !== undefined && path === localPath(licensePath));
    const files = components.find((component) => component.name === name)?.files ?? [];
    const kind = COMPONENTS.find((component) => component.name === name)?.kind ?? "document";
    if (pointed === undefined) return [];
    const others = new Set(
      files.flatMap((file) => coveringLicenses(licenseFiles, { name, kind }, file)).filter((file) => file !== pointed),
    );
    const [other] = others;
    if (other === undefined) return [];
    return [`${modelFile?.path ?? "mof.yml"} points at ${pointed.path} for ${name}, which ${other.path} covers too: both count`];
  });
}

function shownText({ text }: LicenseFile): string {
  return text.kind === "exact" ? (text.ids[0] ?? text.name) : text.kind === "named" ? text.name : "another";
}

function idsOfText(text: LicenseFile["text"], catalog: LicenseCatalog): readonly string[] {
  if (text.kind === "exact") return text.ids;
  return text.kind === "named" ? [idOf(text.id, catalog), idOf(text.name, catalog)] : [];
}

function idOf(name: string, catalog: LicenseCatalog): string {
  return catalog.find(name)?.id ?? name;
}
