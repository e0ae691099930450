import { readPolicyFile } from "../../../api/policy-file.ts";
import { policyExplainDocument } from "../../../report/json/policy-explain.ts";
import type { CommandContext, CommandResult, Invocation } from "../../command.ts";
import { escapeText } from "../../text/escape.ts";
import { answer, text, type Block } from "../../text/report.ts";

/** `assay policy explain`: the policy in sentences. */
export async function run({ arguments: [file = ""] }: Invocation, { cwd }: CommandContext): Promise<CommandResult> {
  const json = policyExplainDocument(await readPolicyFile(file, cwd));
  const { name, uri, description } = json.policy;
  const report: Block[] = [
    answer("neutral", "", `${escapeText(name)} (${escapeText(uri)})`),
    ...(description === null ? [] : [text(escapeText(description))]),
    ...json.sections.flatMap(({ heading, sentences }): Block[] => [
      { kind: "blank" },
      { kind: "heading", text: escapeText(heading) },
      { kind: "columns", rows: sentences.map((sentence) => ["-", escapeText(sentence)]), widths: [1] },
    ]),
    { kind: "blank" },
    text(
      "What cannot be told makes the answer incomplete, unless a sentence says otherwise. Of the entries, the first that matches counts.",
    ),
  ];
  return { exitCode: 0, report, json, warnings: [] };
}
