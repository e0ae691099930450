import type { LintedPolicy } from "../../../api/lint-policy-file.ts";
import { escapeName, escapeText } from "../../text/escape.ts";
import { answer, row, type Block, type Report } from "../../text/report.ts";
import { plural } from "../../text/sizes.ts";

/** Each finding with its place, what it is, and what to do about it. */
export function lintReport({ policy, findings }: LintedPolicy, file: string): Report {
  const name = `${escapeName(file)} (${plural(policy.entries.length, "entry", "entries")}, ${plural(policy.waivers.length, "waiver")})`;
  if (findings.length === 0) return [answer("yes", "No findings", name)];
  return [
    answer("no", plural(findings.length, "finding"), name),
    ...findings.flatMap(({ id, place, message, advice }): Block[] => [
      { kind: "blank" },
      row(`${place.line}:${place.column}`, `${escapeText(message)} (${id})`),
      row("", `→ ${advice}`),
    ]),
  ];
}
