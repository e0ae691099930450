import type { TestedCase, TestedPolicy } from "../../../api/test-policy.ts";
import { escapeName, escapeText } from "../../text/escape.ts";
import { answer, row, text, type Block, type Report } from "../../text/report.ts";
import { plural } from "../../text/sizes.ts";

/** The cases that are decided otherwise, and what of the policy no case shows. */
export function testReport({ cases, coverage }: TestedPolicy, policy: string): Report {
  const wrong = cases.filter(({ unexpected }) => unexpected.length > 0);
  const all = plural(cases.length, "case");
  const first =
    wrong.length === 0
      ? answer("yes", "As expected", `${all} by ${escapeName(policy)}`)
      : answer(
          "no",
          "Otherwise",
          `${wrong.length} of ${all} ${wrong.length === 1 ? "is" : "are"} not decided as expected by ${escapeName(policy)}`,
        );
  const missing = [
    ...coverage.entries.map(({ id, place }) => row(`${place.line}:${place.column}`, `${escapeText(id)}: no case matches this entry`)),
    ...coverage.rules.map(({ rule, scope, place, lacks }) =>
      row(`${place.line}:${place.column}`, `${rule} of ${escapeText(scope)} lacks ${lacks}`),
    ),
  ];
  return [
    first,
    ...wrong.flatMap(caseBlocks),
    ...(missing.length === 0 ? [] : [{ kind: "blank" } as const, text("No case shows:"), ...missing]),
  ];
}

function caseBlocks({ name, unexpected, decision }: TestedCase): Block[] {
  const deciding = decision.rules.find(({ rule, scope }) => rule === decision.decidedBy?.rule && scope === decision.decidedBy.scope);
  return [
    { kind: "blank" },
    { kind: "heading", text: escapeName(name) },
    ...unexpected.map(({ rule = "decision", expected, found }) => row(rule, `expected ${expected}, found ${found}`)),
    ...(deciding === undefined ? [] : [row("", `${deciding.rule}: ${escapeText(deciding.message)}`)]),
  ];
}
