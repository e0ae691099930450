import type { Check } from "../../../api/check.ts";
import { DECISION_LEADS, decisionReason } from "../../../report/decision-words.ts";
import { remedyOf } from "../../../report/json/check.ts";
import { localPaths, withoutPaths } from "../../../report/redact.ts";
import { adviceLines } from "../../text/advice.ts";
import { escapeName, escapeText } from "../../text/escape.ts";
import { answer, row, text, type Block, type Mark, type Report } from "../../text/report.ts";
import { sourceRows } from "../../text/source.ts";
import { plural } from "../../text/sizes.ts";

type Decision = Check["decision"];
type RuleResult = Decision["rules"][number];

/** How decisions are printed. */
export interface CheckReportOptions {
  /** The models, as they were typed. */
  readonly names: readonly string[];
  readonly redact: boolean;
  readonly isVerbose: boolean;
}

const LABEL_WIDTH = 10;

/** For each model: the decision and what decided, then every rule with what it rests on and what would settle it. */
export function checkReport(checks: readonly Check[], { names, redact, isVerbose }: CheckReportOptions): Report {
  return checks.flatMap((check, at): Report => {
    const name = nameOf(check, names[at] ?? "", redact);
    const blocks = [...(at === 0 ? [] : [{ kind: "blank" } as const]), ...oneReport(check, name, { redact, isVerbose })];
    return redact ? withoutPaths(blocks, localPaths(check)) : blocks;
  });
}

function nameOf({ reference, isReferenceGiven, digested }: Check, typed: string, redact: boolean): string {
  if (isReferenceGiven) return reference.reference;
  return redact ? (digested?.manifestDigest ?? "the model") : typed;
}

function oneReport(check: Check, name: string, { redact, isVerbose }: Omit<CheckReportOptions, "names">): Block[] {
  const { decision, policy, source, digested, error } = check;
  const { entry, rules } = decision;
  const first: Block = answer(
    markOf(decision),
    DECISION_LEADS[decision.decision],
    `${escapeName(name)}${escapeText(decisionReason(decision, error))}`,
  );
  const who = `${escapeText(policy.policy.name)}${entry === null ? "" : `, entry ${escapeText(entry.id)}`}${isVerbose ? `, ${policy.digest}` : ""}`;
  return [
    first,
    row("Policy", who),
    ...sourceRows(source, "Read"),
    ...(digested === undefined ? [] : [row("Model", `${digested.manifestDigest}, ${plural(digested.files.length, "file")}`)]),
    ...(error === undefined ? [] : adviceLines(error)),
    ...(decision.decidedBy?.code === "POLICY_NO_MATCH" ? noMatchBlocks(check, redact) : []),
    ...(rules.length === 0 ? [] : [{ kind: "blank" } as const, ruleTable(rules), ...remedyBlocks(rules)]),
    ...waiverBlocks(check),
  ];
}

/** What a policy knows the model by is seldom the name of its folder. */
function noMatchBlocks({ facts }: Check, redact: boolean): Block[] {
  const { text: settle } = remedyOf("POLICY_NO_MATCH");
  const called = facts === undefined || redact ? "" : ` Here its name is ${facts.model.name}, and its reference ${facts.model.reference}.`;
  return [{ kind: "blank" }, text(`→ ${settle} The reference is given with --as.${escapeText(called)}`)];
}

/** A yes with warnings or waivers is one for less than was asked. */
function markOf({ decision, counts }: Decision): Mark {
  if (decision === "allow") return counts.warn + counts.waived > 0 ? "partly" : "yes";
  return decision === "deny" ? "no" : "unsure";
}

function ruleTable(rules: readonly RuleResult[]): Block {
  const both = new Set(rules.map(({ scope }) => scope)).size > 1;
  const rows = rules.map(({ rule, scope, outcome, message }) => [
    outcome,
    both && scope === "always" ? `${rule} (always)` : rule,
    escapeText(message),
  ]);
  return { kind: "columns", rows, widths: [8, LABEL_WIDTH] };
}

/** What would settle each rule that does not pass, every remedy once. */
function remedyBlocks(rules: readonly RuleResult[]): Block[] {
  const open = rules.filter(({ outcome, code }) => code !== null && outcome !== "waived");
  const seen = new Map<string, string[]>();
  for (const { rule, code } of open) {
    if (code === null) continue;
    const { text: words } = remedyOf(code);
    const named = seen.get(words) ?? [];
    if (!named.includes(rule)) named.push(rule);
    seen.set(words, named);
  }
  if (seen.size === 0) return [];
  return [{ kind: "blank" }, ...[...seen].map(([words, named]) => text(`→ ${named.join(", ")}: ${words}`))];
}

/** Each waiver that is about this model, with its reason: it must be seen wherever the decision is. */
function waiverBlocks({ decision, policy }: Check): Block[] {
  const lines = decision.waivers.flatMap(({ index, rule, advisory, expires, state }) => {
    const waiver = policy.policy.waivers[index];
    if (waiver === undefined || state === "other-model") return [];
    const what = advisory === null ? rule : `${rule} ${advisory}`;
    const by = waiver.approvedBy.join(", ");
    return [row("Waiver", escapeText(`${what}, ${STATES[state]} ${expires}: ${waiver.reason} (approved by ${by})`))];
  });
  return lines.length === 0 ? [] : [{ kind: "blank" }, ...lines];
}

const STATES = { used: "used, until", unused: "unused, until", expired: "expired on" } as const;
