import type { GgufFaultKind } from "../../../formats/gguf/fault.ts";
import { ggufFacts } from "../../../formats/gguf/facts.ts";
import { GGUF } from "../../../formats/gguf/gguf.ts";
import type { MetadataValue } from "../../../formats/gguf/metadata-walk.ts";
import { readGguf, type GgufStructure } from "../../../formats/gguf/structure.ts";
import type { LoadFacts } from "../../../risk/findings.ts";
import type { ReasonId } from "../../../risk/reasons.ts";
import type { ExamineInput, Examiner } from "../examiner.ts";
import { reportTemplate } from "../template/report-template.ts";

const REASON_OF: Readonly<Record<GgufFaultKind, ReasonId>> = {
  malformed: "gguf/malformed",
  truncated: "gguf/truncated",
  "duplicate-key": "gguf/duplicate-key",
  "duplicate-tensor": "gguf/duplicate-tensor",
  shape: "gguf/shape",
  alignment: "gguf/alignment",
  layout: "gguf/layout",
  trailing: "gguf/trailing-bytes",
  version: "gguf/version",
  type: "gguf/type",
  bound: "gguf/too-large",
};

/** Metadata, tensors, and chat templates, which are programs (CVE-2024-34359): each of them is examined. */
export const GGUF_EXAMINER: Examiner = {
  format: GGUF.name,
  isNamed: GGUF.isNamed,
  begins: GGUF.begins,
  isDistinctive: true,
  async examine(input) {
    const structure = await readGguf(input.file);
    for (const { kind, what, offset } of structure.faults) input.report(REASON_OF[kind], `is not a whole GGUF file: ${what}`, { offset });
    input.addFacts(factsOf(structure));
    for (const [key, value] of structure.metadata) await examineTemplates(key, value, input);
    if (structure.tensors.count > 0) input.leaveOut("the tensors' bytes");
  },
};

/** `tokenizer.chat_template`, `tokenizer.chat_template.tool_use`, and whatever else is called a template. */
async function examineTemplates(key: string, value: MetadataValue, input: ExamineInput): Promise<void> {
  if (!key.toLowerCase().includes("template")) return;
  const label = `a chat template, ${JSON.stringify(key)},`;
  if (typeof value === "string") return reportTemplate(value, label, input);
  // `tokenizer.chat_templates` lists names; templates in such a list would be examined all the same.
  if (Array.isArray(value)) for (const text of value as readonly string[]) await reportTemplate(text, label, input);
  if (typeof value === "object" && "tooLong" in value)
    input.report("template/too-large", `has ${label} of ${value.tooLong} bytes, which is not read`);
}

function factsOf(structure: GgufStructure): LoadFacts {
  const { architecture, quantization, contextLength, tensors } = ggufFacts(structure);
  return {
    ...(tensors !== undefined && {
      tensors: tensors.count,
      parameters: tensors.parameters,
      types: tensors.types,
      weightBytes: tensors.bytes,
    }),
    ...(quantization !== undefined && { quantization }),
    ...(architecture !== undefined && { architecture }),
    ...(contextLength !== undefined && { contextLength }),
  };
}
