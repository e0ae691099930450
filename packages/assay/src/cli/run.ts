import { asAssayError, AssayError } from "../error.ts";
import { readArguments, type Invocation } from "./arguments.ts";
import type { CommandContext, CommandResult } from "./command.ts";
import type { ExitCode } from "./exit-codes.ts";
import { errorReport } from "./output/error-report.ts";
import type { Host } from "./host.ts";
import { Log } from "./log.ts";
import { errorJson, printJson } from "./output/json.ts";
import { layOut } from "./output/layout.ts";
import { describeTerminal, type Terminal } from "./output/terminal.ts";
import { OptionValues } from "./option-values.ts";
import { openOutputFile, type OutputFile } from "./output-file.ts";
import { ProgressLine } from "./progress.ts";
import { logs, readSettings, type Settings } from "./settings.ts";

/** Where the progress line is, for whoever must leave in a hurry. */
export interface RunningCommand {
  clearProgress: () => void;
}

/**
 * Runs one command line (without the program's name) and prints what it found. Never throws; the
 * number is the exit code.
 */
export async function runCommandLine(argv: readonly string[], host: Host, running?: RunningCommand): Promise<ExitCode> {
  let invocation: Invocation;
  let settings: Settings;
  let outputFile: OutputFile | undefined;
  try {
    invocation = readArguments(argv);
    settings = readSettings(invocation.values, host.environment);
    outputFile = settings.outputFile === undefined ? undefined : openOutputFile(settings.outputFile, host.cwd);
  } catch (thrown) {
    return refuse(asAssayError(thrown), undefined, assumedSettings(argv), host, undefined);
  }

  const errors = describeTerminal(host.facts("stderr"), host.environment, settings.color);
  const progress = settings.progress && logs(settings, "info") ? new ProgressLine(errors, (text) => host.write("stderr", text)) : undefined;
  if (running !== undefined) running.clearProgress = () => progress?.clear();
  const limit = limitTime(host.signal, settings.timeout);
  const stdout = outputFile === undefined ? host.facts("stdout") : { isTerminal: false, columns: undefined };
  const terminal = describeTerminal(stdout, host.environment, settings.color);
  const context: CommandContext = {
    cwd: host.cwd,
    environment: host.environment,
    signal: limit.signal,
    onProgress: progress === undefined ? undefined : (report) => progress.report(report),
    get askSecret() {
      return host.askSecret;
    },
    runInside: (inner, cwd) => runInside(inner, cwd, host, terminal),
  };
  try {
    const command = await invocation.spec.load();
    const result = await command.run(invocation, context);
    progress?.clear();
    print(result, settings, terminal, host, outputFile);
    return result.exitCode;
  } catch (thrown) {
    progress?.clear();
    return refuse(explainStop(asAssayError(thrown), limit, invocation, host), invocation, settings, host, outputFile);
  } finally {
    limit.stop();
  }
}

function print(result: CommandResult, settings: Settings, terminal: Terminal, host: Host, outputFile: OutputFile | undefined): void {
  const log = new Log(settings, describeTerminal(host.facts("stderr"), host.environment, settings.color), (text) =>
    host.write("stderr", text),
  );
  const put = (text: string): void => (outputFile === undefined ? host.write("stdout", text) : outputFile.write(text));
  if (settings.json) return put(printJson(result.json));
  if (!settings.quiet) put(layOut(result.report, terminal));
  else if (result.exitCode !== 0)
    host.write("stderr", layOut(result.report.slice(0, 1), describeTerminal(host.facts("stderr"), host.environment, settings.color)));
  for (const note of result.notes ?? []) log.note(note);
  for (const warning of result.warnings) log.warn(warning);
}

function refuse(
  error: AssayError,
  invocation: Invocation | undefined,
  settings: Settings,
  host: Host,
  outputFile: OutputFile | undefined,
): ExitCode {
  const exitCode = (error.code === "ABORTED" ? host.interruptExitCode() : undefined) ?? exitCodeOf(error);
  const terminal = describeTerminal(host.facts("stderr"), host.environment, settings.color);
  if (settings.json) {
    const name = invocation === undefined ? undefined : invocation.spec.words.join(" ");
    const text = printJson(errorJson(name, error, exitCode));
    try {
      if (outputFile === undefined) host.write("stdout", text);
      else outputFile.write(text);
    } catch {
      // The file of --output-file is what failed: the person must still get to know.
      host.write("stderr", text);
    }
    return exitCode;
  }
  new Log(settings, terminal, (text) => host.write("stderr", text)).error(error, errorReport(error, invocation?.spec));
  return exitCode;
}

/** See docs/exit-codes.md. */
function exitCodeOf(error: AssayError): ExitCode {
  switch (error.outcome) {
    case "failed":
      return 1;
    case "usage":
      return 2;
    case "incomplete":
      return 3;
  }
}

/** Runs a command line as if it were typed, and keeps what it prints; the terminal's looks are those of the outer one. */
async function runInside(
  argv: readonly string[],
  cwd: string,
  host: Host,
  terminal: Terminal,
): Promise<{ exitCode: ExitCode; output: string }> {
  let output = "";
  const looks = {
    NO_COLOR: undefined,
    FORCE_COLOR: terminal.color ? "1" : "0",
    COLUMNS: terminal.width === Infinity ? undefined : String(terminal.width),
  };
  const exitCode = await runCommandLine(argv, {
    cwd,
    environment: { ...host.environment, ...looks, MODEL_SIGNING_LOG_LEVEL: undefined },
    signal: host.signal,
    facts: () => ({ isTerminal: false, columns: undefined }),
    write: (_stream, text) => {
      output += text;
    },
    interruptExitCode: host.interruptExitCode,
    askSecret: undefined,
  });
  return { exitCode, output };
}

interface TimeLimit {
  readonly signal: AbortSignal;
  isOver(): boolean;
  stop(): void;
}

function limitTime(interrupt: AbortSignal, milliseconds: number | undefined): TimeLimit {
  if (milliseconds === undefined) return { signal: interrupt, isOver: () => false, stop: () => undefined };
  const controller = new AbortController();
  const timer = setTimeout(() => controller.abort(), milliseconds);
  return {
    signal: AbortSignal.any([interrupt, controller.signal]),
    isOver: () => controller.signal.aborted,
    stop: () => clearTimeout(timer),
  };
}

/** Says who stopped the work: the clock, or a person. */
function explainStop(error: AssayError, limit: TimeLimit, { values }: Invocation, host: Host): AssayError {
  if (error.code !== "ABORTED") return error;
  if (host.signal.aborted) return new AssayError("ABORTED", "interrupted; there is no answer, and nothing was written", { cause: error });
  if (!limit.isOver()) return error;
  return new AssayError("ABORTED", `stopped after ${values.text("timeout") ?? "the given time"}, as --timeout says`, {
    cause: error,
    hint: "give it more time, or none: --timeout 0",
  });
}

/** The few settings that matter for a command line that was not understood. */
function assumedSettings(argv: readonly string[]): Settings {
  const end = argv.indexOf("--");
  const options = end < 0 ? argv : argv.slice(0, end);
  const settings = readSettings(new OptionValues(), {});
  const color = options.find((option) => option.startsWith("--color="))?.slice("--color=".length);
  return {
    ...settings,
    json: options.some((option) => /^--json(=(1|t|T|TRUE|true|True))?$/.test(option)),
    color: color === "always" || color === "never" ? color : "auto",
    logFormat: options.some(
      (option, index) => /^--log[-_]format=json$/i.test(option) || (/^--log[-_]format$/.test(option) && options[index + 1] === "json"),
    )
      ? "json"
      : "text",
  };
}
