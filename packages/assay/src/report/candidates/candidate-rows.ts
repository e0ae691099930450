import type { ModelComparison } from "../../api/compare-models.ts";
import type { Sector } from "../../api/init-policy.ts";
import { formatSize, groupDigits } from "../../core/sizes.ts";
import { DECISION_LEADS } from "../decision-words.ts";
import { NO_CLASS, SHORT_CLASS_NAMES } from "../openness-words.ts";
import { candidateFacts, type CandidateAnswer, type CandidateFacts } from "./candidate-facts.ts";
import { CONCERN_TITLES, concernOrder, type Concern } from "./concerns.ts";

/** A line of the comparison: what it is about, and a cell for each model. Nothing in it is escaped. */
export interface CandidateRow {
  readonly title: string;
  readonly cells: readonly CandidateCell[];
}

/** What is in a cell, and how it reads; a policy says what it comes to. */
export interface CandidateCell {
  readonly text: string;
  readonly tone?: "good" | "bad" | "notable" | "dim";
}

/** The lines of one concern. */
export interface CandidateGroup {
  readonly title: string;
  readonly rows: readonly CandidateRow[];
}

/** The models as columns, and what they are compared by, the first concerns of the sector first. */
export interface CandidateTable {
  readonly names: readonly string[];
  readonly groups: readonly CandidateGroup[];
  readonly why: string;
}

/** How many results of cards are shown. */
const MAX_RESULTS = 12;

export function candidateTable(comparison: ModelComparison, sector: Sector | undefined): CandidateTable {
  const facts = candidateFacts(comparison);
  const { order, why } = concernOrder(sector);
  return {
    names: namesOf(facts),
    why,
    groups: [
      ...unreadGroup(facts),
      ...(comparison.policy === undefined ? [] : [{ title: "Decision", rows: [decisionRow(facts, comparison.policy.policy.name)] }]),
      ...order.map((concern) => ({ title: CONCERN_TITLES[concern], rows: ROWS[concern](facts) })),
    ],
  };
}

const ROWS: Readonly<Record<Concern, (facts: readonly CandidateFacts[]) => readonly CandidateRow[]>> = {
  security: (facts) => [
    row("Signed", facts, ({ signed }) => answerCell(signed, "why")),
    row("When loaded", facts, ({ load, error }) => (error === undefined ? LOADS[load] : UNREAD)),
  ],
  privacy: (facts) => [
    row("Runs offline", facts, ({ runsOffline }) => answerCell(runsOffline, runsOffline.answer === "no" ? "both" : "answer")),
    row("Own code", facts, ({ remoteCode }) => ({ ...answerCell(remoteCode, "why"), tone: BAD_IF_YES[remoteCode.answer] })),
    row("Self-hosting", facts, ({ selfHosting }) => answerCell(selfHosting, selfHosting.answer === "in part" ? "why" : "both")),
  ],
  cost: (facts) => [
    row("On disk", facts, ({ totalBytes }) => sizeCell(totalBytes)),
    row("Memory", facts, ({ memoryBytes }) => sizeCell(memoryBytes)),
    row("Parameters", facts, ({ parameters }) => ({ text: parameters === undefined ? "unknown" : groupDigits(parameters) })),
    row("Precision", facts, ({ precision }) => ({ text: precision ?? "unknown" })),
  ],
  quality: resultRows,
  openness: (facts) => [
    row("Class as found", facts, ({ foundClass }) => classCell(foundClass)),
    row("If claims hold", facts, ({ claimedClass }) => classCell(claimedClass)),
  ],
};

const UNREAD: CandidateCell = { text: "unknown", tone: "notable" };
const BAD_IF_YES = { yes: "bad", "in part": "notable", no: "good", unknown: "notable" } as const;
const TONES = { yes: "good", "in part": "notable", no: "bad", unknown: "notable" } as const;
const LOADS: Readonly<Record<CandidateFacts["load"], CandidateCell>> = {
  "data-only": { text: "only data", tone: "good" },
  code: { text: "runs code", tone: "bad" },
  unknown: { text: "unknown", tone: "notable" },
  invalid: { text: "not a whole file", tone: "bad" },
};

function row(title: string, facts: readonly CandidateFacts[], cellOf: (one: CandidateFacts) => CandidateCell): CandidateRow {
  return { title, cells: facts.map(cellOf) };
}

/** The words for an answer; what they leave out is in the JSON document. */
function answerCell({ answer, why }: CandidateAnswer, words: "answer" | "why" | "both" = "both"): CandidateCell {
  const text = words === "answer" ? answer : words === "why" ? why : `${answer}, ${why}`;
  return { text, tone: TONES[answer] };
}

function sizeCell(bytes: number | undefined): CandidateCell {
  return { text: bytes === undefined ? "unknown" : formatSize(bytes) };
}

function classCell(reached: CandidateFacts["foundClass"]): CandidateCell {
  if (reached === undefined) return { text: "unknown", tone: "notable" };
  return reached === null ? { text: NO_CLASS, tone: "dim" } : { text: SHORT_CLASS_NAMES[reached], tone: "good" };
}

function decisionRow(facts: readonly CandidateFacts[], policy: string): CandidateRow {
  const tones = { allow: "good", deny: "bad", incomplete: "notable" } as const;
  return row(`By ${policy}`, facts, ({ decision }) => {
    if (decision === undefined) return UNREAD;
    const by = decision.by === undefined ? "" : ` by ${decision.by}`;
    return { text: `${DECISION_LEADS[decision.decision]}${by}`, tone: tones[decision.decision] };
  });
}

function unreadGroup(facts: readonly CandidateFacts[]): CandidateGroup[] {
  if (facts.every(({ error }) => error === undefined)) return [];
  return [
    {
      title: "Could not be read",
      rows: [row("Why", facts, ({ error }) => (error === undefined ? { text: "" } : { text: error, tone: "bad" }))],
    },
  ];
}

/** Each result that a card claims, those that most models have first. */
function resultRows(facts: readonly CandidateFacts[]): readonly CandidateRow[] {
  const names = new Map<string, string[]>();
  for (const [index, { results }] of facts.entries()) {
    for (const { dataset, metric, value } of results) {
      const title = dataset === undefined ? metric : `${dataset}, ${metric}`;
      const values = names.get(title) ?? facts.map(() => "");
      if (values[index] === "") values[index] = value;
      names.set(title, values);
    }
  }
  if (names.size === 0) return [row("Results", facts, () => ({ text: "none claimed", tone: "dim" }))];
  const rows = [...names].map(([title, values]) => ({ title, values, count: values.filter((value) => value !== "").length }));
  const shown = rows.toSorted((a, b) => b.count - a.count).slice(0, MAX_RESULTS);
  return [
    ...shown.map(({ title, values }) => ({
      title,
      cells: values.map((text): CandidateCell => (text === "" ? { text: "-", tone: "dim" } : { text })),
    })),
    ...(rows.length > shown.length ? [row(`and ${rows.length - shown.length} more`, facts, () => ({ text: "" }))] : []),
  ];
}

/** A name for each model: two of one name get what was typed for them. */
function namesOf(facts: readonly CandidateFacts[]): readonly string[] {
  const names = facts.map(({ name }) => name);
  return facts.map(({ given, name }) => (names.filter((other) => other === name).length > 1 ? given : name));
}
