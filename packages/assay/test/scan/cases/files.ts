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
];
