import assert from "node:assert/strict";
import { suite, test } from "node:test";
import * as fc from "fast-check";
import type { FileExamination, LoadFinding } from "../../src/risk/findings.ts";
import { gradeLoad } from "../../src/risk/grade.ts";
import { worstOutcome, type LoadOutcome } from "../../src/risk/load-outcome.ts";

function file(findings: readonly LoadFinding[], more: Partial<FileExamination> = {}): FileExamination {
  return { file: "a", size: 1, format: "x", isLoaded: true, findings, leftOut: [], members: [], facts: {}, ...more };
}
const UNKNOWN = { reason: "file/not-understood", what: "imports a.b", name: "a.b" } as const;
const INVALID = { reason: "file/malformed", what: "ends early", name: "a.b" } as const;

suite("what findings come to", () => {
  test("the worst of the parts is the whole: code, invalid, unknown, data-only", () => {
    const all: readonly LoadOutcome[] = ["code", "invalid", "unknown", "data-only"];
    for (const [at, outcome] of all.entries()) assert.equal(worstOutcome(all.slice(at)), outcome);
    fc.assert(
      fc.property(fc.array(fc.constantFrom(...all), { minLength: 1 }), (some) => {
        assert.equal(
          worstOutcome(some),
          all.find((outcome) => some.includes(outcome)),
        );
      }),
    );
  });

  test("nothing at all is unknown, and so is a model of which no file is loaded", () => {
    assert.equal(worstOutcome([]), "unknown");
    assert.equal(gradeLoad([]).outcome, "unknown");
    const { outcome, findings } = gradeLoad([file([], { isLoaded: false })]);
    assert.equal(outcome, "unknown");
    assert.equal(findings[0]?.reason, "model/nothing-examined");
  });

  test("a file without findings is data only", () => {
    assert.equal(gradeLoad([file([])]).outcome, "data-only");
    assert.equal(gradeLoad([file([]), file([], { isLoaded: false })]).outcome, "data-only");
  });

  test("a finding in a file that is not loaded counts all the same", () => {
    assert.equal(gradeLoad([file([]), file([UNKNOWN], { isLoaded: false })]).outcome, "unknown");
  });

  test("an allowed name counts for nothing, and is shown with the number of its findings", () => {
    const { outcome, files, waived, unusedWaivers } = gradeLoad([file([UNKNOWN, UNKNOWN])], ["a.b", "a.c"]);
    assert.equal(outcome, "data-only");
    assert.deepEqual(waived, [{ name: "a.b", findings: 2 }]);
    assert.deepEqual(unusedWaivers, ["a.c"]);
    assert.ok(files[0]?.findings.every(({ isWaived }) => isWaived));
  });

  test("a name is allowed exactly, and not what begins as it does", () => {
    for (const name of ["a", "a.", "a.b.c", "A.B", "a.*", "*"]) {
      const risk = gradeLoad([file([UNKNOWN])], [name]);
      assert.equal(risk.outcome, "unknown", name);
      assert.deepEqual(risk.unusedWaivers, [name]);
    }
  });

  test("an allowed name does not make an invalid file valid", () => {
    const risk = gradeLoad([file([INVALID])], ["a.b"]);
    assert.equal(risk.outcome, "invalid");
    assert.deepEqual(risk.unusedWaivers, ["a.b"]);
  });

  test("a member has the worst of what is in it, and of the members inside it", () => {
    const members = ["x", "x/y", "xy"].map((member) => ({ member, format: "z" }));
    const [graded] = gradeLoad([file([{ ...UNKNOWN, member: "x/y" }], { members })]).files;
    assert.deepEqual(
      graded?.members.map(({ member, outcome }) => `${member} ${outcome}`),
      ["x unknown", "x/y unknown", "xy data-only"],
    );
  });
});
