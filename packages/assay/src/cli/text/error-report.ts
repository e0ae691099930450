import type { AssayError } from "../../core/error.ts";
import type { Invocation } from "../command.ts";
import { commandLine } from "../command-line/spec-parts.ts";
import { adviceLines } from "./advice.ts";
import { answer, type Report } from "./report.ts";

/**
 * What a person sees of an error: what was found and expected, and what to do about it. `asked` is the command,
 * or as much of it as was understood.
 */
export function errorReport(error: AssayError, asked: Invocation | string): Report {
  const mark = error.outcome === "incomplete" ? "unsure" : "no";
  return [answer(mark, leadOf(error, asked), error.message), ...adviceLines(error)];
}

function leadOf(error: AssayError, asked: Invocation | string): string {
  if (error.code === "ABORTED") return "Stopped";
  if (error.code === "INTERNAL") return "This is a bug in Assay";
  if (typeof asked === "string") return asked;
  const { spec, methodNamed } = asked;
  // The work was done and its result did not arrive: that is neither a yes nor a no.
  if (error.code === "OUTPUT_WRITE" && spec.words[0] !== "sign") return error.outcome === "usage" ? commandLine(spec) : "Not written";
  if (error.outcome !== "usage") return spec.refusal;
  return methodNamed ? commandLine(spec) : `assay ${spec.words[0] ?? ""}`;
}
