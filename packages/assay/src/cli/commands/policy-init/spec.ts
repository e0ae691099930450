import type { CommandSpec } from "../../command.ts";
import { BRIEF_OPTIONS } from "../../command-line/spec-parts.ts";

export const POLICY_INIT: CommandSpec = {
  words: ["policy", "init"],
  topic: "policy",
  summary: "a policy to begin with, for your sector",
  description:
    "Prints a starting policy whose comments say which finding of a survey each choice answers: docs/adopting-models.md. Known publishers " +
    "are suggested in comments; --publisher makes an entry of one, which binds its identities to its own models.",
  arguments: [],
  required: ["sector"],
  options: ["publisher", ...BRIEF_OPTIONS],
  optionHelp: { "output-file": "write the policy to this file; an existing file only with --force" },
  examples: [
    { line: "assay policy init --sector finance --output-file policy.yml", does: "a policy to change" },
    { line: "assay policy init --sector it --publisher ibm-granite", does: "with an entry for a publisher that signs" },
  ],
  refusal: "No policy",
};
