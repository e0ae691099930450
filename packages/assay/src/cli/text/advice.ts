import type { AssayError } from "../../core/error.ts";
import { command, text, type Block } from "./report.ts";
import { capitalized, REMEDY_TEXTS, type Advice } from "./remedy-texts.ts";

/** What the command says to do about an error: a command of its own, its remedy, or the library's hint. */
function adviceFor(error: AssayError): Advice | undefined {
  const { suggestion } = error;
  if (suggestion !== undefined) return { text: capitalized(suggestion.lead), line: suggestion.line };
  if (error.remedy !== undefined) {
    const entry = REMEDY_TEXTS[error.remedy];
    return typeof entry === "string" ? { text: entry } : entry(error);
  }
  return error.hint === undefined ? undefined : { text: capitalized(error.hint) };
}

/** The same in one line, as `--json` and the log have it. */
export function adviceText(error: AssayError): string | undefined {
  const advice = adviceFor(error);
  return advice?.line === undefined ? advice?.text : `${advice.text}: ${advice.line}`;
}

/** The same as a person sees it: a command is shown as one. */
export function adviceLines(error: AssayError): Block[] {
  const advice = adviceFor(error);
  if (advice === undefined) return [];
  if (advice.line === undefined) return [text(advice.text)];
  return [
    command(
      `${advice.text}:`,
      wordsOf(advice.line).map((word) => ({ placeholder: word })),
    ),
  ];
}

/** The words of a command that is quoted for a shell already: a line may be broken between them. */
function wordsOf(line: string): readonly string[] {
  return line.match(/(?:\$?'(?:[^'\\]|\\.)*'|\\.|[^\s'\\])+/g) ?? [];
}
