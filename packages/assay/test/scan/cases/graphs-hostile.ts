import { bytes, littleEndian } from "../../support/scan/bytes.ts";
import type { ScanCase } from "../../support/scan/case.ts";
import { flatBuffer } from "../../support/scan/flatbuffer.ts";
import { pack } from "../../support/scan/message-pack.ts";
import { attribute, externalTensor, graph, node, onnx } from "../../support/scan/onnx.ts";
import { message, varint } from "../../support/scan/protobuf.ts";
import { sample } from "../../support/scan/sample.ts";
import { call, functionOf, graphDef, node as operation, savedModel, textConstant } from "../../support/scan/tensorflow.ts";

type Reason = NonNullable<ScanCase["reasons"]>[number];

function one(name: string, files: Record<string, Uint8Array | string>, expect: ScanCase["expect"], ...reasons: Reason[]): ScanCase {
  return { name, kind: "hostile", files, expect, reasons };
}

/** A model that says its weights are in this file. */
function claiming(file: string): Uint8Array {
  return onnx(graph({ tensors: [externalTensor("w", [1], { location: file })] }));
}

const NUMBERS = Buffer.alloc(64, 5);
const LAMBDA = JSON.stringify({ class_name: "Sequential", config: { layers: [{ class_name: "Lambda", config: {} }] } });
const X = operation("x", "Placeholder");

/** The text of the configuration of a sample by another of the same length. */
function configured(config: string): Uint8Array {
  const file = Buffer.from(sample("keras.h5"));
  const at = file.indexOf('{"class_name": "Sequential"');
  const end = file.indexOf("]}}", at) + 3;
  file.write(config.padEnd(end - at, " "), at);
  return file;
}

function manyFields(count: number): Uint8Array {
  return bytes(onnx(), Buffer.alloc(count * 2, Buffer.from([0x70, 0x01])));
}

export const GRAPH_HOSTILE_CASES: readonly ScanCase[] = [
  one(
    "an ONNX model cannot make a configuration plain numbers",
    { "model.onnx": claiming("settings.json"), "settings.json": bytes("{", NUMBERS) },
    "invalid",
  ),
  one(
    "an ONNX model cannot make the weights of PyTorch plain numbers",
    { "model.onnx": claiming("pytorch_model.bin"), "pytorch_model.bin": NUMBERS },
    "invalid",
  ),
  one(
    "an ONNX model cannot make a library plain numbers",
    { "model.onnx": claiming("w.data"), "w.data": bytes(0x7f, "ELF", NUMBERS) },
    "code",
    "program/machine-code",
  ),
  one(
    "an ONNX model cannot make a script plain numbers",
    { "model.onnx": claiming("run.sh"), "run.sh": "echo 1\n" },
    "unknown",
    "program/script",
  ),
  one(
    "an ONNX model cannot make its archive plain numbers",
    { "model.onnx": claiming("w.data"), "w.data": bytes(NUMBERS, "PK\u0005\u0006", Buffer.alloc(18)) },
    "invalid",
  ),
  one(
    "an address encoded in a path of weights is outside the model",
    { "model.onnx": claiming("%2e%2e/secret") },
    "code",
    "onnx/outside-path",
  ),
  one("a path of weights with a line break is outside the model", { "model.onnx": claiming("a\nb") }, "code", "onnx/outside-path"),
  one(
    "a path of weights that ends with a folder is outside the model",
    { "model.onnx": claiming("weights/") },
    "code",
    "onnx/outside-path",
  ),
  one(
    "a custom ONNX operator behind a million fields is code",
    { "model.onnx": bytes(manyFields(1_000_000), message([7, graph({ nodes: [node("Run", { domain: "evil" })] })])) },
    "code",
    "onnx/custom-operator",
  ),
  one(
    "an ONNX operator in a graph inside a sequence of attributes is code",
    {
      "model.onnx": onnx(
        graph({
          nodes: [
            node("Scan", {
              attributes: [
                attribute("body", [
                  6,
                  graph({ nodes: [node("Loop", { attributes: [attribute("body", [6, graph({ nodes: [node("PyOp")] })])] })] }),
                ]),
              ],
            }),
          ],
        }),
      ),
    },
    "code",
    "onnx/code-operator",
  ),
  one(
    "an ONNX model in which a long text hides the operator is invalid",
    { "model.onnx": onnx(graph({ nodes: [message([4, "R".repeat(5_000_000)])] })) },
    "invalid",
  ),
  one(
    "an ONNX operator with a zero byte in its name is unknown",
    { "model.onnx": onnx(graph({ nodes: [node("Relu\0")] })) },
    "unknown",
    "onnx/unknown-operator",
  ),
  one(
    "an ONNX operator in other letters is unknown",
    { "model.onnx": onnx(graph({ nodes: [node("relu")] })) },
    "unknown",
    "onnx/unknown-operator",
  ),
  one(
    "an ONNX domain in other letters is code",
    { "model.onnx": onnx(graph({ nodes: [node("Gelu", { domain: "Com.Microsoft" })] })) },
    "code",
    "onnx/custom-operator",
  ),
  one(
    "a tag of more than 32 bits in an ONNX model is invalid",
    { "model.onnx": bytes(onnx(), varint(2n ** 40n), 1) },
    "invalid",
    "file/malformed",
  ),
  one(
    "a negative length in an ONNX model is invalid",
    { "model.onnx": bytes(onnx(), varint(7 * 8 + 2), varint(-1)) },
    "invalid",
    "file/malformed",
  ),

  one(
    "a TensorFlow function that is there twice is invalid",
    {
      "saved_model.pb": savedModel(
        graphDef(
          [X, call("y", "f", ["x"])],
          [functionOf("f", ["a"], [operation("r", "Relu", ["a"])]), functionOf("f", ["a"], [operation("s", "SaveV2", ["a"])])],
        ),
      ),
    },
    "invalid",
    "file/malformed",
  ),
  one(
    "a TensorFlow function before its own name is read whole",
    { "saved_model.pb": savedModel(graphDef([X], [message([3, operation("w", "WriteFile")], [1, message([1, "f"])])])) },
    "code",
    "tensorflow/code-operator",
  ),
  one(
    "a TensorFlow path of many steps is code",
    { "saved_model.pb": savedModel(graphDef([X, ...chain(1200), operation("s", "SaveV2", ["n1199"])])) },
    "code",
    "tensorflow/checkpoint-path",
  ),
  one(
    "a TensorFlow default path that is not the saver's is code",
    {
      "saved_model.pb": savedModel(
        graphDef([X, textConstant("c", "../model"), operation("p", "PlaceholderWithDefault", ["c"]), operation("s", "RestoreV2", ["p"])]),
      ),
    },
    "code",
    "tensorflow/checkpoint-path",
  ),
  one(
    "a SavedModel of 20,000 nodes that call one function is read",
    {
      "saved_model.pb": savedModel(
        graphDef([...Array.from({ length: 20_000 }, () => call("c", "f")), operation("w", "WriteFile")], [functionOf("f", [], [X])]),
      ),
    },
    "code",
    "tensorflow/code-operator",
  ),

  one(
    "a Lambda layer in an HDF5 configuration written by hand is code",
    { "model.h5": configured('{"class_name": "Lambda", "config": {}}') },
    "code",
    "keras/code",
  ),
  {
    name: "a layer of Keras 2 in HDF5 is data only",
    kind: "benign",
    files: { "model.h5": configured('{"class_name": "Sequential", "config": {"layers": [{"class_name": "CuDNNGRU"}]}}') },
    expect: "data-only",
  },
  one(
    "an HDF5 configuration with a zero byte is invalid",
    { "model.h5": configured('{"class_name": "Dense", "config": {}}\0{"class_name": "Lambda"}') },
    "invalid",
    "keras/malformed",
  ),
  one(
    "an HDF5 configuration in a group is unknown",
    { "model.h5": renamed(sample("weights.h5"), "weight_names", "model_config") },
    "unknown",
    "hdf5/configuration",
  ),
  one(
    "HDF5 bytes behind a block for the user are invalid",
    { "model.h5": bytes(Buffer.alloc(512), sample("weights.h5")) },
    "invalid",
    "file/malformed",
  ),
  one("HDF5 under the name of Keras is examined as HDF5", { "model.keras": sample("keras-lambda.h5") }, "code", "keras/code"),

  one("a TensorFlow Lite vector that claims 2^32 tables is invalid", { "m.tflite": claimedTables() }, "invalid", "file/malformed"),
  one(
    "a TensorFlow Lite table that is its own list of fields is invalid",
    { "m.tflite": bytes(littleEndian(8, 4), "TFL3", littleEndian(0, 4), Buffer.alloc(32)) },
    "invalid",
  ),
  one(
    "a MessagePack file of a million empty lists is read",
    { "m.msgpack": bytes(pack({ a: 1 }).subarray(0, 0), 0x81, 0xa1, "a", 0xdd, 0, 0x0f, 0x42, 0x40, Buffer.alloc(1_000_000, 0x90)) },
    "data-only",
  ),
  one(
    "Keras metadata with a Lambda layer in a list of lists is code",
    { "keras_metadata.pb": message([1, message([5, `[[[${LAMBDA}]]]`])]) },
    "code",
    "tensorflow/keras-code",
  ),
  one(
    "Keras metadata that calls a function which writes files is code",
    {
      "keras_metadata.pb": message([1, message([5, JSON.stringify({ class_name: "TFOpLambda", config: { function: "io.write_file" } })])]),
    },
    "code",
    "tensorflow/keras-code",
  ),
  {
    name: "Keras metadata that calls a function which only computes is data only",
    kind: "benign",
    files: {
      "keras_metadata.pb": message([
        1,
        message([5, JSON.stringify({ class_name: "TFOpLambda", config: { function: "math.reduce_mean" } })]),
      ]),
      "frozen.pb": sample("frozen.pb"),
    },
    expect: "data-only",
  },
];

function chain(length: number): Uint8Array[] {
  return Array.from({ length }, (_, index) => operation(`n${index}`, "Identity", [index === 0 ? "x" : `n${index - 1}`]));
}

function renamed(file: Uint8Array, from: string, to: string): Uint8Array {
  const copy = Buffer.from(file);
  copy.write(to, copy.indexOf(from));
  return copy;
}

/** The count of the list of operators is beyond the file. */
function claimedTables(): Uint8Array {
  const file = Buffer.from(flatBuffer("TFL3", { 0: { u32: 3 }, 1: [{ 0: { u8: 9 } }] }));
  for (let at = file.length - 4; at > 0; at -= 4) {
    if (file.readUInt32LE(at) !== 1) continue;
    file.writeUInt32LE(0xffff_ffff, at);
    break;
  }
  return file;
}
