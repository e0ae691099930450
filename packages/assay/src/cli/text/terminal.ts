export type ColorChoice = "auto" | "always" | "never";

/** What may be sent to one output stream. The only place that decides on color and width. */
export interface Terminal {
  /** Columns to fill; Infinity where columns do not matter, as in a pipe or a file. */
  readonly width: number;
  readonly color: boolean;
  /** A line may be drawn again over itself. */
  readonly live: boolean;
}

/** What the system says of a stream. */
export interface StreamFacts {
  readonly isTerminal: boolean;
  readonly columns: number | undefined;
}

type Environment = Readonly<Record<string, string | undefined>>;

/** Narrower than this, text is laid out as if it were this wide: one word a line is unreadable. */
const MIN_WIDTH = 40;

/**
 * Decides how to write to a stream: `--color` first, then NO_COLOR and FORCE_COLOR (no-color.org,
 * force-color.org), then whether it is a terminal that knows color. COLUMNS sets the width of a
 * stream that is not a terminal.
 */
export function describeTerminal(stream: StreamFacts, environment: Environment, choice: ColorChoice): Terminal {
  const dumb = environment["TERM"] === "dumb";
  const columns = stream.isTerminal ? (stream.columns ?? 80) : Number.parseInt(environment["COLUMNS"] ?? "", 10);
  return {
    width: columns > 0 ? Math.max(MIN_WIDTH, columns) : Infinity,
    color: hasColor(),
    live: stream.isTerminal && !dumb,
  };

  function hasColor(): boolean {
    if (choice !== "auto") return choice === "always";
    if (environment["NO_COLOR"]) return false;
    const forced = environment["FORCE_COLOR"];
    if (forced) return forced !== "0" && forced !== "false";
    return stream.isTerminal && !dumb;
  }
}

const STYLES = {
  bold: "1",
  dim: "2",
  good: "1;32",
  bad: "1;31",
  unsure: "1;33",
  notable: "33",
  command: "36",
} as const;

export type Style = keyof typeof STYLES;

export function paint(terminal: Terminal, style: Style | undefined, text: string): string {
  if (!terminal.color || style === undefined || text === "") return text;
  return `\u001b[${STYLES[style]}m${text}\u001b[0m`;
}

/** Moves to the line's start and clears it. */
export const CLEAR_LINE = "\r\u001b[K";
