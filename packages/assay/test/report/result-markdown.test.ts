import assert from "node:assert/strict";
import { rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { suite, test } from "node:test";
import type { JsonDocument } from "../../src/report/json/documents.ts";
import { resultMarkdown } from "../../src/report/result-markdown.ts";
import { assay, SIGN, signedFolder, VERIFY, workFolder } from "../support/cli/command.ts";
import { writeFiles } from "../support/models/on-disk.ts";
import { pickleCalling } from "../support/scan/canaries.ts";

async function markdownOf(argv: readonly string[], cwd: string, names: readonly string[] = ["granite"]): Promise<string> {
  const { stdout } = await assay([...argv, "--json"], { cwd });
  return resultMarkdown(JSON.parse(stdout) as JsonDocument, names);
}

suite("what a command answers, as Markdown", () => {
  test("a verification that fails names each file and how it differs", async () => {
    const cwd = await signedFolder({ "config.json": "{}", "a|b": "a", "c.txt": "c", "d.txt": "d" });
    writeFileSync(join(cwd, "granite/a|b"), "changed");
    writeFileSync(join(cwd, "granite/extra`.txt"), "x");
    writeFileSync(join(cwd, "granite/e.txt"), "d");
    rmSync(join(cwd, "granite/c.txt"));
    rmSync(join(cwd, "granite/d.txt"));
    const text = await markdownOf(VERIFY, cwd);
    assert.match(text, /^## ✘ Not verified: `granite`\n\n\*\*[^\n]+\*\*\n/);
    assert.match(text, /\n- changed: `a\\x7cb`, signed `sha256:[0-9a-f]{64}`, found `sha256:[0-9a-f]{64}`\n/);
    assert.match(text, /\n- missing: `c\.txt`\n/);
    assert.match(text, /\n- not signed: ``extra`\.txt``, 1 byte\n/);
    assert.match(text, /\n- renamed: `d\.txt` is now `e\.txt`, with the same bytes\n/);
    assert.doesNotMatch(text, /Model: /, "no digest of bytes that were not verified");
  });

  test("a verification that succeeds names the signer, the digest and what is not covered", async () => {
    const cwd = await signedFolder({ "config.json": "{}", "notes.txt": "n" }, ["--ignore-paths", "granite/notes.txt"]);
    const text = await markdownOf(VERIFY, cwd);
    assert.match(text, /^## ✔ Verified: `granite`\n\n1 file: the bytes that were signed by the key `[0-9a-f]{64}`\.\n/);
    assert.match(text, /\nNot covered by the signature:\n\n- `notes\.txt`\n/);
    assert.match(text, /\nModel: `sha256:/);
  });

  test("a signature and a digest name the model's digest", async () => {
    const cwd = workFolder();
    assert.match(await markdownOf(SIGN, cwd), /^## ✔ Signed: `granite`\n\n2 files, by the key `[0-9a-f]{64}`\. Model: `sha256:/);
    assert.match(await markdownOf(["digest", "granite"], cwd), /^## `granite`\n\n2 files\. Model: `sha256:/);
  });

  test("a scan lists what runs code first, with what to do", async () => {
    const cwd = workFolder();
    writeFiles(join(cwd, "granite"), { "pytorch_model.bin": pickleCalling("os", "system", "true"), "model.safetensors": "broken" });
    const text = await markdownOf(["scan", "granite"], cwd);
    assert.match(
      text,
      /^## ✘ Runs code: `granite`\n\n\d files examined, 3 files with findings\.\n\n- \*\*code\*\* `pytorch_model\.bin` \(byte/,
    );
    assert.match(text, /\n- \*\*invalid\*\* `model\.safetensors` /);
  });

  test("openness shows every component, and says which class is required", async () => {
    const text = await markdownOf(["openness", "granite", "--require-class", "3"], workFolder());
    assert.match(text, /^## ✘ no class yet: `granite`\n\n\*\*Class III is required\.\*\*\n/);
    assert.equal(text.match(/^\| /gm)?.length, 2 + 17);
    assert.match(text, /\nMissing for Class III:\n\n- \*\*/);
  });

  test("an error says what was wrong, and what to do", async () => {
    const text = await markdownOf(["verify", "key", "granit", "--public-key", "key.pub"], workFolder());
    assert.match(text, /^## ✘ Wrong question: `assay verify key`\n\n\*\*the model .* does not exist\*\*\n$/);
  });

  test("a list of answers is one report", async () => {
    const cwd = workFolder();
    writeFiles(join(cwd, "llama"), { "config.json": "{}" });
    const text = await markdownOf(["openness", "granite", "llama"], cwd, ["granite", "llama"]);
    assert.deepEqual(
      [...text.matchAll(/^## .*: `(\w+)`$/gm)].map(([, name]) => name),
      ["granite", "llama"],
    );
  });
});
