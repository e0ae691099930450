import { AssayError } from "../../../core/error.ts";
import type { CommandContext, CommandResult, Invocation } from "../../command.ts";
import { readEvaluationOptions } from "../../inputs/evaluation-options.ts";
import { readRemoteOptions, serverAccess } from "../../inputs/model-options.ts";
import { compareMarkdown } from "../../../report/compare-markdown.ts";
import { opennessCompareDocument } from "../../../report/json/openness-compare.ts";
import { escapeLines } from "../../text/escape.ts";
import { compareReport } from "./report.ts";

/** More columns than anybody reads side by side. */
const MAX_MODELS = 20;

/** `assay openness compare A B …`. That they differ is an answer like any other: the exit code is 0. */
export async function run(invocation: Invocation, context: CommandContext): Promise<CommandResult> {
  const { values, arguments: given } = invocation;
  if (given.length < 2 || given.length > MAX_MODELS) {
    const why =
      given.length < 2 ? "one model alone has nothing to be compared with" : `over ${MAX_MODELS} models cannot be put side by side`;
    throw new AssayError("USAGE", why, { suggestion: { lead: "for example", line: "assay openness compare Amber BLOOM" } });
  }
  const { compareOpenness } = await import("../../../api/compare-openness.ts");
  const options = readEvaluationOptions(invocation, context);
  const comparison = await compareOpenness(given, { ...options, ...readRemoteOptions(values), ...serverAccess(context) });
  return {
    exitCode: 0,
    report:
      values.flag("markdown") === true ? [{ kind: "finished", text: escapeLines(compareMarkdown(comparison)) }] : compareReport(comparison),
    json: opennessCompareDocument(comparison, options),
    warnings: comparison.warnings,
  };
}
