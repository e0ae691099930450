import assert from "node:assert/strict";
import { rmSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { check } from "../../src/api/check.ts";
import { modelAxes, type ModelAxis } from "../../src/report/model-axes.ts";
import { checkFolder } from "../support/check/checked.ts";
import { LLAMA } from "../support/models/described.ts";

async function licenseOf(files: Readonly<Record<string, string>>, without: readonly string[] = []): Promise<ModelAxis | undefined> {
  const { root, model, policy } = await checkFolder(files);
  for (const name of without) rmSync(join(model, name));
  const checked = await check("granite", policy("load: any\n"), { cwd: root, isComplete: true });
  return modelAxes(checked).find(({ title }) => title === "License");
}

test("a license is good by the text of an open one alone", async () => {
  assert.partialDeepStrictEqual(await licenseOf({}), { tone: "good", lead: "Apache-2.0", detail: "By its text, word for word." });
  assert.equal((await licenseOf({ LICENSE: LLAMA }))?.tone, "notable");
  const claimed = await licenseOf({}, ["LICENSE"]);
  assert.partialDeepStrictEqual(claimed, { tone: "notable", lead: "Apache-2.0" });
  assert.match(claimed?.detail ?? "", /^Claimed by the model's own files/);
  assert.partialDeepStrictEqual(
    await licenseOf({ LICENSE: "You may use this if we like you, and only on Sundays.\n".repeat(9), "README.md": "# A\n" }),
    { tone: "unknown" },
  );
  assert.partialDeepStrictEqual(await licenseOf({ "README.md": "# A\n" }, ["LICENSE"]), { tone: "bad", lead: "None" });
});
