import assert from "node:assert/strict";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { parse } from "yaml";
import { inspectFolder, type FolderInspection } from "../../src/api/inspect-folder.ts";
import { writeModelFile } from "../../src/probe/model-file/write.ts";
import type { ComponentName } from "../../src/openness/components.ts";
import { temporaryFolder } from "../support/temporary-folder.ts";
import { LICENSES } from "../support/openness/licenses.ts";
import { APACHE, card, gguf, LLAMA, makeFolder, MIT, safetensors } from "../support/models/described.ts";

const root = temporaryFolder();
let count = 0;

type Files = Readonly<Record<string, string | Uint8Array>>;

function folderOf(files: Files): string {
  return makeFolder(root, `model-${(count += 1)}`, files);
}

async function inspect(files: Files | string): Promise<FolderInspection> {
  return inspectFolder(typeof files === "string" ? files : folderOf(files), { cwd: root, licenses: LICENSES });
}

function statusOf({ asFound }: FolderInspection, name: ComponentName = "Model parameters (Final)"): string | undefined {
  return asFound.evaluation.components.find((component) => component.name === name)?.status;
}

function licenseOf({ asFound }: FolderInspection, name: ComponentName = "Model parameters (Final)"): string | null | undefined {
  return asFound.evaluation.components.find((component) => component.name === name)?.license;
}

const OPEN: Files = { LICENSE: APACHE, "model.safetensors": safetensors() };

for (const [what, readme] of [
  ["a license that is not open", card("license: cc-by-nc-4.0")],
  ["a model maker's license", card("license: llama3.1")],
  ["a license of its own name", card("license: other\nlicense_name: acme-research")],
  ["`other` and no more", card("license: other")],
  ["the address of a license that is not open", card("license: other\nlicense_link: https://creativecommons.org/licenses/by-nc/4.0/")],
  ["a restriction in its section on licenses", card("license: apache-2.0", "## License\n\nThe weights are under CC BY-NC 4.0.\n")],
  ["a limit on uses in that section", card("", "## License\n\nThe code is Apache-2.0. The model weights are for non-commercial use.\n")],
] as const) {
  test(`a card that states ${what} contradicts an open LICENSE: the parameters are not open`, async () => {
    const inspection = await inspect({ ...OPEN, "README.md": readme });
    assert.equal(statusOf(inspection), "invalid");
    assert.ok(inspection.warnings.some(({ code, message }) => code === "EVIDENCE_LICENSE_CONFLICT" && message.includes("both count")));
  });
}

for (const [what, readme] of [
  ["the same license in another spelling", card("license: Apache 2.0")],
  ["another open license", card("license: mit")],
  ["`other`, and the text in the folder", card("license: other\nlicense_link: LICENSE")],
  ["a license for the card itself", card("license: apache-2.0", "## License\n\nThis model card is under CC BY-NC 4.0.\n")],
  [
    "that others restrict their models",
    card("license: apache-2.0", "## License\n\nUnlike others with a non-commercial license, this is open.\n"),
  ],
  ["that nothing is restricted", card("license: apache-2.0", "## License\n\nApache-2.0, with no restrictions on commercial use.\n")],
  [
    "limits outside of its section on licenses",
    card("license: apache-2.0", "## Limits\n\nMade for research. Not for commercial advice.\n"),
  ],
] as const) {
  test(`a card that states ${what} takes no openness from the parameters`, async () => {
    assert.equal(statusOf(await inspect({ ...OPEN, "README.md": readme })), "included");
  });
}

test("a card's own license that is not open closes the card alone", async () => {
  const inspection = await inspect({
    ...OPEN,
    "README.md": card("license: apache-2.0", "## License\n\nThis model card is under CC BY-NC 4.0.\n"),
  });
  assert.deepEqual([statusOf(inspection, "Model card"), statusOf(inspection)], ["invalid", "included"]);
});

test("the metadata of weights contradict an open LICENSE for the parameters", async () => {
  const inspection = await inspect({
    LICENSE: APACHE,
    "README.md": card("license: apache-2.0"),
    "m.gguf": gguf({ "general.license": "llama3" }),
  });
  const safe = await inspect({
    ...OPEN,
    "model.safetensors": safetensors(4, { license: "cc-by-nc-4.0" }),
    "README.md": card("license: apache-2.0"),
  });
  assert.deepEqual([statusOf(safe), statusOf(safe, "Model card")], ["invalid", "included"]);
  assert.ok(inspection.findings.licenseClaims.some(({ about }) => about === "parameters"));
});

test("the card of a data set within the model is about the data alone", async () => {
  const files = {
    ...OPEN,
    "README.md": card("license: apache-2.0"),
    "data/README.md": card("license: cc-by-nc-4.0"),
    "data/train.csv": "a,b\n1,2\n",
  };
  const inspection = await inspect(files);
  assert.deepEqual([statusOf(inspection, "Datasets"), statusOf(inspection)], ["invalid", "included"]);
});

test("what mof.yml states for a component contradicts an open text for that component", async () => {
  const stated = (license: string): string =>
    `release: { name: g, components: [{ name: Model parameters (Final), license: ${license} }] }\n`;
  const files = { ...OPEN, "README.md": card("license: apache-2.0") };
  for (const license of ["llama3", "unlicensed"]) {
    const inspection = await inspect({ ...files, "mof.yml": stated(license) });
    assert.deepEqual([statusOf(inspection), statusOf(inspection, "Model card")], ["invalid", "included"], license);
  }
  const whole = await inspect({
    ...files,
    "mof.yml": "release: { name: g, license: { distribution: { name: llama3 } }, components: [] }\n",
  });
  assert.equal(statusOf(whole), "invalid");
});

test("a text that mof.yml points at adds to what covers the files, and that is said", async () => {
  const inspection = await inspect({
    LICENSE: LLAMA,
    "model.safetensors": safetensors(),
    "third_party/LICENSE": MIT,
    "mof.yml": "release: { name: g, components: [{ name: Model parameters (Final), license: MIT, license_path: third_party/LICENSE }] }\n",
  });
  assert.deepEqual([statusOf(inspection), licenseOf(inspection)], ["invalid", "llama3.1 AND MIT"]);
  assert.ok(inspection.warnings.some(({ message }) => message.includes("points at third_party/LICENSE") && message.includes("both count")));
});

test("a text that mof.yml points at counts under any name", async () => {
  const pointing = "release: { name: g, components: [{ name: Datasets, component_path: rows.csv, license_path: texts/mine.txt }] }\n";
  const inspection = await inspect({ "rows.csv": "a,b\n1,2\n", "texts/mine.txt": MIT, "mof.yml": pointing });
  assert.deepEqual([statusOf(inspection, "Datasets"), licenseOf(inspection, "Datasets")], ["included", "MIT"]);
});

async function write(folder: string): Promise<readonly string[]> {
  const { findings, asFound, ifClaimsHold } = await inspect(folder);
  return (await writeModelFile(findings, asFound, ifClaimsHold.model)).toConfirm;
}

test("--write does not launder: where several texts hold, no path of one is written, and the next answer is the same", async () => {
  const folder = folderOf({
    COPYING: MIT,
    LICENSE: LLAMA,
    "model.safetensors": safetensors(),
    "weights/LICENSE": MIT,
    "weights/x.safetensors": safetensors(),
  });
  const before = await inspect(folder);
  assert.equal(statusOf(before), "invalid");
  await write(folder);
  const { release } = parse(readFileSync(join(folder, "mof.yml"), "utf8"));
  assert.deepEqual(release.license.distribution, { name: "MIT AND llama3.1" });
  assert.ok(release.components.every((component: object) => !("license_path" in component)));
  const after = await inspect(folder);
  assert.deepEqual([statusOf(after), after.asFound.evaluation.progress], ["invalid", before.asFound.evaluation.progress]);
});

test("--write writes no path where nothing is, and asks about nothing that it wrote itself", async () => {
  const files = { ...OPEN, "README.md": card("license: apache-2.0\nlibrary_name: transformers\ndatasets: [acme/corpus]") };
  const folder = folderOf(files);
  assert.deepEqual(await write(folder), ["Supporting libraries and tools", "Datasets"]);
  const { release } = parse(readFileSync(join(folder, "mof.yml"), "utf8"));
  const libraries = release.components.find(({ name }: { name: string }) => name === "Supporting libraries and tools");
  assert.equal("component_path" in libraries, false);
  const again = await inspect(folder);
  assert.deepEqual(
    again.warnings.filter(({ code }) => code === "EVIDENCE_CLAIM_NOT_FOUND"),
    [],
  );
  const signs = again.findings.components.find(({ name }) => name === "Datasets")?.signs ?? [];
  assert.ok(signs.length > 0 && signs.every(({ file }) => file === "README.md"), "its own claims are not new ones");
  assert.deepEqual(await write(folder), []);
});

test("an entry that a person confirmed by removing the comment is a claim", async () => {
  const folder = folderOf({ ...OPEN, "README.md": card("license: apache-2.0\ndatasets: [acme/corpus]") });
  await write(folder);
  const text = readFileSync(join(folder, "mof.yml"), "utf8");
  writeFileSync(join(folder, "mof.yml"), text.replace(/^.*please confirm.*\n/gm, ""));
  const signs = (await inspect(folder)).findings.components.find(({ name }) => name === "Datasets")?.signs ?? [];
  assert.ok(signs.some(({ file }) => file === "mof.yml"));
});
