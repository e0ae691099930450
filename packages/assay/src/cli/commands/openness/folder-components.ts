import type { ComponentFindings, EvaluatedComponent, FolderAnswer, OpennessAssessment } from "../../../index.ts";
import { isOpenStatus, shownLicense } from "../../../report/openness-words.ts";
import { escapeName } from "../../text/escape.ts";
import { text, type Block } from "../../text/report.ts";
import { plural } from "../../text/sizes.ts";
import { entry, shortenPath } from "./short-report.ts";

/** What the folder shows of each component: found, claimed, unknown. */
export function componentBlocks({ findings, asFound, ifClaimsHold, notRead }: OpennessAssessment): Block[] {
  const inState = (state: ComponentFindings["state"]): readonly ComponentFindings[] =>
    findings.components.filter((component) => component.state === state);
  return [
    ...section(
      "Found in the folder",
      inState("found").map((component) => foundEntry(component, asFound)),
    ),
    ...section(
      "Claimed, and not in the folder",
      inState("claimed").map((component) => claimedEntry(component, ifClaimsHold)),
    ),
    ...unknownBlocks(inState("unknown"), notRead.length > 0),
  ];
}

function section(title: string, entries: readonly Block[]): Block[] {
  return entries.length === 0 ? [] : [{ kind: "blank" }, { kind: "heading", text: title }, ...entries];
}

function foundEntry({ name, signs, files }: ComponentFindings, { evaluation }: FolderAnswer): Block {
  const [first] = signs;
  const evaluated = evaluation.components.find((component) => component.name === name);
  const more = files.length > 1 ? ` and ${plural(files.length - 1, "more", "more")}` : "";
  const file = first === undefined ? "" : `${shortenPath(first.file)}${more} (${closed(first.why)})`;
  return entry(name, `${isGood(evaluated) ? "✔" : "✘"} ${file}${licenseWords(evaluated)}`);
}

/** Words of a file are shown to a bound: a bracket that is open there is closed. */
function closed(why: string): string {
  return why.split("(").length > why.split(")").length ? `${why})` : why;
}

const PLURALS = { code: "code", data: "data", document: "documents" } as const;

function isGood(evaluated: EvaluatedComponent | undefined): boolean {
  return isOpenStatus(evaluated?.status);
}

function licenseWords(evaluated: EvaluatedComponent | undefined): string {
  switch (evaluated?.status) {
    case "included":
    case "optional":
      return `, ${evaluated.license ?? ""}${evaluated.typeAppropriate === false ? `, open, and not recommended for ${PLURALS[evaluated.kind]}` : ""}`;
    case "unlicensed":
      return ", and no license text covers it";
    case "invalid":
      return `, under ${shownLicense(evaluated.license ?? "no license")}, which is not open`;
    default:
      return "";
  }
}

function claimedEntry({ name, signs }: ComponentFindings, { evaluation }: FolderAnswer): Block {
  const [first, ...others] = signs;
  const evaluated = evaluation.components.find((component) => component.name === name);
  const more = others.length === 0 ? "" : `, and ${plural(others.length, "more claim")}`;
  const license = isGood(evaluated)
    ? `; ${evaluated?.license ?? ""} if that is true`
    : evaluated?.status === "invalid"
      ? `; under ${shownLicense(evaluated.license ?? "no license")}, not open`
      : "; its license is not stated";
  return entry(name, `? ${first === undefined ? "" : `${escapeName(first.file)} ${first.why}`}${more}${license}`);
}

/** What was not read may speak of them: then it is not said that nothing does. */
function unknownBlocks(components: readonly ComponentFindings[], isPartial: boolean): Block[] {
  if (components.length === 0) return [];
  const names = components.map(({ name }) => name).join(", ");
  const heading = `Unknown: no file ${isPartial ? "that was read" : "in the folder"} shows them or says where they are`;
  return [{ kind: "blank" }, { kind: "heading", text: heading }, text(names)];
}
