import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { suite, test } from "node:test";
import { AssayError } from "../../src/core/error.ts";
import { TARGETS, type Target } from "./targets.ts";

const folder = join(import.meta.dirname, "corpus");
/** What each kept input gives: a code, or `read`. */
const expected = JSON.parse(readFileSync(join(folder, "expected.json"), "utf8")) as Record<string, string>;

async function answerOf(target: Target, bytes: Uint8Array): Promise<string> {
  try {
    await target(bytes);
    return "read";
  } catch (error) {
    if (error instanceof AssayError) return error.code;
    throw error;
  }
}

suite("inputs that fuzzing or a user found", () => {
  for (const [name, target] of Object.entries(TARGETS)) {
    test(`${name}: each kept input gets the answer that is recorded`, async () => {
      const files = readdirSync(join(folder, name)).sort();
      assert.ok(files.length > 0, "no input is kept");
      const answers = await Promise.all(
        files.map(async (file) => [`${name}/${file}`, await answerOf(target, readFileSync(join(folder, name, file)))] as const),
      );
      const recorded = Object.entries(expected).filter(([file]) => file.startsWith(`${name}/`));
      assert.deepEqual(Object.fromEntries(answers), Object.fromEntries(recorded));
    });
  }

  test("every folder of the corpus has a reader", () => {
    const folders = readdirSync(folder, { withFileTypes: true }).filter((entry) => entry.isDirectory());
    assert.deepEqual(folders.map(({ name }) => name).sort(), Object.keys(TARGETS).sort());
  });
});
