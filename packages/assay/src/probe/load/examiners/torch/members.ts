import type { ExamineInput } from "../../examiner.ts";
import { examineTorchPickle } from "../../pickle/torch-member.ts";
import type { ExamineLayout, ZipContents } from "../archives/zip-contents.ts";
import { partOf, type TorchPart } from "./part.ts";
import { findProgram, isOfScript } from "./program.ts";
import { checkStorages, pathOfStorage } from "./storages.ts";

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

/**
 * Examines the members of an archive that PyTorch's loaders read (`torch.save` writes a folder with `data.pkl`, which is a
 * pickle, and storages in `data/`). Storages are not read: what the pickle asks for has to be there, with the right size.
 */
export const examineTorchMembers: ExamineLayout = async (input, members, contents, isExpected) => {
  const parts = members.map(partOf);
  const pickles = parts.filter(({ path }) => path === "data.pkl");
  const program = findProgram(parts);
  if (program !== undefined) input.report(program.reason, program.what, { member: program.part.member.name });
  if (pickles.length === 0 && program === undefined) {
    if (isExpected) input.report("torch/malformed", "has no data.pkl: PyTorch cannot load it");
    return members;
  }
  const folders = new Set(parts.map(({ folder }) => folder));
  if (folders.size > 1 || folders.has("")) input.report("torch/malformed", "has members outside of its one folder");

  const taken = new Set(parts.filter((part) => isOfScript(part, program)));
  for (const part of parts.filter(({ path }) => RECORDS.has(path))) {
    taken.add(part);
    await examineRecord(input, part, contents);
  }
  const isScript = program?.reason === "torch/script" || program?.reason === "torch/mobile";
  const storages = new Set<string>();
  const sizes = new Map(parts.map(({ path, member }) => [path, member.size]));
  for (const part of pickles) {
    taken.add(part);
    // The pickle of a program names the program's own classes: another machine reads it.
    if (!isScript) for (const key of await examinePickle(input, part, sizes, contents)) storages.add(pathOfStorage(key));
  }
  // What is not named as storages are, and is not asked for, may be anything, and is examined as such.
  for (const part of parts) if ((isScript ? /^data\// : /^data\/\d+$/).test(part.path) || storages.has(part.path)) taken.add(part);
  if (pickles.length > 0) input.leaveOut("the values of the weights and their checksums");
  return parts.filter((part) => !taken.has(part)).map(({ member }) => member);
};

/** Returns the keys of the storages that the pickle names. */
async function examinePickle(
  input: ExamineInput,
  { member }: TorchPart,
  sizes: ReadonlyMap<string, number>,
  contents: ZipContents,
): Promise<readonly string[]> {
  const content = await contents.open(member, true);
  if (content === undefined) return [];
  const storages = await examineTorchPickle(input, member.name, content);
  checkStorages(member.name, storages, sizes, input.report);
  return storages.map(({ key }) => key);
}

async function examineRecord(input: ExamineInput, { member, path }: TorchPart, contents: ZipContents): Promise<void> {
  const content = await contents.open(member);
  if (content === undefined) return;
  const text = new TextDecoder("latin1").decode(await content.read(0, MAX_RECORD_BYTES + 1));
  if (RECORDS.get(path)?.test(text) === false)
    input.report("torch/malformed", `has a ${path} that PyTorch does not write`, { member: member.name });
}
