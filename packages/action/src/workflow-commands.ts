// What the runner reads in the output of a step: lines that begin with `::`.

/** Where an annotation points. */
export interface AnnotationPlace {
  /** Relative to the workspace. */
  readonly file?: string | undefined;
  readonly line?: number | undefined;
  readonly column?: number | undefined;
}

export interface Annotation extends AnnotationPlace {
  readonly level: "error" | "warning" | "notice";
  readonly title: string;
  readonly message: string;
}

/** The line that makes an annotation. Whatever title, message and place hold, it stays one line and one command. */
export function annotationLine({ level, title, message, file, line, column }: Annotation): string {
  const properties = [
    ["title", title],
    ["file", file],
    ["line", line],
    ["col", column],
  ].flatMap(([name, value]) => (value === undefined ? [] : [`${name}=${escapeProperty(String(value))}`]));
  return `::${level} ${properties.join(",")}::${escapeMessage(message)}`;
}

/**
 * Text that the runner prints and does not read: until the line with the token, no line is a command. `token` must be one that
 * the text cannot have foreseen.
 */
export function withoutCommands(text: string, token: string): string {
  return `::stop-commands::${token}\n${text}${text.endsWith("\n") ? "" : "\n"}::${token}::\n`;
}

function escapeMessage(text: string): string {
  return text.replaceAll("%", "%25").replaceAll("\r", "%0D").replaceAll("\n", "%0A");
}

function escapeProperty(text: string): string {
  return escapeMessage(text).replaceAll(":", "%3A").replaceAll(",", "%2C");
}
