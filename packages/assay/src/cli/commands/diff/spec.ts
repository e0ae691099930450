import type { CommandSpec } from "../../command.ts";
import { COMMON_OPTIONS, MODEL_OPTIONS, REMOTE_OPTIONS } from "../../command-line/spec-parts.ts";

export const DIFF: CommandSpec = {
  words: ["diff"],
  topic: "changes",
  summary: "what changed between two models, two signatures, or one of each?",
  description: "Compares any two of model, signature and model folder, file by file. Signatures are read, not verified.",
  arguments: [
    { name: "A", help: "the older one: a model or a signature", isPath: true, mayBeRemote: true },
    { name: "B", help: "the newer one", isPath: true, mayBeRemote: true },
  ],
  required: [],
  options: [...MODEL_OPTIONS, ...REMOTE_OPTIONS, ...COMMON_OPTIONS],
  examples: [
    { line: "assay diff granite-3.0/ granite-3.1/", does: "exit code 0: the same; 1: different; 3: not everything was compared" },
    { line: "assay diff model.sig ./granite", does: "what differs from what was signed" },
  ],
  refusal: "Not compared",
};
