import type { ComparedDecision, PolicyDiff } from "../../../api/diff-policies.ts";
import { changedRules, isOtherwise } from "../../../report/changed-decisions.ts";
import { escapeName, escapeText } from "../../text/escape.ts";
import { answer, row, text, type Block, type Report } from "../../text/report.ts";
import { plural } from "../../text/sizes.ts";

/** What would be decided otherwise, and the keys that differ. */
export function policyDiffReport(diff: PolicyDiff, { a, b }: { readonly a: string; readonly b: string }): Report {
  const names = `${escapeName(a)} and ${escapeName(b)}`;
  return [...(diff.results.length === 0 ? [firstOfKeys(diff, names)] : resultBlocks(diff, names)), ...changeBlocks(diff)];
}

function firstOfKeys({ changes }: PolicyDiff, names: string): Block {
  if (changes.length === 0) return answer("yes", "Same", `${names} mean the same`);
  return answer(
    "no",
    "Different",
    `${plural(changes.length, "key")} of ${names} ${changes.length === 1 ? "differs" : "differ"} in meaning`,
  );
}

function resultBlocks({ results }: PolicyDiff, names: string): Block[] {
  const otherwise = results.filter(isOtherwise);
  const all = plural(results.length, "result");
  if (otherwise.length === 0) return [answer("yes", "Same", `${all} would be decided alike by ${names}`)];
  const count = `${otherwise.length} of ${all}`;
  return [answer("no", "Different", `${count} would be decided otherwise by ${names}`), ...otherwise.flatMap(oneResult)];
}

function oneResult(result: ComparedDecision): Block[] {
  const { file, model, before, after } = result;
  return [
    { kind: "blank" },
    { kind: "heading", text: `${escapeName(model.name)}: ${before.decision} → ${after.decision}` },
    row("facts", escapeName(file)),
    ...changedRules(result).map(({ rule, scope, before: was, after: is }) =>
      row(rule, `${was ?? "not asked"} → ${is ?? "not asked"}${scope === "always" ? " (always)" : ""}`),
    ),
    ...reasonRow(result),
  ];
}

function reasonRow({ after }: ComparedDecision): Block[] {
  const deciding = after.rules.find(({ rule, scope }) => rule === after.decidedBy?.rule && scope === after.decidedBy.scope);
  if (deciding !== undefined) return [row("", escapeText(deciding.message))];
  if (after.decidedBy?.code === "POLICY_NO_MATCH") return [row("", "no entry of the policy is for this model")];
  return after.denied === null ? [] : [row("", escapeText(after.denied))];
}

function changeBlocks({ changes }: PolicyDiff): Block[] {
  if (changes.length === 0) return [];
  return [
    { kind: "blank" },
    ...changes.flatMap(({ path, before, after, strictness }): Block[] => [
      text(`${escapeText(path)}${strictness === null || strictness === "other" ? "" : ` (${strictness})`}`),
      ...(before === null ? [] : [row("-", escapeText(before))]),
      ...(after === null ? [] : [row("+", escapeText(after))]),
    ]),
  ];
}
