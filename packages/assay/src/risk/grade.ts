import type { FileExamination, LoadFacts, LoadFinding } from "./findings.ts";
import { worstOutcome, type LoadOutcome } from "./load-outcome.ts";
import { factsOfModel } from "./model-facts.ts";
import { REASONS } from "./reasons.ts";

/** A finding, graded. */
export interface GradedFinding extends LoadFinding {
  readonly outcome: "code" | "unknown" | "invalid" | "note";
  /** Whether the caller allowed `name`: the finding then counts for nothing, and is shown. */
  readonly isWaived: boolean;
}

/** What happens when one file is loaded. */
export interface FileRisk extends Omit<FileExamination, "findings" | "members"> {
  readonly outcome: LoadOutcome;
  readonly findings: readonly GradedFinding[];
  readonly members: readonly MemberRisk[];
}

/** What happens when one member of an archive is loaded. */
export interface MemberRisk {
  readonly member: string;
  readonly format: string | undefined;
  readonly outcome: LoadOutcome;
}

/** What happens when a model is loaded. */
export interface LoadRisk {
  readonly outcome: LoadOutcome;
  readonly files: readonly FileRisk[];
  /** What is about no file of the model: nothing was examined. */
  readonly findings: readonly GradedFinding[];
  /** What the headers of its files say together. */
  readonly facts: LoadFacts;
  /** Names that the caller allowed and that were met, with the findings that this waived. */
  readonly waived: readonly { readonly name: string; readonly findings: number }[];
  /** Names that the caller allowed and that are nowhere in the model. */
  readonly unusedWaivers: readonly string[];
}

/**
 * What the findings come to, per file, per member and for the model: the worst of the parts is the whole. A model in
 * which nothing is loaded is `unknown`, and a finding whose exact `name` is in `waivers` counts for nothing, unless it says
 * that a file is invalid.
 */
export function gradeLoad(examinations: readonly FileExamination[], waivers: Iterable<string> = []): LoadRisk {
  const met = new Map([...waivers].map((name) => [name, 0]));
  const files = examinations.map((examination) => gradeFile(examination, met));
  const nothing: GradedFinding[] = files.some(({ isLoaded }) => isLoaded)
    ? []
    : [{ reason: "model/nothing-examined", what: "has no file that a loader reads", outcome: "unknown", isWaived: false }];
  const counted = files.filter(({ isLoaded, outcome }) => isLoaded || outcome !== "data-only");
  return {
    outcome: worstOutcome([...counted.map(({ outcome }) => outcome), ...nothing.map(() => "unknown" as const)]),
    files,
    findings: nothing,
    facts: factsOfModel(files),
    waived: [...met].filter(([, count]) => count > 0).map(([name, count]) => ({ name, findings: count })),
    unusedWaivers: [...met].filter(([, count]) => count === 0).map(([name]) => name),
  };
}

function gradeFile({ findings, members, ...examination }: FileExamination, met: Map<string, number>): FileRisk {
  const graded = findings.map((finding): GradedFinding => {
    const { outcome } = REASONS[finding.reason];
    const count = finding.name === undefined || outcome === "invalid" ? undefined : met.get(finding.name);
    if (count !== undefined) met.set(finding.name ?? "", count + 1);
    return { ...finding, outcome, isWaived: count !== undefined };
  });
  const found = findingsByMember(graded);
  return {
    ...examination,
    outcome: outcomeOf(graded),
    findings: graded,
    members: members.map(({ member, format }) => ({ member, format, outcome: outcomeOf(found.get(member) ?? []) })),
  };
}

/** The findings in each member and in the members inside it: `a/b` has those of `a/b/c`. In one pass, as members may be many. */
function findingsByMember(findings: readonly GradedFinding[]): Map<string, GradedFinding[]> {
  const found = new Map<string, GradedFinding[]>();
  for (const finding of findings) {
    const { member = "" } = finding;
    for (let end = member.length; end > 0; end = member.lastIndexOf("/", end - 1)) {
      const name = member.slice(0, end);
      const inside = found.get(name);
      if (inside === undefined) found.set(name, [finding]);
      else inside.push(finding);
    }
  }
  return found;
}

function outcomeOf(findings: readonly GradedFinding[]): LoadOutcome {
  return worstOutcome(["data-only", ...findings.flatMap(({ outcome, isWaived }) => (outcome === "note" || isWaived ? [] : [outcome]))]);
}
