import type { CommandSpec } from "../../command.ts";
import { COMMON_OPTIONS, MODELS, REMOTE_OPTIONS, SIGNER_OPTIONS } from "../../command-line/spec-parts.ts";

export const CHECK: CommandSpec = {
  words: ["check"],
  topic: "policy",
  summary: "may we run this model? one decision by your policy",
  description:
    "Joins signature, files, load risk, license and openness of a model into one decision by a policy, bound to the model's digest: " +
    "ALLOW (exit code 0), DENY (1) or INCOMPLETE (3). Every rule is evaluated, and what could not be established never allows.",
  arguments: [MODELS],
  required: ["policy"],
  options: [
    "as",
    "signature",
    "lock",
    "advisories",
    "at",
    "fail-on-warn",
    "redact",
    "markdown",
    "html",
    "record",
    "evidence",
    "sign",
    "verifier-id",
    "offline",
    "allow-symlinks",
    "threads",
    "cache",
    ...REMOTE_OPTIONS,
    ...SIGNER_OPTIONS,
    ...COMMON_OPTIONS,
  ],
  optionHelp: {
    signature: "the signature file; default: the one in the model, or beside it",
    "certificate-chain": "with --sign: certificates of the path to the root, stored in the signatures",
    "trusted-root": "with --sign: the keys and certificates to trust (trusted_root.json) instead of the instance's own",
    force: "replace the report, and files in the folder for evidence, whatever they are; default: only evidence of an earlier check",
    markdown: "print the decision as Markdown, for the summary of a CI job or a ticket",
    verbose: "print more: what each rule that passes rests on, and full digests",
  },
  conflicts: [{ options: ["markdown", "json"], why: "are two forms of the answer: give one of them" }],
  examples: [
    { line: "assay check ./granite --policy policy.yml", does: "the decision, and every rule" },
    {
      line: "assay check ./granite --policy policy.yml --evidence ./granite-evidence --sign key --private-key key.pem",
      does: "leaves signed evidence",
    },
  ],
  refusal: "Not decided",
};
