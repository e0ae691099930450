import assert from "node:assert/strict";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { suite, test } from "node:test";
import { check, type CheckOptions } from "../../src/api/check.ts";
import { digest } from "../../src/api/digest.ts";
import { checkMarkdown } from "../../src/report/check-markdown.ts";
import { checkDocument, checksDocument } from "../../src/report/json/check.ts";
import { codeSpan } from "../../src/report/markdown-text.ts";
import type { CheckDocument } from "../../src/report/json/documents.ts";
import { checkFolder, POISON, type CheckFolder } from "../support/check/checked.ts";
import { assay } from "../support/cli/command.ts";

const SIGNED = "signers: [{ name: ours, key: { file: ours.pub } }]\n";

async function documentOf({ root, policy }: CheckFolder, rules: string, more = "", options: CheckOptions = {}): Promise<CheckDocument> {
  return checkDocument(await check("granite", policy(rules, more), { cwd: root, at: new Date("2026-12-01T00:00:00Z"), ...options }));
}

suite("a decision as Markdown", () => {
  test("says the decision first, then why, every rule, what settles it, and the changed files by name", async () => {
    const folder = await checkFolder();
    writeFileSync(join(folder.model, "README.md"), "---\nlicense: mit\n---\n");
    writeFileSync(join(folder.model, "pytorch_model.bin"), POISON);
    const document = await documentOf(folder, `${SIGNED}load: data-only\nlicense: { allow: [Apache-2.0], basis: claimed }\n`);
    const lines = checkMarkdown(document).split("\n");
    assert.equal(lines[0], "## ✘ DENY: `granite`");
    assert.equal(lines[2], "**Decided by the rule signers: README.md: not the bytes that were signed**");
    assert.equal(lines.filter((line) => line.startsWith("| ✘&nbsp;deny | ")).length, 3);
    assert.ok(lines.includes("What settles it:"));
    assert.ok(lines.some((line) => line.startsWith("- **load**: Convert the file")));
    assert.deepEqual(lines.slice(lines.indexOf("Other bytes than were signed, or missing: 1 file")).slice(0, 3), [
      "Other bytes than were signed, or missing: 1 file",
      "",
      "- `README.md`",
    ]);
    assert.ok(lines.some((line) => line.includes(document.model.manifestDigest ?? "none")));
  });

  test("names the signer, the policy and the moment of a yes", async () => {
    const document = await documentOf(await checkFolder(), SIGNED);
    const text = checkMarkdown(document);
    assert.match(text, /^## ✔ ALLOW: `granite`\n\n\*\*2 of 2 rules pass\*\*\n/);
    assert.match(text, /\n- Policy: test, entry all, `sha256:[0-9a-f]{64}`\n- Signer: the key `[0-9a-f]{64}`\n- Decided for: 2026-12-01T/);
    assert.doesNotMatch(text, /What settles it|Waivers/);
  });

  test("shows a waiver with its reason and who approved it", async () => {
    const folder = await checkFolder({ "pytorch_model.bin": POISON });
    const { manifestDigest } = await digest(folder.model);
    const more = `waivers:\n  - { rule: load, manifest: "${manifestDigest}", reason: "until | <b>June</b>", expires: 2027-06-30, approved-by: [a@example.com, b@example.com] }\n`;
    const document = await documentOf(folder, "load: data-only\n", more);
    const text = checkMarkdown(document);
    assert.match(text, /^## ! ALLOW: /, "less than a whole yes");
    assert.match(
      text,
      /\n- \*\*load\*\*, used, until 2027-06-30: until \\\| \\<b\\>June\\<\/b\\> \(approved by a<span>@<\/span>example\.com, b<span>@<\/span>example\.com\)\n/,
    );
  });

  test("puts a table of all decisions before those of several models", async () => {
    const folder = await checkFolder();
    const bad = await checkFolder({ "pytorch_model.bin": POISON });
    const policy = folder.policy("load: data-only\n");
    const checks = [await check(folder.model, join(folder.root, policy)), await check(bad.model, join(folder.root, policy))];
    const text = checkMarkdown(checksDocument(checks));
    assert.match(text, /^## ✘ DENY: 2 models, 1 DENY, 1 ALLOW\n\n\| Decision \| Model \| Why \|\n/);
    assert.equal(text.match(/^## /gm)?.length, 3);
    assert.match(text, /\n\| ✘&nbsp;DENY \| `granite` \| Decided by the rule load: pytorch/);
  });

  test("shows hostile names, and makes no link, tag, mention, cell or line of them", async () => {
    const names = [
      "a|b",
      "`c` `` d",
      "[x](https://evil.example)",
      "<img src=x>",
      "@everyone",
      "mail@evil.example",
      "www.evil.example",
      "$x$ www.evil.example",
      "\\|",
      "e\u202ef",
      "::error::g",
    ];
    const folder = await checkFolder(Object.fromEntries(names.map((name) => [name.replaceAll("/", "_"), "x"])));
    for (const name of names) writeFileSync(join(folder.model, name.replaceAll("/", "_")), "changed");
    const document = await documentOf(folder, SIGNED);
    assert.equal(document.signature?.changed.length, names.length);
    const text = checkMarkdown(document);
    assert.doesNotMatch(text, /\u202e|^::/m);
    for (const line of text.split("\n")) {
      const outsideCode = line.replaceAll(/(`+)(?!`).*?(?<!`)\1(?!`)/g, "");
      assert.doesNotMatch(outsideCode, /(?<!\\)[[]|https?:\/\/|www\.|<(?!\/?(?:details|summary|sub|span)>)|[$@](?!<)/, line);
      if (line.startsWith("|")) assert.equal(line.match(/(?<!\\)\|/g)?.length, 4, line);
    }
  });

  test("keeps a name inside its code span, and inside its cell of a table", () => {
    assert.equal(codeSpan("a b"), "`a b`");
    assert.equal(codeSpan("a``b`c"), "```a``b`c```");
    assert.equal(codeSpan("`a` "), "`` `a`  ``");
    assert.equal(codeSpan("a|b"), "`a\\x7cb`");
    assert.equal(codeSpan("a\nb"), "`a\\nb`");
    assert.equal(codeSpan(""), "`  `");
  });

  test("cuts a long list of names, and says how many there are", async () => {
    const folder = await checkFolder(Object.fromEntries(Array.from({ length: 25 }, (_, at) => [`part-${at + 10}.txt`, "x"])));
    for (let at = 0; at < 25; at += 1) writeFileSync(join(folder.model, `part-${at + 10}.txt`), "y");
    const text = checkMarkdown(await documentOf(folder, SIGNED));
    assert.match(text, /or missing: 25 files\n\n(?:- `part-\d\d\.txt`\n){20}- and 5 more\n/);
  });

  test("is printed by the command, and excludes JSON", async () => {
    const { root, policy } = await checkFolder();
    const argv = ["check", "granite", "--policy", policy("load: data-only\n"), "--markdown"];
    const { exitCode, stdout } = await assay(argv, { cwd: root });
    assert.equal(exitCode, 0);
    assert.match(stdout, /^## ✔ ALLOW: `granite`\n/);
    assert.equal((await assay([...argv, "--json"], { cwd: root })).exitCode, 2);
  });

  test("says why a model could not be read", async () => {
    const { root, policy } = await checkFolder();
    writeFileSync(join(root, "granite", "model.sig"), "not a signature");
    const document = await documentOf({ root, policy } as CheckFolder, SIGNED, "", { signature: "granite/model.sig" });
    assert.match(checkMarkdown(document), /^## [?✘] /);
  });
});
