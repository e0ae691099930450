import { hasExtension } from "../../../../formats/format.ts";
import { BLOCK_BYTES, readTarHeader } from "../../../../formats/tar/header.ts";
import { readTar } from "../../../../formats/tar/tar.ts";
import type { TarMember } from "../../../../formats/tar/tar-member.ts";
import { sliceOf } from "../../../../formats/zip/member-content.ts";
import type { Examiner, ExamineInput } from "../../examiner.ts";
import { isNamedTorch } from "../../pickle/names.ts";

/** Members of the archives that torch.save wrote in its first months: pickles with more behind them. */
const OLD_TORCH: readonly string[] = ["storages", "tensors", "pickle", "sys_info"];

/** Tar archives (`.nemo` of NVIDIA NeMo is one): each member is examined as a file of its own. */
export const TAR_EXAMINER: Examiner = {
  format: "tar archive",
  isNamed: (name) => hasExtension("tar", "nemo")(name) || isNamedTorch(name),
  begins: (head) => readTarHeader(head.subarray(0, BLOCK_BYTES)) !== undefined,
  isDistinctive: true,
  examine: examineTar,
};

async function examineTar(input: ExamineInput): Promise<void> {
  const { name, file, report, examineMember } = input;
  const members = await readTar(file, (kind, what, place) => report(`tar/${kind}`, what, place), input.budget.members);
  input.budget.members -= members.length;
  if (members.length === 0) report("tar/empty", "has no files");
  if (isOldTorch(members)) report("torch/old-archive", "is a file of the first versions of PyTorch, which is not read to its end");
  else if (isNamedTorch(name.toLowerCase())) report("file/disguised", "is named as PyTorch, and is a tar archive");
  for (const member of members) {
    if (member.size > 0) await examineMember(member.name, sliceOf(file, member.dataOffset, member.size));
  }
}

function isOldTorch(members: readonly TarMember[]): boolean {
  const names = new Set(members.map(({ name }) => name));
  return OLD_TORCH.every((name) => names.has(name));
}
