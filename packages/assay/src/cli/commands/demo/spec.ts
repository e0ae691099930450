import type { CommandSpec } from "../../command.ts";

export const DEMO: CommandSpec = {
  words: ["demo"],
  topic: "start",
  summary: "show me, on a model made on the spot",
  description:
    "Makes a small real model in a temporary folder, signs it, verifies it, asks how open it is, decides by a policy, changes one bit, verifies and decides again, and scans it and a copy with a pickle that runs a command.",
  arguments: [],
  required: [],
  options: ["keep", "open", "color", "output-file", "force", "log-level", "log-format", "help", "version"],
  examples: [
    { line: "assay demo", does: "takes a second, leaves nothing behind" },
    { line: "assay demo --keep ./demo", does: "leaves the model, the keys and the signature in ./demo" },
  ],
  refusal: "The demo stopped",
};
