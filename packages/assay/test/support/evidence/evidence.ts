import { check, type Check, type CheckOptions } from "../../../src/api/check.ts";
import { evidenceFiles } from "../../../src/report/evidence/files.ts";
import type { EvidenceOptions } from "../../../src/report/evidence/question.ts";
import type { CheckFolder } from "../check/checked.ts";
import { LICENSES } from "../openness/licenses.ts";

/** When the checks of tests are made. */
export const VERIFIED_AT = new Date("2026-12-01T08:30:15.250Z");

/** A check of the folder's model by rules, with everything read that evidence tells. */
export async function completeCheck({ root, policy }: CheckFolder, rules: string, options: CheckOptions = {}): Promise<Check> {
  return check("granite", policy(rules), { cwd: root, at: new Date("2026-12-01T00:00:00Z"), isComplete: true, ...options });
}

/** The evidence of a check, by name: JSON that was parsed, other files as text. */
export function evidenceOf(checked: Check, options: Partial<EvidenceOptions> = {}): ReadonlyMap<string, unknown> {
  const files = evidenceFiles(checked, { verifiedAt: VERIFIED_AT, licenses: LICENSES, ...options });
  if (files === undefined) throw new Error("no evidence of a model that was not read");
  return new Map(
    files.map(({ name, bytes }) => {
      const text = Buffer.from(bytes).toString();
      return [name, ["manifest.txt", "report.html"].includes(name) ? text : (JSON.parse(text) as unknown)];
    }),
  );
}

/** One statement of it. */
export interface AnyStatement {
  readonly _type: string;
  readonly subject: readonly { readonly name: string; readonly digest: Readonly<Record<string, string>> }[];
  readonly predicateType: string;
  readonly predicate: Readonly<Record<string, unknown>>;
}

export function statementOf(evidence: ReadonlyMap<string, unknown>, name: string): AnyStatement {
  return evidence.get(name) as AnyStatement;
}
