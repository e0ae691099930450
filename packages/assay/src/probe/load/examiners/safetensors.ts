import { hasExtension } from "../../../formats/format.ts";
import { readHeader } from "../../../formats/safetensors/header.ts";
import { beginsWithHeader, readHeaderText } from "../../../formats/safetensors/read-header.ts";
import type { Examiner } from "../examiner.ts";

/** Tensors and nothing else: what its header describes is data. */
export const SAFETENSORS_EXAMINER: Examiner = {
  format: "safetensors",
  isNamed: hasExtension("safetensors"),
  begins: beginsWithHeader,
  isDistinctive: true,
  async examine({ file, head, report, addFacts }) {
    const text = await readHeaderText(file, head);
    if ("why" in text) return report("safetensors/malformed", `is damaged: ${text.why}`);
    const header = readHeader(text.header, text.dataLength);
    if ("why" in header) return report("safetensors/malformed", `is damaged: ${header.why}`);
    for (const doubt of header.doubts) report("safetensors/not-understood", doubt);
    const { tensors, parameters, types } = header;
    addFacts({ tensors, parameters, types, weightBytes: text.dataLength });
  },
};
