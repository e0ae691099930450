import { HEAD_BYTES } from "../../formats/format.ts";
import { hasSignature } from "../../formats/first-bytes.ts";
import type { RandomAccess } from "../../formats/random-access.ts";
import type { FileExamination } from "../../risk/findings.ts";
import { REASONS } from "../../risk/reasons.ts";
import { TAIL_BYTES, type Examiner } from "./examiner.ts";

const RAW = "raw tensors";
/** Names that exporters give to files of numbers: an ending that promises nothing, a part of a checkpoint, the name of a tensor. */
const RAW_NAME =
  /(?:^|\/)(?:[^/]*\.(?:data|bin|dat|raw|weights?|bias|onnx_data(?:_\d+)?|data-\d{5}-of-\d{5})|[^./]+|[^/]*-shard\d+(?:of\d+)?)$/i;
/** Names under which loaders open a file as a pickle, whatever else names it. */
const LOADED_NAME =
  /(?:^|\/)(?:pytorch_model|model|adapter_model|diffusion_pytorch_model|consolidated|training_args|optimizer|scheduler|scaler|rng_state)[-_.\w]*\.bin$/i;

/**
 * The examination of a file that another file of the model reads as plain numbers. It is data where nothing else knows
 * it: a file that begins or ends as one of another format, has code in it, or has a name under which another loader opens
 * it, keeps its findings.
 */
export async function asClaimed(examined: FileExamination, file: RandomAccess, examiners: readonly Examiner[]): Promise<FileExamination> {
  if (examined.findings.length === 0 || !RAW_NAME.test(examined.file) || LOADED_NAME.test(examined.file)) return examined;
  if (file.size === 0 || examined.findings.some(({ reason }) => REASONS[reason].outcome === "code" || KEPT.has(reason))) return examined;
  const head = await file.read(0, HEAD_BYTES);
  const tail = await file.read(Math.max(0, file.size - TAIL_BYTES), TAIL_BYTES);
  const isCompressed = COMPRESSED.some((signature) => hasSignature(head, signature));
  const isKnown =
    isCompressed ||
    examiners.some(({ isDistinctive, begins, ends }) => (isDistinctive && begins(head, file.size)) || ends?.(tail, file.size) === true);
  return isKnown ? examined : { ...examined, format: RAW, findings: [], facts: {} };
}

/** A pickle that joblib compressed with bz2 or xz: it opens a file by its first bytes. */
const COMPRESSED = ["BZh", "\u00fd7zXZ"];
/** What says nothing of the content. */
const KEPT: ReadonlySet<string> = new Set(["file/unreadable", "file/reader-failed", "folder/lfs-pointer"]);
