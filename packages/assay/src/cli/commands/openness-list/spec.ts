import type { CommandSpec } from "../../command.ts";
import { BRIEF_OPTIONS, FORCE_HELP } from "../../command-line/spec-parts.ts";

export const OPENNESS_LIST: CommandSpec = {
  words: ["openness", "list"],
  topic: "openness",
  summary: "how open are published models? Public evaluations, and your own",
  description:
    "Lists the models that the Model Openness Tool publishes, evaluated by this program, the most open first; with --files, your own too. " +
    "Each option narrows the list; each WORD must be in the name or organization. The exit code is 1 where no model is left.",
  arguments: [{ name: "WORD", help: "part of the name or organization", many: true, optional: true }],
  required: [],
  options: ["class", "organization", "type", "license", "parameters", "component", "files", "strict", "csv", ...BRIEF_OPTIONS],
  optionHelp: FORCE_HELP,
  conflicts: [{ options: ["csv", "json"], why: "are two forms of the list: give one of them" }],
  examples: [
    { line: "assay openness list --class 3 --parameters 1B..10B", does: "open models of a size" },
    { line: "assay openness list --organization IBM --component Datasets:open --csv", does: "for a spreadsheet" },
  ],
  refusal: "Not listed",
};
