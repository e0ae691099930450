import assert from "node:assert/strict";
import { suite, test } from "node:test";
import type { Check } from "../../../src/api/check.ts";
import type { FileRisk } from "../../../src/risk/grade.ts";
import { isUnavailable, type Facts } from "../../../src/policy/facts.ts";
import { decide } from "../../../src/policy/decide.ts";
import { evidenceFiles } from "../../../src/report/evidence/files.ts";
import { checkFolder, POISON } from "../../support/check/checked.ts";
import { effort } from "../../support/effort.ts";
import { completeCheck, VERIFIED_AT } from "../../support/evidence/evidence.ts";
import { LICENSES } from "../../support/openness/licenses.ts";

/** A list in another order, by a generator that is the same in every run. */
type Shuffle = <Item>(items: readonly Item[]) => Item[];

function shuffler(seed: number): Shuffle {
  let state = seed;
  const next = (below: number): number => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state % below;
  };
  return (items) => {
    const left = [...items];
    return items.map(() => left.splice(next(left.length), 1)[0]!);
  };
}

function shuffledFacts(facts: Facts, shuffle: Shuffle): Facts {
  const { signature, uncovered, load, weights, openness, advisories } = facts;
  assert.ok(!isUnavailable(signature) && !isUnavailable(uncovered) && !isUnavailable(load) && !isUnavailable(weights));
  assert.ok(!isUnavailable(openness) && !isUnavailable(advisories));
  return {
    ...facts,
    signature: { ...signature, changed: shuffle(signature.changed) },
    uncovered: shuffle(uncovered),
    load: { ...load, findings: shuffle(load.findings) },
    weights: shuffle(weights),
    openness: {
      found: { ...openness.found, open: shuffle(openness.found.open) },
      claimed: { ...openness.claimed, open: shuffle(openness.claimed.open) },
    },
    advisories: { sources: shuffle(advisories.sources), hits: shuffle(advisories.hits), undecided: shuffle(advisories.undecided) },
  };
}

/** The same check, its files, findings and advisories in another order; decided again. */
function shuffledCheck(checked: Check, shuffle: Shuffle): Check {
  const { facts, digested, scan, policy, decision } = checked;
  assert.ok(facts !== undefined && digested !== undefined && scan !== undefined);
  const files = shuffle(scan.risk.files).map((file): FileRisk => ({
    ...file,
    findings: shuffle(file.findings),
    members: shuffle(file.members),
    leftOut: shuffle(file.leftOut),
  }));
  const mixed = shuffledFacts(facts, shuffle);
  return {
    ...checked,
    facts: mixed,
    decision: decide(mixed, policy.policy, new Date(decision.at), { licenses: LICENSES }),
    digested: { ...digested, files: shuffle(digested.files) },
    scan: { ...scan, risk: { ...scan.risk, files, findings: shuffle(scan.risk.findings) } },
    warnings: shuffle(checked.warnings),
  };
}

function bytesOf(checked: Check): string {
  const files = evidenceFiles(checked, { verifiedAt: VERIFIED_AT, licenses: LICENSES }) ?? [];
  return files.map(({ name, bytes }) => `${name}\n${Buffer.from(bytes).toString("latin1")}`).join("\n");
}

suite("unsigned evidence is the same bytes", () => {
  test("in whatever order files, findings and advisories were found", async () => {
    const folder = await checkFolder({ "pytorch_model.bin": POISON, "extra.py": "import os\n", "odd.xyz": "\u0001\u0000", "b/c.txt": "x" });
    const rules = "signers: [{ key: { file: ours.pub } }]\nload: data-only\nformats: [safetensors]\nopenness: 3\nadvisories: deny\n";
    const read = await completeCheck(folder, rules);
    assert.ok(read.facts !== undefined && read.scan !== undefined);
    const finding = { reason: "file/polyglot", what: "is two things", outcome: "unknown", isWaived: false } as const;
    const findings = [10, 9, undefined].map((offset) => ({ ...finding, offset }));
    const { risk } = read.scan;
    const scan = {
      ...read.scan,
      risk: { ...risk, files: risk.files.map((file) => ({ ...file, findings: [...file.findings, ...findings] })) },
    };
    const advisories: Facts["advisories"] = {
      sources: ["b", "a", "c"].map((path) => ({ path, generated: undefined, problem: path === "c" ? "unreadable" : undefined })),
      hits: ["x_T-3", "x_T-1", "x_T-2"].map((id) => ({ id, summary: `about ${id}` })),
      undecided: ["x_T-5", "x_T-4"],
    };
    const uncovered = ["z.bin", "é.bin", "\u{1f600}.bin", "\uff01.bin"].map((name) => ({ name, isLoaded: true }));
    const checked = { ...read, scan, facts: { ...read.facts, advisories, uncovered } };
    const expected = bytesOf(shuffledCheck(checked, (items) => [...items]));
    for (let run = 1; run <= effort(25, 1000); run++) {
      assert.equal(bytesOf(shuffledCheck(checked, shuffler(run))), expected, `run ${run}`);
    }
  });
});
