import type { CommandSpec } from "../../command.ts";
import { BRIEF_OPTIONS } from "../../command-line/spec-parts.ts";

export const POLICY_EXPLAIN: CommandSpec = {
  words: ["policy", "explain"],
  topic: "policy",
  summary: "what does this policy ask, in plain sentences?",
  description:
    "Prints a policy in sentences, in the order in which it is applied: what is denied, what every model must be, what each entry asks, and " +
    "the waivers with their reasons. The files that it names are not read.",
  arguments: [{ name: "FILE", help: "the policy", isPath: true }],
  required: [],
  options: BRIEF_OPTIONS,
  examples: [
    { line: "assay policy explain policy.yml", does: "for those who approve it" },
    { line: "assay policy explain policy.yml --json", does: "the same sentences for a program" },
  ],
  refusal: "Not read",
};
