// The 273 public evaluations and the 27 test files of the Model Openness Tool, as its own evaluator answered them.
// Each must be equal in every field under strict; where the default answer differs, the reason is printed.
import assert from "node:assert/strict";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { evaluate } from "../../src/openness/evaluate.ts";
import type { Evaluation } from "../../src/openness/evaluation.ts";
import { licenseCatalog } from "../../src/openness/license-catalog.ts";
import { readModelFile } from "../../src/openness/read-model.ts";
import { licenseData } from "../support/openness/licenses.ts";

/** What the tool's evaluator says of one file. */
interface Expected {
  readonly class: 0 | 1 | 2 | 3;
  readonly label: string;
  readonly progress: Readonly<Record<"1" | "2" | "3", number>>;
  readonly notTypeAppropriate: readonly string[];
  readonly components: Readonly<Record<string, readonly [status: string, license: string | null]>>;
}

export interface OpennessCounts {
  readonly passed: number;
  readonly failed: number;
  /** Files whose default answer differs from the tool's. */
  readonly differing: number;
}

/** How many files there are; fewer would prove less than what is claimed. */
const SETS = { models: 273, testdata: 27 } as const;

/** Runs the corpus under `corpus`/mof, prints what fails and what differs by default, and counts. Throws where it is not there. */
export function runOpenness(corpus: string, print: (text: string) => void): OpennessCounts {
  const root = join(corpus, "mof");
  if (!existsSync(root)) {
    throw new Error(`the evaluations are not there: ${root}\nPut them beside the repository or name their folder in ASSAY_CORPUS.`);
  }
  const licenses = licenseCatalog(licenseData("licenses"), licenseData("licenses-models"));
  const counts = { passed: 0, failed: 0, differing: 0 };
  for (const [set, count] of Object.entries(SETS)) {
    const expectations = readExpectations(join(root, `expected-${set}.json`));
    const files = readdirSync(join(root, set)).sort();
    assert.equal(files.length, count, `files in ${join(root, set)}`);
    assert.deepEqual(Object.keys(expectations).sort(), files, `files that expected-${set}.json speaks of`);
    for (const file of files) {
      const expected = expectations[file];
      assert.ok(expected !== undefined);
      const { model } = readModelFile(readFileSync(join(root, set, file)), file);
      try {
        assert.deepEqual(asTheToolSays(evaluate(model, licenses, { strict: true })), inOneOrder(expected));
        counts.passed += 1;
      } catch (thrown) {
        counts.failed += 1;
        print(`✘ ${set}/${file}\n${thrown instanceof Error ? thrown.message : String(thrown)}\n`);
      }
      const reasons = differences(evaluate(model, licenses), inOneOrder(expected));
      if (reasons.length > 0) {
        counts.differing += 1;
        print(`≠ ${set}/${file}\n${reasons.map((reason) => `    ${reason}\n`).join("")}`);
      }
    }
  }
  print(
    `${counts.passed} evaluations equal to the tool's in every field, ${counts.failed} not; the default answer differs for ${counts.differing}\n`,
  );
  return counts;
}

function readExpectations(path: string): Readonly<Record<string, Expected>> {
  return JSON.parse(readFileSync(path, "utf8")) as Readonly<Record<string, Expected>>;
}

/**
 * The tool sorts its components when it is first asked for all of them, so that the first file of each run lists
 * what is not type-appropriate in another order than all others: which components those are is compared.
 */
function inOneOrder(expected: Expected): Expected {
  return { ...expected, notTypeAppropriate: [...expected.notTypeAppropriate].sort() };
}

function asTheToolSays(evaluation: Evaluation): Expected {
  return {
    class: evaluation.class ?? 0,
    label: evaluation.label,
    progress: evaluation.progress,
    notTypeAppropriate: [...evaluation.notTypeAppropriate].sort(),
    components: Object.fromEntries(
      evaluation.components.map(({ name, status, license }) => [name, [status === "missing" ? "absent" : status, license]] as const),
    ),
  };
}

/** In words: what the default says otherwise, and why. */
function differences(evaluation: Evaluation, expected: Expected): string[] {
  const found = asTheToolSays(evaluation);
  const reasons: string[] = [];
  for (const { name, status, license, why, typeAppropriate } of evaluation.components) {
    const [expectedStatus, expectedLicense] = expected.components[name] ?? ["absent", null];
    const isFit = typeAppropriate !== false;
    if ((status === "missing" ? "absent" : status) !== expectedStatus || license !== expectedLicense) {
      reasons.push(
        `${name}: ${status} with ${license}, not ${expectedStatus} with "${expectedLicense}"${reasonOf(evaluation, expectedLicense, why)}`,
      );
    } else if (isFit === expected.notTypeAppropriate.includes(name)) {
      reasons.push(`${name}: ${isFit ? "" : "not "}type-appropriate: ${why}`);
    }
  }
  if (found.class !== expected.class) reasons.push(`class ${found.class}, not ${expected.class}`);
  for (const openness of ["1", "2", "3"] as const) {
    const [a, b] = [found.progress[openness], expected.progress[openness]];
    if (a !== b) reasons.push(`progress to class ${openness}: ${a} %, not ${b} %`);
  }
  return reasons;
}

function reasonOf({ notes }: Evaluation, written: string | null, why: string): string {
  const note = notes.find(({ message }) => written !== null && message.startsWith(`"${written.trim()}"`));
  return `: ${note?.message ?? why}`;
}
