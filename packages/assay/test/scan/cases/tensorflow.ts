import { bytes, littleEndian } from "../../support/scan/bytes.ts";
import type { ScanCase } from "../../support/scan/case.ts";
import { message } from "../../support/scan/protobuf.ts";
import { sample } from "../../support/scan/sample.ts";
import { call, constant, functionOf, graphDef, node, savedModel, textConstant } from "../../support/scan/tensorflow.ts";

const X = node("x", "Placeholder");
const PLAIN = graphDef([X, constant("w", [2, 3]), node("y", "MatMul", ["x", "w"])]);
const INDEX = sample("saved-model/variables/variables.index");
const DATA = sample("saved-model/variables/variables.data-00000-of-00001");
const MODEL = sample("saved-model/saved_model.pb");
const LAMBDA = JSON.stringify({ class_name: "Sequential", config: { layers: [{ class_name: "Lambda", config: {} }] } });

type Reason = NonNullable<ScanCase["reasons"]>[number];

function one(name: string, file: Uint8Array, kind: ScanCase["kind"], expect: ScanCase["expect"], ...reasons: Reason[]): ScanCase {
  return { name, kind, files: { "saved_model.pb": file }, expect, reasons };
}

function operator(name: string, reason: Reason = "tensorflow/code-operator"): ScanCase {
  return one(`the TensorFlow operator ${name} is code`, savedModel(graphDef([X, node("n", name, ["x"])])), "dangerous", "code", reason);
}

function path(name: string, graph: Uint8Array, expect: ScanCase["expect"]): ScanCase {
  return one(
    name,
    savedModel(graph),
    expect === "code" ? "dangerous" : "benign",
    expect,
    ...(expect === "code" ? (["tensorflow/checkpoint-path"] as const) : []),
  );
}

/** A SavedModel object with a Keras configuration. */
function keras(metadata: string): Uint8Array {
  const object = message([4, message([1, "_tf_keras_layer"], [3, metadata])]);
  return savedModel(PLAIN, [7, message([1, object])]);
}

const SAVE_FUNCTION = functionOf(
  "save",
  ["file_prefix"],
  [
    textConstant("part", "_temp/part"),
    node("joined", "StringJoin", ["file_prefix", "part:output:0"]),
    node("named", "ShardedFilename", ["joined:output:0"]),
    node("write", "SaveV2", ["named:filename:0"]),
  ],
);

export const TENSORFLOW_CASES: readonly ScanCase[] = [
  {
    name: "a SavedModel of TensorFlow is data only",
    kind: "benign",
    files: {
      "saved_model.pb": MODEL,
      "fingerprint.pb": sample("saved-model/fingerprint.pb"),
      "variables/variables.index": INDEX,
      "variables/variables.data-00000-of-00001": DATA,
    },
    expect: "data-only",
  },
  {
    name: "a checkpoint of TensorFlow 1 is data only",
    kind: "benign",
    files: {
      "model.meta": sample("checkpoint-1/model.meta"),
      "model.index": sample("checkpoint-1/model.index"),
      "model.data-00000-of-00001": sample("checkpoint-1/model.data-00000-of-00001"),
      checkpoint: sample("checkpoint-1/checkpoint"),
    },
    expect: "data-only",
  },
  { name: "a frozen graph of TensorFlow is data only", kind: "benign", files: { "frozen.pb": sample("frozen.pb") }, expect: "data-only" },
  { name: "a frozen graph written by hand is data only", kind: "benign", files: { "graph.pb": PLAIN }, expect: "data-only" },
  one("a SavedModel without variables is data only", savedModel(PLAIN), "benign", "data-only"),
  one(
    "a SavedModel that calls its own function is data only",
    savedModel(graphDef([X, call("y", "f", ["x"])], [functionOf("f", ["a"], [node("r", "Relu", ["a"])])])),
    "benign",
    "data-only",
  ),
  one(
    "a SavedModel whose node has the name of its function as operator is data only",
    savedModel(graphDef([X, node("y", "f", ["x"])], [functionOf("f", ["a"], [node("r", "Relu", ["a"])])])),
    "benign",
    "data-only",
  ),
  one(
    "a SavedModel with a plain Keras layer is data only",
    keras('{"class_name": "Dense", "config": {"units": 3, "rate": NaN}}'),
    "benign",
    "data-only",
  ),
  path(
    "a saver that is given its path is data only",
    graphDef([X, node("given", "Placeholder"), call("s", "save", ["given"])], [SAVE_FUNCTION]),
    "data-only",
  ),
  path(
    "a saver of TensorFlow 1 with its default path is data only",
    graphDef([X, textConstant("d", "model"), node("p", "PlaceholderWithDefault", ["d"]), node("r", "RestoreV2", ["p"])]),
    "data-only",
  ),
  {
    name: "a list of checkpoints with an absolute path is named, and data only",
    kind: "benign",
    files: { checkpoint: 'model_checkpoint_path: "/tmp/model"\n', "frozen.pb": PLAIN },
    expect: "data-only",
    reasons: ["tensorflow/checkpoint-elsewhere"],
  },

  operator("ReadFile"),
  operator("WriteFile"),
  operator("PyFunc"),
  operator("EagerPyFunc"),
  operator("MatchingFiles"),
  operator("PrintV2"),
  operator("DebugIdentityV3"),
  operator("ImmutableConst"),
  operator("TextLineDataset"),
  operator("Abort"),
  one(
    "a TensorFlow operator in a function that nothing calls is code",
    savedModel(graphDef([X], [functionOf("f", ["a"], [node("w", "WriteFile", ["a"])])])),
    "dangerous",
    "code",
    "tensorflow/code-operator",
  ),
  one(
    "a TensorFlow operator in the second graph is code",
    bytes(savedModel(PLAIN), message([2, message([2, graphDef([node("r", "ReadFile")])])])),
    "dangerous",
    "code",
    "tensorflow/code-operator",
  ),
  {
    name: "a TensorFlow operator in a frozen graph is code",
    kind: "dangerous",
    files: { "graph.pb": graphDef([X, node("w", "WriteFile", ["x"])]) },
    expect: "code",
    reasons: ["tensorflow/code-operator"],
  },
  {
    name: "a SavedModel of TensorFlow that saves to its own path is code",
    kind: "dangerous",
    files: { "saved_model.pb": sample("saved-model-writing/saved_model.pb") },
    expect: "code",
    reasons: ["tensorflow/checkpoint-path"],
  },
  path("a checkpoint saved to a constant path is code", graphDef([X, textConstant("p", "/etc/x"), node("s", "SaveV2", ["p"])]), "code"),
  path(
    "a checkpoint restored from a constant path is code",
    graphDef([X, textConstant("p", "/etc/x"), node("s", "RestoreV2", ["p"])]),
    "code",
  ),
  path(
    "a save function that is called with a constant path is code",
    graphDef([X, textConstant("p", "/etc/x"), call("s", "save", ["p"])], [SAVE_FUNCTION]),
    "code",
  ),
  path(
    "a save function that another function calls is code",
    graphDef(
      [X, call("a", "g", ["x"])],
      [SAVE_FUNCTION, functionOf("g", ["b"], [textConstant("p", "/x"), call("s", "save", ["p:output:0"])])],
    ),
    "code",
  ),
  path(
    "a path with a folder before the one that is given is code",
    graphDef([X, textConstant("f", "/etc/"), node("g", "Placeholder"), node("j", "StringJoin", ["f", "g"]), node("s", "SaveV2", ["j"])]),
    "code",
  ),
  path(
    "a path that a checkpoint is read from is only the one that is given",
    graphDef([X, textConstant("f", "/../x"), node("g", "Placeholder"), node("j", "StringJoin", ["g", "f"]), node("s", "RestoreV2", ["j"])]),
    "code",
  ),
  path(
    "a path that goes in a circle is code",
    graphDef([X, node("a", "Identity", ["b"]), node("b", "Identity", ["a"]), node("s", "SaveV2", ["a"])]),
    "code",
  ),
  one(
    "a SavedModel asset outside the model is code",
    savedModel(PLAIN, [6, message([2, "../../etc/passwd"])]),
    "dangerous",
    "code",
    "tensorflow/outside-path",
  ),
  one("a Lambda layer in a SavedModel is code", keras(LAMBDA), "dangerous", "code", "tensorflow/keras-code"),
  {
    name: "a Lambda layer in Keras metadata is code",
    kind: "dangerous",
    files: { "keras_metadata.pb": message([1, message([2, 0], [3, "root"], [4, "_tf_keras_sequential"], [5, LAMBDA])]) },
    expect: "code",
    reasons: ["tensorflow/keras-code"],
  },

  one(
    "an unknown TensorFlow operator is unknown",
    savedModel(graphDef([X, node("n", "ShellExec", ["x"])])),
    "dangerous",
    "unknown",
    "tensorflow/unknown-operator",
  ),
  one(
    "an object of a registered class in a SavedModel is unknown",
    savedModel(PLAIN, [7, message([1, message([13, "Custom>Thing"])])]),
    "debatable",
    "unknown",
    "tensorflow/registered-class",
  ),
  one(
    "a Keras configuration in a SavedModel that is not JSON is unknown",
    keras("{not json"),
    "debatable",
    "unknown",
    "tensorflow/keras-metadata",
  ),
  one(
    "an unknown field of a SavedModel is unknown",
    bytes(savedModel(PLAIN), message([77, "x"])),
    "debatable",
    "unknown",
    "tensorflow/unknown-field",
  ),
  one(
    "a TensorFlow node with two operators is unknown",
    savedModel(graphDef([X, bytes(node("n", "Relu", ["x"]), message([2, "Tanh"]))])),
    "hostile",
    "unknown",
    "tensorflow/unknown-field",
  ),
  one("a SavedModel without the files of its variables is unknown", MODEL, "corrupt", "unknown", "tensorflow/missing-data"),
  {
    name: "a checkpoint without its data is unknown",
    kind: "corrupt",
    files: { "model.index": INDEX },
    expect: "unknown",
    reasons: ["tensorflow/missing-data"],
  },
  {
    name: "a checkpoint whose data is truncated is invalid",
    kind: "corrupt",
    files: { "model.index": INDEX, "model.data-00000-of-00001": DATA.subarray(0, 40) },
    expect: "invalid",
    reasons: ["tensorflow/data-range"],
  },
  {
    name: "a checkpoint index with a changed byte is invalid",
    kind: "corrupt",
    files: { "m.index": changed(INDEX, 20) },
    expect: "invalid",
    reasons: ["file/malformed"],
  },
  {
    name: "a truncated checkpoint index is invalid",
    kind: "corrupt",
    files: { "m.index": INDEX.subarray(0, -9) },
    expect: "invalid",
    reasons: ["file/malformed"],
  },
  {
    name: "a checkpoint index whose footer names bytes beyond it is invalid",
    kind: "corrupt",
    files: { "m.index": bytes(Buffer.alloc(64, 0x7f), littleEndian(0xdb4775248b80fb57n, 8)) },
    expect: "invalid",
    reasons: ["file/malformed"],
  },
  {
    name: "text named as a list of checkpoints is unknown",
    kind: "corrupt",
    files: { checkpoint: "hello\n" },
    expect: "unknown",
    reasons: ["file/not-understood"],
  },
  one("a truncated SavedModel is invalid", MODEL.subarray(0, 5000), "corrupt", "invalid", "file/malformed"),
  one("a SavedModel of another version is unknown", message([1, 2], [2, message([2, PLAIN])]), "corrupt", "unknown", "file/not-understood"),
  one("a SavedModel without a graph is invalid", message([1, 1]), "corrupt", "invalid", "file/malformed"),
  one("a SavedModel without a node is invalid", savedModel(graphDef([])), "corrupt", "invalid", "file/malformed"),
  one(
    "a TensorFlow constant with fewer bytes than its shape needs is invalid",
    savedModel(graphDef([constant("w", [2, 3], Buffer.alloc(20))])),
    "corrupt",
    "invalid",
    "file/malformed",
  ),
  one(
    "a TensorFlow constant whose shape overflows is invalid",
    savedModel(graphDef([constant("w", [2 ** 40, 2 ** 40], Buffer.alloc(4))])),
    "corrupt",
    "invalid",
    "file/malformed",
  ),
  one("text named as a SavedModel is invalid", Buffer.from("hello, this is text"), "corrupt", "invalid", "file/malformed"),
];

function changed(file: Uint8Array, at: number): Uint8Array {
  const copy = Buffer.from(file);
  copy[at] = (copy[at] ?? 0) ^ 0x40;
  return copy;
}
