import type { CommandSpec } from "../../command.ts";
import { BRIEF_OPTIONS } from "../../command-line/spec-parts.ts";

export const POLICY_LINT: CommandSpec = {
  words: ["policy", "lint"],
  topic: "policy",
  summary: "what of this policy is probably not meant?",
  description:
    "Reads a policy and names entries that trust a name or are never reached, rules that let everything through or nothing, and waivers " +
    "without effect. Ends with 1 where it finds something, and with 2 for a policy that cannot be read. The files that it names are not read.",
  arguments: [{ name: "FILE", help: "the policy", isPath: true }],
  required: [],
  options: ["at", ...BRIEF_OPTIONS],
  optionHelp: { at: "the time that waivers are compared with, such as 2027-01-31T12:00:00Z; default: now" },
  examples: [
    { line: "assay policy lint policy.yml", does: "every finding with its line" },
    { line: "assay policy lint policy.yml --json", does: "for CI" },
  ],
  refusal: "Not read",
};
