import { opennessSection } from "../../../report/markdown.ts";
import { opennessFileDocument } from "../../../report/json/openness.ts";
import type { CommandContext, CommandResult, Invocation } from "../../command.ts";
import { readEvaluationOptions } from "../../inputs/evaluation-options.ts";
import { escapeLines, escapeName } from "../../text/escape.ts";
import { opennessReport } from "../openness/report.ts";

/** `assay openness show NAME`: the report of `assay openness FILE` on an evaluation of the list. */
export async function run(invocation: Invocation, context: CommandContext): Promise<CommandResult> {
  const { values, arguments: names } = invocation;
  const [name = ""] = names;
  const { showEvaluation } = await import("../../../api/evaluations.ts");
  const options = readEvaluationOptions(invocation, context);
  const { evaluation: shown, warnings } = await showEvaluation(name, options);
  const { model, evaluation } = shown;
  const file = shown.file ?? `the public evaluation ${escapeName(`${shown.id}.yml`)}`;
  const strict = options.strict === true;
  const section = (): string => opennessSection(evaluation, { badge: undefined, command: `assay openness show ${name} --markdown` });
  return {
    exitCode: 0,
    report:
      values.flag("markdown") === true
        ? [{ kind: "finished", text: escapeLines(section()) }]
        : opennessReport(model, evaluation, { file, strict, unknownFields: [], verbose: values.flag("verbose") === true }),
    json: opennessFileDocument({ file, strict, model, evaluation, unknownFields: [] }),
    warnings,
  };
}
