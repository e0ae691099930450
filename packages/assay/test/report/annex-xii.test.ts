import assert from "node:assert/strict";
import { rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { suite, test } from "node:test";
import { check, type CheckOptions } from "../../src/api/check.ts";
import { annexItems, type AnnexItem } from "../../src/report/annex-xii.ts";
import { modelFacts } from "../../src/report/model-facts.ts";
import { checkFolder } from "../support/check/checked.ts";

const CARD = `---
license: apache-2.0
language: [en, de]
library_name: transformers
pipeline_tag: text-generation
datasets: [example/letters]
base_model: example/base
---
# Granite

## Intended use

## Acceptable use policy

\`\`\`python
AutoModel.from_pretrained("granite")
\`\`\`
`;
const CONFIG =
  '{ "model_type": "llama", "architectures": ["LlamaForCausalLM"], "transformers_version": "4.46.0", "max_position_embeddings": 4096 }\n';

async function itemsOf(files: Readonly<Record<string, string>>, options: CheckOptions = {}): Promise<Record<string, string>> {
  const { root, policy } = await checkFolder(files);
  const checked = await check("granite", policy("load: any\n"), { cwd: root, isComplete: true, ...options });
  return Object.fromEntries(annexItems(checked).map(({ point, state, value }: AnnexItem) => [point, `${state}: ${value}`]));
}

suite("Annex XII of the EU AI Act", () => {
  test("what files show is found, what they only say is claimed, and the place is named", async () => {
    assert.deepEqual(await itemsOf({ "README.md": CARD, "config.json": CONFIG }, { as: "hf:example/granite" }), {
      "1(a)": "claimed: text-generation; section “Intended use” of the card",
      "1(b)": "claimed: section “Acceptable use policy” of the card",
      "1(c)": "claimed: distributed as hf:example/granite",
      "1(d)": "claimed: transformers",
      "1(e)": "claimed: transformers 4.46.0",
      "1(f)": "found: LlamaForCausalLM; 4,096 parameters",
      "1(g)": "claimed: by its task, text-generation",
      "1(h)": "found: Apache-2.0",
      "2(a)": "claimed: the card shows code that loads it",
      "2(b)": "found: context of 4,096 tokens",
      "2(c)": "claimed: example/letters",
    });
  });

  test("what nothing in the model speaks of is absent", async () => {
    const { root, model, policy } = await checkFolder({ "README.md": "# A model\n", "config.json": "{}" });
    for (const name of ["LICENSE", "model.safetensors"]) rmSync(join(model, name));
    writeFileSync(join(model, "weights.bin"), "x");
    const checked = await check("granite", policy("load: any\n"), { cwd: root, isComplete: true });
    assert.deepEqual([...new Set(annexItems(checked).map(({ state }) => state))], ["absent"]);
  });

  test("a use policy beside the model is found", async () => {
    const items = await itemsOf({ "USE_POLICY.md": "# Use policy\n\nYou agree not to use it for harm.\n" });
    assert.equal(items["1(b)"], "found: USE_POLICY.md");
  });

  test("nothing is absent of a model whose card was not read", async () => {
    const { root, policy } = await checkFolder();
    const checked = await check("granite", policy("load: any\n"), { cwd: root });
    assert.deepEqual([...new Set(annexItems(checked).map(({ state }) => state))], ["not-read"]);
  });
});

test("the facts of a model tell what headers show from what its files claim", async () => {
  const { root, policy } = await checkFolder({ "README.md": CARD, "config.json": CONFIG });
  const checked = await check("granite", policy("load: any\n"), { cwd: root, isComplete: true, as: "hf:example/granite" });
  const facts = Object.fromEntries(modelFacts(checked).map(({ label, value, basis }) => [label, `${basis}: ${value}`]));
  assert.partialDeepStrictEqual(facts, {
    "Published as": "claimed: hf:example/granite",
    "Formats of weights": "found: safetensors",
    Parameters: "found: 4,096",
    "Number types": "found: BF16",
    "Memory for the weights": "found: 8.2 kB, as they are stored",
    Architecture: "found: LlamaForCausalLM",
    Context: "found: 4,096 tokens",
    Task: "claimed: text-generation",
    Languages: "claimed: en, de",
    "Made from": "claimed: example/base",
    "Trained on": "claimed: example/letters",
  });
});
