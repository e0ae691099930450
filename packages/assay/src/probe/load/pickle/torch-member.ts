import type { NamedStorage } from "../../../formats/pickle/record.ts";
import { walkPickles } from "../../../formats/pickle/walk.ts";
import type { RandomAccess } from "../../../formats/random-access.ts";
import { PICKLE_NAMES } from "../../../risk/allowed/pickle-globals.ts";
import type { ExamineInput } from "../examiner.ts";
import { reportPickle, tensorFacts } from "./report.ts";

/**
 * Examines `data.pkl` of a PyTorch archive: reports what it does, under the member's name, and returns the storages that it
 * names, each key once. Whether the archive has them, and in that size, is for the caller to check.
 */
export async function examineTorchPickle(
  input: Pick<ExamineInput, "report" | "addFacts">,
  member: string,
  file: RandomAccess,
): Promise<readonly NamedStorage[]> {
  const record = await walkPickles(file, 0, { ...PICKLE_NAMES, persistentIds: "torch" });
  reportPickle(record, input.report, member);
  input.addFacts(tensorFacts(record));
  return record.storages;
}
