import type { ZipMember } from "../../../../formats/zip/zip-member.ts";
import type { ExamineInput } from "../../examiner.ts";
import type { ExamineLayout, ZipContents } from "../archives/zip-contents.ts";

/** Small members that PyTorch reads, and what may be in them. */
const RECORDS: ReadonlyMap<string, RegExp> = new Map([
  ["version", /^\d{1,4}\n?$/],
  [".data/version", /^\d{1,4}\n?$/],
  ["byteorder", /^(?:little|big)$/],
  [".format_version", /^\d{1,4}\n?$/],
  [".storage_alignment", /^\d{1,9}\n?$/],
  [".data/serialization_id", /^\d{1,64}\n?$/],
]);
const MAX_RECORD_BYTES = 64;

/** A member and its place inside of the archive's one folder, as PyTorch finds it: without regard to case. */
interface Part {
  readonly member: ZipMember;
  readonly folder: string;
  readonly path: string;
}

/**
 * Examines the members of an archive that PyTorch's loaders read (`torch.save` writes a folder with `data.pkl`, which is a
 * pickle, and storages in `data/`). Storages are not read: what the pickle asks for has to be there, with the right size.
 */
export const examineTorchMembers: ExamineLayout = async (input, members, contents, isExpected) => {
  const parts = members.map(partOf);
  const pickles = parts.filter(({ path }) => path === "data.pkl");
  const program = programOf(parts);
  if (program !== undefined) input.report(program.reason, program.what, { member: program.part.member.name });
  if (pickles.length === 0 && program === undefined) {
    if (isExpected) input.report("torch/malformed", "has no data.pkl: PyTorch cannot load it");
    return members;
  }
  const folders = new Set(parts.map(({ member }) => member.name.slice(0, Math.max(0, member.name.indexOf("/")))));
  if (folders.size > 1 || folders.has("")) input.report("torch/malformed", "has members outside of its one folder");

  const taken = new Set<ZipMember>();
  for (const part of parts) {
    const expected = RECORDS.get(part.path);
    if (expected === undefined) continue;
    taken.add(part.member);
    await examineRecord(input, part, expected, contents);
  }
  for (const { member } of parts.filter((part) => isOfProgram(part, program))) taken.add(member);
  for (const { member } of pickles) {
    taken.add(member);
    const content = await contents.open(member, true);
    if (content !== undefined) await input.examineMember(member.name, content);
  }
  for (const { member, path } of parts) if (path.startsWith("data/")) taken.add(member);
  input.leaveOut("the content and checksums of storages");
  return members.filter((member) => !taken.has(member));
};

function partOf(member: ZipMember): Part {
  const slash = member.name.indexOf("/");
  return { member, folder: member.name.slice(0, Math.max(0, slash)), path: member.name.slice(slash + 1).toLowerCase() };
}

interface Program {
  readonly reason: "torch/script" | "torch/mobile" | "torch/package" | "torch/exported-program";
  readonly what: string;
  readonly part: Part;
}

/** What makes the archive a program, and not only weights. */
function programOf(parts: readonly Part[]): Program | undefined {
  const find = (isOne: (path: string) => boolean): Part | undefined => parts.find(({ path }) => isOne(path));
  const mobile = find((path) => path === "bytecode.pkl");
  if (mobile !== undefined) return { reason: "torch/mobile", what: "is a program for PyTorch Mobile", part: mobile };
  const script = find((path) => path === "constants.pkl" || path.startsWith("code/") || path === "model.json");
  if (script !== undefined) return { reason: "torch/script", what: "is a TorchScript program", part: script };
  const packaged = find((path) => /^\.data\/(?:extern_modules|python_version)$/.test(path));
  if (packaged !== undefined) return { reason: "torch/package", what: "is a package of Python code", part: packaged };
  const exported = find((path) => path === "archive_format" || path === "serialized_exported_program.json" || path === "archive_version");
  if (exported !== undefined) return { reason: "torch/exported-program", what: "is a program of torch.export", part: exported };
  return undefined;
}

/** Members that only the program reads: they are named as a whole. */
function isOfProgram({ path }: Part, program: Program | undefined): boolean {
  if (program === undefined) return false;
  if (program.reason === "torch/script" || program.reason === "torch/mobile") {
    return /^(?:code|constants|debug|extra)\/|^(?:constants|attributes|bytecode|mobile_debug_handles)\.pkl$|\.debug_pkl$|^model\.json$/.test(
      path,
    );
  }
  return false;
}

async function examineRecord(input: ExamineInput, { member, path }: Part, expected: RegExp, contents: ZipContents): Promise<void> {
  const content = await contents.open(member);
  if (content === undefined) return;
  const text = new TextDecoder("latin1").decode(await content.read(0, MAX_RECORD_BYTES + 1));
  if (!expected.test(text)) input.report("torch/malformed", `has a ${path} that PyTorch does not write`, { member: member.name });
}
