import type { AssayError } from "../../error.ts";
import { commandLine, type CommandSpec } from "../commands.ts";
import { answer, text, type Report } from "./report.ts";

/** What a person sees of an error: what was found and expected, and what to do about it. */
export function errorReport(error: AssayError, spec: CommandSpec | undefined): Report {
  const mark = error.outcome === "incomplete" ? "unsure" : "no";
  const hint = error.hint === undefined ? [] : [text(sentence(error.hint))];
  return [answer(mark, lead(error, spec), error.message), ...hint];
}

function lead(error: AssayError, spec: CommandSpec | undefined): string {
  if (error.code === "ABORTED") return "Stopped";
  if (error.code === "INTERNAL") return "This is a bug in Assay";
  if (spec === undefined) return "assay";
  return error.outcome === "usage" ? commandLine(spec) : spec.refusal;
}

/** A message starts small, as part of a line; on a line of its own it starts with a capital, unless it starts with a command. */
export function sentence(message: string): string {
  return /^(?:assay|openssl|ssh-keygen|chmod)\b/.test(message) ? message : message.charAt(0).toUpperCase() + message.slice(1);
}
