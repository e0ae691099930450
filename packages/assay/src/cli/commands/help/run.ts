import { AssayError } from "../../../core/error.ts";
import type { Invocation } from "../../command-line/arguments.ts";
import type { CommandResult } from "../../command.ts";
import { COMMANDS, findCommand, type CommandSpec } from "../../commands.ts";
import { commandHelp, everyCommand, groupHelp, overview, usageLine } from "../../command-line/help.ts";
import { nearest } from "../../../core/nearest.ts";
import { OPTION_TABLE } from "../../command-line/options.ts";
import { head, type JsonObject } from "../../../report/json.ts";
import type { Report } from "../../text/report.ts";
import { VERSION } from "../../host/version.ts";

export function run(invocation: Invocation): Promise<CommandResult> {
  const report = invocation.values.flag("version") === true ? versionReport() : helpReport(invocation.arguments);
  const isVersion = invocation.values.flag("version") === true;
  const json = { ...head("help"), exitCode: 0, commands: isVersion ? [] : commandsOf(invocation.arguments).map(commandJson) };
  return Promise.resolve({ exitCode: 0, report, json, warnings: [] });
}

/** The commands that the words ask about; the words were found to name some. */
function commandsOf(words: readonly string[]): readonly CommandSpec[] {
  const call = words.map((word) => word.replaceAll("_", "-")).join(" ");
  if (call === "" || call === "all") return COMMANDS;
  const starting = COMMANDS.filter((spec) => spec.words.join(" ") === call || spec.words[0] === call);
  return starting.length > 0 ? starting : COMMANDS.filter((spec) => spec.words.join(" ") === call.split(" ")[0]);
}

function commandJson(spec: CommandSpec): JsonObject {
  const options = [...spec.required, ...spec.options];
  return {
    command: spec.words.join(" "),
    summary: spec.summary,
    usage: usageLine(spec),
    options: options.map((name) => ({
      option: `--${name}`,
      help: OPTION_TABLE[name].help,
      required: spec.required.includes(name) && spec.instead?.[name] === undefined,
    })),
  };
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
