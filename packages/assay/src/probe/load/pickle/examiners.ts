import { hasSignature } from "../../../formats/first-bytes.ts";
import { FormatError } from "../../../formats/format-error.ts";
import { hasExtension } from "../../../formats/format.ts";
import { checkNpySize, isNpy, readNpyHeader, type NpyHeader } from "../../../formats/numpy/npy.ts";
import { PickleRecord } from "../../../formats/pickle/record.ts";
import { beginsWithOpcodes, beginsWithProtocol } from "../../../formats/pickle/recognize.ts";
import { walkPickles } from "../../../formats/pickle/walk.ts";
import type { RandomAccess } from "../../../formats/random-access.ts";
import { isLegacyTorch, readLegacyTorch } from "../../../formats/torch/legacy.ts";
import { PICKLE_NAMES } from "../../../risk/allowed/pickle-globals.ts";
import type { ExamineInput, Examiner } from "../examiner.ts";
import { isTarHeader } from "./also-tar.ts";
import { isNamedPickle, isNamedTorch } from "./names.ts";
import { reportPickle, tensorFacts } from "./report.ts";

const LEFT_OUT = "the values of the weights";
/** Bounds on a compressed joblib file, before and after: both are held in memory. */
const MAX_COMPRESSED_BYTES = 32 * 1024 * 1024;
const MAX_INFLATED_BYTES = 128 * 1024 * 1024;

async function examinePickle({ file, head, name, report, addFacts }: ExamineInput): Promise<void> {
  if (isNamedTorch(name.toLowerCase()) && isTarHeader(head))
    report("torch/also-tar", "is also a tar archive, which torch.load reads first");
  const record = await walkPickles(file, 0, { ...PICKLE_NAMES, persistentIds: "none" });
  reportPickle(record, report);
  addFacts(tensorFacts(record));
}

/** Pickles by themselves, under any name: of Python objects, of estimators, of training arguments. */
const PICKLE: Examiner = {
  format: "pickle",
  isNamed: isNamedPickle,
  begins: (head, size) => !isLegacyTorch(head) && (beginsWithProtocol(head) || beginsWithOpcodes(head, size)),
  isDistinctive: true,
  examine: examinePickle,
};

/** What torch.save wrote before version 1.6, and writes on request. */
const LEGACY_TORCH: Examiner = {
  format: "PyTorch (first format)",
  isNamed: isNamedTorch,
  // People save under these names, too; PyTorch's own tutorial has `.tar`.
  mayBeNamed: (name) => isNamedPickle(name) || name.endsWith(".tar"),
  begins: isLegacyTorch,
  isDistinctive: true,
  async examine({ file, head, report, addFacts, leaveOut }) {
    if (isTarHeader(head)) report("torch/also-tar", "is also a tar archive, which torch.load reads first");
    const record = new PickleRecord();
    try {
      await readLegacyTorch(file, record, PICKLE_NAMES);
    } catch (error) {
      if (!(error instanceof FormatError)) throw error;
      report("torch/legacy-layout", error.message, { offset: error.offset });
    }
    reportPickle(record, report);
    addFacts(tensorFacts(record));
    leaveOut(LEFT_OUT);
  },
};

const NPY: Examiner = {
  format: "NumPy",
  isNamed: hasExtension("npy"),
  begins: isNpy,
  isDistinctive: true,
  async examine({ file, report, addFacts, leaveOut }) {
    const header = await readHeader(file, report);
    if (header === undefined) return;
    if (header.type.isObject) {
      report("pickle/object-dtype", "has a numpy array of Python objects", { offset: header.dataOffset });
      reportPickle(await walkPickles(file, header.dataOffset, { ...PICKLE_NAMES, persistentIds: "none" }), report);
      return;
    }
    addFacts({ tensors: 1, parameters: header.items, weightBytes: header.items * header.type.itemBytes });
    leaveOut(LEFT_OUT);
  },
};

async function readHeader(file: RandomAccess, report: ExamineInput["report"]): Promise<NpyHeader | undefined> {
  try {
    const header = await readNpyHeader(file);
    if (!header.type.isObject) checkNpySize(header, file.size);
    return header;
  } catch (error) {
    if (!(error instanceof FormatError)) throw error;
    const reason = error.kind === "malformed" ? "numpy/malformed" : "numpy/not-understood";
    report(reason, error.message, { offset: error.offset });
    return undefined;
  }
}

/** Beginnings of what joblib compresses with. */
const GZIP = "\u001f\u008b";
const NOT_OPENED: readonly (readonly [signature: string, name: string])[] = [
  ["BZh", "bz2"],
  ["\u00fd7zXZ", "xz"],
  ["\u005d\u0000\u0000", "lzma"],
  ["\u0004\u0022\u004d\u0018", "lz4"],
  ["ZF", "joblib's first compressed format"],
];

/** CMF and FLG of RFC 1950: deflate, a window of at most 32 KiB, and a sum that 31 divides. */
function isZlib(head: Uint8Array): boolean {
  const [cmf = 0, flg = 0] = head;
  return (cmf & 0x0f) === 8 && cmf >> 4 <= 7 && (cmf * 256 + flg) % 31 === 0 && (flg & 0x20) === 0;
}

function notOpened(head: Uint8Array): string | undefined {
  return NOT_OPENED.find(([signature]) => hasSignature(head, signature))?.[1];
}

/** Whether the last bytes are the checksum of the content (RFC 1950, Adler-32): node:zlib ignores what follows it. */
function endsWithSum(compressed: Uint8Array, content: Uint8Array): boolean {
  let [a, b] = [1, 0];
  for (let at = 0; at < content.length;) {
    // So many bytes do not overflow 32 bits before the remainder is taken.
    const end = Math.min(content.length, at + 5552);
    for (; at < end; at++) {
      a += content[at] ?? 0;
      b += a;
    }
    a %= 65_521;
    b %= 65_521;
  }
  const tail = compressed.subarray(-4);
  return tail[0] === b >> 8 && tail[1] === (b & 0xff) && tail[2] === a >> 8 && tail[3] === (a & 0xff);
}

/** joblib.dump with `compress`: one pickle, compressed. joblib opens it by its first bytes, whatever its name. */
const COMPRESSED_PICKLE: Examiner = {
  format: "joblib (compressed)",
  isNamed: hasExtension("joblib", "pkl", "pickle", "z"),
  begins: (head) => isZlib(head) || hasSignature(head, GZIP) || notOpened(head) !== undefined,
  isDistinctive: false,
  async examine({ file, head, report, inflate, addFacts }) {
    const method = notOpened(head);
    if (method !== undefined) return report("joblib/compression", `is compressed with ${method}, which is not opened`);
    if (file.size > MAX_COMPRESSED_BYTES) {
      return report("joblib/compression", `has more than ${MAX_COMPRESSED_BYTES} compressed bytes, and is not opened`);
    }
    try {
      const compressed = await file.read(0, file.size);
      const bytes = inflate(isZlib(head) ? "zlib" : "gzip", compressed, MAX_INFLATED_BYTES);
      if (isZlib(head) && !endsWithSum(compressed, bytes)) report("pickle/after-stop", "has bytes behind its compressed pickle");
      const content: RandomAccess = { size: bytes.length, read: async (from, length) => bytes.subarray(from, from + length) };
      const record = await walkPickles(content, 0, { ...PICKLE_NAMES, persistentIds: "none" });
      reportPickle(record, report, "decompressed");
      addFacts(tensorFacts(record));
    } catch (error) {
      if (!(error instanceof FormatError)) throw error;
      report(error.kind === "malformed" ? "pickle/malformed" : "joblib/compression", error.message);
    }
  },
};

/** Everything that is a pickle, or carries one, outside of archives. The more a beginning says, the earlier. */
export const PICKLE_EXAMINERS: readonly Examiner[] = [LEGACY_TORCH, PICKLE, NPY, COMPRESSED_PICKLE];
