import type { CommandSpec } from "../../command.ts";
import { BRIEF_OPTIONS, FORCE_HELP } from "../../command-line/spec-parts.ts";

export const SHELLS = ["bash", "zsh", "fish", "powershell"] as const;

export const COMPLETION: CommandSpec = {
  words: ["completion"],
  topic: "start",
  summary: "print a script that completes assay's commands and options in a shell",
  description:
    "Prints a script for the shell, which completes commands, options, values that are one of a few, and files. bash: " +
    "~/.local/share/bash-completion/completions/assay, or source it. zsh: a file _assay in a folder of $fpath. fish: " +
    "~/.config/fish/completions/assay.fish. PowerShell: add it to $PROFILE; that script is not tested. After an update, print it again.",
  arguments: [{ name: "SHELL", help: SHELLS.join(", "), choices: SHELLS }],
  required: [],
  options: BRIEF_OPTIONS,
  optionHelp: FORCE_HELP,
  examples: [
    { line: "assay completion bash --output-file ~/.local/share/bash-completion/completions/assay", does: "for every new bash" },
    { line: "assay completion fish --output-file ~/.config/fish/completions/assay.fish", does: "for every new fish" },
  ],
  refusal: "No script",
};
