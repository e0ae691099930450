import type { CommandSpec } from "../../command.ts";
import { BRIEF_OPTIONS, FORCE_HELP } from "../../command-line/spec-parts.ts";

export const OPENNESS_IMPORT: CommandSpec = {
  words: ["openness", "import"],
  topic: "openness",
  summary: "make a mof.yml from a model card, or from the Model Openness Tool's YAML or JSON",
  description:
    "From a model card (a README.md, or a folder with one), takes what its front matter and links say, each marked with its source. The rest " +
    "is left for you to fill in, and marked. Nothing is guessed. YAML and JSON of the Model Openness Tool keep every field. Without FILE, " +
    "prints the result.",
  arguments: [
    { name: "SOURCE", help: "a model card, or the tool's model.yml or model.json", mayBePath: true },
    { name: "FILE", help: "the file to write, such as mof.yml", optional: true, mayBePath: true },
  ],
  required: [],
  options: BRIEF_OPTIONS,
  optionHelp: FORCE_HELP,
  examples: [
    { line: "assay openness import ./granite/README.md", does: "shows what the card can say" },
    { line: "assay openness import model.json mof.yml", does: "writes mof.yml" },
  ],
  refusal: "Not imported",
};
