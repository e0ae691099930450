import type { RuleFinding } from "../decision.ts";
import { isUnavailable, type AdvisoryFacts, type Facts } from "../facts.ts";

/** A source of the same day may be newer than the moment of the decision. */
const MAX_AHEAD_MS = 24 * 60 * 60 * 1000;

/** Whether an advisory is about this model. `maxAge` in milliseconds; `waived` are ids that a waiver names. */
export function evaluateAdvisories(
  { advisories }: Facts,
  maxAge: number | undefined,
  time: Date,
  waived: ReadonlySet<string>,
): readonly RuleFinding[] {
  if (isUnavailable(advisories)) return [{ outcome: "unknown", code: "ADVISORY_UNREAD", message: advisories.unavailable }];
  const hits = advisories.hits.filter(({ id }) => !waived.has(id)).toSorted((a, b) => (a.id < b.id ? -1 : 1));
  const hit: RuleFinding[] =
    hits.length === 0
      ? []
      : [
          {
            outcome: "fail",
            code: "ADVISORY_HIT",
            message: hits.map(({ id, summary }) => `${id}: ${summary}`).join("; "),
            names: hits.map(({ id }) => id),
          },
        ];
  const open = unread(advisories, maxAge, time);
  const problems = open === undefined ? hit : [...hit, open];
  return problems.length > 0
    ? problems
    : [{ outcome: "pass", message: `none of ${advisories.sources.length} sources is about this model` }];
}

/** What keeps the absence of an advisory from meaning something. */
function unread({ sources, undecided }: AdvisoryFacts, maxAge: number | undefined, time: Date): RuleFinding | undefined {
  if (sources.length === 0) return { outcome: "unknown", code: "ADVISORY_NONE_GIVEN", message: "no source of advisories is given" };
  const ordered = sources.toSorted((a, b) => (a.path < b.path ? -1 : 1));
  const broken = ordered.find(({ problem }) => problem !== undefined);
  if (broken !== undefined) return { outcome: "unknown", code: "ADVISORY_UNREAD", message: `${broken.path}: ${broken.problem}` };
  const [open] = undecided.toSorted();
  if (open !== undefined) {
    return {
      outcome: "unknown",
      code: "ADVISORY_UNREAD",
      message: `${open} names a range of revisions that cannot be told here`,
      names: undecided.toSorted(),
    };
  }
  if (maxAge === undefined) return undefined;
  const old = ordered.find(({ generated }) => {
    const made = generated === undefined ? NaN : Date.parse(generated);
    // A time far ahead would make a source young for ever.
    return Number.isNaN(made) || time.getTime() - made > maxAge || made - time.getTime() > MAX_AHEAD_MS;
  });
  if (old === undefined) return undefined;
  return { outcome: "unknown", code: "ADVISORY_OLD", message: `${old.path} is ${ageWords(old.generated, time)}` };
}

function ageWords(generated: string | undefined, time: Date): string {
  if (generated === undefined) return "without a time, and counts as older than allowed";
  const isAhead = Date.parse(generated) > time.getTime();
  return `of ${generated}, ${isAhead ? "a time to come: its age cannot be told" : "older than allowed"}`;
}
