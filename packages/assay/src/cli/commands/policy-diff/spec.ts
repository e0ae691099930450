import type { CommandSpec } from "../../command.ts";
import { BRIEF_OPTIONS } from "../../command-line/spec-parts.ts";

export const POLICY_DIFF: CommandSpec = {
  words: ["policy", "diff"],
  topic: "policy",
  summary: "what would another policy decide otherwise?",
  description:
    "Compares two policies by their meaning: short forms, defaults, comments and the order of lists make no difference. With recorded facts " +
    "(files, or folders of cases), says which would be decided otherwise; a signer that they say nothing about is unknown. No model is opened.",
  arguments: [
    { name: "A", help: "the policy before", isPath: true },
    { name: "B", help: "the policy after", isPath: true },
    { name: "RESULT", help: "recorded facts, or a folder of cases", many: true, optional: true, isPath: true },
  ],
  required: [],
  options: ["fail-on-warn", ...BRIEF_OPTIONS],
  examples: [
    { line: "assay policy diff old.yml new.yml", does: "the keys that differ in meaning" },
    { line: "assay policy diff old.yml new.yml cases", does: "what would be decided otherwise" },
  ],
  refusal: "Not compared",
};
