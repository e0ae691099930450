import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { check } from "../../packages/assay/src/api/check.ts";
import { compareModels } from "../../packages/assay/src/api/compare-models.ts";
import { loadPolicy } from "../../packages/assay/src/api/check/load-policy.ts";
import { checkHtml, checksHtml } from "../../packages/assay/src/report/html/check-html.ts";
import { candidatesHtml } from "../../packages/assay/src/report/html/candidates-html.ts";
import { makeShownModels, SHOWN_AT, SHOWN_NAMES } from "../../packages/assay/test/check/shown-models.ts";
import { writeFiles } from "../../packages/assay/test/support/models/on-disk.ts";

/** The reports to look at, by name: of the ten models of docs/check.md, of all in one, and of one with hostile names. */
export async function makeReports(): Promise<ReadonlyMap<string, string>> {
  const folder = mkdtempSync(join(tmpdir(), "assay-report-"));
  try {
    await makeShownModels(folder);
    writeFiles(join(folder, "hostile"), hostileFiles());
    const policy = await loadPolicy("policy.yml", folder);
    const reports = new Map<string, string>();
    const checks = [];
    for (const name of [...SHOWN_NAMES, "hostile"]) {
      const checked = await check(name, policy, { cwd: folder, at: new Date(SHOWN_AT), isComplete: true });
      checks.push(checked);
      reports.set(name, checkHtml(checked, { redact: false }));
    }
    reports.set("all", checksHtml(checks.slice(0, 3)));
    writeFileSync(join(folder, "waived.yml"), waivedPolicy(checks[SHOWN_NAMES.indexOf("expired-waiver")]?.digested?.manifestDigest ?? ""));
    reports.set(
      "waived",
      checkHtml(
        await check("expired-waiver", "waived.yml", { cwd: folder, at: new Date(SHOWN_AT), isComplete: true, as: "file:credit-scoring" }),
      ),
    );
    const compared = await compareModels(["clean", "poisoned-pickle", "non-open-license", "incomplete-download"], policy, { cwd: folder });
    reports.set("compared", candidatesHtml(compared, "finance"));
    return reports;
  } finally {
    rmSync(folder, { recursive: true });
  }
}

function waivedPolicy(manifest: string): string {
  return `version: 1
name: production
models:
  - id: ours
    match: { name: "*" }
    rules:
      signers: [{ name: the maker, key: { file: maker.pub } }]
      load: data-only
      openness: { class: 3, on-fail: warn }
waivers:
  - rule: load
    manifest: "${manifest}"
    reason: a scikit-learn model of the risk team, to be converted in the first quarter
    issued: 2026-11-01
    expires: 2027-01-31
    approved-by: [risk@example.com, security@example.com]
    ticket: RISK-1204
`;
}

function hostileFiles(): Record<string, string> {
  const files: Record<string, string> = {
    "<script>alert(1)<.py": "print(1)\n",
    "a\u202Egpj.py": "print(1)\n",
    [`${"long-name-".repeat(24)}.py`]: "print(1)\n",
    "README.md": "---\npipeline_tag: '<img src=x onerror=alert(1)>'\n---\n# <b>Bold</b>\n",
  };
  for (let index = 0; index < 300; index += 1) files[`code/part-${index}.py`] = "print(1)\n";
  return files;
}
