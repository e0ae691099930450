import type { PickleRecord } from "../../../formats/pickle/record.ts";
import type { PickleFaultKind } from "../../../formats/pickle/stop.ts";
import { numberType, storageType } from "../../../formats/torch/storage-types.ts";
import type { LoadFacts } from "../../../risk/findings.ts";
import type { ReasonId } from "../../../risk/reasons.ts";
import type { ExamineInput } from "../examiner.ts";
import { describeGlobal } from "./words.ts";

const REASONS: Readonly<Record<PickleFaultKind, ReasonId>> = {
  "computed-name": "pickle/computed-name",
  "dotted-name": "pickle/dotted-name",
  "computed-call": "pickle/computed-call",
  call: "pickle/call",
  codec: "pickle/codec",
  target: "pickle/target",
  state: "pickle/state",
  "object-dtype": "pickle/object-dtype",
  "persistent-id": "pickle/persistent-id",
  extension: "pickle/extension",
  "out-of-band": "pickle/out-of-band",
  protocol: "pickle/protocol",
  disagreement: "pickle/disagreement",
  "two-readings": "pickle/two-readings",
  "after-stop": "pickle/after-stop",
  "too-large": "pickle/too-large",
  opcode: "pickle/malformed",
  truncated: "pickle/malformed",
  stack: "pickle/malformed",
  memo: "pickle/malformed",
};

/** Reports what the reading of a pickle found. A name that is not allowed can be waived; nothing else can. */
export function reportPickle(record: PickleRecord, report: ExamineInput["report"], member?: string): void {
  for (const global of record.globals) {
    if (global.use !== undefined) continue;
    const name = `${global.module}.${global.name}`;
    report("pickle/global", describeGlobal(global), { member, offset: global.called?.offset ?? global.offset, name });
  }
  for (const { kind, what, offset } of record.faults) report(REASONS[kind], what, { member, offset });
}

/** What the tensors of a pickle say of the model; nothing where it has none. */
export function tensorFacts({ tensors, storages }: PickleRecord): LoadFacts {
  if (tensors.count === 0) return {};
  const bytes = storages.reduce((sum, { type, count }) => sum + count * (storageType(type)?.itemBytes ?? 0), 0);
  return {
    tensors: tensors.count,
    parameters: tensors.parameters,
    types: [...new Set([...tensors.types].map(numberType))].sort(),
    ...(bytes === 0 ? {} : { weightBytes: bytes }),
  };
}
