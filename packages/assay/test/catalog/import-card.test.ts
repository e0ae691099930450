import assert from "node:assert/strict";
import { suite, test } from "node:test";
import * as fc from "fast-check";
import { importCard } from "../../src/catalog/import-card.ts";
import { shippedLicenses } from "../../src/catalog/licenses.ts";
import { AssayError } from "../../src/core/error.ts";
import { COMPONENTS } from "../../src/openness/components.ts";
import { evaluate } from "../../src/openness/evaluate.ts";
import type { ModelDescription } from "../../src/openness/model.ts";
import { readModelFile } from "../../src/openness/read-model.ts";
import { effort } from "../support/effort.ts";
import { anyText } from "../support/any-text.ts";

function cardOf(frontMatter: string, text = "# Granite\nA model.\n"): string {
  return `---\n${frontMatter}\n---\n${text}`;
}

function textOf(card: string): string {
  return importCard(card, "README.md", shippedLicenses()).text;
}

function modelOf(card: string): ModelDescription {
  return readModelFile(textOf(card)).model;
}

suite("a mof.yml made of a model card", () => {
  test("takes over name, license, base model and data sets, and says of each where it comes from", () => {
    const text = textOf(cardOf("license: apache-2.0\nlicense_link: LICENSE\nbase_model: [acme/base, acme/other]\ndatasets: acme/corpus"));
    const { release, licenses, components } = readModelFile(text).model;
    assert.equal(release.name, "Granite");
    assert.equal(release.origin, "acme/base");
    assert.deepEqual(licenses.distribution, { name: "Apache-2.0", path: "LICENSE" });
    assert.deepEqual(
      components.map(({ name }) => name),
      ["Model card", "Datasets"],
    );
    assert.match(text, /name: Granite # from the card: please confirm\n/);
    assert.match(text, /# the card's license is apache-2\.0; what it is for, the card does not say: please confirm\n/);
    assert.match(text, /origin: acme\/base # the card's base_model; it names 2: acme\/base, acme\/other\n/);
    assert.match(text, /# the card names the data set acme\/corpus: please confirm, with its license\n/);
  });

  test("guesses nothing: what the card leaves open is empty and marked, and its components are comments", () => {
    const { text, toFillIn, notSaid } = importCard(cardOf("pipeline_tag: text-generation"), "README.md", shippedLicenses());
    const { release, licenses, components } = readModelFile(text).model;
    for (const field of ["version", "date", "type", "architecture", "origin", "producer"] as const) {
      assert.equal(release[field] ?? "", "", field);
      assert.ok(toFillIn.includes(field), field);
      assert.match(text, new RegExp(`${field}: "" # please fill in`));
    }
    assert.match(text, /\(the card's pipeline_tag is text-generation\)/);
    assert.equal(licenses.distribution, undefined);
    assert.match(text, /# please fill in: the card names no license\n/);
    assert.deepEqual(
      components.map(({ name }) => name),
      ["Model card"],
    );
    assert.equal(notSaid.length, 16);
    for (const name of notSaid) assert.match(text, new RegExp(`^    # - name: ${name.replace(/[()]/g, "\\$&")}$`, "m"));
  });

  test("counts nothing that is elsewhere, for the card does not say under which license", () => {
    const card = cardOf(
      "license: mit\ndatasets: [acme/corpus]",
      "# Granite\nSee the [paper](https://arxiv.org/abs/2401.00001) and the [training code](https://github.com/acme/train).\n",
    );
    const model = modelOf(card);
    const evaluation = evaluate(model, shippedLicenses());
    for (const name of ["Datasets", "Research paper", "Training code"]) {
      assert.equal(evaluation.components.find((component) => component.name === name)?.status, "unlicensed", name);
    }
    assert.equal(evaluation.components.find(({ name }) => name === "Model card")?.status, "included");
    assert.equal(model.components.find(({ name }) => name === "Training code")?.path, "https://github.com/acme/train");
  });

  test("reads other and its name, and writes what it does not know as it is", () => {
    assert.equal(
      modelOf(cardOf("license: other\nlicense_name: llama3\nlicense_link: https://example.com/l")).licenses.distribution?.name,
      shippedLicenses().find("llama3")!.id,
    );
    assert.equal(modelOf(cardOf("license: acme-own-1")).licenses.distribution?.name, "acme-own-1");
    assert.equal(modelOf(cardOf("license: other")).licenses.distribution, undefined);
  });

  test("takes several licenses for all of them, and says how to write a choice", () => {
    const text = textOf(cardOf("license: [mit, apache-2.0]"));
    assert.equal(readModelFile(text).model.licenses.distribution?.name, "MIT AND Apache-2.0");
    assert.match(text, /write OR if one may choose/);
  });

  test("takes figures in the model-index for evaluation results", () => {
    const card = cardOf(
      "model-index: [{ name: x, results: [{ task: { type: t }, dataset: { name: MMLU, type: m }, metrics: [{ type: acc, value: 0.5 }] }] }]",
    );
    assert.ok(modelOf(card).components.some(({ name, path }) => name === "Evaluation results" && path === "README.md"));
    assert.match(textOf(card), /# # the card gives results on MMLU: please confirm\n    # - name: Evaluation data\n/);
  });

  test("has all 17 components, and is one that can be read, when the # are taken away", () => {
    const whole = textOf(cardOf("license: mit")).replace(/^( {4})# (?=- name|  description|  component_path)/gm, "$1");
    assert.deepEqual(new Set(readModelFile(whole).model.components.map(({ name }) => name)), new Set(COMPONENTS.map(({ name }) => name)));
  });

  test("has no name where the card has none, so that a person must give one", () => {
    const text = textOf(cardOf("license: mit", "A model without a heading.\n"));
    assert.match(text, /name: "" # please fill in: what the model is called/);
    assert.throws(() => readModelFile(text), { code: "MOF_SHAPE", message: /what is the model called/ });
  });

  test("is not made of front matter that cannot be read, and not of the card of a data set", () => {
    assert.throws(() => textOf(cardOf("license: [mit")), { code: "CARD_BROKEN", message: /README\.md/ });
    assert.throws(() => textOf(cardOf("license: mit\ntask_categories: [x]")), { code: "CARD_OF_DATA" });
  });

  test("lets no word of the card out of its comment or field", () => {
    const hostile = JSON.stringify('x"\n  components: []\u2028\n# \u001b[2J');
    const text = textOf(cardOf(`license: ${hostile}\nbase_model: ["a", "b\\nrelease: {}"]\npipeline_tag: ${hostile}`));
    assert.ok(!text.includes("\u001b"));
    const { model, unknownFields } = readModelFile(text);
    assert.deepEqual(unknownFields, []);
    assert.deepEqual(
      model.components.map(({ name }) => name),
      ["Model card"],
    );
    assert.match(text, /b\?release/);
  });

  test("is a mof.yml or an error of ours, whatever the card", () => {
    fc.assert(
      fc.property(anyText(), anyText(), fc.string(), (license, base, text) => {
        const card = cardOf(`license: ${JSON.stringify(license)}\nbase_model: ${JSON.stringify(base)}`, `# G\n${text}`);
        try {
          const made = textOf(card);
          if (/name: "" # please fill in: what/.test(made)) return;
          assert.equal(readModelFile(made).model.components[0]?.name, "Model card");
        } catch (error) {
          assert.ok(error instanceof AssayError && error.code !== "INTERNAL", String(error));
        }
      }),
      { numRuns: effort(50, 200) },
    );
  });
});
