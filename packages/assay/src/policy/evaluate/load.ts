import type { RuleFinding } from "../decision.ts";
import { isUnavailable, type Facts } from "../facts.ts";
import { firstOf } from "./first-of.ts";

/** Whether loading the model runs code. A name that is allowed counts for nothing; all else of its file must be data. */
export function evaluateLoad({ load }: Facts, level: "data-only" | "any", allow: readonly string[]): readonly RuleFinding[] {
  if (isUnavailable(load)) return [{ outcome: "unknown", code: "LOAD_UNKNOWN", message: load.unavailable }];
  if (level === "any") return [{ outcome: "pass", message: `${load.outcome}, and the policy allows any` }];
  const counting = load.findings.filter(({ name, outcome }) => outcome === "invalid" || name === undefined || !allow.includes(name));
  const code = counting.filter(({ outcome }) => outcome === "code");
  const others = counting.filter(({ outcome }) => outcome !== "code");
  if (counting.length > 0) {
    return [
      ...(code.length === 0 ? [] : [{ outcome: "fail", code: "LOAD_CODE", ...listed(code) } as const]),
      ...(others.length === 0 ? [] : [{ outcome: "unknown", code: "LOAD_UNKNOWN", ...listed(others) } as const]),
    ];
  }
  // What is not data-only must say why: an answer without a reason is not understood.
  if (load.outcome !== "data-only" && load.findings.length === 0) {
    return [{ outcome: "unknown", code: "LOAD_UNKNOWN", message: `the scan says ${load.outcome} and gives no reason` }];
  }
  const allowed = load.findings.length;
  return [
    { outcome: "pass", message: allowed === 0 ? "only data" : `only data, and ${allowed} findings about names that the policy allows` },
  ];
}

function listed(findings: readonly { readonly file: string; readonly what: string }[]): {
  readonly message: string;
  readonly names: readonly string[];
} {
  const lines = findings.map(({ file, what }) => `${file} ${what}`).toSorted();
  return { message: firstOf(lines, ", and"), names: [...new Set(findings.map(({ file }) => file))].toSorted() };
}
