import { shippedLicenses } from "../../../catalog/licenses.ts";
import { evaluate } from "../../../openness/evaluate.ts";
import { opennessSection } from "../../../report/markdown.ts";
import type { CommandContext, CommandResult, Invocation } from "../../command.ts";
import { handle, readEvaluations, requireByName } from "../../inputs/evaluations.ts";
import { escapeLines } from "../../text/escape.ts";
import { opennessJson } from "../../../report/openness-document.ts";
import { opennessReport } from "../openness/report.ts";
import { checkOneForm } from "../../command-line/one-form.ts";

/** `assay openness show NAME`: what `assay openness FILE` says, of an evaluation of the list. */
export async function run(invocation: Invocation, context: CommandContext): Promise<CommandResult> {
  const { values, arguments: names } = invocation;
  const [name = ""] = names;
  checkOneForm(invocation);
  const { entries, warnings } = await readEvaluations(invocation, context);
  const entry = requireByName(entries, name);
  const strict = values.flag("strict") === true;
  const answer = { model: entry.model, evaluation: evaluate(entry.model, shippedLicenses(), { strict }) };
  const file = entry.file === undefined ? `the public evaluation ${handle(entry)}` : entry.file;
  const question = { file, strict, unknownFields: [], verbose: values.flag("verbose") === true };
  const section = (): string => opennessSection(answer.evaluation, { badge: undefined, command: `assay openness show ${name} --markdown` });
  return {
    exitCode: 0,
    report:
      values.flag("markdown") === true
        ? [{ kind: "finished", text: escapeLines(section()) }]
        : opennessReport(answer.model, answer.evaluation, question),
    json: opennessJson(file, strict, answer, []),
    warnings,
  };
}
