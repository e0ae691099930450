import type { CompletionDocument } from "../../../report/json/documents.ts";
import { head } from "../../../report/json/head.ts";
import type { CommandContext, CommandResult, Invocation } from "../../command.ts";
import { bashScript } from "./bash.ts";
import { fishScript } from "./fish.ts";
import { powershellScript } from "./powershell.ts";
import { SHELLS } from "./spec.ts";
import { completionTable, type CompletionTable } from "./table.ts";
import { zshScript } from "./zsh.ts";

const SCRIPTS: Readonly<Record<CompletionDocument["shell"], (table: CompletionTable) => string>> = {
  bash: bashScript,
  zsh: zshScript,
  fish: fishScript,
  powershell: powershellScript,
};

/** `assay completion SHELL`: the script, whole. The argument was found to be one of SHELLS. */
export function run({ arguments: [given] }: Invocation, { commands }: CommandContext): Promise<CommandResult> {
  const shell = SHELLS.find((name) => name === given) ?? "bash";
  const script = SCRIPTS[shell](completionTable(commands));
  const json: CompletionDocument = { ...head("completion"), exitCode: 0, shell, script };
  return Promise.resolve({ exitCode: 0, report: [{ kind: "finished", text: script }], json, warnings: [] });
}
