import assert from "node:assert/strict";
import { join } from "node:path";
import { suite, test } from "node:test";
import { scan, type Scan } from "../../../src/index.ts";
import { temporaryFolder } from "../temporary-folder.ts";
import type { ScanCase } from "./case.ts";
import { writeCase } from "./write-case.ts";

/** `SCAN_CASE=words`: only the cases with these words in their name. */
const wanted = process.env["SCAN_CASE"] ?? "";

/** Cases at a time: each scan waits some milliseconds, until a write to its files would show in their times. */
const AT_A_TIME = 16;

/** A test for each case: as a folder, and where it is one file, as that file. */
export function testCases(cases: readonly ScanCase[]): void {
  suite("each model of the generated set gets its answer", { concurrency: AT_A_TIME }, () => {
    for (const one of cases.filter(({ name }) => name.includes(wanted))) {
      test(one.name, async () => {
        const folder = writeCase(one, temporaryFolder());
        check(one, await scan(folder, { allow: one.allow ?? [] }));
        const [file, ...more] = Object.keys(one.files);
        if (file === undefined || more.length > 0 || one.links !== undefined) return;
        check(one, await scan(join(folder, file), { allow: one.allow ?? [] }));
      });
    }
  });
}

function check({ expect, reasons = [] }: ScanCase, { risk }: Scan): void {
  const findings = [...risk.findings, ...risk.files.flatMap((file) => file.findings)];
  const shown = risk.files.map(
    (file) =>
      `${file.file}: ${file.format}, ${file.outcome}\n${file.findings.map(({ reason, what }) => `    ${reason}: ${what}`).join("\n")}`,
  );
  assert.equal(risk.outcome, expect, shown.join("\n"));
  for (const reason of reasons)
    assert.ok(
      findings.some((finding) => finding.reason === reason),
      `${reason} is missing:\n${shown.join("\n")}`,
    );
  // A reader that fails is a fault of ours, whatever the file.
  assert.ok(!findings.some(({ reason }) => reason === "file/reader-failed"), shown.join("\n"));
}
