import type { CommandSpec } from "../../command.ts";
import { COMMON_OPTIONS, MODEL_OPTIONS, REMOTE_OPTIONS } from "../../command-line/spec-parts.ts";

export const DIFF: CommandSpec = {
  words: ["diff"],
  topic: "changes",
  summary: "what changed between two models, two signatures, or one of each?",
  description:
    "Compares any two of model (a folder, a file, or on a server) and signature, file by file. Signatures are read, not verified. What a " +
    "server alone says is named, and counts as an answer only with --digests attested.",
  arguments: [
    { name: "A", help: "the older one: a model or a signature", isPath: true, mayBeRemote: true },
    { name: "B", help: "the newer one", isPath: true, mayBeRemote: true },
  ],
  required: [],
  options: [...MODEL_OPTIONS, "digests", ...REMOTE_OPTIONS, ...COMMON_OPTIONS],
  optionHelp: {
    digests:
      "computed reads every file; attested takes the word of a server where it gives the SHA-256 of a file; default: of two versions at one " +
      "server, read only what it lists differently",
  },
  examples: [
    { line: "assay diff granite-3.0/ granite-3.1/", does: "exit code 0: the same; 1: different; 3: not everything was compared" },
    { line: "assay diff hf:acme/granite@v1 hf:acme/granite@v2", does: "what changed between two revisions, reading only what differs" },
  ],
  refusal: "Not compared",
};
