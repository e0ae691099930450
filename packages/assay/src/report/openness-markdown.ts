import type { OpennessDocument } from "./json/documents.ts";
import { codeSpan, plainText, tableLine } from "./markdown-text.ts";
import { CLASS_NAMES, NO_CLASS, SHORT_CLASS_NAMES } from "./openness-words.ts";

/** The class of a model as Markdown: what is there under which license, and what is missing for the next class. */
export function opennessMarkdown(document: OpennessDocument, name: string = document.model.name): string {
  const { components, nextClass, steps, requiredClass, exitCode } = document;
  const reached = document.class === null ? NO_CLASS : CLASS_NAMES[document.class];
  const isShort = requiredClass !== undefined && exitCode === 1;
  const needed = steps.filter(({ problem }) => problem !== "not-fit");
  return [
    `## ${isShort ? "✘" : "✔"} ${reached}: ${codeSpan(name)}`,
    "",
    ...(isShort ? [`**${SHORT_CLASS_NAMES[requiredClass]} is required.**`, ""] : []),
    tableLine(["Component", "", "Why"]),
    tableLine(["---", "---", "---"]),
    ...components.map((component) => tableLine([plainText(component.name), component.status, plainText(component.why)])),
    "",
    ...(nextClass === null || needed.length === 0
      ? []
      : [
          `Missing for ${SHORT_CLASS_NAMES[nextClass]}:`,
          "",
          ...needed.map(({ component, text }) => `- **${plainText(component)}**: ${plainText(text)}`),
          "",
        ]),
  ].join("\n");
}
