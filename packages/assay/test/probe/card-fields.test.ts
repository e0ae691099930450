import assert from "node:assert/strict";
import { test } from "node:test";
import { findingsOf } from "../support/openness/gather.ts";

const CARD = `---
language: [en, de]
license: mit
library_name: transformers
pipeline_tag: text-generation
datasets: [example/words]
tags: [llama]
model-index:
  - name: granite
    results:
      - task: { type: text-generation, name: Questions }
        dataset: { name: MMLU, type: cais/mmlu }
        metrics:
          - { type: accuracy, name: 5-shot, value: 71.20 }
          - { type: accuracy }
---
# Granite

## Intended use

\`\`\`python
AutoModel.from_pretrained("granite")
\`\`\`
`;

test("what the fields of the card at the root say is kept as the card writes it", async () => {
  const { cardFields, facts } = await findingsOf({
    "README.md": CARD,
    "config.json": '{ "architectures": ["LlamaForCausalLM"], "transformers_version": "4.46.0" }',
    "other/README.md": "---\npipeline_tag: fill-mask\n---\n# Other\n",
  });
  assert.deepEqual(cardFields, {
    file: "README.md",
    task: "text-generation",
    library: "transformers",
    languages: ["en", "de"],
    datasets: ["example/words"],
    tags: ["llama"],
    results: [{ task: "Questions", dataset: "MMLU", metric: "5-shot", value: "71.20" }],
    headings: ["Granite", "Intended use"],
    showsUse: true,
  });
  assert.equal(facts.software, "transformers 4.46.0");
});

test("a folder without a card of a model has no such fields", async () => {
  assert.equal((await findingsOf({ "config.json": "{}" })).cardFields, undefined);
  assert.equal((await findingsOf({ "README.md": "---\ndataset_info: {}\n---\n# Words\n" })).cardFields, undefined);
});
