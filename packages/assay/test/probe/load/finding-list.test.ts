import assert from "node:assert/strict";
import { suite, test } from "node:test";
import { FindingList } from "../../../src/probe/load/finding-list.ts";
import { gradeLoad } from "../../../src/risk/grade.ts";
import { examineFile } from "../../../src/probe/load/examine-file.ts";
import type { Examiner } from "../../../src/probe/load/examiner.ts";
import { inMemory } from "../../support/formats/in-memory.ts";

function outcomeOf(list: FindingList, allow: readonly string[]): string {
  const file = { file: "a", size: 1, format: "x", isLoaded: true, findings: list.all, leftOut: [], members: [], facts: {} };
  return gradeLoad([file], allow).outcome;
}

suite("the findings of one file are bounded, and the bound changes no answer", () => {
  test("a thousand of one kind do not hide another reason", () => {
    const list = new FindingList();
    for (let at = 0; at < 3000; at++) list.add({ reason: "file/not-understood", what: "x" });
    assert.equal(list.all.length, 1000);
    list.add({ reason: "file/malformed", what: "y" });
    assert.equal(outcomeOf(list, []), "invalid");
  });

  test("thousands of allowed names do not hide one that is not allowed", () => {
    const list = new FindingList();
    for (let at = 0; at < 3000; at++) list.add({ reason: "file/not-understood", what: "x", name: "allowed" });
    list.add({ reason: "file/not-understood", what: "x", name: "other" });
    assert.equal(outcomeOf(list, ["allowed"]), "unknown");
  });

  test("past the last bound what is not kept is not waived", () => {
    const list = new FindingList();
    const names = Array.from({ length: 20_000 }, (_, at) => `n${at}`);
    for (const name of names) list.add({ reason: "file/not-understood", what: "x", name });
    assert.ok(list.all.length < 6000);
    assert.equal(outcomeOf(list, names), "unknown");
  });
});

test("archives inside archives are examined up to a number, and then it is said that more are there", async () => {
  const endless: Examiner = {
    format: "endless",
    isNamed: () => true,
    begins: () => true,
    isDistinctive: true,
    async examine({ file, examineMember }) {
      for (let at = 0; at < 60; at++) await examineMember(`m${at}`, file);
    },
  };
  const { findings, members } = await examineFile("a", inMemory("x"), { examiners: [endless] });
  assert.ok(members.length <= 1100);
  assert.ok(findings.some(({ reason }) => reason === "file/too-many-members"));
});
