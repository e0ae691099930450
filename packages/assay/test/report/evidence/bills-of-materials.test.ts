import assert from "node:assert/strict";
import { suite, test } from "node:test";
import { checkFolder, POISON } from "../../support/check/checked.ts";
import { completeCheck, evidenceOf } from "../../support/evidence/evidence.ts";
import { assertValid, isValid } from "../../support/evidence/official-schemas.ts";

const RULES = "load: data-only\n";
const COMMIT = "a".repeat(40);
const MOF = `framework: { name: Model Openness Framework, version: '1.0', date: '2024-12-15' }
release:
  name: granite
  version: 8B
  date: '2026-05-02'
  producer: Example Research
  components: []
`;

interface Element {
  readonly type: string;
  readonly spdxId?: string;
  readonly [property: string]: unknown;
}

function elementsOf(evidence: ReadonlyMap<string, unknown>): readonly Element[] {
  return (evidence.get("bom.spdx3.json") as { readonly "@graph": readonly Element[] })["@graph"];
}

/** What an AIPackage must have (SPDX 3.0.1, AI profile); the JSON schema does not ask for it. */
const NEEDED = ["suppliedBy", "releaseTime", "software_downloadLocation", "software_packageVersion", "software_primaryPurpose"];

function assertWholeAiPackages(elements: readonly Element[]): void {
  for (const element of elements.filter(({ type }) => type === "ai_AIPackage")) {
    for (const property of NEEDED) assert.ok(typeof element[property] === "string" && element[property] !== "", property);
  }
}

suite("bills of materials, which the official schemas describe", () => {
  test("the schemas reject what is wrong", async () => {
    const evidence = evidenceOf(await completeCheck(await checkFolder(), RULES));
    assert.ok(!isValid("cycloneDx", { ...(evidence.get("bom.cdx.json") as object), bomFormat: "Other" }));
    assert.ok(!isValid("cycloneDx", { ...(evidence.get("bom.cdx.json") as object), unknown: 1 }));
    const [first, ...rest] = elementsOf(evidence);
    assert.ok(!isValid("spdx", { "@context": "https://example.com", "@graph": [first, ...rest] }));
    assert.ok(
      !isValid("spdx", {
        ...(evidence.get("bom.spdx3.json") as object),
        "@graph": [first, ...rest.map((one) => ({ ...one, unknown: 1 }))],
      }),
    );
  });

  test("are valid for a plain model, a poisoned one, a copy of a published one, and one under an unlisted license", async () => {
    const cases = [
      await completeCheck(await checkFolder(), RULES),
      await completeCheck(await checkFolder({ "pytorch_model.bin": POISON, "a b/ü#?%.txt": "x" }), RULES),
      await completeCheck(await checkFolder({ "mof.yml": MOF }), RULES, { as: `hf:ibm-granite/granite@${COMMIT}` }),
      await completeCheck(await checkFolder({ LICENSE: "", "README.md": "---\nlicense: own-terms\n---\n# A model\n" }), RULES),
    ];
    for (const checked of cases) {
      for (const redact of [false, true]) {
        const evidence = evidenceOf(checked, { redact });
        assertValid("cycloneDx", evidence.get("bom.cdx.json"));
        assertValid("spdx", evidence.get("bom.spdx3.json"));
        assertValid("sarif", evidence.get("load-risk.sarif"));
        assertWholeAiPackages(elementsOf(evidence));
      }
    }
  });

  test("CycloneDX has every file with its digest, the license, and the numbers of the weights", async () => {
    const checked = await completeCheck(await checkFolder(), RULES);
    const { metadata } = evidenceOf(checked).get("bom.cdx.json") as { metadata: { component: Record<string, unknown> } };
    const { component } = metadata;
    assert.equal(component["type"], "machine-learning-model");
    assert.deepEqual(component["licenses"], [{ license: { id: "Apache-2.0", acknowledgement: "concluded" } }]);
    assert.deepEqual(component["modelCard"], {
      modelParameters: { modelArchitecture: "LlamaForCausalLM" },
      properties: [
        { name: "assay:parameters", value: "4096" },
        { name: "assay:types", value: "BF16" },
      ],
    });
    const files = component["components"] as { name: string; hashes: { content: string }[] }[];
    assert.deepEqual(
      files.map(({ name, hashes }) => [name, hashes[0]?.content]),
      checked.digested?.files.map(({ name, digests }) => [name, digests[0]]),
    );
    assert.equal("hashes" in component, false, "the manifest digest is the hash of no file");
  });

  test("what a card claims of task, data and results is in the model card, and said to be claimed", async () => {
    const card = `---
license: apache-2.0
pipeline_tag: text-generation
datasets: [acme/corpus]
model-index:
  - name: granite
    results:
      - { task: { type: text-generation }, dataset: { name: MMLU, type: mmlu }, metrics: [{ type: acc, value: 61.2 }] }
---
# A model
`;
    const evidence = evidenceOf(await completeCheck(await checkFolder({ "README.md": card }), RULES));
    assertValid("cycloneDx", evidence.get("bom.cdx.json"));
    const { metadata } = evidence.get("bom.cdx.json") as { metadata: { component: { modelCard: Record<string, unknown> } } };
    const { modelParameters, quantitativeAnalysis, properties } = metadata.component.modelCard;
    assert.deepEqual(modelParameters, {
      task: "text-generation",
      modelArchitecture: "LlamaForCausalLM",
      datasets: [{ type: "dataset", name: "acme/corpus" }],
    });
    assert.deepEqual(quantitativeAnalysis, { performanceMetrics: [{ type: "acc", value: "61.2", slice: "MMLU" }] });
    assert.ok((properties as { name: string; value: string }[]).some(({ value }) => value === "task,datasets,performanceMetrics"));
  });

  test("SPDX has an AIPackage only where all that it needs is known, and a plain package else", async () => {
    const folder = await checkFolder({ "mof.yml": MOF });
    const as = `hf:ibm-granite/granite@${COMMIT}`;
    const elements = elementsOf(evidenceOf(await completeCheck(folder, RULES, { as })));
    const whole = elements.find(({ type }) => type === "ai_AIPackage");
    assert.deepEqual(
      NEEDED.map((property) => whole?.[property]),
      [
        elements.find(({ type }) => type === "Organization")?.spdxId,
        "2026-05-02T00:00:00Z",
        "https://huggingface.co/ibm-granite/granite",
        COMMIT,
        "model",
      ],
    );
    for (const [files, given] of [
      [{ "mof.yml": MOF }, undefined],
      [{ "mof.yml": MOF }, "hf:ibm-granite/granite"],
      [{ "mof.yml": MOF }, "oci:registry.example.com/granite:v1"],
      [{ "mof.yml": MOF.replace(/ {2}producer.*\n/, "") }, as],
      [{ "mof.yml": MOF.replace(/ {2}date: '2026.*\n/, "") }, as],
      [{}, as],
    ] as const) {
      const checked = await completeCheck(await checkFolder(files), RULES, given === undefined ? {} : { as: given });
      const types = new Set(elementsOf(evidenceOf(checked)).map(({ type }) => type));
      assert.deepEqual([types.has("ai_AIPackage"), types.has("software_Package")], [false, true], `${given} ${Object.keys(files).join()}`);
    }
  });

  test("a license text that is not recognized names no license, and a claimed name is written as declared", async () => {
    const strange = await checkFolder({
      LICENSE: "You may use this if we like you, and only on Sundays.\n".repeat(9),
      "README.md": "# A model\n",
    });
    const unknown = evidenceOf(await completeCheck(strange, RULES));
    assert.equal("licenses" in (unknown.get("bom.cdx.json") as { metadata: { component: object } }).metadata.component, false);
    assert.ok(!elementsOf(unknown).some(({ type }) => type === "simplelicensing_LicenseExpression"));
    const named = await checkFolder({ LICENSE: "", "README.md": "---\nlicense: other\nlicense_name: own-terms\n---\n# A model\n" });
    const claimed = evidenceOf(await completeCheck(named, RULES)).get("bom.cdx.json") as { metadata: { component: { licenses: unknown } } };
    assert.deepEqual(claimed.metadata.component.licenses, [{ license: { name: "own-terms", acknowledgement: "declared" } }]);
  });
});
