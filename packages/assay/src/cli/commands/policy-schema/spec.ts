import type { CommandSpec } from "../../command.ts";
import { BRIEF_OPTIONS, FORCE_HELP } from "../../command-line/spec-parts.ts";

export const POLICY_SCHEMA: CommandSpec = {
  words: ["policy", "schema"],
  topic: "policy",
  summary: "print the JSON schema of a policy",
  description:
    "Prints a JSON schema (draft 2020-12) of a policy, for editors: every key with its meaning. The reader checks more than a schema can " +
    "say: days that exist, ids that are unique, patterns.",
  arguments: [],
  required: [],
  options: BRIEF_OPTIONS,
  optionHelp: FORCE_HELP,
  examples: [
    { line: "assay policy schema", does: "the schema" },
    { line: "assay policy schema --output-file policy.v1.json", does: "in a file, which an editor reads" },
  ],
  refusal: "No schema",
};
