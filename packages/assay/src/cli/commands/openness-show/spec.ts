import type { CommandSpec } from "../../command.ts";
import { BRIEF_OPTIONS, FORCE_HELP } from "../../command-line/spec-parts.ts";

export const OPENNESS_SHOW: CommandSpec = {
  words: ["openness", "show"],
  topic: "openness",
  summary: "one public evaluation in full: every component, and what is missing",
  description:
    "Prints the report of `assay openness FILE` for an evaluation of the list. NAME is the model's name, in any case, or the name of its " +
    "file (Amber.yml) where two models have one name.",
  arguments: [{ name: "NAME", help: "the model's name, such as Amber" }],
  required: [],
  options: ["files", "strict", "markdown", ...BRIEF_OPTIONS],
  optionHelp: FORCE_HELP,
  conflicts: [{ options: ["markdown", "json"], why: "are two forms of the answer: give one of them" }],
  examples: [
    { line: "assay openness show Amber", does: "every component, with its license" },
    { line: "assay openness show GPT-NeoX-20B --markdown", does: "as a section for a model card" },
  ],
  refusal: "Not shown",
};
