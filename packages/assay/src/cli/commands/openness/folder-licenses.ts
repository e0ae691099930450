import type { FolderAnswer, LicenseClaim, LicenseFile, LicenseSubject, OpennessAssessment } from "../../../index.ts";
import { notOpenReason, shownLicense } from "../../../report/openness-words.ts";
import { escapeText } from "../../text/escape.ts";
import { row, type Block } from "../../text/report.ts";
import { plural } from "../../text/sizes.ts";
import { shorten, shortenPath } from "./short-report.ts";

/** The texts of licenses, what files say of licenses, and why those that are not open are not. */
export function licenseRows({ findings, asFound, ifClaimsHold }: OpennessAssessment, most = 6): Block[] {
  // License texts that are not open come first.
  const licenseFiles = [...findings.licenseFiles].sort((a, b) => Number(a.isOpen) - Number(b.isOpen));
  const texts = licenseFiles.slice(0, most).map((file) => `${shortenPath(file.path)} ${describeText(file)}${forScopes(file)}`);
  if (licenseFiles.length > most) texts.push(`and ${plural(licenseFiles.length - most, "more text")} of licenses or terms`);
  const said = statements(findings.licenseClaims);
  const claims = said.slice(0, most);
  if (said.length > most) claims.push(`and ${plural(said.length - most, "more file")} that speak of licenses`);
  if (texts.length + claims.length === 0) return [row("license", "missing: neither a license file nor a statement")];
  if (texts.length === 0) claims.push("no license text in the folder");
  return [
    ...[...texts, ...claims].map((line, index) => row(index === 0 ? "license" : "", line)),
    ...notOpenRows(titlesOf(licenseFiles), asFound, ifClaimsHold).slice(0, most),
  ];
}

const SUBJECTS: Readonly<Record<LicenseSubject, string>> = { parameters: "parameters", code: "code", data: "data", card: "card itself" };

/** Licenses that one file names, and what each is for. */
const MAX_NAMED = 4;

interface Named {
  readonly name: string;
  readonly subjects: Set<LicenseClaim["about"]>;
  readonly isByLink: boolean;
}

/** A line for each file, and each license once: `README.md says MIT for the code, and Gemma for the parameters`. */
function statements(claims: readonly LicenseClaim[]): string[] {
  const byFile = new Map<string, Map<string, Named>>();
  for (const { file, name, about, isByLink = false } of claims) {
    const licenses = byFile.get(file) ?? new Map<string, Named>();
    const key = name.toLowerCase().replace(/\s+license$/, "");
    const known = licenses.get(key) ?? { name, subjects: new Set<LicenseClaim["about"]>(), isByLink };
    known.subjects.add(about);
    licenses.set(key, known);
    byFile.set(file, licenses);
  }
  return [...byFile].map(([file, licenses]) => {
    const all = [...licenses.values()];
    const words = all.slice(0, MAX_NAMED).map(({ name, subjects }) => `${shorten(shownLicense(name))}${forWhat(subjects, all.length > 1)}`);
    const verb = all[0]?.isByLink === true ? "links to" : "says";
    return `${shortenPath(file)} ${verb} ${all.length > MAX_NAMED ? `${words.join(", ")} and ${all.length - MAX_NAMED} more` : listed(words)}`;
  });
}

/** What is said of everything needs no more said, unless another license is said of something, too. */
function forWhat(subjects: ReadonlySet<LicenseClaim["about"]>, isOneOfSeveral: boolean): string {
  const parts = [...subjects].flatMap((about) => (about === undefined ? [] : [`the ${SUBJECTS[about]}`]));
  if (parts.length === 0 || (subjects.has(undefined) && !isOneOfSeveral)) return "";
  return ` for ${parts.length < 3 ? parts.join(" and ") : `${parts.slice(0, -1).join(", ")} and ${parts.at(-1) ?? ""}`}`;
}

function listed(parts: readonly string[]): string {
  return parts.length < 2 ? parts.join("") : `${parts.slice(0, -1).join(", ")}, and ${parts.at(-1) ?? ""}`;
}

/** Why licenses that apply are not open: each reason once, whatever is under it and however its license is written. */
function notOpenRows(titles: ReadonlySet<string>, ...answers: readonly FolderAnswer[]): Block[] {
  const reasons = new Map<string, string>();
  for (const { evaluation } of answers) {
    for (const component of evaluation.components) {
      const { status, restriction } = component;
      if (status !== "invalid") continue;
      const line = escapeText(notOpenReason(component));
      const key = restriction === null ? line : `${restriction.reason} ${restriction.clause}`;
      if (!reasons.has(key)) reasons.set(key, line);
    }
  }
  // A changed text whose own title is a license that is told of is not told of twice.
  const isTold = [...titles].some((title) => [...reasons.values()].some((line) => line.toLowerCase().startsWith(`${title}: `)));
  const lines = [...reasons.values()].filter((line) => !isTold || !/^a changed \S+: /.test(line));
  return lines.slice(0, 6).map((line, index) => row(index === 0 ? "not open" : "", line));
}

function titlesOf(files: readonly LicenseFile[]): ReadonlySet<string> {
  return new Set(files.flatMap(({ text }) => (text.kind === "near" && text.title !== undefined ? [text.title.toLowerCase()] : [])));
}

/** What a text that is not open is for, where the rest has another license. */
function forScopes({ onlyFor = [], isUsePolicy }: LicenseFile): string {
  if (isUsePolicy) return "";
  const parts = onlyFor.map((scope) => `the ${scope === "document" ? "documents" : scope}`);
  return parts.length === 0 ? "" : `, for ${listed(parts)}`;
}

function othersOf(appended: readonly string[] = []): string {
  return appended.length === 0 ? "" : `, and has the licenses of others' parts (${shorten([...new Set(appended)].join(", "))})`;
}

function describeText({ text: found, found: by, unread, isUsePolicy }: LicenseFile): string {
  if (unread !== undefined) return `was not read (${unread})`;
  switch (found.kind) {
    case "exact":
      return `is ${found.ids.length > 1 ? found.ids.join(" or ") : (found.ids[0] ?? found.name)}, word for word${othersOf(found.appended)}`;
    case "near":
      if (found.newerVersion !== undefined) return `names version ${found.newerVersion}, newer than ${found.ids[0] ?? found.name}: unknown`;
      return `${found.title === undefined ? "" : `calls itself ${found.title}, `}is like ${found.ids[0] ?? found.name} (${found.similarity} %), and was changed`;
    case "named":
      return `calls itself ${found.name}`;
    case "unknown":
      if (found.pointsTo !== undefined) return `only points to ${shorten(escapeText(found.pointsTo))}`;
      if (isUsePolicy) return "limits what the model may be used for";
      return by === "content" ? "has terms of an unknown license" : "is not a known license";
  }
}
