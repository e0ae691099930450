import { hasSignature } from "../../../../formats/first-bytes.ts";
import { hasExtension } from "../../../../formats/format.ts";
import { END_RECORD, END_BYTES, indexOfSignature, LOCAL_HEADER } from "../../../../formats/zip/signatures.ts";
import { readZip } from "../../../../formats/zip/zip.ts";
import { isFolderEntry } from "../../../../formats/zip/zip-member.ts";
import type { Examiner, ExamineInput } from "../../examiner.ts";
import { examineKerasMembers } from "../keras/members.ts";
import { beginsAsTflite } from "../tflite.ts";
import { examineSkopsMembers } from "../skops.ts";
import { examineTorchMembers } from "../torch/members.ts";
import { ZipContents } from "./zip-contents.ts";

/** What a loader of files with this name expects in the archive. */
type ZipLayout = "torch" | "keras" | "skops" | "any";

/**
 * Examines an archive as every loader that may be given it: the layouts of PyTorch, Keras and skops are looked for in each, under
 * any name, and what is part of neither is examined as a file of its own.
 */
async function examineZip(input: ExamineInput, layout: ZipLayout): Promise<void> {
  const { file, report, examineMember, budget } = input;
  const all = await readZip(
    file,
    (kind, what, place) => {
      // The model that the archive is behind.
      if (kind === "hidden-bytes" && place?.offset === 0 && beginsAsTflite(input.head)) return;
      // NumPy tells arrays with names like "a" and "A" apart.
      if (kind !== "similar-names" || place?.member?.toLowerCase().endsWith(".npy") !== true) report(`zip/${kind}`, what, place);
    },
    budget.members,
  );
  budget.members -= all.length;
  const members = all.filter((member) => !isFolderEntry(member));
  if (members.length === 0) return report("zip/empty", "has no members");
  const contents = new ZipContents(input);
  const notTorch = await examineTorchMembers(input, members, contents, layout === "torch");
  const notKeras = await examineKerasMembers(input, notTorch, contents, layout === "keras");
  const rest = await examineSkopsMembers(input, notKeras, contents, layout === "skops");
  for (const member of rest) {
    const content = await contents.open(member);
    // An empty file is data for whatever reads it.
    if (content !== undefined && content.size > 0) await examineMember(member.name, content);
  }
}

/** Names that people give to what torch.save writes; PyTorch's own tutorial has `.tar`. */
const mayBeTorch = hasExtension("tar", "pkl", "pickle", "p");

function zipExaminer(format: string, isNamed: Examiner["isNamed"], layout: ZipLayout): Examiner {
  const examine: Examiner["examine"] = async (input) => examineZip(input, layout);
  return { format, isNamed, begins: isZip, isDistinctive: true, ends: hasEnd, mayBeNamed: mayBeTorch, examine };
}

/** A member or, without any, the end record. */
function isZip(head: Uint8Array): boolean {
  return hasSignature(head, LOCAL_HEADER) || hasSignature(head, END_RECORD);
}

/** An end record whose comment ends with the file. */
function hasEnd(tail: Uint8Array): boolean {
  for (let at = indexOfSignature(tail, END_RECORD, 0); at !== -1; at = indexOfSignature(tail, END_RECORD, at + 1)) {
    const comment = (tail[at + 20] ?? 0) + 256 * (tail[at + 21] ?? 0);
    if (at + END_BYTES + comment === tail.length) return true;
  }
  return false;
}

const isTorchExtension = hasExtension("pt", "pth", "ckpt", "pt2", "ptl", "jit", "torchscript");

/** Names of archives of PyTorch; a `.bin` may be anything. */
function isNamedTorchArchive(name: string): boolean {
  return isTorchExtension(name) || /(?:^|\/)(?:(?:diffusion_)?pytorch_(?:model|lora_weights).*|adapter_model)\.bin$/.test(name);
}

/** Zip archives, the one for any name first; all of them are examined in the same way. */
export const ZIP_EXAMINERS: readonly Examiner[] = [
  zipExaminer("zip archive", hasExtension("zip", "mar", "jar"), "any"),
  zipExaminer("PyTorch", isNamedTorchArchive, "torch"),
  zipExaminer("Keras", hasExtension("keras"), "keras"),
  zipExaminer("skops", hasExtension("skops"), "skops"),
  zipExaminer("NumPy archive", hasExtension("npz"), "any"),
];
