import type { CommandSpec } from "../../command.ts";
import { BRIEF_OPTIONS } from "../../command-line/spec-parts.ts";

export const POLICY_TEST: CommandSpec = {
  words: ["policy", "test"],
  topic: "policy",
  summary: "does this policy decide recorded cases as expected?",
  description:
    "Decides recorded cases by a policy, each at the time that it recorded. DIR has a folder for each case, with facts.json and expected.json " +
    "(docs/policy.md). Ends with 1 where a case is decided otherwise, and names entries and rules that no case shows. No model is opened.",
  arguments: [{ name: "DIR", help: "the folder of the cases", isPath: true }],
  required: ["policy"],
  options: ["fail-on-warn", ...BRIEF_OPTIONS],
  examples: [
    { line: "assay policy test cases --policy policy.yml", does: "every case that is decided otherwise" },
    { line: "assay policy test cases --policy policy.yml --json", does: "for CI" },
  ],
  refusal: "Not tested",
};
