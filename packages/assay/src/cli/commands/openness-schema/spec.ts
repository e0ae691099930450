import type { CommandSpec } from "../../command.ts";
import { BRIEF_OPTIONS, FORCE_HELP } from "../../command-line/spec-parts.ts";

export const OPENNESS_SCHEMA: CommandSpec = {
  words: ["openness", "schema"],
  topic: "openness",
  summary: "print the JSON schema of a mof.yml",
  description:
    "Prints a JSON schema (draft 2020-12) of what `assay openness` reads, for editors and CI: all that the Model Openness Tool's format " +
    "allows, and its older forms. With --result, prints the schema of `assay openness --json`.",
  arguments: [],
  required: [],
  options: ["result", ...BRIEF_OPTIONS],
  optionHelp: FORCE_HELP,
  examples: [
    { line: "assay openness schema", does: "the schema of a mof.yml" },
    { line: "assay openness schema --result", does: "the schema of the answer" },
  ],
  refusal: "No schema",
};
