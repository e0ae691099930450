import type { TorchPart } from "./part.ts";

/** What makes an archive of PyTorch a program, and not only weights. */
export interface TorchProgram {
  readonly reason: "torch/script" | "torch/mobile" | "torch/package" | "torch/exported-program";
  readonly what: string;
  readonly part: TorchPart;
}

/** By a path in the archive's folder, in lower case; the first that fits. */
const MARKS: readonly (readonly [mark: RegExp, reason: TorchProgram["reason"], what: string])[] = [
  [/^bytecode\.pkl$/, "torch/mobile", "is a program for PyTorch Mobile"],
  [/^(?:constants\.pkl|model\.json|code\/.*)$/, "torch/script", "is a TorchScript program"],
  [/^\.data\/(?:extern_modules|python_version)$/, "torch/package", "is a package of Python code"],
  [/^(?:archive_format|archive_version|serialized_exported_program\.json)$/, "torch/exported-program", "is a program of torch.export"],
];

/** Members that only a TorchScript program has: the program as a whole is a finding, and they are not examined one by one. */
const OF_SCRIPT =
  /^(?:code|constants|debug|extra)\/|^(?:constants|attributes|bytecode|mobile_debug_handles)\.pkl$|\.debug_pkl$|^model\.json$/;

export function findProgram(parts: readonly TorchPart[]): TorchProgram | undefined {
  for (const [mark, reason, what] of MARKS) {
    const part = parts.find(({ path }) => mark.test(path));
    if (part !== undefined) return { reason, what, part };
  }
  return undefined;
}

export function isOfScript({ path }: TorchPart, program: TorchProgram | undefined): boolean {
  return (program?.reason === "torch/script" || program?.reason === "torch/mobile") && OF_SCRIPT.test(path);
}
