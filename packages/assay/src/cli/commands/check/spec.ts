import type { CommandSpec } from "../../command.ts";
import { COMMON_OPTIONS, FORCE_HELP } from "../../command-line/spec-parts.ts";

export const CHECK: CommandSpec = {
  words: ["check"],
  topic: "policy",
  summary: "may we run this model? one decision by your policy",
  description:
    "Joins signature, files, load risk, license and openness of a model into one decision by a policy, bound to the model's digest: " +
    "ALLOW (exit code 0), DENY (1) or INCOMPLETE (3). Every rule is evaluated, and what could not be established never allows.",
  arguments: [{ name: "MODEL", help: "a model: a folder or a single file; several may be given", many: true, isPath: true }],
  required: ["policy"],
  options: [
    "as",
    "signature",
    "lock",
    "advisories",
    "at",
    "fail-on-warn",
    "redact",
    "html",
    "offline",
    "allow-symlinks",
    "threads",
    "cache",
    ...COMMON_OPTIONS,
  ],
  optionHelp: {
    ...FORCE_HELP,
    signature: "the signature file; default: the one in the model, or beside it",
    verbose: "print more: what each rule that passes rests on, and full digests",
  },
  examples: [
    { line: "assay check ./granite --policy policy.yml", does: "the decision, and every rule" },
    {
      line: "assay check ./granite --policy policy.yml --as hf:ibm-granite/granite-3.3-8b --json",
      does: "as the copy of a published model",
    },
  ],
  refusal: "Not decided",
};
