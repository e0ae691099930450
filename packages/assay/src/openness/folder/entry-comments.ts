import { COMPONENTS, RESEARCH_PAPER, TECHNICAL_REPORT, type ComponentName } from "../components.ts";
import type { DescribedComponent, ModelDescription } from "../model.ts";
import { isAddress } from "./claimed-address.ts";
import type { ComponentFindings, LicenseFile, ModelFindings } from "./findings.ts";
import { coveringLicenses, reachedFolder } from "./license-cover.ts";

/** Written above a claim, so that a person checks it. */
export const CONFIRM = "please confirm";
/** The license of a claim that no file states: not one that the component inherits, and not that it has none. */
export const UNKNOWN_LICENSE = "unknown";

/** Texts in one comment. */
const MAX_NAMED = 6;

/** What is written above a component's entry: its files, the texts that hold for it, and what a person should check. */
export function entryComment(
  component: DescribedComponent,
  findings: ModelFindings,
  { found, claimed }: { readonly found: ModelDescription; readonly claimed: ModelDescription },
): string {
  const seen = findings.components.find(({ name }) => name === component.name);
  const isFound = found.components.some(({ name }) => name === component.name);
  const lines = isFound ? foundLines(component, seen, findings, claimed) : claimedLines(component, seen, findings, claimed);
  return lines.map((line) => ` ${line}`).join("\n");
}

function foundLines(
  component: DescribedComponent,
  seen: ComponentFindings | undefined,
  findings: ModelFindings,
  { licenses }: ModelDescription,
): string[] {
  const files = seen?.files ?? [];
  const more = files.length > 1 ? ` and ${files.length - 1} more` : "";
  const kind = kindOf(component.name);
  const texts = textsOf(component.name, files, findings.licenseFiles);
  const isBare = component.license === undefined && licenses[kind] === undefined && licenses.distribution === undefined;
  return [
    `found: ${oneLine(seen?.signs[0]?.file)}${more}`,
    ...(component.license === undefined || component.licensePath !== undefined || texts.length === 0 ? [] : [`licenses: ${named(texts)}`]),
    ...(isBare ? ["no license covers it: please add one"] : []),
  ];
}

/** The line that says who claims it comes last: a later run looks for it above the name. */
function claimedLines(
  { name, license, path }: DescribedComponent,
  seen: ComponentFindings | undefined,
  findings: ModelFindings,
  { components }: ModelDescription,
): string[] {
  const sign = seen?.signs.find(({ target }) => target === path && isAddress(target)) ?? seen?.signs[0];
  const other = name === TECHNICAL_REPORT ? components.find(({ name: paper }) => paper === RESEARCH_PAPER) : undefined;
  const texts = findings.licenseFiles.filter(({ scope }) => scope === "parameters" && name.startsWith("Model parameters"));
  const sentence = findings.licenseClaims.find((claim) => claim.name === license && claim.sentence !== undefined);
  const isUnstated = license === undefined || license === "unlicensed" || license === UNKNOWN_LICENSE;
  return [
    ...(other?.path === undefined || other.path !== path ? [] : ["the same address as the research paper: keep the one that it is"]),
    ...(texts.length === 0 ? [] : [`${named(texts)}: for parameters; please check that it holds for these`]),
    ...(sentence?.sentence === undefined ? [] : [`its license: ${oneLine(sentence.file)} says "${oneLine(sentence.sentence)}"`]),
    `claimed by ${oneLine(sign?.file)}${placeOf(findings, name, sign)}: ${CONFIRM}${isUnstated ? ", and its license" : ""}`,
  ];
}

function placeOf({ findings }: ModelFindings, name: ComponentName, sign: ComponentFindings["signs"][number] | undefined): string {
  const finding = findings.find(
    ({ file, facts }) => file === sign?.file && facts.kind === "component" && facts.component === name && facts.target === sign.target,
  );
  return finding?.location === undefined ? "" : `, ${oneLine(finding.location)}`;
}

/** The texts of licenses that hold for what a license of the whole model is for. */
export function textsOfModel({ licenseFiles }: ModelFindings, scope: LicenseFile["scope"]): string {
  return named(licenseFiles.filter((file) => file.scope === scope && reachedFolder(file) === "" && file.reach !== "file"));
}

function textsOf(name: ComponentName, files: readonly string[], licenseFiles: readonly LicenseFile[]): readonly LicenseFile[] {
  const kind = kindOf(name);
  // One text for each folder of files says which texts there are, whatever their number.
  const folders = new Map(files.map((file) => [file.slice(0, file.lastIndexOf("/") + 1), file]));
  return [...new Set([...folders.values()].flatMap((file) => coveringLicenses(licenseFiles, { name, kind }, file)))];
}

function kindOf(name: ComponentName): "code" | "data" | "document" {
  return COMPONENTS.find((component) => component.name === name)?.kind ?? "document";
}

function named(texts: readonly LicenseFile[]): string {
  const shown = texts.slice(0, MAX_NAMED).map((file) => `${oneLine(file.path)}${natureOf(file)}`);
  const more = texts.length > MAX_NAMED ? ` and ${texts.length - MAX_NAMED} more` : "";
  return `${shown.join(", ")}${more}`;
}

/** What a person must read before the identifier means anything. */
function natureOf({ text, unread }: LicenseFile): string {
  if (unread !== undefined) return " (not read)";
  if (text.kind === "near") return ` (a changed ${text.ids[0] ?? text.name})`;
  return text.kind === "unknown" ? " (not a known license)" : "";
}

/** A name from the folder in a comment: it must not end the line and begin another. */
export function oneLine(text: string | undefined): string {
  return (text ?? "the model's files").replace(/[\p{Cc}\p{Cf}\u2028\u2029]/gu, "?").slice(0, 200);
}
