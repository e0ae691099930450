import type { CommandSpec } from "../../command.ts";

export const HELP: CommandSpec = {
  words: ["help"],
  topic: "start",
  summary: "this overview, or the help of a command",
  description: "`assay help all` lists every command. `assay help sign key` and `assay sign key --help` show the same.",
  arguments: [{ name: "COMMAND", help: "the command, such as: sign key", many: true, optional: true, isCommand: true }],
  required: [],
  options: ["color", "output-file", "force", "help", "version"],
  examples: [
    { line: "assay help all", does: "every command" },
    { line: "assay help verify certificate", does: "one of them" },
  ],
  refusal: "No help",
};
