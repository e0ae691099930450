import type { CommandSpec } from "../../command.ts";
import { COMMON_OPTIONS, MODELS, REMOTE_OPTIONS } from "../../command-line/spec-parts.ts";

export const PIN: CommandSpec = {
  words: ["pin"],
  topic: "policy",
  summary: "record a model in assay.lock: its bytes, its signer and the decision",
  description:
    "Decides as `assay check` does, and records the model in the lock file, which the rule `pin` of a policy compares with. Recorded is " +
    "what the policy allows. Another signer, an older version and other bytes under the same commit are not recorded without --force, " +
    "and each is named. Of several models all are recorded, or none.",
  arguments: [MODELS],
  required: ["policy"],
  options: [
    "as",
    "signature",
    "lock",
    "check",
    "advisories",
    "at",
    "fail-on-warn",
    "offline",
    "allow-symlinks",
    "threads",
    "cache",
    ...REMOTE_OPTIONS,
    ...COMMON_OPTIONS,
  ],
  optionHelp: {
    signature: "the signature file; default: the one in the model, or beside it",
    lock: "the lock file to write; default: assay.lock beside the policy",
    force: "record what the policy does not allow, and a change that a person has to look at",
  },
  conflicts: [{ options: ["check", "force"], why: "exclude each other: the one writes nothing, the other whatever there is" }],
  examples: [
    { line: "assay pin ./granite --policy policy.yml", does: "records it in assay.lock beside the policy" },
    { line: "assay pin ./granite ./whisper --policy policy.yml --check", does: "whether the lock file is up to date" },
  ],
  refusal: "Not pinned",
};
