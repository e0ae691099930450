import type { ScanCase } from "../../support/scan/case.ts";
import { safetensors } from "../../support/scan/safetensors.ts";

const WEIGHTS = safetensors({ "layer.weight": { shape: [2, 3] }, "layer.bias": { shape: [3] } });

/** What any file can be. */
export const FILE_CASES: readonly ScanCase[] = [
  {
    name: "safetensors and a text are data only",
    kind: "benign",
    files: { "model.safetensors": WEIGHTS, "notes.txt": "ok\n" },
    expect: "data-only",
  },
  {
    name: "a truncated safetensors file is invalid",
    kind: "corrupt",
    files: { "model.safetensors": WEIGHTS.subarray(0, -1) },
    expect: "invalid",
    reasons: ["safetensors/malformed"],
  },
  { name: "an empty file is invalid", kind: "corrupt", files: { "model.safetensors": "" }, expect: "invalid", reasons: ["file/empty"] },
  {
    name: "an empty file whose name promises nothing changes nothing",
    kind: "benign",
    files: { "model.safetensors": WEIGHTS, ".gitkeep": "" },
    expect: "data-only",
  },
  {
    name: "a file of an unknown format is unknown",
    kind: "debatable",
    files: { "model.xyz": Buffer.from([1, 2, 0, 3]) },
    expect: "unknown",
    reasons: ["file/unknown-format"],
  },
  {
    name: "text alone is unknown: nothing was examined",
    kind: "debatable",
    files: { "README.md": "# A model\n" },
    expect: "unknown",
    reasons: ["model/nothing-examined"],
  },
  {
    name: "a link that is not followed is unknown",
    kind: "debatable",
    files: { "model.safetensors": WEIGHTS },
    links: { "more.safetensors": "../elsewhere" },
    expect: "unknown",
    reasons: ["folder/link"],
  },
  {
    name: "a git-LFS pointer in the place of weights is unknown",
    kind: "corrupt",
    files: {
      "model.safetensors": `version https://git-lfs.github.com/spec/v1\noid sha256:${"a".repeat(64)}\nsize 4976698672\n`,
    },
    expect: "unknown",
    reasons: ["folder/lfs-pointer"],
  },
  {
    name: "weights under the name of a text are disguised",
    kind: "dangerous",
    files: { "notes.txt": WEIGHTS },
    expect: "invalid",
    reasons: ["file/disguised"],
  },
];
