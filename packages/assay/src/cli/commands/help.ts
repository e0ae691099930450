import { AssayError } from "../../error.ts";
import type { Invocation } from "../arguments.ts";
import type { CommandResult } from "../command.ts";
import { COMMANDS, findCommand } from "../commands.ts";
import { commandHelp, everyCommand, groupHelp, overview } from "../help.ts";
import { nearest } from "../../encoding/nearest.ts";
import type { Report } from "../output/report.ts";
import { VERSION } from "../version.ts";

export function run(invocation: Invocation): Promise<CommandResult> {
  const report = invocation.values.flag("version") === true ? versionReport() : helpReport(invocation.arguments);
  return Promise.resolve({ exitCode: 0, report, json: { version: VERSION }, warnings: [] });
}

function versionReport(): Report {
  return [{ kind: "line", text: `assay ${VERSION}` }];
}

function helpReport(words: readonly string[]): Report {
  const names = words.map((word) => word.replaceAll("_", "-"));
  const [first, second] = names;
  if (first === undefined) return overview();
  if (first === "all" && second === undefined) return everyCommand();
  const spec = findCommand(names) ?? findCommand([first]);
  if (spec !== undefined) return commandHelp(spec);
  const groups = new Set(COMMANDS.filter(({ words: call }) => call.length === 2).map(({ words: [group = ""] }) => group));
  if (groups.has(first) && second === undefined) return groupHelp(first);
  const calls = COMMANDS.map((listed) => listed.words.join(" "));
  const near = nearest(names.join(" "), calls) ?? nearest(first, [...calls, ...groups]);
  throw new AssayError("USAGE", `there is no command "${words.join(" ")}"`, {
    suggestion: near === undefined ? { lead: "see", line: "assay help" } : { lead: "did you mean", line: `assay help ${near}` },
  });
}
