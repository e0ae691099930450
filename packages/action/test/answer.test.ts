import assert from "node:assert/strict";
import { test } from "node:test";
import { summaryText } from "../src/runner-files.ts";
import { annotationsOf, outputsOf } from "../src/answer.ts";
import type { ScanDocument, VerifyDocument } from "../../assay/src/report/json/documents.ts";

test("a report that is longer than a summary may be is cut at the end of a line, and says so", () => {
  const line = `- ${"ü".repeat(500)}\n`;
  const long = line.repeat(2000);
  const text = summaryText(long);
  assert.ok(new TextEncoder().encode(text).length <= 1024 * 1024);
  assert.match(text, /ü\n\n\n\*\*This report is cut/);
  assert.equal(summaryText(line), line);
});

test("of many findings, the last annotation says how many are left", () => {
  const file = { model: "/w/m", size: 1, format: null, loaded: true, findings: [], members: [], notRead: [], facts: {} };
  const files = Array.from({ length: 30 }, (_, at) => ({ ...file, file: `a${at}`, outcome: "unknown" }));
  const document = {
    schema: "urn:assay:schema:scan:v1",
    outcome: "unknown",
    exitCode: 3,
    models: [{ model: "/w/m", kind: "directory", outcome: "unknown", findings: [] }],
    files,
  } as unknown as ScanDocument;
  const annotations = annotationsOf([document], (path) => path.slice(3));
  assert.equal(annotations.length, 10);
  assert.equal(annotations[0]?.file, "m/a0");
  assert.equal(annotations.at(-1)?.message, "and 21 more: see the summary of the job");
});

test("the digest of a model is passed on only where the model was verified", () => {
  const document = { schema: "urn:assay:schema:verify:v1", outcome: "verified", manifest: { manifestDigest: "sha256:1" } };
  const outputs = (outcome: string): object => Object.fromEntries(outputsOf([{ ...document, outcome } as unknown as VerifyDocument]));
  assert.deepEqual(outputs("verified"), { outcome: "verified", digest: "sha256:1" });
  assert.deepEqual(outputs("failed"), { outcome: "failed" });
  assert.deepEqual(outputs("incomplete"), { outcome: "incomplete" });
});
