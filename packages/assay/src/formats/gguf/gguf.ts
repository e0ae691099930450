import { hasSignature } from "../first-bytes.ts";
import { damaged, hasExtension, NO_FACTS, type Format, type FormatReading } from "../format.ts";
import type { RandomAccess } from "../random-access.ts";
import { ggufFacts } from "./facts.ts";
import type { GgufFaultKind } from "./fault.ts";
import { readGguf } from "./structure.ts";

/** The keys that describe the model come first; the vocabulary behind them, and what follows it, is not needed. */
const MAX_READ = 1024 * 1024;
/** Not understood, or not read to its end: what was read counts. */
const UNFINISHED: ReadonlySet<GgufFaultKind> = new Set(["bound", "trailing", "type"]);

/** Reads what a GGUF file says of itself within its first megabyte, by the reader of `structure.ts`. */
async function read(file: RandomAccess): Promise<FormatReading> {
  const structure = await readGguf(file, MAX_READ);
  const fault = structure.faults.find(({ kind }) => !UNFINISHED.has(kind));
  if (fault !== undefined) return damaged(`not a whole GGUF file: ${fault.what}`);
  if (structure.tensorCount === 0) return damaged("the header has no tensor");
  const { name, license, architecture, quantization, tensors } = ggufFacts(structure);
  return {
    kind: "facts",
    facts: {
      ...NO_FACTS,
      format: "GGUF",
      tensors: structure.tensorCount,
      parameters: tensors?.parameters,
      types: quantization === undefined ? (tensors?.types ?? []) : [quantization],
      statedName: name,
      statedLicense: license,
      statedArchitecture: architecture,
    },
  };
}

export const GGUF: Format = {
  name: "GGUF",
  isNamed: hasExtension("gguf"),
  begins: (head) => hasSignature(head, "GGUF"),
  isDistinctive: true,
  read,
};
