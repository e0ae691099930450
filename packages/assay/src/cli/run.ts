import { existsSync } from "node:fs";
import { resolve } from "node:path";
import { openOutputFile } from "../api/output-file.ts";
import { asAssayError, AssayError, detailsOf, reworded } from "../core/error.ts";
import type { CommandContext, Invocation } from "./command.ts";
import { guessCommand, readArguments } from "./command-line/arguments.ts";
import { EXIT_CODE_OF_OUTCOME } from "../report/json/parts.ts";
import type { ExitCode } from "./command-line/exit-codes.ts";
import { OptionValues, readTokens } from "./command-line/tokens.ts";
import type { Host } from "./host/host.ts";
import { Printer } from "./host/printer.ts";
import { ProgressLine } from "./host/progress.ts";
import { logs, readSettings, type Settings } from "./host/settings.ts";
import { loadCommand, SPECS } from "./registry.ts";
import type { Terminal } from "./text/terminal.ts";

/** Lets the process clear the progress line when it must leave at once. */
export interface RunningCommand {
  clearProgress: () => void;
}

/**
 * Runs one command line (without the program's name) and prints what it found. Never throws; the
 * number is the exit code.
 */
export async function runCommandLine(argv: readonly string[], host: Host, running?: RunningCommand): Promise<ExitCode> {
  const tokens = readTokens(argv);
  let invocation: Invocation;
  let settings: Settings;
  let printer: Printer;
  try {
    invocation = readArguments(tokens, SPECS);
    // The arguments of help are words of commands: what looks for a meant path is not loaded for them.
    const isHelp = invocation.spec.words[0] === "help";
    if (!isHelp && invocation.arguments.some((path) => !existsSync(resolve(host.cwd, path)))) {
      const { correctAbsentPath } = await import("./command-line/absent-paths.ts");
      invocation = correctAbsentPath(invocation, SPECS, host.cwd);
    }
    settings = readSettings(invocation.values, host.environment);
    const file = settings.outputFile;
    printer = new Printer(settings, host, file === undefined ? undefined : openOutputFile(file, host.cwd, settings.force));
  } catch (thrown) {
    const error = asAssayError(thrown);
    const exitCode = exitCodeOf(error, host);
    const { typed, command } = guessCommand(tokens, SPECS);
    new Printer(assumedSettings(tokens.values), host, undefined).error(error, exitCode, typed, command);
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
    commands: SPECS,
    runInside: (argv, cwd) => runInside(argv, cwd, host, printer.results),
  };
  try {
    const command = await loadCommand(invocation.spec);
    const result = await command.run(invocation, context);
    progress?.clear();
    printer.result(result);
    return result.exitCode;
  } catch (thrown) {
    progress?.clear();
    const error = explainStop(asAssayError(thrown), limit, settings, host);
    const exitCode = exitCodeOf(error, host);
    printer.error(error, exitCode, invocation, invocation.spec.words.join(" "));
    return exitCode;
  } finally {
    limit.cancel();
  }
}

/** Runs a command line as if it were typed, and returns what it prints, in the looks of the outer command. */
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

function exitCodeOf(error: AssayError, host: Host): Exclude<ExitCode, 0> {
  const interrupted = error.code === "ABORTED" ? host.interruptExitCode() : undefined;
  return interrupted ?? EXIT_CODE_OF_OUTCOME[error.outcome];
}

/** What stops the work: a person, or the clock of `--timeout`. */
interface TimeLimit {
  readonly signal: AbortSignal;
  /** Whether it was the clock. */
  isOver(): boolean;
  cancel(): void;
}

function limitTime(interrupt: AbortSignal, milliseconds: number | undefined): TimeLimit {
  if (milliseconds === undefined) return { signal: interrupt, isOver: () => false, cancel: () => undefined };
  const clock = new AbortController();
  const timer = setTimeout(() => clock.abort(), milliseconds);
  return {
    signal: AbortSignal.any([interrupt, clock.signal]),
    isOver: () => clock.signal.aborted,
    cancel: () => clearTimeout(timer),
  };
}

/** Says what stopped the work: the clock, or a person. */
function explainStop(error: AssayError, limit: TimeLimit, { timeoutText }: Settings, host: Host): AssayError {
  if (error.code !== "ABORTED") return error;
  if (!host.signal.aborted && !limit.isOver()) return error;
  const stop = detailsOf(error, "ABORTED");
  // The message says what the work was doing, and what is public by then: both must reach the person.
  const at = (word: string): string =>
    `${stop === undefined ? error.message : `${word} ${stop.when}${stop.aftermath}`}${stop?.isKept === true ? "" : "; nothing was written"}`;
  if (host.signal.aborted) return reworded(error, at("interrupted"));
  return new AssayError("ABORTED", `no answer within ${timeoutText ?? "the given time"} (--timeout): ${at("stopped")}`, {
    cause: error,
    hint: "allow more time, or set no limit with --timeout 0",
  });
}

/** The settings of a command line that was not understood, as far as they were. */
function assumedSettings(values: OptionValues): Settings {
  try {
    return readSettings(values, {});
  } catch {
    return { ...readSettings(new OptionValues(), {}), json: values.flag("json") === true };
  }
}
