import { AssayError } from "../../../core/error.ts";
import { nearest } from "../../../core/nearest.ts";
import { VERSION } from "../../../core/version.ts";
import type { HelpDocument } from "../../../report/json/documents.ts";
import { head } from "../../../report/json/head.ts";
import type { CommandContext, CommandResult, CommandSpec, Invocation } from "../../command.ts";
import { findCommand } from "../../command-line/arguments.ts";
import { OPTION_TABLE } from "../../command-line/options.ts";
import type { Report } from "../../text/report.ts";
import { commandHelp, everyCommand, groupHelp, overview, usageLine } from "./report.ts";

export function run({ values, arguments: words }: Invocation, { commands }: CommandContext): Promise<CommandResult> {
  const isVersion = values.flag("version") === true;
  const report = isVersion ? versionReport() : helpReport(words, commands);
  const json: HelpDocument = { ...head("help"), exitCode: 0, commands: isVersion ? [] : commandsOf(words, commands).map(commandJson) };
  return Promise.resolve({ exitCode: 0, report, json, warnings: [] });
}

/** The commands that the words ask about; the words were found to name some. */
function commandsOf(words: readonly string[], specs: readonly CommandSpec[]): readonly CommandSpec[] {
  const call = words.map((word) => word.replaceAll("_", "-")).join(" ");
  if (call === "" || call === "all") return specs;
  const starting = specs.filter((spec) => spec.words.join(" ") === call || spec.words[0] === call);
  return starting.length > 0 ? starting : specs.filter((spec) => spec.words.join(" ") === call.split(" ")[0]);
}

function commandJson(spec: CommandSpec): HelpDocument["commands"][number] {
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

function helpReport(words: readonly string[], specs: readonly CommandSpec[]): Report {
  const names = words.map((word) => word.replaceAll("_", "-"));
  const [first, second] = names;
  if (first === undefined) return overview(specs);
  if (first === "all" && second === undefined) return everyCommand(specs);
  const spec = findCommand(names, specs) ?? findCommand([first], specs);
  if (spec !== undefined) return commandHelp(spec, specs);
  const groups = new Set(specs.filter(({ words: call }) => call.length === 2).map(({ words: [group = ""] }) => group));
  if (groups.has(first) && second === undefined) return groupHelp(first, specs);
  const calls = specs.map((listed) => listed.words.join(" "));
  const near = nearest(names.join(" "), calls) ?? nearest(first, [...calls, ...groups]);
  throw new AssayError("USAGE", `unknown command "${words.join(" ")}"`, {
    suggestion: near === undefined ? { lead: "see", line: "assay help" } : { lead: "did you mean", line: `assay help ${near}` },
  });
}
