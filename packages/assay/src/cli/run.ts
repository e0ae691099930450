import { asAssayError, AssayError, detailsOf, reworded } from "../core/error.ts";
import { guessCommand, guessCommandLine, readArguments, type Invocation } from "./command-line/arguments.ts";
import type { CommandContext } from "./command.ts";
import { EXIT_CODE_OF_ERROR, type ExitCode } from "./command-line/exit-codes.ts";
import type { Host } from "./host/host.ts";
import { asksForHelp, checkLocal } from "./command-line/near-misses.ts";
import { OptionValues } from "./command-line/option-values.ts";
import { openOutputFile } from "./host/output-file.ts";
import type { Terminal } from "./text/terminal.ts";
import { Printer } from "./host/printer.ts";
import { ProgressLine } from "./host/progress.ts";
import { logs, readSettings, type Settings } from "./host/settings.ts";
import { limitTime, type TimeLimit } from "./host/time-limit.ts";
import { readTokens } from "./command-line/tokens.ts";

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
  let printer: Printer;
  try {
    invocation = readArguments(argv);
    const helpWords = asksForHelp(invocation, host.cwd);
    if (helpWords !== undefined) invocation = readArguments(["help", ...helpWords]);
    checkLocal(invocation, host.cwd);
    settings = readSettings(invocation.values, host.environment);
    const file = settings.outputFile;
    printer = new Printer(settings, host, file === undefined ? undefined : openOutputFile(file, host.cwd, settings.force));
  } catch (thrown) {
    const error = asAssayError(thrown);
    const exitCode = exitCodeOf(error, host);
    new Printer(assumedSettings(argv), host, undefined).error(error, exitCode, guessCommandLine(argv), guessCommand(argv));
    return exitCode;
  }
  return runCommand(invocation, settings, printer, host, running);
}

async function runCommand(
  invocation: Invocation,
  settings: Settings,
  printer: Printer,
  host: Host,
  running: RunningCommand | undefined,
): Promise<ExitCode> {
  const isProgressShown = settings.progress && logs(settings, "info");
  const progress = isProgressShown ? new ProgressLine(printer.messages, (text) => printer.putMessage(text)) : undefined;
  if (running !== undefined) running.clearProgress = () => progress?.clear();
  const limit = limitTime(host.signal, settings.timeout);
  const context: CommandContext = {
    cwd: host.cwd,
    environment: host.environment,
    signal: limit.signal,
    onProgress: progress === undefined ? undefined : (report) => progress.report(report),
    onStage: (text) => progress?.stage(text),
    say: (text) => {
      progress?.clear();
      printer.say(text);
    },
    get askSecret() {
      return host.askSecret;
    },
    runInside: (argv, cwd) => runInside(argv, cwd, host, printer.results),
  };
  try {
    const command = await invocation.spec.load();
    const result = await command.run(invocation, context);
    progress?.clear();
    printer.result(result);
    return result.exitCode;
  } catch (thrown) {
    progress?.clear();
    const error = explainStop(asAssayError(thrown), limit, invocation, host);
    const exitCode = exitCodeOf(error, host);
    printer.error(error, exitCode, invocation, invocation.spec.words.join(" "));
    return exitCode;
  } finally {
    limit.cancel();
  }
}

/** Runs a command line as if it were typed, and keeps what it prints; the terminal's looks are those of the outer one. */
async function runInside(
  argv: readonly string[],
  cwd: string,
  host: Host,
  looks: Terminal,
): Promise<{ exitCode: ExitCode; output: string }> {
  let output = "";
  const environment = {
    ...host.environment,
    NO_COLOR: undefined,
    FORCE_COLOR: looks.color ? "1" : "0",
    COLUMNS: looks.width === Infinity ? undefined : String(looks.width),
    MODEL_SIGNING_LOG_LEVEL: undefined,
  };
  const exitCode = await runCommandLine(argv, {
    cwd,
    environment,
    signal: host.signal,
    interruptExitCode: host.interruptExitCode,
    facts: () => ({ isTerminal: false, columns: undefined }),
    write: (_stream, text) => {
      output += text;
    },
    askSecret: undefined,
  });
  return { exitCode, output };
}

function exitCodeOf(error: AssayError, host: Host): ExitCode {
  const interrupted = error.code === "ABORTED" ? host.interruptExitCode() : undefined;
  return interrupted ?? EXIT_CODE_OF_ERROR[error.outcome];
}

/** Says who stopped the work: the clock, or a person. */
function explainStop(error: AssayError, limit: TimeLimit, { values }: Invocation, host: Host): AssayError {
  if (error.code !== "ABORTED") return error;
  if (!host.signal.aborted && !limit.isOver()) return error;
  const stop = detailsOf(error, "ABORTED");
  // The message says at what the work was, and what is public by then: both must reach the person.
  const at = (word: string): string =>
    `${stop === undefined ? error.message : `${word} ${stop.when}${stop.aftermath}`}; nothing was written`;
  if (host.signal.aborted) return reworded(error, at("interrupted"));
  const time = values.text("timeout") ?? "the given time";
  return new AssayError("ABORTED", `no answer within ${time}, which is what --timeout allows: ${at("stopped")}`, {
    cause: error,
    hint: "give it more time, or none: --timeout 0",
  });
}

/** The settings of a command line that was not understood, as far as they were. */
function assumedSettings(argv: readonly string[]): Settings {
  try {
    return readSettings(readTokens(argv).values, {});
  } catch {
    return { ...readSettings(new OptionValues(), {}), json: readTokens(argv).values.flag("json") === true };
  }
}
