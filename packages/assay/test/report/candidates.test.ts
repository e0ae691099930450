import assert from "node:assert/strict";
import { rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { suite, test } from "node:test";
import { compareModels } from "../../src/api/compare-models.ts";
import { SECTORS } from "../../src/api/init-policy.ts";
import { candidateFacts, type CandidateFacts } from "../../src/report/candidates/candidate-facts.ts";
import { candidateTable } from "../../src/report/candidates/candidate-rows.ts";
import { candidatesMarkdown } from "../../src/report/candidates/candidates-markdown.ts";
import { candidatesHtml } from "../../src/report/html/candidates-html.ts";
import { checkFolder, POISON, WEIGHTS } from "../support/check/checked.ts";
import { LLAMA } from "../support/models/described.ts";
import { writeFiles } from "../support/models/on-disk.ts";
import { temporaryFolder } from "../support/temporary-folder.ts";

async function factsOf(files: Readonly<Record<string, string | Uint8Array>>): Promise<CandidateFacts> {
  const cwd = temporaryFolder();
  writeFiles(join(cwd, "model"), files);
  const [facts] = candidateFacts(await compareModels(["model"], undefined, { cwd }));
  assert.ok(facts !== undefined);
  return facts;
}

suite("the facts of a candidate", () => {
  test("a signature is verified only by a signer of a policy; without one it is a claim", async () => {
    const { root, model, policy } = await checkFolder();
    const bySigner = policy("signers: [{ key: { file: ours.pub } }]\n");
    const signedBy = async (given: string | undefined): Promise<CandidateFacts["signed"] | undefined> =>
      candidateFacts(await compareModels(["granite"], given, { cwd: root }))[0]?.signed;
    assert.deepEqual(await signedBy(bySigner), { answer: "yes", why: "verified" });
    assert.deepEqual(await signedBy(undefined), { answer: "in part", why: "key, not verified" });
    const weights = join(model, "model.safetensors");
    writeFileSync(weights, `version https://git-lfs.github.com/spec/v1\noid sha256:${"a".repeat(64)}\nsize ${WEIGHTS.length}\n`);
    // Who signed is known, and not whether these are the bytes.
    assert.deepEqual(await signedBy(bySigner), { answer: "unknown", why: "unknown" });
    writeFileSync(weights, WEIGHTS);
    writeFileSync(join(model, "extra.txt"), "x");
    assert.equal((await signedBy(bySigner))?.answer, "in part");
    writeFileSync(join(model, "config.json"), "{}");
    assert.equal((await signedBy(bySigner))?.answer, "no");
    writeFileSync(join(model, "model.sig"), "{}");
    assert.equal((await signedBy(undefined))?.answer, "unknown");
    rmSync(join(model, "model.sig"));
    assert.deepEqual(await signedBy(undefined), { answer: "no", why: "unsigned" });
  });

  test("runs offline: yes only where only data is in it and nothing is missing", async () => {
    const pointer = `version https://git-lfs.github.com/spec/v1\noid sha256:${"a".repeat(64)}\nsize 9\n`;
    assert.equal((await factsOf({ "model.safetensors": WEIGHTS })).runsOffline.answer, "yes");
    assert.equal((await factsOf({ "model.safetensors": pointer })).runsOffline.answer, "no");
    assert.equal((await factsOf({ "pytorch_model.bin": POISON })).runsOffline.answer, "unknown");
    const adapter = {
      "adapter_config.json": '{"peft_type": "LORA", "base_model_name_or_path": "example/base"}',
      "adapter_model.safetensors": WEIGHTS,
    };
    assert.equal((await factsOf(adapter)).runsOffline.answer, "no");
    const outside = { "config.json": '{"auto_map": {"AutoModel": "example/other--modeling.Model"}}', "model.safetensors": WEIGHTS };
    const facts = await factsOf(outside);
    assert.deepEqual([facts.runsOffline.answer, facts.remoteCode.answer, facts.load], ["no", "yes", "code"]);
  });

  test("self-hosting: by the license of the weights, its text before the card", async () => {
    const { root } = await checkFolder();
    const [apache] = candidateFacts(await compareModels(["granite"], undefined, { cwd: root }));
    assert.deepEqual(apache?.selfHosting, { answer: "yes", why: "Apache-2.0" });
    const llama = await factsOf({ "model.safetensors": WEIGHTS, LICENSE: LLAMA });
    assert.equal(llama.selfHosting.answer, "in part");
    assert.match(llama.selfHosting.why, /^up to a size: /);
    const claimed = await factsOf({ "model.safetensors": WEIGHTS, "README.md": "---\nlicense: mit\n---\n# A\n" });
    assert.deepEqual(claimed.selfHosting, { answer: "yes", why: "MIT, claimed" });
    assert.equal((await factsOf({ "model.safetensors": WEIGHTS })).selfHosting.answer, "no");
    const strange = await factsOf({ "model.safetensors": WEIGHTS, LICENSE: "Only on Sundays, if we like you.\n".repeat(20) });
    assert.equal(strange.selfHosting.answer, "unknown");
  });

  test("a model that cannot be read has nothing but the reason", async () => {
    const cwd = temporaryFolder();
    writeFiles(join(cwd, "model"), { a: "b" });
    const { symlinkSync } = await import("node:fs");
    symlinkSync("/etc/hostname", join(cwd, "model", "link"));
    const comparison = await compareModels(["model", "model"], undefined, { cwd });
    const [facts] = candidateFacts(comparison);
    assert.match(facts?.error ?? "", /link/);
    assert.deepEqual([facts?.load, facts?.signed.answer, facts?.selfHosting.answer], ["unknown", "unknown", "unknown"]);
    assert.equal(candidateTable(comparison, undefined).groups[0]?.title, "Could not be read");
  });
});

suite("the table of candidates", () => {
  const CARD = (value: string, more = ""): string =>
    `---\nmodel-index:\n  - results:\n      - dataset: { name: MMLU }\n        metrics: [{ name: acc, value: ${value} }]\n${more}---\n# A\n`;

  async function two(): Promise<Awaited<ReturnType<typeof compareModels>>> {
    const cwd = temporaryFolder();
    const other = "      - dataset: { name: ARC }\n        metrics: [{ name: acc, value: 5 }]\n";
    writeFiles(join(cwd, "a"), { "model.safetensors": WEIGHTS, "README.md": CARD("61.3", other) });
    writeFiles(join(cwd, "b | <b>"), { "pytorch_model.bin": POISON, "README.md": CARD("60.0") });
    return compareModels(["a", "b | <b>"], undefined, { cwd });
  }

  test("puts the first concerns of each sector first, and every concern once", async () => {
    const comparison = await two();
    const titles = (sector: (typeof SECTORS)[number] | undefined): string[] =>
      candidateTable(comparison, sector).groups.map(({ title }) => title);
    const all = ["Security", "Privacy, control", "Cost", "Claimed quality", "Openness"];
    assert.deepEqual(titles(undefined), all);
    assert.deepEqual(titles("finance").slice(0, 2), ["Security", "Privacy, control"]);
    assert.deepEqual(titles("healthcare").slice(0, 2), ["Security", "Privacy, control"]);
    assert.equal(titles("it")[0], "Claimed quality");
    assert.equal(titles("public")[0], "Privacy, control");
    assert.equal(titles("research")[0], "Openness");
    for (const sector of SECTORS) assert.deepEqual(titles(sector).toSorted(), all.toSorted(), sector);
  });

  test("shows claimed results side by side, those that most cards have first", async () => {
    const quality = candidateTable(await two(), undefined).groups.find(({ title }) => title === "Claimed quality");
    assert.deepEqual(
      quality?.rows.map(({ title, cells }) => [title, ...cells.map(({ text }) => text)]),
      [
        ["MMLU, acc", "61.3", "60.0"],
        ["ARC, acc", "5", "-"],
      ],
    );
  });

  test("is a Markdown table and a page in which names are text", async () => {
    const comparison = await two();
    const markdown = candidatesMarkdown(comparison, "finance");
    assert.ok(
      markdown.startsWith("|  | a | b \\| \\<b\\> |\n| --- | --- | --- |\n| **Security** |  |  |\n| Signed | unsigned | unsigned |\n"),
      markdown,
    );
    const page = candidatesHtml(comparison, "finance");
    assert.doesNotMatch(page, /<b>|<script/);
    assert.match(page, /b \| &#60;b&#62;/);
  });
});
