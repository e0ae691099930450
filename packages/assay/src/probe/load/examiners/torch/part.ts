import type { ZipMember } from "../../../../formats/zip/zip-member.ts";

/** A member of an archive of PyTorch, which has all members in one folder. */
export interface TorchPart {
  readonly member: ZipMember;
  readonly folder: string;
  /** Inside of the folder, in lower case: PyTorch finds members without regard to case. */
  readonly path: string;
}

export function partOf(member: ZipMember): TorchPart {
  const slash = member.name.indexOf("/");
  return { member, folder: member.name.slice(0, Math.max(0, slash)), path: member.name.slice(slash + 1).toLowerCase() };
}
