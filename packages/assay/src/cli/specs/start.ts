import type { CommandSpec } from "./command-spec.ts";

/** Where to start. */
export const START_COMMANDS: readonly CommandSpec[] = [
  {
    words: ["demo"],
    summary: "show me, on a model made on the spot",
    description:
      "Makes a small real model in a temporary folder, signs it, verifies it, asks how open it is, changes one bit, verifies it again.",
    arguments: [],
    required: [],
    options: ["keep", "color", "output-file", "force", "log-level", "log-format", "help", "version"],
    examples: [
      { line: "assay demo", does: "takes a second, leaves nothing behind" },
      { line: "assay demo --keep ./demo", does: "leaves the model, the keys and the signature in ./demo" },
    ],
    refusal: "The demo stopped",
    load: () => import("../commands/demo/run.ts"),
  },
  {
    words: ["help"],
    summary: "this overview, or the help of a command",
    description: "`assay help all` lists every command. `assay help sign key` and `assay sign key --help` show the same.",
    arguments: [{ name: "COMMAND", help: "the command, such as: sign key", many: true, optional: true }],
    required: [],
    options: ["color", "output-file", "force", "help", "version"],
    examples: [
      { line: "assay help all", does: "every command" },
      { line: "assay help verify certificate", does: "one of them" },
    ],
    refusal: "No help",
    load: () => import("../commands/help/run.ts"),
  },
];
