import type { EvaluatedComponent, Evaluation } from "../openness/evaluation.ts";
import { CLASS_NAMES, CLASSES_UPWARD, isOpenStatus, NO_CLASS, SHORT_CLASS_NAMES, statusWords } from "./openness-words.ts";
import { BADGE_COLORS } from "./badge.ts";

/** How the section of a README is written. */
export interface MarkdownOptions {
  /** Where the badge is, as the document's reader reaches it; without one, a public service draws it. */
  readonly badge: string | undefined;
  /** The command that wrote this, so that the next one knows how to write it anew. */
  readonly command: string;
}

/** A section for a README or model card: badge, class, a table of the components, and what is missing for the next class. */
export function opennessSection(evaluation: Evaluation, { badge, command }: MarkdownOptions): string {
  const { class: reached, progress, components, nextClass, steps } = evaluation;
  const name = reached === null ? NO_CLASS : CLASS_NAMES[reached];
  const parts = CLASSES_UPWARD.map((openness) => `${SHORT_CLASS_NAMES[openness]} ${Math.floor(progress[openness])} %`);
  const needed = steps.filter(({ problem }) => problem !== "not-fit");
  return [
    "## Openness",
    "",
    `[![Model Openness Framework: ${name}](${badge === undefined ? shieldsUrl(evaluation) : markdownPath(badge)})](https://isitopen.ai/)`,
    "",
    `By the [Model Openness Framework](https://isitopen.ai/): **${name}** (${parts.join(", ")}).`,
    "",
    "| Component | | License |",
    "| --- | --- | --- |",
    ...components.map(tableRow),
    "",
    ...(nextClass === null || needed.length === 0
      ? []
      : [
          `Missing for ${SHORT_CLASS_NAMES[nextClass]}:`,
          "",
          ...needed.map(({ component, text }) => `- **${plainText(component)}**: ${plainText(text)}`),
          "",
        ]),
    `<sub>Openness is neither safety nor quality. Written by \`${command.replace(/[`\r\n]/g, "'")}\`.</sub>`,
    "",
  ].join("\n");
}

function tableRow(component: EvaluatedComponent): string {
  const isGood = isOpenStatus(component.status);
  const mark = isGood ? "✔" : component.status === "missing" ? "–" : "✘";
  return `| ${plainText(component.name)} | ${mark} | ${plainText(statusWords(component))} |`;
}

/** Untrusted text as Markdown that shows it and nothing else: no link, image, tag, table cell or line of its own. */
export function plainText(text: string): string {
  return (
    text
      .replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]+/gu, " ")
      // Not ( ) + #: in running text, nothing of Markdown starts with them.
      .replace(/[\\`*_{}[\]<>!|~&]/g, "\\$&")
      .replace(/(https?|ftp):\/\//gi, "$1:\\//")
      .trim()
  );
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
