import assert from "node:assert/strict";
import { test } from "node:test";
import { inspectFolder, type FolderInspection } from "../../src/api/inspect-folder.ts";
import type { ComponentName } from "../../src/openness/components.ts";
import { APACHE, card, LLAMA, makeFolder, MIT, PDF, safetensors } from "../support/models/described.ts";
import { LICENSES } from "../support/openness/licenses.ts";
import { temporaryFolder } from "../support/temporary-folder.ts";

const root = temporaryFolder();
let count = 0;

/** A model with weights and code, by default under Apache-2.0. */
async function inspect(files: Readonly<Record<string, string | Uint8Array>>): Promise<FolderInspection> {
  const model = {
    LICENSE: APACHE,
    "README.md": card("license: apache-2.0"),
    "model.safetensors": safetensors(),
    "train.py": "loss.backward()\n",
  };
  return inspectFolder(makeFolder(root, `model-${(count += 1)}`, { ...model, ...files }), { cwd: root, licenses: LICENSES });
}

function licenseOf({ asFound }: FolderInspection, name: ComponentName): string {
  const component = asFound.evaluation.components.find((one) => one.name === name);
  return `${component?.status ?? "missing"} ${component?.license ?? ""}`;
}

const WEIGHTS = "Model parameters (Final)";
const CODE = "Training code";
const OPEN = "included Apache-2.0";
const UNKNOWN = "invalid Apache-2.0 AND LicenseRef-unknown-text";

const AGREEMENT = `Granite Model Agreement

By using the Model you agree to the following.

1. You may use the Model for research only.
2. Commercial use of the Model or of its outputs needs a separate contract with Acme.
3. You may not use the Model to improve any other language model.
`;

for (const [what, files] of Object.entries({
  "an agreement that cannot be read": { "agreements/Granite_agreement.pdf": PDF },
  "a form to ask for a license that cannot be read": { "images/Granite license form.docx": "PK\u0003\u0004 closed" },
  "an agreement on the model": { "Granite AGREEMENT": AGREEMENT },
  "the license of a maker of models": { "Llama LICENSE AGREEMENT": LLAMA },
  "an agreement on the model in a document": { "docs/x.md": AGREEMENT },
})) {
  test(`${what} beside an open license is for the parameters, and the code keeps the license`, async () => {
    const inspection = await inspect(files);
    assert.equal(licenseOf(inspection, CODE), OPEN);
    assert.match(licenseOf(inspection, WEIGHTS), /^invalid Apache-2\.0 AND /);
    assert.equal(inspection.asFound.evaluation.class, null);
  });
}

test("what a text is for that is not open is said", async () => {
  const { warnings } = await inspect({ "agreements/Granite_agreement.pdf": PDF });
  const messages = warnings.map(({ message }) => message);
  assert.ok(
    messages.some((message) => message.endsWith("parameters cannot count as open until a person has read it")),
    messages.join("\n"),
  );
});

for (const [what, files] of Object.entries({
  "terms for the software": { NOTES: AGREEMENT.replaceAll("Model", "Software").replace("language model", "program") },
  "a sentence on the project": { "docs/x.md": "This project may be used for academic research only. Commercial use is prohibited.\n" },
  "a sentence on code and models": {
    "docs/x.md": "The code and the models may be used for academic research only. The models may not be used for commercial purposes.\n",
  },
  "a sentence on nothing in particular": { "notes.txt": "Only for research. No commercial use.\n" },
  "a second license file of the root that cannot be read": { "LICENSE.pdf": PDF },
  "a second license file of the root": { "LICENSE.md": AGREEMENT },
})) {
  test(`${what} beside an open license closes the code, too`, async () => {
    const inspection = await inspect(files);
    assert.match(licenseOf(inspection, CODE), /^invalid /);
    assert.match(licenseOf(inspection, WEIGHTS), /^invalid /);
  });
}

const NOTICES = (what: string): string =>
  `${card("license: apache-2.0")}\n\n**Usage and License Notices**: The ${what} is intended and licensed for research use only.\n`;

test("a card's notice that the model is licensed for research only is for the parameters", async () => {
  const inspection = await inspect({ "README.md": NOTICES("checkpoint"), "data/train.jsonl": '{"text": "a"}\n'.repeat(20) });
  assert.equal(licenseOf(inspection, CODE), OPEN);
  assert.equal(licenseOf(inspection, "Datasets"), OPEN);
  assert.match(licenseOf(inspection, WEIGHTS), /^invalid /);
});

test("a card's notice on data and code is for those, too", async () => {
  const data = { "data/train.jsonl": '{"text": "a"}\n'.repeat(20) };
  const onData = await inspect({ ...data, "README.md": NOTICES("data and checkpoint") });
  assert.equal(licenseOf(onData, CODE), OPEN);
  assert.equal(licenseOf(onData, "Datasets"), UNKNOWN);
  assert.equal(licenseOf(onData, WEIGHTS), UNKNOWN);
  const onCode = await inspect({ ...data, "README.md": NOTICES("data, code and model checkpoint") });
  assert.equal(licenseOf(onCode, CODE), UNKNOWN);
  assert.equal(licenseOf(onCode, WEIGHTS), UNKNOWN);
  const apart = await inspect({ ...data, "README.md": NOTICES("code is open, and the checkpoint") });
  assert.equal(licenseOf(apart, CODE), OPEN);
});

test("without an open license for everything, an agreement on the model is for the code, too", async () => {
  const inspection = await inspect({ LICENSE: "", "Granite AGREEMENT": AGREEMENT, "README.md": card("{}") });
  assert.equal(licenseOf(inspection, CODE), "invalid LicenseRef-unknown-text");
});

test("terms for models and data close both, and no code", async () => {
  const inspection = await inspect({
    "docs/x.md": "The models and the data may be used for academic research only. The data may not be used for commercial purposes.\n",
    "data/train.jsonl": '{"text": "a"}\n'.repeat(20),
  });
  assert.equal(licenseOf(inspection, CODE), OPEN);
  assert.equal(licenseOf(inspection, "Datasets"), UNKNOWN);
  assert.equal(licenseOf(inspection, WEIGHTS), UNKNOWN);
});

test("the license of a maker in a folder below is for what is in that folder, and for the parameters wherever they are", async () => {
  const inside = await inspect({ "llama/LICENSE": LLAMA, "train.py": "", "llama/train.py": "loss.backward()\n" });
  assert.equal(licenseOf(inside, CODE), "invalid llama3.1");
  const beside = await inspect({ "llama/LICENSE": LLAMA, "llama/model.py": "class Attention(nn.Module):\n  pass\n" });
  assert.equal(licenseOf(beside, CODE), OPEN);
  assert.equal(licenseOf(beside, WEIGHTS), "invalid Apache-2.0 AND llama3.1");
});

const SERVER = `tos = """
### Terms of use
By using this service, users are required to agree to the following terms: The service is a research preview intended for non-commercial use only.
It must not be used for any illegal, harmful, violent, racist, or sexual purposes.
"""
more = """
The service is a research preview intended for non-commercial use only, subject to the license of the model.
"""
`;

test("terms of a service in the code of its server do not license the code", async () => {
  const inspection = await inspect({ "serve/web.py": SERVER, "train.py": `${SERVER}loss.backward()\n` });
  assert.equal(licenseOf(inspection, CODE), OPEN);
  assert.equal(licenseOf(inspection, WEIGHTS), UNKNOWN);
});

test("an agreement at the head of code is for that file and for the parameters", async () => {
  const head = AGREEMENT.replace(/^/gm, "# ");
  const own = await inspect({ "train.py": `${head}\nloss.backward()\n` });
  assert.equal(licenseOf(own, CODE), UNKNOWN);
  const other = await inspect({ "src/model.py": `${head}\nclass Attention(nn.Module):\n  pass\n` });
  assert.equal(licenseOf(other, CODE), OPEN);
  assert.equal(licenseOf(other, WEIGHTS), UNKNOWN);
});

test("words that sound like terms, deep in a folder of texts, are for that folder and for the parameters", async () => {
  const sentences = AGREEMENT.replaceAll("the Model", "the goods").replaceAll("Model", "Sale");
  const inspection = await inspect({ "scripts/texts/part.txt": sentences });
  assert.equal(licenseOf(inspection, CODE), OPEN);
  assert.equal(licenseOf(inspection, WEIGHTS), UNKNOWN);
});

test("a license file that only names another file of the model says what that says", async () => {
  const followed = await inspect({
    LICENSE: "See legal/MIT.txt for the license.\n",
    "legal/MIT.txt": MIT,
    "README.md": card("license: mit"),
  });
  assert.equal(licenseOf(followed, CODE), "included MIT");
  const closed = await inspect({ LICENSE: "../terms/AGREEMENT.txt", "terms/AGREEMENT.txt": AGREEMENT });
  assert.match(licenseOf(closed, CODE), /^(?:invalid|unlicensed) /);
});

test("a license file that is only an address grants nothing, and says so", async () => {
  const inspection = await inspect({ LICENSE: "https://example.com/acme/blob/main/README.md#license\n" });
  assert.equal(licenseOf(inspection, CODE), "invalid LicenseRef-unknown-text");
  const messages = inspection.warnings.map(({ message }) => message);
  assert.ok(messages.includes("LICENSE only points to https://example.com/acme/blob/main/README.md#license, which was not read"));
});

test("a license is named once, whatever sets of texts the files are under", async () => {
  const inspection = await inspect({ "lib/LICENSE": MIT, "lib/train.py": "loss.backward()\n", "lib/train_2.py": "loss.backward()\n" });
  assert.equal(licenseOf(inspection, CODE), "included Apache-2.0 AND MIT");
});

test("a file that begins with an open license, and has those of others' parts behind it, is that license", async () => {
  const inspection = await inspect({ LICENSE: `${MIT}\nThird-party software: Widget\n\n${APACHE}`, "README.md": card("license: mit") });
  assert.equal(licenseOf(inspection, CODE), "included MIT");
});

test("a use that is not prohibited is unlimited, unless it is so only in part", async () => {
  const memo = (words: string): string =>
    `# Memo\n\n${"It was measured on ten tasks, and is good at three. ".repeat(12)}The weights are released in an open manner and commercial use is not prohibited${words}.\n`;
  assert.equal(licenseOf(await inspect({ "memo.md": memo(", similar to other models") }), WEIGHTS), OPEN);
  assert.match(licenseOf(await inspect({ "memo.md": memo(" unless you are a bank") }), WEIGHTS), /^invalid /);
});

test("an agreement in a folder below that cannot be read is for the parameters, though nothing at the root is open", async () => {
  const inspection = await inspect({ LICENSE: "", "README.md": card("{}"), "assets/model_agreement.pdf": PDF });
  assert.equal(licenseOf(inspection, CODE), "unlicensed unlicensed");
  assert.equal(licenseOf(inspection, WEIGHTS), "invalid LicenseRef-unknown-text");
});
