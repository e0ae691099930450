import assert from "node:assert/strict";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { textWidth } from "../../src/cli/text/width.ts";
import { assay } from "../support/cli/command.ts";
import { writeFiles } from "../support/models/on-disk.ts";
import { temporaryFolder } from "../support/temporary-folder.ts";
import { SHOWN_MODELS } from "./shown-models.ts";

const GOLDEN = new URL("shown.txt", import.meta.url);
const HEADING = `# What \`assay scan\` prints for ten models that people meet, on 100 columns and on 60. shown.test.ts compares it with what
# is printed; with UPDATE_SHOWN=1 it writes this file again. Read it as someone who downloaded the model.
`;

test("what is printed for ten models says what happens, where, and what to do, on 100 columns and on 60", async () => {
  const cwd = temporaryFolder();
  const parts = [HEADING];
  for (const [name, files] of Object.entries(SHOWN_MODELS)) {
    writeFiles(join(cwd, name), files);
    for (const columns of [100, 60]) {
      const { exitCode, stdout } = await assay(["scan", name], { cwd, env: { COLUMNS: String(columns) } });
      for (const line of stdout.split("\n")) assert.ok(textWidth(line) <= columns, line);
      parts.push(`$ assay scan ${name}   # ${columns} columns, exit code ${exitCode}\n${stdout}`);
    }
  }
  const shown = parts.join("\n");
  if (process.env["UPDATE_SHOWN"] === "1") writeFileSync(GOLDEN, shown);
  assert.equal(shown, readFileSync(GOLDEN, "utf8"));
});
