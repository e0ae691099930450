import type { ScanCase } from "../../support/scan/case.ts";
import { flatBuffer, type FlatFields } from "../../support/scan/flatbuffer.ts";
import { sample } from "../../support/scan/sample.ts";
import { call, pickle } from "../../support/scan/pickle.ts";
import { zip } from "../../support/scan/zip.ts";
import { littleEndian } from "../../support/scan/bytes.ts";

type Reason = NonNullable<ScanCase["reasons"]>[number];

const WEIGHT: FlatFields = { 0: { numbers: [2, 3] }, 1: { u8: 0 }, 2: { u32: 1 }, 3: "w" };

/** A model of one operator and one tensor of six F32 numbers. */
function model(operator: FlatFields = { 0: { u8: 9 } }, more: FlatFields = {}): Uint8Array {
  return flatBuffer("TFL3", { 0: { u32: 3 }, 1: [operator], 2: [{ 0: [WEIGHT], 4: "main" }], 4: [{}, { 0: Buffer.alloc(24) }], ...more });
}

function custom(name: string): Uint8Array {
  return model({ 0: { u8: 32 }, 1: name, 3: { u32: 32 } });
}

function one(name: string, file: Uint8Array, kind: ScanCase["kind"], expect: ScanCase["expect"], ...reasons: Reason[]): ScanCase {
  return { name, kind, files: { "model.tflite": file }, expect, reasons };
}

function changed(file: Uint8Array, at: number, value: number): Uint8Array {
  const copy = Buffer.from(file);
  copy.set(littleEndian(value, 4), at);
  return copy;
}

export const TFLITE_CASES: readonly ScanCase[] = [
  one("a TensorFlow Lite model of Keras is data only", sample("dense.tflite"), "benign", "data-only"),
  one("a TensorFlow Lite model of built-in operators is data only", model(), "benign", "data-only"),
  one("a TensorFlow Lite operator of a number beyond 127 is data only", model({ 0: { u8: 127 }, 3: { u32: 150 } }), "benign", "data-only"),
  one(
    "a TensorFlow Lite operator that the interpreter registers is data only",
    custom("TFLite_Detection_PostProcess"),
    "benign",
    "data-only",
  ),
  one("a TensorFlow operator that only computes is data only in TensorFlow Lite", custom("FlexErf"), "benign", "data-only"),
  one(
    "a TensorFlow Lite model with the files of its metadata behind it is data only",
    zip([{ name: "labels.txt", data: "cat\ndog\n" }], { prefix: sample("dense.tflite") }),
    "benign",
    "data-only",
  ),
  one(
    "a TensorFlow Lite model with a pickle in an archive behind it is code",
    zip([{ name: "a.pkl", data: pickle(2, call("os", "system")) }], { prefix: sample("dense.tflite") }),
    "dangerous",
    "code",
    "pickle/global",
  ),
  one(
    "a TensorFlow Lite model with hidden bytes in an archive behind it is invalid",
    zip(
      [
        { name: "a.txt", data: "a" },
        { name: "b.txt", data: "b", gap: Buffer.from("hidden") },
      ],
      { prefix: sample("dense.tflite") },
    ),
    "hostile",
    "invalid",
    "zip/hidden-bytes",
  ),

  one("a custom TensorFlow Lite operator is code", custom("Run"), "dangerous", "code", "tflite/custom-operator"),
  one("a custom TensorFlow Lite operator without a name is code", model({ 0: { u8: 32 } }), "dangerous", "code", "tflite/custom-operator"),
  one(
    "a TensorFlow operator that writes files is code in TensorFlow Lite",
    custom("FlexWriteFile"),
    "dangerous",
    "code",
    "tflite/code-operator",
  ),
  one(
    "a custom TensorFlow Lite operator in the newer field alone is code",
    model({ 1: "Run", 3: { u32: 32 } }),
    "dangerous",
    "code",
    "tflite/custom-operator",
  ),
  one(
    "an unknown TensorFlow operator in TensorFlow Lite is unknown",
    custom("FlexShell"),
    "dangerous",
    "unknown",
    "tflite/unknown-operator",
  ),
  one(
    "a TensorFlow Lite operator of an unknown number is unknown",
    model({ 3: { u32: 9999 } }),
    "debatable",
    "unknown",
    "tflite/unknown-operator",
  ),
  one("a delegate in a TensorFlow Lite model is unknown", model({ 0: { u8: 51 } }), "dangerous", "unknown", "tflite/unknown-operator"),

  one("a truncated TensorFlow Lite model is invalid", sample("dense.tflite").subarray(0, 700), "corrupt", "invalid", "file/malformed"),
  one(
    "a TensorFlow Lite model whose root is beyond its end is invalid",
    changed(model(), 0, 0x7fffffff),
    "corrupt",
    "invalid",
    "file/malformed",
  ),
  one("text named as TensorFlow Lite is invalid", Buffer.from("this is no model"), "corrupt", "invalid", "file/malformed"),
  one(
    "a TensorFlow Lite model of another version is unknown",
    model({ 0: { u8: 9 } }, { 0: { u32: 7 } }),
    "corrupt",
    "unknown",
    "file/not-understood",
  ),
  one("a TensorFlow Lite model without a graph is invalid", model({ 0: { u8: 9 } }, { 2: [] }), "corrupt", "invalid", "file/malformed"),
  one(
    "a TensorFlow Lite tensor with fewer bytes than its shape needs is invalid",
    model({ 0: { u8: 9 } }, { 4: [{}, { 0: Buffer.alloc(20) }] }),
    "corrupt",
    "invalid",
    "file/malformed",
  ),
  one(
    "a TensorFlow Lite tensor in a buffer that is missing is invalid",
    model({ 0: { u8: 9 } }, { 4: [{}] }),
    "corrupt",
    "invalid",
    "file/malformed",
  ),
];
