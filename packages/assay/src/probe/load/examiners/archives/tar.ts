import { hasExtension } from "../../../../formats/format.ts";
import { BLOCK_BYTES, readTarHeader } from "../../../../formats/tar/header.ts";
import { readTar } from "../../../../formats/tar/tar.ts";
import type { TarMember } from "../../../../formats/tar/tar-member.ts";
import { sliceOf } from "../../../../formats/zip/member-content.ts";
import type { Examiner, ExamineInput } from "../../examiner.ts";

/** Members of the archives that torch.save wrote in its first months: pickles with more behind them. */
const OLD_TORCH: readonly string[] = ["storages", "tensors", "pickle", "sys_info"];

/** Tar archives (`.nemo` of NVIDIA NeMo is one): each member is examined as a file of its own. */
export const TAR_EXAMINER: Examiner = {
  format: "tar archive",
  isNamed: hasExtension("tar", "nemo"),
  begins: (head) => readTarHeader(head.subarray(0, BLOCK_BYTES)) !== undefined,
  isDistinctive: true,
  examine: examineTar,
};

async function examineTar(input: ExamineInput): Promise<void> {
  const { file, report, examineMember } = input;
  const members = await readTar(file, (kind, what, place) => report(`tar/${kind}`, what, place));
  if (members.length === 0) report("tar/empty", "has no files");
  if (isOldTorch(members)) report("torch/old-archive", "is a file of the first versions of PyTorch, which is not read to its end");
  for (const { name, dataOffset, size } of members) if (size > 0) await examineMember(name, sliceOf(file, dataOffset, size));
}

function isOldTorch(members: readonly TarMember[]): boolean {
  const names = new Set(members.map(({ name }) => name));
  return OLD_TORCH.every((name) => names.has(name));
}
