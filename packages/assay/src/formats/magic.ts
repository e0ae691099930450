import type { FilePart } from "../probe/folder.ts";
import { damaged, NO_FACTS, type WeightsFormat, type WeightsReading } from "./reading.ts";

const ZIP = "PK\u0003\u0004";
/** The record that ends every zip archive: without it, it is a beginning of one. */
const ZIP_END = "PK\u0005\u0006";
/** The smallest model that any of these formats holds has more bytes than a stub that only begins as one. */
const LEAST_BYTES = 256;
const HDF5 = "\u0089HDF\r\n\u001a\n";
/** The number that torch.save wrote first before it wrote zip archives, inside a pickle that nobody loads here. */
const LEGACY_TORCH = "\u0080\u0002\u008a\u000a\u006c\u00fc\u009c\u0046\u00f9\u0020\u006a\u00a8\u0050\u0019";

/** saved_schema_version 1, then the first graph. */
const SAVED_MODEL = "\u0008\u0001\u0012";
/** Fields that may follow ir_version in ONNX's ModelProto. */
const ONNX_FIELDS: ReadonlySet<number | undefined> = new Set([0x12, 0x1a, 0x22, 0x28, 0x32, 0x3a, 0x42]);

/**
 * Names the format of a file of parameters by its first bytes, and an archive by its last too, which are read by
 * `readTail`. `name` in small letters. Archives are not opened.
 */
export function nameFormat(name: string, head: FilePart, readTail: () => Uint8Array): WeightsReading {
  const named = nameByHead(name, head);
  if (named.kind !== "weights") return named;
  if (head.size < LEAST_BYTES) return damaged(`its ${head.size} bytes hold no parameters`);
  const isArchive = latin1(head.bytes.subarray(0, ZIP.length)) === ZIP;
  return isArchive && !latin1(readTail()).includes(ZIP_END) ? damaged("the end of the archive is missing") : named;
}

function nameByHead(name: string, { bytes }: FilePart): WeightsReading {
  const head = latin1(bytes);
  const extension = name.slice(name.lastIndexOf(".") + 1);
  switch (extension) {
    case "bin":
    case "pt":
    case "pth":
    case "ckpt":
      if (isTorch(head)) return found("PyTorch");
      return damaged("it does not begin as torch.save writes");
    case "onnx":
      return isOnnx(bytes) ? found("ONNX") : damaged("it does not begin as an ONNX model");
    case "h5":
    case "hdf5":
      return head.startsWith(HDF5) ? found("HDF5 (Keras)") : damaged("it does not begin as HDF5");
    case "keras":
      if (head.startsWith(HDF5)) return found("HDF5 (Keras)");
      return head.startsWith(ZIP) ? found("Keras") : damaged("it does not begin as a Keras archive");
    case "tflite":
      return head.slice(4, 8) === "TFL3" ? found("TensorFlow Lite") : damaged("it does not begin as TensorFlow Lite");
    case "msgpack":
      return isMessagePackMap(bytes) ? found("MessagePack (Flax)") : damaged("it does not begin as a MessagePack map");
    default:
      if (!name.endsWith("saved_model.pb")) return { kind: "unreadable" };
      return head.startsWith(SAVED_MODEL) ? found("TensorFlow SavedModel") : damaged("it does not begin as a SavedModel");
  }
}

/** ir_version, a small number, then another field of ModelProto. */
function isOnnx([tag, version = 0, next]: Uint8Array): boolean {
  return tag === 0x08 && version > 0 && version < 0x20 && ONNX_FIELDS.has(next);
}

function isMessagePackMap([first = 0]: Uint8Array): boolean {
  return (first >= 0x80 && first <= 0x8f) || first === 0xde || first === 0xdf;
}

/** In an archive of torch.save the first entry is `NAME/data.pkl`; its header is all that is looked at. */
function isTorch(head: string): boolean {
  if (head.startsWith(LEGACY_TORCH)) return true;
  if (!head.startsWith(ZIP)) return false;
  return /\/data\.pkl|\/\.format_version|\/byteorder|\/version/.test(head.slice(30, 330));
}

function latin1(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString("latin1");
}

function found(format: WeightsFormat): WeightsReading {
  return { kind: "weights", facts: { ...NO_FACTS, format } };
}
