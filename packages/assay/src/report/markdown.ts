import type { EvaluatedComponent, Evaluation } from "../openness/evaluation.ts";
import { CLASS_NAMES, CLASSES_UPWARD, isOpenStatus, NO_CLASS, notOpenReason, SHORT_CLASS_NAMES, statusWords } from "./openness-words.ts";
import { BADGE_COLORS } from "./badge.ts";
import { plainText } from "./markdown-text.ts";

/** How the section of a README is written. */
export interface MarkdownOptions {
  /** Where the badge is, as the document's reader reaches it; without one, a public service draws it. */
  readonly badge: string | undefined;
  /** The command that wrote this, so that the next one knows how to write it anew. */
  readonly command: string;
  /** Of a folder: the answer if what its files claim is true, and where reading stopped. */
  readonly folder?: { readonly ifClaimsHold: Evaluation; readonly notRead: readonly string[] };
}

/** A section for a README or model card: badge, class, a table of the components, and what is missing for the next class. */
export function opennessSection(evaluation: Evaluation, { badge, command, folder }: MarkdownOptions): string {
  const { class: reached, progress, components, nextClass, steps } = evaluation;
  const name = reached === null ? NO_CLASS : CLASS_NAMES[reached];
  const needed = steps.filter(({ problem }) => problem !== "not-fit");
  return [
    "## Openness",
    "",
    `[![Model Openness Framework: ${name}](${badge === undefined ? shieldsUrl(evaluation) : markdownPath(badge)})](https://isitopen.ai/)`,
    "",
    `By the [Model Openness Framework](https://isitopen.ai/): **${name}** (${parts(progress)}).`,
    "",
    ...(folder === undefined ? [] : folderLines(evaluation, folder)),
    "| Component | | License |",
    "| --- | --- | --- |",
    ...components.map(tableRow),
    "",
    ...(nextClass === null || needed.length === 0
      ? []
      : [
          `Missing for ${SHORT_CLASS_NAMES[nextClass]}:`,
          "",
          ...needed.map(({ component, problem, text }) => {
            return `- **${plainText(component)}**: ${problem === "not-open" ? "its license is not open" : plainText(text)}`;
          }),
          "",
        ]),
    ...notOpenLines(components),
    `<sub>Openness is neither safety nor quality. Written by \`${command.replace(/[`\r\n]/g, "'")}\`.</sub>`,
    "",
  ].join("\n");
}

function parts(progress: Evaluation["progress"]): string {
  return CLASSES_UPWARD.map((openness) => `${SHORT_CLASS_NAMES[openness]} ${Math.floor(progress[openness])} %`).join(", ");
}

/** The second answer, where it is another one, and what was not read. */
function folderLines(
  { class: reached, progress }: Evaluation,
  { ifClaimsHold, notRead }: NonNullable<MarkdownOptions["folder"]>,
): string[] {
  const claimed = parts(ifClaimsHold.progress);
  const isSame = ifClaimsHold.class === reached && claimed === parts(progress);
  const name = ifClaimsHold.class === null ? NO_CLASS : CLASS_NAMES[ifClaimsHold.class];
  return [
    ...(isSame ? [] : [`If what the model's files claim is true: ${name} (${claimed}).`, ""]),
    ...(notRead.length === 0 ? [] : ["Not read:", "", ...notRead.map((line) => `- ${plainText(line)}`), ""]),
  ];
}

/** Why licenses are not open, each reason once. */
function notOpenLines(components: readonly EvaluatedComponent[]): string[] {
  const reasons = new Set(components.filter(({ status }) => status === "invalid").map(notOpenReason));
  return reasons.size === 0 ? [] : ["Not open:", "", ...[...reasons].map((reason) => `- ${plainText(reason)}`), ""];
}

function tableRow(component: EvaluatedComponent): string {
  const isGood = isOpenStatus(component.status);
  const mark = isGood ? "✔" : component.status === "missing" ? "–" : "✘";
  return `| ${plainText(component.name)} | ${mark} | ${plainText(statusWords(component))} |`;
}

function markdownPath(path: string): string {
  return path
    .split(/[\\/]/)
    .map((part) => encodeURIComponent(part).replace(/[()]/g, (character) => (character === "(" ? "%28" : "%29")))
    .join("/");
}

function shieldsUrl({ class: reached }: Evaluation): string {
  const text = (reached === null ? NO_CLASS : CLASS_NAMES[reached]).replaceAll(" ", "_");
  return `https://img.shields.io/badge/MOF-${encodeURIComponent(text)}-${BADGE_COLORS[reached ?? "none"].slice(1)}`;
}
