import { plural } from "../core/sizes.ts";
import { DECISION_LEADS, decisionReason } from "./decision-words.ts";
import type { CheckDocument, ChecksDocument, RuleResultPart } from "./json/documents.ts";
import { codeSpan, listLines, plainText, tableLine } from "./markdown-text.ts";
import { signerMarkdown } from "./signer-markdown.ts";

const MARKS = { allow: "✔", deny: "✘", incomplete: "?", pass: "✔", warn: "!", unknown: "?", waived: "✔" } as const;
const STATES = { used: "used, until", unused: "unused, until", expired: "expired on" } as const;

/**
 * Decisions as Markdown, for the summary of a CI job, a ticket or a merge request: for each model the decision and what decided,
 * every rule with what it rests on, what settles the ones that do not pass, and the names that show it. Names and messages are
 * hostile input: they are shown, and make no link, tag or line of their own. Lists are cut.
 */
export function checkMarkdown(document: CheckDocument | ChecksDocument): string {
  const all: readonly CheckDocument[] = "models" in document ? document.models : [document];
  const version = plainText(document.version);
  return [
    ...(all.length > 1 ? overview(document, all) : []),
    ...all.flatMap(sectionOf),
    `<sub>Written by Assay ${version}. Each rule is answered by itself: no score adds them up.</sub>`,
    "",
  ].join("\n");
}

function overview({ decision }: CheckDocument | ChecksDocument, all: readonly CheckDocument[]): string[] {
  const counts = (["deny", "incomplete", "allow"] as const)
    .map((name) => ({ name, count: all.filter((one) => one.decision === name).length }))
    .filter(({ count }) => count > 0)
    .map(({ name, count }) => `${count} ${DECISION_LEADS[name]}`);
  return [
    `## ${MARKS[decision]} ${DECISION_LEADS[decision]}: ${plural(all.length, "model")}, ${counts.join(", ")}`,
    "",
    tableLine(["Decision", "Model", "Why"]),
    tableLine(["---", "---", "---"]),
    ...all.map((one) => tableLine([leadOf(one).replace(" ", "&nbsp;"), codeSpan(one.model.name), plainText(reasonOf(one))])),
    "",
  ];
}

function sectionOf(document: CheckDocument): string[] {
  const { model, rules, error } = document;
  return [
    `## ${leadOf(document)}: ${codeSpan(model.name)}`,
    "",
    `**${plainText(reasonOf(document))}**`,
    "",
    ...hintLines(error),
    ...ruleTable(rules),
    ...remedyLines(rules),
    ...nameLines(document),
    ...waiverLines(document),
    ...identityLines(document),
  ];
}

function hintLines(error: CheckDocument["error"]): string[] {
  return error === null || error.hint === null ? [] : [plainText(error.hint), ""];
}

function leadOf({ decision, counts }: CheckDocument): string {
  const isReserved = decision === "allow" && counts.warn + counts.waived > 0;
  return `${isReserved ? "!" : MARKS[decision]} ${DECISION_LEADS[decision]}`;
}

/** `Decided by the rule load: …`, or what else decided. */
function reasonOf({ decidedBy, policy, rules, counts, error }: CheckDocument): string {
  const words = decisionReason({ decidedBy, denied: policy.denied, rules, counts }, error);
  return words.startsWith(" by ") ? `Decided by the rule ${words.slice(4)}` : words.replace(/^: /, "");
}

function ruleTable(rules: readonly RuleResultPart[]): string[] {
  if (rules.length === 0) return [];
  const both = new Set(rules.map(({ scope }) => scope)).size > 1;
  return [
    tableLine(["", "Rule", "What it rests on"]),
    tableLine(["---", "---", "---"]),
    ...rules.map(({ rule, scope, outcome, message }) =>
      tableLine([`${MARKS[outcome]}&nbsp;${outcome}`, both && scope === "always" ? `${rule} (always)` : rule, plainText(message)]),
    ),
    "",
  ];
}

/** What settles each rule that does not pass, every remedy once. */
function remedyLines(rules: readonly RuleResultPart[]): string[] {
  const named = new Map<string, Set<string>>();
  for (const { rule, remedy, outcome } of rules) {
    if (remedy === null || outcome === "waived") continue;
    named.set(remedy.text, (named.get(remedy.text) ?? new Set()).add(rule));
  }
  if (named.size === 0) return [];
  return ["What settles it:", "", ...[...named].map(([words, own]) => `- **${[...own].join(", ")}**: ${plainText(words)}`), ""];
}

/** The names behind messages that could only count them, and the signed files that changed. */
function nameLines({ rules, signature }: CheckDocument): string[] {
  const changed = signature?.changed ?? [];
  const others = rules.filter(({ outcome, names }) => outcome !== "pass" && names.length > 1);
  return [
    ...namedList("Other bytes than were signed, or missing", changed, "file"),
    ...others
      .filter(({ names }) => names.join("\n") !== changed.join("\n"))
      .flatMap(({ rule, names }) => namedList(`Behind ${rule}`, names)),
  ];
}

function namedList(title: string, names: readonly string[], noun = "name"): string[] {
  return names.length === 0 ? [] : [`${title}: ${plural(names.length, noun)}`, "", ...listLines(names, codeSpan), ""];
}

/** Each waiver that is about this model, with its reason: it must be seen wherever the decision is. */
function waiverLines({ waivers }: CheckDocument): string[] {
  const lines = waivers.flatMap(({ rule, advisory, expires, state, reason, approvedBy }) => {
    if (state === "other-model") return [];
    const what = advisory === null ? rule : `${rule} ${advisory}`;
    return [`- **${plainText(what)}**, ${STATES[state]} ${expires}: ${plainText(`${reason} (approved by ${approvedBy.join(", ")})`)}`];
  });
  return lines.length === 0 ? [] : ["Waivers:", "", ...lines, ""];
}

/** What was decided about, by what, and when: what a reader compares and keeps. */
function identityLines({ model, policy, at, signature }: CheckDocument): string[] {
  const entry = policy.entry === null ? "" : `, entry ${plainText(policy.entry.id)}`;
  const signer = signature?.signer ?? null;
  return [
    "<details><summary>Model, policy and signer</summary>",
    "",
    ...(model.manifestDigest === null ? [] : [`- Model: ${codeSpan(model.manifestDigest)}, ${plural(model.files ?? 0, "file")}`]),
    `- Policy: ${plainText(policy.name)}${entry}, ${codeSpan(policy.digest)}`,
    ...(signer === null ? [] : [`- Signer: ${signerMarkdown(signer)}`]),
    `- Decided for: ${at}`,
    "",
    "</details>",
    "",
  ];
}
