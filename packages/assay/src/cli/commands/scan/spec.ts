import type { CommandSpec } from "../../command.ts";
import { COMMON_OPTIONS, REMOTE_OPTIONS } from "../../command-line/spec-parts.ts";

export const SCAN: CommandSpec = {
  words: ["scan"],
  topic: "load",
  summary: "what happens when this model is loaded: data only, or code?",
  description:
    "Reads the files of a model and says what a loader would do with them: nothing but data, or code. Nothing is loaded, and weights " +
    "are not read. What is not understood in full is unknown, and unknown is not safe: exit code 0 is for data only.",
  arguments: [
    {
      name: "MODEL",
      help: "a model: a folder, a single file, or one on a server (hf:owner/name, oci:registry/repository, s3://bucket/prefix/, https://host/prefix/); several may be given",
      many: true,
      optional: true,
      isPath: true,
      mayBeRemote: true,
    },
  ],
  required: [],
  options: ["allow", "sarif", "explain", "ignore-paths", "allow-symlinks", ...REMOTE_OPTIONS, ...COMMON_OPTIONS],
  optionHelp: { "ignore-paths": "leave out this file or folder of the model; the answer is then unknown at best" },
  examples: [
    { line: "assay scan ./granite", does: "the answer, and what would run" },
    { line: "assay scan model.pkl --json", does: "every finding, with member and offset" },
  ],
  refusal: "Not scanned",
};
