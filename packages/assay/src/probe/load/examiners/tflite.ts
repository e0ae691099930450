import { hasExtension } from "../../../formats/format.ts";
import { hasSignature } from "../../../formats/first-bytes.ts";
import { readTflite } from "../../../formats/tflite/read.ts";
import { tfliteOperator } from "../../../risk/allowed/tflite-operators.ts";
import type { Examiner } from "../examiner.ts";

export function beginsAsTflite(head: Uint8Array): boolean {
  return hasSignature(head, "TFL3", 4);
}

export const TFLITE_EXAMINER: Examiner = {
  format: "TensorFlow Lite",
  isNamed: hasExtension("tflite", "lite"),
  begins: beginsAsTflite,
  isDistinctive: true,
  // Its metadata name labels and vocabularies, which are files of a zip archive behind the model (TFLite Model Metadata).
  mayCarryArchive: true,
  async examine({ file, report, addFacts, leaveOut }) {
    const { operators, elements, bytes, types, tensors } = await readTflite(file);
    for (const { code, custom, offset } of operators) {
      const { kind, name } = tfliteOperator(code, custom);
      const place = { offset, name };
      if (kind === "code") report("tflite/code-operator", `has the operator ${name}, which acts outside of the graph`, place);
      if (kind === "custom")
        report("tflite/custom-operator", `has the operator ${name} of a library that the interpreter must load`, place);
      if (kind === "unknown") report("tflite/unknown-operator", `has the operator ${name}, which is not in the list`, place);
    }
    leaveOut("the values of the weights");
    addFacts({ tensors, parameters: elements, types, weightBytes: bytes });
  },
};
