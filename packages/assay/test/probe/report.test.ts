import assert from "node:assert/strict";
import { test } from "node:test";
import { assessOpenness, type OpennessAssessment } from "../../src/api/assess-openness.ts";
import { layOut } from "../../src/cli/text/layout.ts";
import { folderReport } from "../../src/cli/commands/openness/folder-report.ts";
import { textWidth } from "../../src/cli/text/width.ts";
import { temporaryFolder } from "../support/temporary-folder.ts";
import { LICENSES } from "../support/openness/licenses.ts";
import { APACHE, card, makeFolder, MODEL_FOLDERS, safetensors } from "../support/models/described.ts";

const root = temporaryFolder();

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
  assert.match(text, /\d\. Model card +README\.md: 3 words, 30 needed\./);
});

test("steps that the class does not require are apart from those that it requires", async () => {
  const text = await printed(
    "advice",
    { LICENSE: APACHE, "README.md": card("license: apache-2.0"), "model.safetensors": safetensors() },
    100,
  );
  const [needed = "", advised = ""] = text.split("Recommended, and not required for the class");
  assert.doesNotMatch(needed.split("To reach Class III")[1] ?? "", /Model parameters/);
  assert.match(advised, /1\. Model parameters \(Final\)/);
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
