import type { AssayError } from "../../error.ts";
import type { Invocation } from "../arguments.ts";
import { commandLine } from "../commands.ts";
import { answer, command, text, type Block, type Report } from "./report.ts";

/** What a person sees of an error: what was found and expected, and what to do about it. */
export function errorReport(error: AssayError, invocation: Invocation | undefined): Report {
  const mark = error.outcome === "incomplete" ? "unsure" : "no";
  const lead = leadOf(error, invocation);
  return [answer(mark, lead, lead === "" ? sentence(error.message) : error.message), ...hintBlocks(error.hint)];
}

/** A hint for a person; one that ends in a command shows it as a command. */
export function hintBlocks(hint: string | undefined): Block[] {
  if (hint === undefined) return [];
  const [, lead, line] = /^([^:]*:) (assay [^;]*)$/.exec(hint) ?? [];
  if (lead === undefined || line === undefined) return [text(sentence(hint))];
  // Whoever wrote the hint quoted its words: a line may be broken between them, and not in what is quoted.
  const words = line.match(/(?:'[^']*'|\\.|[^\s'\\])+/g) ?? [];
  return [
    command(
      sentence(lead),
      words.map((word) => ({ placeholder: word })),
    ),
  ];
}

/**
 * A message starts small, as part of a line; on a line of its own it starts with a capital. Only where it
 * opens with a word of ours: what opens otherwise is a name or a command, and stays as it is.
 */
export function sentence(message: string): string {
  return OPENING_WORD.test(message) ? message.charAt(0).toUpperCase() + message.slice(1) : message;
}

const OPENING_WORD =
  /^(?:a|add|an|asked|cannot|convert|did|every|for|give|if|it|leave|make|name|no|none|nothing|put|refresh|remove|rename|replace|run|say|see|sign|stopped|take|the|there|this|to|try|use|verify|write|your) /;

/** Where the command line was not understood, the message says it all. */
function leadOf(error: AssayError, invocation: Invocation | undefined): string {
  if (error.code === "ABORTED") return "Stopped";
  if (error.code === "INTERNAL") return "This is a bug in Assay";
  if (invocation === undefined) return "";
  const { spec, methodNamed } = invocation;
  if (error.outcome !== "usage") return spec.refusal;
  return methodNamed ? commandLine(spec) : `assay ${spec.words[0] ?? ""}`;
}
