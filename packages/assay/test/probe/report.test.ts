import assert from "node:assert/strict";
import { test } from "node:test";
import { assessOpenness, type OpennessAssessment } from "../../src/api/assess-openness.ts";
import { layOut } from "../../src/cli/text/layout.ts";
import { folderReport, shortFolderReport } from "../../src/cli/commands/openness/folder-report.ts";
import { groupWarnings } from "../../src/cli/commands/openness/short-report.ts";
import type { Warning } from "../../src/core/warning.ts";
import { textWidth } from "../../src/cli/text/width.ts";
import { temporaryFolder } from "../support/temporary-folder.ts";
import { LICENSES } from "../support/openness/licenses.ts";
import { APACHE, card, makeFolder, MODEL_FOLDERS, safetensors } from "../support/models/described.ts";

const root = temporaryFolder();

const PLAIN = { width: 100, color: false, live: false };

const assessed = new Map<string, Promise<OpennessAssessment>>();

/** The report on a folder, which is read once, whatever the width. */
async function printed(name: string, files: Parameters<typeof makeFolder>[2], width: number): Promise<string> {
  const known = assessed.get(name) ?? assessOpenness(makeFolder(root, name, files), { cwd: root, licenses: LICENSES });
  assessed.set(name, known);
  const assessment = await known;
  return layOut(folderReport(assessment, false), { width, color: false, live: false });
}

for (const [name, files] of Object.entries(MODEL_FOLDERS)) {
  for (const width of [60, 100]) {
    test(`${name} at ${width} columns: no line is wider, and every component is somewhere`, async () => {
      const text = await printed(name, files, width);
      for (const line of text.split("\n")) assert.ok(textWidth(line) <= width, line);
      const flat = text.replace(/\s+/g, " ");
      for (const component of ["Model architecture", "Datasets", "Research paper", "Model card"])
        assert.ok(flat.includes(component), component);
      assert.match(text, /manifest +sha256:/);
    });
  }
}

for (const [name, lines] of [
  [
    "weights-and-community-license",
    [/^✘ No class: .* shows 0 of the 6 components/, /LICENSE calls itself Llama 3\.1 Community License/, /not open/],
  ],
  [
    "weights-code-and-paper",
    [
      /^✘ No class: .* shows 5 of the 6/,
      /LICENSE is Apache-2\.0, word for word/,
      /Training code +\? README\.md links to .*its license is not stated/,
    ],
  ],
  ["everything-open", [/^✔ Class I, open science: everything-open, by what is in the folder/]],
  ["adapters-on-a-base-model", [/no license text in the folder/, /made from mistralai\/Mistral-7B-v0\.1/]],
  ["quantized-gguf-only", [/Q4_K_M, quantized/, /granite-7b\.Q4_K_M\.gguf says apache-2\.0/]],
  ["data-set-card", [/its card is of a data set/]],
  ["no-card", [/also here +config\.json, vocab\.txt/, /missing: neither a license file nor a statement/]],
  ["mof-claims-more", [/Training code +\? mof\.yml gives the path training\/, which does not exist/]],
] as const) {
  test(`${name} says first what matters`, async () => {
    const text = (await printed(name, MODEL_FOLDERS[name] ?? {}, 100)).replace(/\n +/g, " ");
    for (const line of lines) assert.match(text, line);
  });
}

test("a policy on uses is named among the licenses", async () => {
  const files = { LICENSE: APACHE, "USE_POLICY.md": "You agree that you will not use the model for military purposes.\n" };
  assert.match(await printed("policy", files, 100), /license +USE_POLICY\.md limits what the model may be used for\n/);
});

test("a card with too few words says so, and what it takes", async () => {
  const text = await printed("short-card", { LICENSE: APACHE, "README.md": "# Granite\n\nA model of text.\n" }, 100);
  assert.match(text, /\d\. Model card +README\.md: 3 words, 30 needed\n/);
});

test("entries of mof.yml and other licenses are for the publisher, who writes one", async () => {
  const files = { LICENSE: APACHE, "README.md": card("license: apache-2.0"), "model.safetensors": safetensors() };
  const folder = makeFolder(root, "advice", files);
  const reviewed = layOut(folderReport(await assessOpenness(folder, { cwd: root, licenses: LICENSES }), false), PLAIN);
  assert.doesNotMatch(reviewed, /In mof\.yml|Recommended/);
  assert.match(reviewed, /your model\? --write starts its mof\.yml/);
  const published = layOut(folderReport(await assessOpenness(folder, { cwd: root, licenses: LICENSES, write: true }), false), PLAIN);
  assert.doesNotMatch(published, /your model\?/);
  const [needed = "", advised = ""] = published.split("Recommended, and not required for the class");
  assert.doesNotMatch(needed.split("Missing for Class III")[1] ?? "", /Model parameters/);
  assert.match(needed.replace(/\n +/g, " "), /In mof\.yml: \{ name: Data card/);
  assert.match(advised, /1\. Model parameters \(Final\)/);
});

test("what a file says is elsewhere needs its address, and its license where none is stated", async () => {
  const body = "The weights: [granite-7b](https://huggingface.co/acme/granite-7b). The paper: https://arxiv.org/abs/2407.21783\n";
  const files = { LICENSE: APACHE, "README.md": card("library_name: transformers", body) };
  const flat = (await printed("claimed-weights", files, 100)).replace(/\n +/g, " ");
  assert.match(
    flat,
    /Model parameters \(Final\) +claimed by README\.md: give its address and license \(https:\/\/huggingface\.co\/acme\/granite-7b\)/,
  );
  assert.match(flat, /Technical report +not found; the paper that README\.md names would do/);
  assert.doesNotMatch(flat, /model\.safetensors/);
});

test("a claim that does not count is said to, with the reason", async () => {
  const body = "The weights: [granite-7b](https://huggingface.co/acme/granite-7b).\n";
  const text = await printed("uncounted", { LICENSE: APACHE, "README.md": card("", body) }, 100);
  assert.match(text, /with claims .*\n +the claimed component does not count: no license is stated for it\n/);
});

test("what was not read comes first, and then nothing is called unmentioned by the whole folder", async () => {
  const assessment = await assessOpenness(makeFolder(root, "limits", { LICENSE: APACHE, "README.md": card("") }), {
    cwd: root,
    licenses: LICENSES,
  });
  const limits = [
    "not read: 3 of 20,003 files of code, z.py first",
    "1 file of settings over 256 kB: only the beginning was read",
    "third",
  ];
  const limited = { ...assessment, notRead: limits };
  const text = layOut(folderReport(limited, false), PLAIN);
  assert.match(text, /with claims [^\n]*\n +not read +3 of 20,003 files of code, z\.py first\n/);
  assert.match(text, /Unknown: no file that was read shows them or says where they are/);
  assert.doesNotMatch(layOut(folderReport(assessment, false), PLAIN), /not read/);
  assert.match(layOut(shortFolderReport(limited, false), PLAIN), /and 1 more such line; --full shows them/);
});

test("each reason for a license that is not open is told once", async () => {
  const files = MODEL_FOLDERS["weights-and-community-license"] ?? {};
  const text = (await printed("weights-and-community-license", files, 100)).replace(/\n +/g, " ");
  assert.equal(text.split("700 million monthly users").length - 1, 1, text);
});

test("what a file says of licenses is one line, with what each is for", async () => {
  const body = "The code is licensed under the MIT License. The code is under the MIT license, too.\n";
  const text = await printed("one-line", { LICENSE: APACHE, "README.md": card("license: apache-2.0", body) }, 100);
  assert.equal(text.split("README.md says").length - 1, 1, text);
  assert.match(text, /README\.md says apache-2\.0, and MIT for the code\n/);
});

test("a license that is said of two kinds of components is named once", async () => {
  const body = "## License\n\nBoth the code and the model weights are released under the MIT License.\n";
  const text = await printed("both", { LICENSE: APACHE, "README.md": card("", body) }, 100);
  assert.match(text, /README\.md says MIT for the (?:parameters and the code|code and the parameters)\n/);
});

test("warnings that differ in their file alone are one", () => {
  const damaged = (file: string): Warning => ({ code: "EVIDENCE_FILE_DAMAGED", message: `${file} does not count: too short` });
  const others = [damaged("z.bin"), { code: "EVIDENCE_LICENSE_NEAR", message: "LICENSE is a changed MIT" } as const];
  assert.deepEqual(groupWarnings([damaged("a.bin"), damaged("b.bin"), ...others]).length, 4);
  const grouped = groupWarnings([damaged("a.bin"), damaged("b.bin"), damaged("c.bin"), ...others]);
  assert.deepEqual(
    grouped.map(({ message }) => message),
    ["a.bin does not count: too short; the same of 3 more files", "LICENSE is a changed MIT"],
  );
});

test("configuration and tokenizers take one line at 60 columns", async () => {
  const names = Array.from({ length: 12 }, (_, index) => [`a/long/folder/of/tasks/${index}/config.json`, "{}"]);
  const text = await printed("also", { LICENSE: APACHE, "README.md": card(""), ...Object.fromEntries(names) }, 60);
  assert.match(text, /\n {2}also here {3}.* and 11 more\n {2}license/);
});

test("one more class by claims is told in the first line", async () => {
  const files = { ...MODEL_FOLDERS["everything-open"], LICENSE: "" };
  assert.match(
    (await printed("claims-only", files, 100)).replace(/\n +/g, " "),
    /^\? No class: .*; Class I if what its files claim is true/,
  );
});

test("names and words of the model reach the terminal escaped", async () => {
  const files = {
    LICENSE: APACHE,
    "train_\u001b[31m.py": "loss.backward()\n",
    "README.md": card("license: 'm\u202eit'\nbase_model: 'x\u0007y'", "## Results \u001b]0;x\u0007\n\n| a | 1.5 |\n"),
    "model.safetensors": safetensors(4, { name: "\u001b[2J" }),
  };
  const text = await printed("escaped", files, 100);
  assert.doesNotMatch(text, /[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u202e]/);
});
