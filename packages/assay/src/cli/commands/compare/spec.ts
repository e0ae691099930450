import type { CommandSpec } from "../../command.ts";
import { COMMON_OPTIONS, FORCE_HELP, MODELS, REMOTE_OPTIONS } from "../../command-line/spec-parts.ts";

export const COMPARE: CommandSpec = {
  words: ["compare"],
  topic: "policy",
  summary: "which of these models? side by side, by what people choose by",
  description:
    "Puts models side by side by security, privacy and data control, cost, claimed quality and openness, and with --policy by its " +
    "decision. Each model is read once. Results are what a card claims, and no score adds the answers up.",
  arguments: [{ ...MODELS, help: MODELS.help.replace("several may be given", "two or more") }],
  required: [],
  options: [
    "sector",
    "policy",
    "advisories",
    "at",
    "markdown",
    "html",
    "offline",
    "allow-symlinks",
    "threads",
    "cache",
    ...REMOTE_OPTIONS,
    ...COMMON_OPTIONS,
  ],
  optionHelp: {
    ...FORCE_HELP,
    sector: "whose first concerns come first",
    policy: "a policy, whose decision about each model is shown too",
    markdown: "print a table in Markdown",
    html: "write the table to this file, as a web page without scripts",
  },
  conflicts: [{ options: ["markdown", "json"], why: "are two forms of the answer: give one of them" }],
  examples: [
    { line: "assay compare ./granite ./llama --sector finance", does: "security and privacy first" },
    { line: "assay compare ./granite ./llama --policy policy.yml --markdown", does: "with the decision, as a table for a ticket" },
  ],
  refusal: "Not compared",
};
