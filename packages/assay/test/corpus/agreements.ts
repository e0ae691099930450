// A maker's agreement beside an Apache-2.0 LICENSE, under a name and in a place that say nothing of it, never leaves a
// model open. The real texts are in the PyPI package scancode-toolkit (licensedcode/data/licenses);
// where one is not at hand, a text of the same kind is made from its name and its restriction.
//
// ASSAY_AGREEMENTS: a folder of real texts, named as in that package or `<id>.txt`. ASSAY_LICENSE_TEXTS=all: every
// agreement in every place, not a sample.
import assert from "node:assert/strict";
import { existsSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { inspectFolder } from "../../src/api/inspect-folder.ts";
import type { RestrictionKind } from "../../src/openness/license.ts";
import { LICENSES } from "../support/openness/licenses.ts";
import { APACHE, card, makeFolder, safetensors } from "../support/models/described.ts";
import { PLACES } from "./agreement-places.ts";
import { madeAgreement } from "./agreement-texts.ts";
import { seeded } from "./license-changes.ts";

/** Each agreement in so many places of those that there are. */
const SAMPLE = 1;

/** Where the package has an agreement under another name than its id here. */
const SCANCODE: Readonly<Record<string, string>> = {
  "LicenseRef-LLaMA-1": "llama-license-2023",
  "LicenseRef-Llama-2": "llama-2-license-2023",
  "LicenseRef-Llama-3.1": "llama-3.1-license-2024",
  "LicenseRef-Llama-3.2": "llama-3.2-license-2024",
  "LicenseRef-Llama-3.3": "llama-3.3-license-2024",
  "LicenseRef-Llama-4": "llama-4-cla-2025",
  "LicenseRef-Gemma": "gemma-tou-2025-03-24",
  "LicenseRef-OpenRAIL": "bigscience-open-rail-m2",
  "LicenseRef-BigScience-BLOOM-RAIL-1.0": "bigscience-rail-1.0",
  "LicenseRef-BigScience-OpenRAIL-M": "bigscience-open-rail-m",
  "LicenseRef-BigCode-OpenRAIL-M-1": "bigcode-open-rail-m-v1",
  "LicenseRef-CreativeML-OpenRAIL-M": "stable-diffusion-2022-08-22",
  "LicenseRef-DeepSeek": "deepseek-la-1.0",
  "LicenseRef-Tongyi-Qianwen": "tongyi-qianwen-2023",
  "LicenseRef-Qwen": "qwen-2024",
  "LicenseRef-Falcon-2": "falcon-2-11b-1.0",
  "LicenseRef-Apple-ASCL": "apple-sscl",
  "LicenseRef-Cohere-CC-BY-NC-4.0": "cc-by-nc-4.0",
  "LicenseRef-Stability-Community": "stability-ai-community-2024",
  "LicenseRef-Stability-NC-Research": "stability-ai-nc-2023-12-06",
  "LicenseRef-NVIDIA-Open-Model": "nvidia-open-model-2025-04-28",
  "LicenseRef-Tencent-Hunyuan": "tencent-hunyuan-3d-2.0-cla",
  "LicenseRef-EXAONE-NC": "exaone-ai-model-1.1-nc",
};

type Report = (name: string, run: () => Promise<void>) => Promise<void>;

export async function runAgreements(report: Report): Promise<void> {
  const folder = process.env["ASSAY_AGREEMENTS"];
  const agreements = makersLicenses().map(({ id, name, kind }) => {
    const real = folder === undefined ? undefined : realText(folder, id);
    return { id, isReal: real !== undefined, text: real ?? madeAgreement(name, kind) };
  });
  const real = agreements.filter(({ isReal }) => isReal).length;
  if (real === 0) process.stdout.write("NOT RUN with real agreements: set ASSAY_AGREEMENTS to the texts of scancode-toolkit\n");
  const random = seeded(20_261_129);
  const all = process.env["ASSAY_LICENSE_TEXTS"] === "all";
  const pairs = agreements.flatMap((agreement) =>
    (all ? PLACES : PLACES.toSorted(() => random() - 0.5).slice(0, SAMPLE)).map((place) => ({ agreement, place })),
  );
  await report(`${agreements.length} agreements (${real} real), ${pairs.length} names and places: none leaves a model open`, async () => {
    const root = mkdtempSync(join(tmpdir(), "assay-agreements-"));
    try {
      const open: string[] = [];
      for (const { agreement, place } of pairs) {
        const model = join(root, "model");
        const content = place.write(agreement.text);
        if (await isOpen(root, { [place.path]: content })) open.push(`${agreement.id} in ${place.path} (${place.what})`);
        rmSync(model, { recursive: true, force: true });
      }
      assert.deepEqual(open, []);
      assert.ok(await isOpen(root, {}), "without an agreement the same folder is open");
    } finally {
      rmSync(root, { recursive: true, force: true });
    }
  });
}

/** What the makers of models wrote; not arXiv's, which is for papers. */
function makersLicenses(): { readonly id: string; readonly name: string; readonly kind: RestrictionKind }[] {
  const { licenses } = JSON.parse(readFileSync(new URL("../../data/openness/licenses-models.json", import.meta.url), "utf8")) as {
    licenses: Record<string, { name: string; restriction: { kind: RestrictionKind } }>;
  };
  return Object.entries(licenses)
    .filter(([id]) => !id.includes("arXiv"))
    .map(([id, { name, restriction }]) => ({ id, name, kind: restriction.kind }));
}

function realText(folder: string, id: string): string | undefined {
  const path = [`${id}.txt`, `${SCANCODE[id] ?? id}.LICENSE`].map((name) => join(folder, name)).find((name) => existsSync(name));
  return path === undefined ? undefined : readFileSync(path, "utf8").replace(/^---\n[^]*?\n---\n/, "");
}

async function isOpen(root: string, files: Readonly<Record<string, string | Uint8Array>>): Promise<boolean> {
  const model = makeFolder(root, "model", {
    LICENSE: APACHE,
    "README.md": card("license: apache-2.0"),
    "model.safetensors": safetensors(),
    ...files,
  });
  const { asFound } = await inspectFolder(model, { cwd: root, licenses: LICENSES });
  return asFound.evaluation.components.some(({ name, status }) => name === "Model parameters (Final)" && status === "included");
}
