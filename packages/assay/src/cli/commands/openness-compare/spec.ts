import type { CommandSpec } from "../../command.ts";
import { BRIEF_OPTIONS, FORCE_HELP } from "../../command-line/spec-parts.ts";

export const OPENNESS_COMPARE: CommandSpec = {
  words: ["openness", "compare"],
  topic: "openness",
  summary: "how do models differ in openness, component by component?",
  description:
    "Puts models side by side: class, progress, and each component with its license. A MODEL is a mof.yml, a model's folder (evaluated by " +
    "the files in it), or the name of a public evaluation; a path that exists comes first.",
  arguments: [
    {
      name: "MODEL",
      help: "a mof.yml, a model's folder, a model on a hub (hf:owner/name), or a name of the list; two or more",
      many: true,
      mayBePath: true,
    },
  ],
  required: [],
  options: ["files", "strict", "markdown", "allow-host", ...BRIEF_OPTIONS],
  optionHelp: FORCE_HELP,
  conflicts: [{ options: ["markdown", "json"], why: "are two forms of the answer: give one of them" }],
  examples: [
    { line: "assay openness compare Amber BLOOM", does: "two public evaluations" },
    { line: "assay openness compare ./granite mof.yml Amber --markdown", does: "a table for a README" },
  ],
  refusal: "Not compared",
};
