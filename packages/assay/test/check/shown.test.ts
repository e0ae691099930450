import assert from "node:assert/strict";
import { readFileSync, writeFileSync } from "node:fs";
import { test } from "node:test";
import { textWidth } from "../../src/cli/text/width.ts";
import { assay } from "../support/cli/command.ts";
import { temporaryFolder } from "../support/temporary-folder.ts";
import { makeShownModels, SHOWN_AT, SHOWN_NAMES } from "./shown-models.ts";

const GOLDEN = new URL("shown.txt", import.meta.url);
const HEADING = `# What \`assay check\` prints for ten models that people meet, on 100 columns and on 60. shown.test.ts compares it with what
# is printed; with UPDATE_SHOWN=1 it writes this file again. Read it as someone who must decide.
`;

test("what is printed for ten models says the decision, why, and what would settle it, on 100 columns and on 60", async () => {
  const cwd = temporaryFolder();
  await makeShownModels(cwd);
  const parts = [HEADING];
  for (const name of SHOWN_NAMES) {
    for (const columns of [100, 60]) {
      const argv = ["check", name, "--policy", "policy.yml", "--at", SHOWN_AT];
      const { exitCode, stdout } = await assay(argv, { cwd, env: { COLUMNS: String(columns) } });
      for (const line of stdout.split("\n")) assert.ok(textWidth(line) <= columns, line);
      parts.push(`$ assay check ${name} --policy policy.yml   # ${columns} columns, exit code ${exitCode}\n${stdout}`);
    }
  }
  const shown = parts.join("\n");
  if (process.env["UPDATE_SHOWN"] === "1") writeFileSync(GOLDEN, shown);
  assert.equal(shown, readFileSync(GOLDEN, "utf8"));
});
