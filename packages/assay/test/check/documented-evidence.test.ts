import assert from "node:assert/strict";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { EVIDENCE_NAMES } from "../../src/report/evidence/files.ts";
import { checkFolder } from "../support/check/checked.ts";
import { assay } from "../support/cli/command.ts";
import { makeKeyPair } from "../support/keys.ts";

const page = readFileSync(new URL("../../../../docs/evidence.md", import.meta.url), "utf8");

test("the commands of docs/evidence.md do what they say", async () => {
  const folder = await checkFolder();
  const { privateKey, publicKey } = makeKeyPair("P-256");
  writeFileSync(join(folder.root, "intake.pem"), privateKey, { mode: 0o600 });
  writeFileSync(join(folder.root, "intake.pub"), publicKey);
  folder.policy("signers: [{ key: { file: ours.pub } }]\nload: data-only\n");
  const lines = [...page.matchAll(/^assay (.*)$/gm)].map(([, line = ""]) => line.split(" "));
  assert.ok(lines.length >= 3);
  for (const argv of lines) {
    const { exitCode, stderr } = await assay(argv, { cwd: folder.root });
    assert.equal(exitCode, 0, `${argv.join(" ")}: ${stderr}`);
  }
});

test("docs/evidence.md names every file of evidence", () => {
  for (const name of EVIDENCE_NAMES.statements) assert.ok(page.includes(`| \`${name}.*\``), name);
  for (const name of EVIDENCE_NAMES.documents) assert.ok(page.includes(`| \`${name}\``), name);
});
