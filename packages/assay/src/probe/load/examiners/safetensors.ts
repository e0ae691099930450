import { SAFETENSORS } from "../../../formats/safetensors/safetensors.ts";
import type { Examiner } from "../examiner.ts";

/** Tensors and nothing else: what its header describes is data. */
export const SAFETENSORS_EXAMINER: Examiner = {
  format: SAFETENSORS.name,
  isNamed: SAFETENSORS.isNamed,
  begins: SAFETENSORS.begins,
  isDistinctive: true,
  async examine({ file, head, report, addFacts }) {
    const reading = await SAFETENSORS.read(file, head);
    if (reading.kind === "damaged") return report("safetensors/malformed", `is damaged: ${reading.why}`);
    const { tensors, parameters, types } = reading.facts;
    addFacts({ tensors, parameters, types });
  },
};
