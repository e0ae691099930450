import type { OutputFile } from "../../api/output-file.ts";
import type { AssayError } from "../../core/error.ts";
import type { ErrorDocument, JsonDocument } from "../../report/json/documents.ts";
import { errorDocument } from "../../report/json/error.ts";
import type { CommandResult, Invocation } from "../command.ts";
import { adviceText } from "../text/advice.ts";
import { errorReport } from "../text/error-report.ts";
import { escapeJson, escapeLines } from "../text/escape.ts";
import { hideTokens } from "../text/hide-tokens.ts";
import { layOut } from "../text/layout.ts";
import { describeTerminal, type Terminal } from "../text/terminal.ts";
import type { Host } from "./host.ts";
import { Log } from "./log.ts";
import type { Settings } from "./settings.ts";

/** Prints what a command found, or why it found nothing, as the common options ask for it. The only place that does. */
export class Printer {
  readonly #settings: Settings;
  readonly #host: Host;
  readonly #outputFile: OutputFile | undefined;

  constructor(settings: Settings, host: Host, outputFile: OutputFile | undefined) {
    this.#settings = settings;
    this.#host = host;
    this.#outputFile = outputFile;
  }

  /** Where results go. */
  get results(): Terminal {
    const facts = this.#outputFile === undefined ? this.#host.facts("stdout") : { isTerminal: false, columns: undefined };
    return describeTerminal(facts, this.#host.environment, this.#settings.color);
  }

  /** Where progress, warnings and errors go. */
  get messages(): Terminal {
    return describeTerminal(this.#host.facts("stderr"), this.#host.environment, this.#settings.color);
  }

  result(result: CommandResult): void {
    if (result.output !== undefined) this.#host.write("stdout", new TextDecoder().decode(result.output));
    if (this.#settings.json) return this.#putResult(jsonText(result.json));
    if (!this.#settings.quiet) this.#putReport(result);
    else if (result.exitCode !== 0) this.putMessage(layOut(result.report.slice(0, 1), this.messages));
    if ((result.notes?.length ?? 0) + result.warnings.length === 0) return;
    const log = this.#log();
    for (const note of result.notes ?? []) log.note(note);
    for (const warning of result.warnings) log.warn(warning);
  }

  /** `asked` is the command line, or how it begins as far as it was understood; `command` its name in JSON. */
  error(error: AssayError, exitCode: ErrorDocument["exitCode"], asked: Invocation | string, command: string | undefined): void {
    hideTokens(error);
    if (!this.#settings.json) return this.#log().error(error, errorReport(error, asked));
    const text = jsonText(errorDocument(error, { command, exitCode, hintOf: adviceText }));
    try {
      this.#putResult(text);
    } catch {
      // The file of --output-file is what failed: the error must still be seen.
      this.putMessage(text);
    }
  }

  /** A line for the person at the terminal, whatever else is silenced: they need it to continue. */
  say(text: string): void {
    this.putMessage(`${escapeLines(text)}\n`);
  }

  putMessage(text: string): void {
    this.#host.write("stderr", text);
  }

  /** On standard error where standard output holds what was asked for. */
  #putReport({ report, output }: CommandResult): void {
    if (output === undefined || this.#outputFile !== undefined) this.#putResult(layOut(report, this.results));
    else this.putMessage(layOut(report, this.messages));
  }

  #putResult(text: string): void {
    if (this.#outputFile === undefined) this.#host.write("stdout", text);
    else this.#outputFile.write(text);
  }

  #log(): Log {
    return new Log(this.#settings, this.messages, (text) => this.putMessage(text));
  }
}

/** One JSON document, or a list of them where several things were asked about; for a file or a terminal. */
function jsonText(document: JsonDocument | readonly JsonDocument[]): string {
  return `${escapeJson(JSON.stringify(document, undefined, 2))}\n`;
}
