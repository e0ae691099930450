import assert from "node:assert/strict";
import { symlinkSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { gzipSync } from "node:zlib";
import { inspectFolder, type FolderInspection } from "../../src/api/inspect-folder.ts";
import type { ComponentName } from "../../src/openness/components.ts";
import { effort } from "../support/effort.ts";
import { temporaryFolder } from "../support/temporary-folder.ts";
import { LICENSES } from "../support/openness/licenses.ts";
import { APACHE, card, makeFolder, MIT, PDF, safetensors } from "../support/models/described.ts";

const root = temporaryFolder();
let count = 0;

type Files = Readonly<Record<string, string | Uint8Array>>;

async function inspect(files: Files): Promise<FolderInspection> {
  const open = {
    LICENSE: APACHE,
    "README.md": card("license: apache-2.0"),
    "model.safetensors": safetensors(),
    "train.py": "loss.backward()\n",
  };
  return inspectFolder(makeFolder(root, `model-${(count += 1)}`, { ...open, ...files }), { cwd: root, licenses: LICENSES });
}

function statusOf({ asFound }: FolderInspection, name: ComponentName = "Model parameters (Final)"): string | undefined {
  return asFound.evaluation.components.find((component) => component.name === name)?.status;
}

const AGREEMENT = `Granite Model Weights Agreement

By using the Model you agree to the following.

1. You may use the Model for research only.
2. Commercial use of the Model or of its outputs needs a separate contract with Acme.
3. You may not use the Model to improve any other language model.
`;
const LONG = `# Notes\n\n${"The model answers questions in several languages. ".repeat(40)}\n\n${AGREEMENT}\n\n${"It was measured on ten tasks. ".repeat(40)}`;

type Places = Readonly<Record<string, (text: string) => string | Uint8Array>>;

/** What an agreement can be called and where it can be, and how its bytes can be written. */
const PLACES: Places = {
  "notes.txt": (text) => text,
  ".hidden/x": (text) => text,
  "docs/LICENSE": (text) => text,
  "LICENSE-CODE": (text) => text,
  "LICENSES/LicenseRef-Acme.txt": (text) => text,
  "page.html": (text) =>
    `<html><body><p>${text.replaceAll("\n\n", "</p>\n<p>").replaceAll("research only", "research&nbsp;<b>only</b>")}</p></body></html>`,
  "x.json": (text) => JSON.stringify({ text }),
  "utf16.txt": (text) => Buffer.concat([Buffer.from([0xff, 0xfe]), Buffer.from(text, "utf16le")]),
  "notes.txt.gz": (text) => gzipSync(text),
};

const MORE_PLACES: Places = {
  "docs/x.md": (text) => text,
  NOTES: (text) => text,
  "READ ME.TXT": (text) => text,
  "a/b/c/d.rst": (text) => text,
  "заметки.txt": (text) => text,
  "weights/info": (text) => text,
  "src/helper.py": (text) => `"""\n${text}\n"""\n`,
  "third_party/lib/notes": (text) => text,
  "Granite LICENSE AGREEMENT": (text) => text,
  WEIGHTS_LICENSE: (text) => text,
  "EULA.md": (text) => text,
  "x.pdf": (text) => text,
  "quoted.md": (text) => text.replace(/^/gm, "> "),
  "upper.txt": (text) => text.toUpperCase(),
  "big-endian.txt": (text) => Buffer.from(text, "utf16le").swap16(),
  "latin1.txt": (text) => Buffer.from(`Für alle: é\n\n${text}`, "latin1"),
  "zero.txt": (text) => `${text}\u0000`,
};

for (const [place, write] of Object.entries({ ...PLACES, ...effort({}, MORE_PLACES) })) {
  test(`an agreement in ${place} beside an open LICENSE leaves no parameters open by what is in the folder`, async () => {
    const inspection = await inspect({ [place]: write(AGREEMENT) });
    assert.equal(statusOf(inspection), "invalid");
    assert.ok(
      inspection.warnings.some(({ message }) => message.includes(place)),
      "it is named",
    );
  });
}

test("an agreement among other text is found", async () => {
  assert.equal(statusOf(await inspect({ "docs/guide.md": LONG })), "invalid");
});

test("an agreement at the end of a text that is too large to be read whole is found", async () => {
  const filler = "The model answers questions in several languages.\n".repeat(14_000);
  assert.equal(statusOf(await inspect({ "docs/guide.md": filler + AGREEMENT })), "invalid");
});

test("terms in another language count, and a license that cannot be understood is not open", async () => {
  assert.equal(statusOf(await inspect({ "说明.txt": "仅供学术研究使用，不得用于商业用途。\n未经许可禁止分发。\n" })), "invalid");
  assert.equal(statusOf(await inspect({ "LICENSE_AR.txt": "هذا النموذج للبحث فقط" })), "invalid");
});

for (const name of [
  "Community License for Granite.pdf",
  "legal/granite.pdf",
  "TERMS_OF_USE.pdf",
  "EULA.docx",
  "LICENSES/x.pdf",
  "许可协议.pdf",
]) {
  test(`${name}, which is not read, leaves nothing open, and is named`, async () => {
    const inspection = await inspect({ [name]: name.endsWith("x") ? Buffer.from("PK\u0003\u0004word/document.xml") : PDF });
    assert.equal(statusOf(inspection), "invalid");
    assert.ok(inspection.warnings.some(({ code, message }) => code === "EVIDENCE_LICENSE_UNREAD" && message.startsWith(name)));
  });
}

test("a license text that Git LFS holds elsewhere leaves nothing open", async () => {
  const pointer = "version https://git-lfs.github.com/spec/v1\noid sha256:00\nsize 9\n";
  assert.equal(statusOf(await inspect({ "MODEL_LICENSE.pdf": pointer })), "invalid");
});

test("a PDF whose name says nothing is named, and closes nothing", async () => {
  const inspection = await inspect({ "docs/figures.pdf": PDF, "paper.pdf": PDF, "policy-gradient.pdf": PDF });
  assert.equal(statusOf(inspection), "included");
  assert.ok(
    inspection.warnings.some(({ code, message }) => code === "EVIDENCE_NOT_ALL_READ" && message.includes("docs/figures.pdf (a PDF)")),
  );
});

test("a link out of the folder that is called an agreement leaves nothing open", async () => {
  const folder = makeFolder(root, "linked", { LICENSE: APACHE, "model.safetensors": safetensors(), "notes.md": "# Notes\n" });
  symlinkSync("notes.md", join(folder, "TERMS.md"));
  assert.equal(statusOf(await inspectFolder(folder, { cwd: root, licenses: LICENSES })), "included", "one to a file here is that file");
  symlinkSync("../elsewhere", join(folder, "EULA"));
  assert.equal(statusOf(await inspectFolder(folder, { cwd: root, licenses: LICENSES })), "invalid");
});

const NOTICE = `# Copyright 2024 Acme
#
# Licensed under the Apache License, Version 2.0 (the "License");
# you may not use this file except in compliance with the License.
# You may obtain a copy of the License at
#
#     http://www.apache.org/licenses/LICENSE-2.0
#
# Unless required by applicable law or agreed to in writing, software
# distributed under the License is distributed on an "AS IS" BASIS,
# WITHOUT WARRANTIES OR CONDITIONS OF ANY KIND, either express or implied.
# See the License for the specific language governing permissions and
# limitations under the License.
import torch
`;

/** Files of ordinary models, each of which speaks of licenses or of what may be done. */
const ORDINARY: Files = {
  "docs/install.md": "# Install\n\nYou may use `pip`. You can also use conda.\n\n## License\n\nApache-2.0, see [LICENSE](../LICENSE).\n",
  "docs/LICENSING.md": "# License\n\nThe model and the code are under Apache-2.0. See LICENSE.\n",
  "CONTRIBUTING.md":
    "# Contributing\n\nFork it, and send a pull request. By contributing, your work is under the LICENSE of this project.\n",
  "THIRD_PARTY_NOTICES.txt": `Parts of this are by others.\n\n${MIT}\n\n----\n\n${APACHE}`,
  "third_party/lib/LICENSE": MIT,
  "docs/about.md": `# About\n\nThis is the work of several people.\n\n${MIT}`,
  "train.py": `${MIT.replace(/^/gm, "# ")}\nloss.backward()\n`,
  "modeling.py": `${NOTICE}\nraise ValueError("inputs_embeds can only be used in the first step")\n`,
  "lib/helper.py": `"""\n${MIT}\n"""\nimport os\n`,
  "lib/license_check.py": "def license_of(name):\n    return 'MIT'\n",
  "license_plates.txt": "AB 123\nCD 456\n",
  "policy_network.py": "import torch\n",
  "policy.safetensors": safetensors(),
  "vocab.txt": "license\nagreement\nprohibited\nterms\nresearch\n".repeat(500),
  "data/train.jsonl": '{"text": "You may use the door on the left."}\n{"text": "Smoking is prohibited in the building."}\n'.repeat(50),
  "CHANGELOG.md": "# Changes\n\n- The license file was added.\n- You can now use `--fast`.\n",
  "docs/out-of-scope.md": "The model should not be used to create hostile environments; it was not trained to be factual.\n",
};

test("ordinary documents, notices and the licenses of others close nothing", async () => {
  const inspection = await inspect(ORDINARY);
  assert.equal(statusOf(inspection), "included", JSON.stringify(inspection.findings.licenseFiles));
  assert.equal(statusOf(inspection, "Training code"), "included");
});

test("terms for a library in its own folder are for that folder", async () => {
  const terms =
    "ACME LIBRARY LICENSE\n\nYou may use the library for evaluation only. You may not redistribute the library or the software.\n";
  const inspection = await inspect({ "third_party/acme/LICENSE": terms, "third_party/acme/acme.c": "int x;\n" });
  assert.equal(statusOf(inspection), "included");
});

test("a notice in one file of code is for that file", async () => {
  const notice =
    "# This software may be used for evaluation only.\n# You may not redistribute this software.\n# All copies must be destroyed; distribution is prohibited.\n";
  const inspection = await inspect({ "lib/train.py": `${notice}loss.backward()\n` });
  assert.deepEqual([statusOf(inspection), statusOf(inspection, "Training code")], ["included", "invalid"]);
});

test("a short license under its own name at the head of a program is for the model", async () => {
  const license =
    "# Granite Sample License\n#\n# You are not permitted to redistribute this work after changes.\n# You may only use this work with consent.\n# Copies may not be sold.\n";
  assert.equal(statusOf(await inspect({ "src/model.py": `${license}\nimport torch\n` })), "invalid");
  const notice = license.replace("Granite Sample License", "MIT License");
  assert.equal(statusOf(await inspect({ "src/model.py": `${notice}\nimport torch\n` })), "included", "a changed open license is a notice");
});

test("a short agreement in a notebook is for the model", async () => {
  const text = "You may not redistribute this work.\nYou may only use this work with consent.\nCopies may not be sold.";
  const cell = { cell_type: "markdown", metadata: {}, source: text.split(/(?<=\n)/) };
  assert.equal(statusOf(await inspect({ "demo.ipynb": JSON.stringify({ cells: [cell], nbformat: 4 }, undefined, 1) })), "invalid");
});

test("a whole agreement under the name of a program is for the model", async () => {
  const sentences = ["use", "copy", "sell", "share", "host", "modify", "publish"].map(
    (verb) => `You may not ${verb} the software without a contract.`,
  );
  assert.equal(statusOf(await inspect({ "src/const.py": `TEXT = """\n${sentences.join("\n")}\n"""\n` })), "invalid");
});

test("an open text nearer to the weights does not hide an agreement for the whole model", async () => {
  const files = { LICENSE: APACHE, "weights/LICENSE": MIT, "weights/x.safetensors": safetensors() };
  const status = async (more: Files): Promise<string | undefined> =>
    statusOf(await inspectFolder(makeFolder(root, `model-${(count += 1)}`, { ...files, ...more }), { cwd: root, licenses: LICENSES }));
  assert.equal(await status({}), "included");
  assert.equal(await status({ "docs/x.md": AGREEMENT }), "invalid");
});

test("a policy on uses is named, and its limits are not those of an open license", async () => {
  const policy = "# Acceptable use\n\nYou agree that you will not use the model for military purposes.\n";
  const inspection = await inspect({ "USE_POLICY.md": policy });
  assert.ok(inspection.warnings.some(({ code, message }) => code === "EVIDENCE_USE_POLICY" && message.startsWith("USE_POLICY.md")));
  assert.equal(statusOf(inspection), "invalid");
});

for (const place of ["notes.txt", "docs/x.md", "x.json"]) {
  test(`an open license with one sentence added, in ${place}, leaves no parameters open by what is in the folder`, async () => {
    const text = MIT.replace("THE SOFTWARE IS", "Companies may use the Software only under a contract with Acme.\n\nTHE SOFTWARE IS");
    assert.equal(statusOf(await inspect({ [place]: place === "x.json" ? JSON.stringify({ text }) : text })), "invalid");
  });
  test(`the same license with nothing added, in ${place}, closes nothing`, async () => {
    assert.equal(statusOf(await inspect({ [place]: place === "x.json" ? JSON.stringify({ text: MIT }) : MIT })), "included");
  });
}

test("a policy on uses in short numbered lines, within records, leaves no parameters open by what is in the folder", async () => {
  const list = ["plan crimes", "deceive people", "build weapons", "make spam", "hurt minors", "spread disease"];
  const text = `Granite policy\n\nIf you use Granite, you agree to this policy.\n\n${list.map((one, at) => `${at}.\n${one}`).join("\n\n")}\n\nYou agree you will not use Granite, or let others use it, to harm people.\n\nWe require that you pass this policy on.\n`;
  assert.equal(statusOf(await inspect({ "x.json": JSON.stringify({ text }) })), "invalid");
});
