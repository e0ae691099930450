import type { AssayError } from "../../core/error.ts";
import type { Warning } from "../../core/warning.ts";
import { escapeJson } from "../text/escape.ts";
import { layOut } from "../text/layout.ts";
import type { Report } from "../text/report.ts";
import { paint, type Terminal } from "../text/terminal.ts";
import { escapeText } from "../text/escape.ts";
import { wrapWords } from "../text/wrap.ts";
import { adviceText } from "../text/advice.ts";
import { logs, type LogLevel, type Settings } from "./settings.ts";

/** Everything on standard error but the progress line: as text, or one JSON object a line as the Go client writes them. */
export class Log {
  readonly #settings: Settings;
  readonly #terminal: Terminal;
  readonly #write: (text: string) => void;

  constructor(settings: Settings, terminal: Terminal, write: (text: string) => void) {
    this.#settings = settings;
    this.#terminal = terminal;
    this.#write = write;
  }

  note(message: string): void {
    if (!logs(this.#settings, "info")) return;
    if (this.#settings.logFormat === "json") this.#json("info", message, {});
    else this.#write(`${escapeText(message)}\n`);
  }

  warn(warning: Warning): void {
    if (!logs(this.#settings, "warning")) return;
    if (this.#settings.logFormat === "json") return this.#json("warning", warning.message, { code: warning.code });
    const lead = "warning:";
    const columns = this.#terminal.width === Infinity ? Infinity : Math.min(100, this.#terminal.width);
    const lines = wrapWords(escapeText(`${lead} ${warning.message}`), columns, 2);
    const [first = "", ...rest] = lines;
    const painted = `${paint(this.#terminal, "notable", lead)}${first.slice(lead.length)}`;
    this.#write([painted, ...rest].map((line) => `${line}\n`).join(""));
  }

  /** Never silenced: `report` for a person, the error's own fields for a program. */
  error(error: AssayError, report: Report): void {
    if (this.#settings.logFormat === "json") {
      const hint = adviceText(error);
      this.#json("error", error.message, { code: error.code, ...(hint === undefined ? {} : { hint }) });
    } else {
      this.#write(layOut(report, this.#terminal));
    }
    if (logs(this.#settings, "debug")) this.#debug(error);
  }

  #debug(error: AssayError): void {
    let cause: unknown = error;
    while (cause instanceof Error) {
      const stack = cause.stack ?? String(cause);
      if (this.#settings.logFormat === "json") this.#json("debug", stack, {});
      else
        this.#write(
          stack
            .split("\n")
            .map((line) => `${paint(this.#terminal, "dim", escapeText(line))}\n`)
            .join(""),
        );
      cause = cause.cause;
    }
  }

  #json(level: LogLevel, message: string, fields: Readonly<Record<string, string>>): void {
    const entry = { timestamp: new Date().toISOString(), level, message, ...(Object.keys(fields).length > 0 ? { fields } : {}) };
    this.#write(`${escapeJson(JSON.stringify(entry))}\n`);
  }
}
