import assert from "node:assert/strict";
import { existsSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { suite, test } from "node:test";
import { examineFile } from "../../src/probe/load/examine-file.ts";
import { gradeLoad } from "../../src/risk/grade.ts";
import { inMemory } from "../support/formats/in-memory.ts";

const folder = join(import.meta.dirname, "scan-corpus");
const answers = join(folder, "expected.json");

/** `code: pickle/global` and so on; `0123abcd-NAME` is read as NAME. */
async function answerOf(file: string): Promise<string> {
  const bytes = readFileSync(join(folder, file));
  const { outcome, files } = gradeLoad([await examineFile(file.slice(file.indexOf("-") + 1), inMemory(bytes))]);
  const reasons = new Set(files.flatMap(({ findings }) => findings.map(({ reason }) => reason)));
  assert.ok(!reasons.has("file/reader-failed"), file);
  return `${outcome}: ${[...reasons].sort().join(" ")}`;
}

suite("models that fuzzing found", () => {
  test("each kept one gets the answer that is recorded", async () => {
    const files = readdirSync(folder)
      .filter((name) => name !== "expected.json")
      .sort();
    assert.ok(files.length > 0, "no input is kept");
    const found: Record<string, string> = {};
    for (const file of files) found[file] = await answerOf(file);
    if (process.env["UPDATE_SCAN_CORPUS"] === "1" || !existsSync(answers))
      writeFileSync(answers, `${JSON.stringify(found, undefined, 2)}\n`);
    assert.deepEqual(found, JSON.parse(readFileSync(answers, "utf8")));
  });
});
