import { AssayError } from "../../core/error.ts";
import { readDuration } from "../command-line/values.ts";
import type { OptionValues } from "../command-line/tokens.ts";
import { LOG_LEVELS, LOG_LEVEL_SYNONYMS } from "../command-line/options.ts";
import type { Environment } from "../command.ts";
import type { ColorChoice } from "../text/terminal.ts";

export type LogLevel = (typeof LOG_LEVELS)[number];

/** The common options of a command line, read. */
export interface Settings {
  readonly json: boolean;
  /** No result as text: the exit code is the answer. */
  readonly quiet: boolean;
  readonly verbose: boolean;
  readonly progress: boolean;
  readonly color: ColorChoice;
  readonly outputFile: string | undefined;
  /** Files that are in the way are replaced. */
  readonly force: boolean;
  readonly logLevel: LogLevel;
  readonly logFormat: "text" | "json";
  /** Milliseconds. */
  readonly timeout: number | undefined;
  /** The same as it was typed. */
  readonly timeoutText: string | undefined;
}

/**
 * Reads the common options. Throws USAGE.
 *
 * `--log-level silent` also silences the result, as in the Go client; `--quiet` also silences warnings.
 */
export function readSettings(values: OptionValues, environment: Environment): Settings {
  const quiet = values.flag("quiet") === true;
  const level = values.text("log-level") ?? levelFromEnvironment(environment) ?? "info";
  const logLevel = LOG_LEVELS.find((known) => known === level) ?? "info";
  const timeout = values.text("timeout");
  return {
    json: values.flag("json") === true,
    quiet: quiet || logLevel === "silent",
    verbose: values.flag("verbose") === true,
    progress: values.flag("progress") !== false,
    color: readColor(values.text("color")),
    outputFile: values.text("output-file"),
    force: values.flag("force") === true,
    logLevel: quiet && logLevel !== "debug" ? "error" : logLevel,
    logFormat: values.text("log-format") === "json" ? "json" : "text",
    timeout: timeout === undefined ? undefined : readDuration("timeout", timeout),
    timeoutText: timeout,
  };
}

/** Whether lines of this level are written. Errors always are. */
export function logs(settings: Settings, level: LogLevel): boolean {
  return LOG_LEVELS.indexOf(level) >= LOG_LEVELS.indexOf(settings.logLevel);
}

function levelFromEnvironment(environment: Environment): string | undefined {
  const given = environment["MODEL_SIGNING_LOG_LEVEL"]?.trim().toLowerCase();
  if (given === undefined || given === "") return undefined;
  const level = LOG_LEVEL_SYNONYMS[given] ?? given;
  if (LOG_LEVELS.some((known) => known === level)) return level;
  throw new AssayError("USAGE", `MODEL_SIGNING_LOG_LEVEL is "${given}", which is not one of ${LOG_LEVELS.join(", ")}`);
}

function readColor(choice: string | undefined): ColorChoice {
  return choice === "always" || choice === "never" ? choice : "auto";
}
