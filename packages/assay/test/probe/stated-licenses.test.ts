import assert from "node:assert/strict";
import { test } from "node:test";
import { inspectFolder, type FolderInspection } from "../../src/api/inspect-folder.ts";
import type { ComponentName } from "../../src/openness/components.ts";
import { temporaryFolder } from "../support/temporary-folder.ts";
import { LICENSES } from "../support/openness/licenses.ts";
import { APACHE, card, makeFolder } from "../support/models/described.ts";

const root = temporaryFolder();
let count = 0;
const FINAL = "Model parameters (Final)";
const TRAIN = "loss.backward()\noptimizer.step()\n";

function inspect(files: Parameters<typeof makeFolder>[2]): Promise<FolderInspection> {
  return inspectFolder(makeFolder(root, `model-${(count += 1)}`, files), { cwd: root, licenses: LICENSES });
}

function of({ evaluation }: FolderInspection["asFound"], name: ComponentName): readonly [string | undefined, string | null | undefined] {
  const component = evaluation.components.find((one) => one.name === name);
  return [component?.status, component?.license];
}

const WEIGHTS = "Its weights are [here](https://huggingface.co/acme/x1).";

test("a license that a sentence states is named, and grants nothing without its text", async () => {
  const { asFound } = await inspect({
    "README.md": card("", "## License\n\nThe code of this repository is under the MIT license."),
    "train.py": TRAIN,
  });
  assert.deepEqual(of(asFound, "Training code"), ["unlicensed", "MIT"]);
  assert.deepEqual(of(asFound, "Model card"), ["unlicensed", "unlicensed"], "it is said of the code alone");
  const step = asFound.evaluation.steps.find(({ component }) => component === "Training code");
  assert.ok(step === undefined || step.text === "README.md says MIT, and the text of that license is missing");
});

test("parameters that are elsewhere are under what is said of them, never under the license of the code", async () => {
  const license = async (sentence: string): Promise<string | null | undefined> =>
    of((await inspect({ "README.md": card("", `${WEIGHTS}\n\n## License\n\n${sentence}`), LICENSE: APACHE })).ifClaimsHold, FINAL)[1];
  assert.equal(await license("The code is under the MIT license."), "unlicensed");
  assert.equal(await license("The weights are released under CC BY 4.0."), "CC-BY-4.0");
  assert.equal(await license("The code is under MIT, the weights under the Llama 3.1 Community License."), "Llama 3.1 Community License");
});

test("the step for parameters that are elsewhere asks for their address", async () => {
  const { asFound } = await inspect({ "README.md": card("", WEIGHTS), LICENSE: APACHE });
  const step = asFound.evaluation.steps.find(({ component }) => component === FINAL);
  assert.equal(step?.text, "claimed by README.md: give its address and license (https://huggingface.co/acme/x1)");
  assert.match(step?.example ?? "", /component_path: "https:\/\/huggingface\.co\/acme\/x1"/);
});

test("a license tag beside another license_name is a contradiction that is said, and both count", async () => {
  const inspection = await inspect({ "README.md": card("license: mit\nlicense_name: acme-eula"), "train.py": TRAIN, LICENSE: APACHE });
  const messages = inspection.warnings.filter(({ code }) => code === "EVIDENCE_LICENSE_CONFLICT").map(({ message }) => message);
  assert.ok(messages.includes("README.md has the license mit and the license_name acme-eula: both count"), messages.join("\n"));
  assert.equal(of(inspection.asFound, "Training code")[0], "invalid");
});

test("a license of its own for data or code contradicts nothing that is said of the model", async () => {
  const { warnings } = await inspect({
    "README.md": card("license: apache-2.0", "## License\n\nThe data is under CC BY 4.0."),
    LICENSE: APACHE,
  });
  assert.deepEqual(
    warnings.filter(({ code }) => code === "EVIDENCE_LICENSE_CONFLICT"),
    [],
  );
});

test("a folder for the licenses of models says that they are for parameters", async () => {
  const mine = "Mine. You may not sell the model.\n";
  const { asFound } = await inspect({ LICENSE: APACHE, "model_licenses/LICENSE-x1": mine, "train.py": TRAIN });
  assert.deepEqual(of(asFound, "Training code"), ["included", "Apache-2.0"]);
});

test("to obey the law is not a term of a policy", async () => {
  const { asFound } = await inspect({
    LICENSE: APACHE,
    "train.py": TRAIN,
    USAGE_POLICY: "By using x1, you agree to comply with all applicable law.",
  });
  assert.equal(of(asFound, "Training code")[0], "included");
  const restricted = await inspect({
    LICENSE: APACHE,
    "train.py": TRAIN,
    USAGE_POLICY: "You agree not to use the software for military purposes.",
  });
  assert.equal(of(restricted.asFound, "Training code")[0], "invalid");
});
