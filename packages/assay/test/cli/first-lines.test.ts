import assert from "node:assert/strict";
import { appendFileSync, cpSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { suite, test } from "node:test";
import { makeKeyPair } from "../support/keys.ts";
import { assayProcess, signedFolder } from "../support/cli/command.ts";

const GOLDEN = new URL("first-lines.txt", import.meta.url);

interface Scene {
  readonly typed: string;
  readonly expected: string;
}

/** Comments, then pairs of lines: what is typed, and what is answered. */
function readScenes(text: string): Scene[] {
  return [...text.matchAll(/^\$ (.*)\n(.*)$/gm)].map(([, typed = "", expected = ""]) => ({ typed, expected }));
}

async function makeFolder(): Promise<string> {
  const cwd = await signedFolder({ "config.json": "{}", "weights.bin": "aaaa" });
  for (const name of ["changed", "added", "renamed"]) cpSync(join(cwd, "granite"), join(cwd, name), { recursive: true });
  appendFileSync(join(cwd, "changed", "weights.bin"), "!");
  writeFileSync(join(cwd, "added", "extra.py"), "x");
  renameSync(join(cwd, "renamed", "weights.bin"), join(cwd, "renamed", "other.bin"));
  writeFileSync(join(cwd, "other.pub"), makeKeyPair("P-256").publicKey);
  writeFileSync(join(cwd, "notes.txt"), "no key, no signature\n");
  return cwd;
}

async function answer(typed: string, cwd: string): Promise<string> {
  const words = (typed.match(/'[^']*'|\S+/g) ?? []).slice(1).map((word) => word.replaceAll("'", ""));
  const { exitCode, stdout, stderr } = await assayProcess(words, { cwd });
  // Warnings come on standard error beside a result; an error comes alone.
  const [first = ""] = (stdout === "" ? stderr : stdout).split("\n");
  return `${exitCode} ${first.replaceAll(cwd, "/models")}`;
}

suite("the first lines that people see most", async () => {
  const text = readFileSync(GOLDEN, "utf8");
  const scenes = readScenes(text);

  test("are 25 or more, and no line of the file is out of place", () => {
    assert.ok(scenes.length >= 25, String(scenes.length));
    const known = new Set(scenes.flatMap(({ typed, expected }) => [`$ ${typed}`, expected]));
    const others = text.split("\n").filter((line) => line !== "" && !line.startsWith("#") && !known.has(line));
    assert.deepEqual(others, []);
  });

  test("are as written down", async () => {
    const cwd = await makeFolder();
    let written = text;
    const wrong: string[] = [];
    for (const { typed, expected } of scenes) {
      const found = await answer(typed, cwd);
      if (found !== expected) wrong.push(`$ ${typed}\n  written ${expected}\n  found   ${found}`);
      written = written.replace(`$ ${typed}\n${expected}`, () => `$ ${typed}\n${found}`);
    }
    if (process.env["UPDATE_FIRST_LINES"] === "1") writeFileSync(GOLDEN, written);
    else assert.deepEqual(wrong, []);
  });
});
