import type { Reading, State } from "./reading.ts";

/** What is used of the answer of `assay openness DIR --json`. */
export interface Answer {
  readonly evidence: readonly { readonly name: string; readonly state: State }[];
  readonly components: readonly { readonly name: string; readonly license: string | null }[];
}

/** How answers and readings agree, in numbers of components. */
export interface Counts {
  right: number;
  wrong: number;
  foundRight: number;
  /** Found where a person did not find it: a wrong yes. */
  foundWrong: number;
  foundMissed: number;
  claimedRight: number;
  claimedWrong: number;
  claimedMissed: number;
  licenseRight: number;
  licenseWrong: number;
}

export function noCounts(): Counts {
  return {
    right: 0,
    wrong: 0,
    foundRight: 0,
    foundWrong: 0,
    foundMissed: 0,
    claimedRight: 0,
    claimedWrong: 0,
    claimedMissed: 0,
    licenseRight: 0,
    licenseWrong: 0,
  };
}

/** Compares one answer with its reading, adds to `counts`, and says what differs in words. */
export function compare(reading: Reading, answer: Answer, counts: Counts): string[] {
  const differences: string[] = [];
  for (const [name, { status, accept, acceptLicense }] of Object.entries(reading.components)) {
    if (typeof reading.paper === "string" && (name === "Technical report" || name === "Research paper")) continue;
    const state = answer.evidence.find((one) => one.name === name)?.state ?? "unknown";
    const isRight = accept.includes(state);
    counts[isRight ? "right" : "wrong"] += 1;
    if (state === "found") counts[isRight ? "foundRight" : "foundWrong"] += 1;
    else if (status === "found" && !isRight) counts.foundMissed += 1;
    if (state === "claimed") counts[isRight || status === "found" ? "claimedRight" : "claimedWrong"] += 1;
    else if (status === "claimed" && !isRight) counts.claimedMissed += 1;
    if (!isRight) differences.push(`${name}: ${state === "found" ? "WRONG YES, " : ""}${state} for ${status}`);
    if (state !== "found" || !isRight) continue;
    const license = licenseOf(answer, name);
    const isFit = acceptLicense.includes(license);
    counts[isFit ? "licenseRight" : "licenseWrong"] += 1;
    if (!isFit) differences.push(`${name}: license ${license}`);
  }
  return differences;
}

function licenseOf({ components }: Answer, name: string): string {
  const license = components.find((one) => one.name === name)?.license ?? "unknown";
  return license === "unlicensed" ? "unknown" : license;
}

export interface Rates {
  readonly foundPrecision: number;
  readonly foundRecall: number;
  readonly claimedPrecision: number;
  readonly claimedRecall: number;
  readonly license: number;
}

export function ratesOf(counts: Counts): Rates {
  const share = (part: number, rest: number): number => part / Math.max(1, part + rest);
  return {
    foundPrecision: share(counts.foundRight, counts.foundWrong),
    foundRecall: share(counts.foundRight, counts.foundMissed),
    claimedPrecision: share(counts.claimedRight, counts.claimedWrong),
    claimedRecall: share(counts.claimedRight, counts.claimedMissed),
    license: share(counts.licenseRight, counts.licenseWrong),
  };
}
