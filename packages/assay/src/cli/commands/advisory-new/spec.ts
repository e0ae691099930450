import type { CommandSpec } from "../../command.ts";
import { COMMON_OPTIONS, FORCE_HELP, MODEL, REMOTE_OPTIONS } from "../../command-line/spec-parts.ts";

export const ADVISORY_NEW: CommandSpec = {
  words: ["advisory", "new"],
  topic: "policy",
  summary: "write an advisory of what a scan finds, for others to check their models with",
  description:
    "Scans a model and prints an advisory (OSV 1.7) about it: the digest of the model, the digests of the files with findings and, where " +
    "--as gives a commit, the published revision. `assay check` finds it by any of them. Nothing is said of severity. Without a finding " +
    "no advisory is written.",
  arguments: [MODEL],
  required: [],
  options: ["as", "id", "summary", "allow-symlinks", "threads", "cache", ...REMOTE_OPTIONS, ...COMMON_OPTIONS],
  optionHelp: {
    ...FORCE_HELP,
    as: "the model is a copy of hf:owner/name@commit; without a commit, the advisory is about these bytes alone",
  },
  examples: [
    { line: "assay advisory new ./granite", does: "the advisory, on standard output" },
    {
      line: "assay advisory new ./granite --id x_acme-2026-1 --output-file advisories/x_acme-2026-1.json",
      does: "in a folder that a policy names",
    },
  ],
  refusal: "No advisory",
};
