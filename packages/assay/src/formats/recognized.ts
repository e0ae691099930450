import { containsSignature, hasSignature } from "./first-bytes.ts";
import { damaged, hasExtension, NO_FACTS, type Format } from "./format.ts";
import { beginsAsOnnx } from "./onnx/begins.ts";
import type { RandomAccess } from "./random-access.ts";

// Formats that are recognized by their first bytes, archives by their end too, and not read any further. A format
// that gets a reader moves to a file of its own.

const ZIP = "PK\u0003\u0004";
/** The record that ends every zip archive (APPNOTE 4.3.16): without it, an archive is truncated. */
const ZIP_END = "PK\u0005\u0006";
const ZIP_TAIL_BYTES = 1024;
const HDF5_SIGNATURE = "\u0089HDF\r\n\u001a\n";
/** The number that torch.save wrote first before it wrote zip archives, inside a pickle. */
const LEGACY_TORCH = "\u0080\u0002\u008a\u000a\u006c\u00fc\u009c\u0046\u00f9\u0020\u006a\u00a8\u0050\u0019";
/** saved_schema_version 1, then the first graph. */
const SAVED_MODEL_START = "\u0008\u0001\u0012";

/** No model in these formats is smaller; a stub that only begins as one is. */
const MIN_BYTES = 256;

function recognized({ name, isNamed, begins, isDistinctive }: Omit<Format, "read">): Format {
  const read: Format["read"] = async (file, head) => {
    if (!begins(head, file.size)) return damaged(`not ${name}: the first bytes are those of another format`);
    if (file.size < MIN_BYTES) return damaged(`too small for a model: ${file.size} bytes`);
    if (hasSignature(head, ZIP) && !(await hasZipEnd(file))) return damaged("truncated: the end of the archive is missing");
    return { kind: "facts", facts: { ...NO_FACTS, format: name } };
  };
  return { name, isNamed, begins, isDistinctive, read };
}

async function hasZipEnd(file: RandomAccess): Promise<boolean> {
  return containsSignature(await file.read(Math.max(0, file.size - ZIP_TAIL_BYTES), ZIP_TAIL_BYTES), ZIP_END);
}

export const PYTORCH = recognized({
  name: "PyTorch",
  isNamed: hasExtension("bin", "pt", "pth", "ckpt"),
  begins: isTorch,
  isDistinctive: true,
});

/** The first entry of an archive of torch.save is `NAME/data.pkl`; only its header is read. */
function isTorch(head: Uint8Array): boolean {
  if (hasSignature(head, LEGACY_TORCH)) return true;
  if (!hasSignature(head, ZIP)) return false;
  return /\/data\.pkl|\/\.format_version|\/byteorder|\/version/.test(new TextDecoder("latin1").decode(head.subarray(30, 330)));
}

export const KERAS = recognized({
  name: "Keras",
  isNamed: hasExtension("keras"),
  // Any zip archive begins so: what is in this one is not read.
  begins: (head) => hasSignature(head, ZIP),
  isDistinctive: false,
});

export const HDF5 = recognized({
  name: "HDF5 (Keras)",
  isNamed: hasExtension("h5", "hdf5", "keras"),
  begins: (head) => hasSignature(head, HDF5_SIGNATURE),
  isDistinctive: true,
});

export const TENSORFLOW_LITE = recognized({
  name: "TensorFlow Lite",
  isNamed: hasExtension("tflite"),
  begins: (head) => hasSignature(head, "TFL3", 4),
  isDistinctive: true,
});

export const SAVED_MODEL = recognized({
  name: "TensorFlow SavedModel",
  isNamed: (name) => name.endsWith("saved_model.pb"),
  begins: (head) => hasSignature(head, SAVED_MODEL_START),
  isDistinctive: false,
});

export const ONNX = recognized({ name: "ONNX", isNamed: hasExtension("onnx"), begins: beginsAsOnnx, isDistinctive: false });

export const MESSAGE_PACK = recognized({
  name: "MessagePack (Flax)",
  isNamed: hasExtension("msgpack"),
  // A map, as Flax writes one at the top.
  begins: ([first = 0]) => (first >= 0x80 && first <= 0x8f) || first === 0xde || first === 0xdf,
  isDistinctive: false,
});
