import { hasExtension } from "../../../formats/format.ts";
import { readVariables } from "../../../formats/tensorflow/checkpoint.ts";
import { endsAsTable } from "../../../formats/tensorflow/sorted-table.ts";
import { tensorflowSchema } from "../../../formats/tensorflow/schema.ts";
import { walkProtobuf } from "../../../formats/protobuf/walk.ts";
import type { Examiner } from "../examiner.ts";
import { examineKerasMetadata } from "./keras-metadata.ts";

/** The index of a TensorFlow checkpoint, and by it the data files beside it. */
export const CHECKPOINT_EXAMINER: Examiner = {
  format: "TensorFlow checkpoint",
  isNamed: hasExtension("index"),
  begins: () => false,
  isDistinctive: false,
  ends: endsAsTable,
  async examine({ name, file, depth, sizeOf, claimAsData, report, addFacts, leaveOut }) {
    const { shards, ends, tensors, elements, bytes, types } = await readVariables(file);
    addFacts({ tensors, parameters: elements, types, weightBytes: bytes });
    leaveOut("the values of variables");
    const stem = name.replace(/\.index$/i, "");
    for (let shard = 0; shard < shards; shard++) {
      const data = `${stem}.data-${String(shard).padStart(5, "0")}-of-${String(shards).padStart(5, "0")}`;
      const size = depth === 0 ? sizeOf(data) : undefined;
      const needed = ends.get(shard) ?? 0;
      if (size === undefined) report("tensorflow/missing-data", `has variables in ${data}, which was not examined with it`);
      else if (needed > size) report("tensorflow/data-range", `has variables up to byte ${needed} of ${data}, which has ${size}`);
      else claimAsData(data);
      // The first that is missing says enough.
      if (size === undefined) break;
    }
  },
};

/** Which checkpoint is the newest, and hashes of a SavedModel: read by TensorFlow, and nothing comes of them but names and numbers. */
export const CHECKPOINT_STATE_EXAMINER: Examiner = {
  format: "TensorFlow checkpoint state",
  isNamed: (name) => /(?:^|\/)checkpoint$/.test(name),
  begins: () => false,
  isDistinctive: false,
  async examine({ file, report }) {
    const bytes = await file.read(0, MAX_STATE_BYTES);
    const lines = new TextDecoder().decode(bytes).split("\n");
    const isState = file.size <= MAX_STATE_BYTES && lines.every((line) => STATE_LINE.test(line));
    if (!isState) return report("file/not-understood", "is not the list of checkpoints that its name says");
    const outside = lines.find((line) => /"(?:\/|[A-Za-z]:|.*\.\.)/.test(line));
    if (outside !== undefined) report("tensorflow/checkpoint-elsewhere", `names a checkpoint outside the model: ${outside.slice(0, 200)}`);
  },
};

const MAX_STATE_BYTES = 1024 * 1024;
const STATE_LINE = /^(?:(?:all_)?model_checkpoint_paths?: "[^"\n]*"|(?:all_model_checkpoint|last_preserved)_timestamps?: [\d.e+]+)?$/;

/** Hashes of a SavedModel. */
export const FINGERPRINT_EXAMINER: Examiner = {
  format: "TensorFlow fingerprint",
  isNamed: (name) => /(?:^|\/)fingerprint\.pb$/.test(name),
  begins: () => false,
  isDistinctive: false,
  async examine({ file, report }) {
    const { unknownFields } = await walkProtobuf(file, { schema: tensorflowSchema(), type: "FingerprintDef" });
    for (const { number, offset } of unknownFields) report("tensorflow/unknown-field", `has the unknown field ${number}`, { offset });
  },
};

/** The configurations of the Keras objects of a SavedModel, which Keras 2 builds layers of. */
export const KERAS_METADATA_EXAMINER: Examiner = {
  format: "Keras metadata",
  isNamed: (name) => /(?:^|\/)keras_metadata\.pb$/.test(name),
  begins: () => false,
  isDistinctive: false,
  async examine({ file, report }) {
    const { message, unknownFields } = await walkProtobuf(file, { schema: tensorflowSchema(), type: "SavedMetadata" });
    for (const { number, offset } of unknownFields) report("tensorflow/unknown-field", `has the unknown field ${number}`, { offset });
    for (const node of message.messages("nodes")) {
      if (node.has("metadata")) examineKerasMetadata(node.text("metadata"), node.offset, report);
    }
  },
};
