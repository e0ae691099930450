import assert from "node:assert/strict";
import { suite, test } from "node:test";
import { guessCommand, readArguments } from "../../src/cli/command-line/arguments.ts";
import { runHere } from "../support/cli/run-here.ts";
import { readTokens } from "../../src/cli/command-line/tokens.ts";
import { SPECS } from "../../src/cli/registry.ts";

function read(line: string): { readonly words: string; readonly rest: readonly string[] } {
  const { spec, arguments: rest } = readArguments(readTokens(line.split(" ")), SPECS);
  return { words: spec.words.join(" "), rest };
}

suite("a command of one word that starts others of two", () => {
  test("is taken for the longer one where the second word calls it", () => {
    assert.deepEqual(read("openness list llama"), { words: "openness list", rest: ["llama"] });
    assert.deepEqual(read("openness --json compare A B"), { words: "openness compare", rest: ["A", "B"] });
    assert.equal(guessCommand(readTokens(["openness", "show"]), SPECS).command, "openness show");
  });

  test("takes any other word for its argument, and one that is written as a path, too", () => {
    assert.deepEqual(read("openness mof.yml"), { words: "openness", rest: ["mof.yml"] });
    assert.deepEqual(read("openness ./list"), { words: "openness", rest: ["./list"] });
    assert.deepEqual(read("openness a list"), { words: "openness", rest: ["a", "list"] });
  });

  test("leaves other commands as they were", () => {
    assert.deepEqual(read("digest sign"), { words: "digest", rest: ["sign"] });
    assert.deepEqual(read("verify ./m"), { words: "verify sigstore", rest: ["./m"] });
    assert.throws(() => read("trust shw"), { suggestion: { lead: "did you mean", line: "assay trust show" } });
  });

  test("names them in its help, and has help for each", async () => {
    const { stdout } = await runHere(["openness", "--help"]);
    for (const word of ["list", "show", "compare", "import", "schema"]) assert.match(stdout, new RegExp(`assay openness ${word}`));
    assert.match(stdout, /More of assay openness/);
    assert.match((await runHere(["openness", "list", "--help"])).stdout, /^assay openness list: /);
    assert.doesNotMatch((await runHere(["digest", "--help"])).stdout, /More of/);
  });

  test("says so where a word is nearly one of them and no file", async () => {
    const { exitCode, stderr } = await runHere(["openness", "lst"]);
    assert.equal(exitCode, 2);
    assert.match(stderr, /neither a file nor a command "lst"[^]*assay openness list/);
    assert.doesNotMatch((await runHere(["openness", "granite"])).stderr, /nor a command/);
  });
});
