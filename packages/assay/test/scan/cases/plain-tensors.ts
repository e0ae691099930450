import { bytes, littleEndian } from "../../support/scan/bytes.ts";
import type { ScanCase } from "../../support/scan/case.ts";
import { Extension, flaxArray, pack } from "../../support/scan/message-pack.ts";
import { message } from "../../support/scan/protobuf.ts";
import { sample } from "../../support/scan/sample.ts";

type Reason = NonNullable<ScanCase["reasons"]>[number];

function one(
  name: string,
  files: Record<string, Uint8Array | string>,
  kind: ScanCase["kind"],
  expect: ScanCase["expect"],
  ...reasons: Reason[]
): ScanCase {
  return { name, kind, files, expect, reasons };
}

const ARRAY = flaxArray([2, 3], "float32", Buffer.alloc(24));
const FLAX = pack({ params: { dense: { kernel: ARRAY, bias: flaxArray([3], "bfloat16", Buffer.alloc(6)) } }, step: 7 });

function flax(name: string, file: Uint8Array, kind: ScanCase["kind"], expect: ScanCase["expect"], ...reasons: Reason[]): ScanCase {
  return one(name, { "flax_model.msgpack": file }, kind, expect, ...reasons);
}

function deep(levels: number): unknown {
  let inner: unknown = 1;
  for (let level = 0; level < levels; level++) inner = { a: inner };
  return inner;
}

/** A variable of F32 numbers of CTranslate2. */
function variable(name: string, dims: readonly number[], length = 4 * dims.reduce((a, b) => a * b, 1)): Uint8Array {
  return bytes(
    littleEndian(name.length + 1, 2),
    name,
    0,
    dims.length,
    ...dims.map((size) => littleEndian(size, 4)),
    0,
    littleEndian(length, 4),
    Buffer.alloc(length),
  );
}

function ctranslate2(...variables: readonly Uint8Array[]): Uint8Array {
  const kind = "TransformerSpec\0";
  return bytes(
    littleEndian(6, 4),
    littleEndian(kind.length, 2),
    kind,
    littleEndian(7, 4),
    littleEndian(variables.length, 4),
    ...variables,
    littleEndian(1, 4),
    littleEndian(2, 2),
    "b\0",
    littleEndian(2, 2),
    "a\0",
  );
}

const CT2 = ctranslate2(variable("encoder/weight", [2, 3]), variable("scale", []));
const TOKENS = "IQ== 0\nIg== 1\nIHRoZQ== 2\n";
const MANIFEST = [{ paths: ["group1-shard1of1.bin"], weights: [{ name: "w", shape: [2, 3], dtype: "float32" }] }];
const LAYERS = {
  format: "layers-model",
  modelTopology: { class_name: "Sequential", config: { layers: [{ class_name: "Dense", config: { units: 3 } }] } },
  weightsManifest: MANIFEST,
};
const WEIGHTS = Buffer.alloc(24, 1);

function tfjs(name: string, model: unknown, kind: ScanCase["kind"], expect: ScanCase["expect"], ...reasons: Reason[]): ScanCase {
  return one(name, { "model.json": JSON.stringify(model), "group1-shard1of1.bin": WEIGHTS }, kind, expect, ...reasons);
}

function graphModel(op: string): unknown {
  return {
    modelTopology: {
      node: [
        { name: "x", op: "Placeholder" },
        { name: "y", op },
      ],
      library: {},
    },
    weightsManifest: MANIFEST,
  };
}

export const PLAIN_TENSOR_CASES: readonly ScanCase[] = [
  flax(
    "arrays of msgpack-numpy are data only",
    pack({ a: { nd: true, type: "<f4", kind: "", shape: [2], data: Buffer.alloc(8) }, kind: { bias: ARRAY } }),
    "benign",
    "data-only",
  ),
  flax(
    "an array of objects of msgpack-numpy is unknown",
    pack({ a: { nd: true, type: "O", kind: "O", data: Buffer.from("\x80\x04N.", "latin1") } }),
    "dangerous",
    "unknown",
    "file/not-understood",
  ),
  flax(
    "an array of objects of msgpack-numpy with its words as bytes is unknown",
    bytes([0x81, 0xa1], "a", [0x81, 0xc4, 4], "kind", [0xc4, 1], "O"),
    "dangerous",
    "unknown",
    "file/not-understood",
  ),
  flax("a Flax model in MessagePack is data only", FLAX, "benign", "data-only"),
  flax(
    "a Flax model with complex numbers and scalars is data only",
    pack({ c: new Extension(2, pack([1, 2])), s: new Extension(3, pack([[], "float32", Buffer.alloc(4)])) }),
    "benign",
    "data-only",
  ),
  flax("a truncated Flax model is invalid", FLAX.subarray(0, -3), "corrupt", "invalid", "file/malformed"),
  flax("a Flax model with bytes behind its end is invalid", bytes(FLAX, 0), "corrupt", "invalid", "file/malformed"),
  flax(
    "a Flax model of an unknown extension is unknown",
    pack({ a: new Extension(42, Buffer.from("code")) }),
    "hostile",
    "unknown",
    "file/not-understood",
  ),
  flax(
    "a Flax array of objects is unknown",
    pack({ a: flaxArray([1], "object", Buffer.alloc(8)) }),
    "hostile",
    "unknown",
    "file/not-understood",
  ),
  flax(
    "a Flax array with fewer bytes than its shape needs is invalid",
    pack({ a: flaxArray([2, 3], "float32", Buffer.alloc(20)) }),
    "corrupt",
    "invalid",
    "file/malformed",
  ),
  flax("a Flax model nested beyond the bound is unknown", pack(deep(400)), "hostile", "unknown", "file/not-understood"),
  flax(
    "a MessagePack map that claims 2^32 entries is invalid",
    bytes(0xdf, 0xff, 0xff, 0xff, 0xff, 0xa1, "a", 1),
    "hostile",
    "invalid",
    "file/malformed",
  ),
  flax("a MessagePack list without a map is invalid", pack([1, 2]), "corrupt", "invalid", "file/malformed"),
  flax(
    "a MessagePack value of a type that does not exist is invalid",
    bytes(0x81, 0xa1, "a", 0xc1),
    "corrupt",
    "invalid",
    "file/malformed",
  ),

  one("a CTranslate2 model is data only", { "model.bin": CT2, "vocabulary.txt": "a\nb\n" }, "benign", "data-only"),
  one("a truncated CTranslate2 model is invalid", { "model.bin": CT2.subarray(0, -4) }, "corrupt", "invalid", "file/malformed"),
  one("a CTranslate2 model with bytes behind its end is invalid", { "model.bin": bytes(CT2, "x") }, "corrupt", "invalid", "file/malformed"),
  one(
    "a CTranslate2 variable with fewer bytes than its shape needs is invalid",
    { "model.bin": ctranslate2(variable("w", [2, 3], 20)) },
    "corrupt",
    "invalid",
    "file/malformed",
  ),

  one("a SentencePiece model is data only", { "tokenizer.model": sample("sentencepiece-bpe.model") }, "benign", "data-only"),
  one(
    "a SentencePiece model of the other kind is data only",
    { "spiece.model": sample("sentencepiece-unigram.model") },
    "benign",
    "data-only",
  ),
  one(
    "a truncated SentencePiece model is invalid",
    { "tokenizer.model": sample("sentencepiece-bpe.model").subarray(0, -5) },
    "corrupt",
    "invalid",
    "file/malformed",
  ),
  one(
    "a SentencePiece model that ends after its pieces is invalid",
    { "tokenizer.model": message([1, message([1, "a"])]) },
    "corrupt",
    "invalid",
    "file/malformed",
  ),
  one(
    "a SentencePiece model with an unknown field is unknown",
    { "tokenizer.model": bytes(sample("sentencepiece-bpe.model"), message([200, "x"])) },
    "hostile",
    "unknown",
    "file/not-understood",
  ),
  one("a list of tokens of tiktoken is data only", { "qwen.tiktoken": TOKENS }, "benign", "data-only"),
  one("a list of tokens named as a SentencePiece model is data only", { "tokenizer.model": TOKENS }, "benign", "data-only"),
  one(
    "a line that is not a token in a list of tiktoken is invalid",
    { "qwen.tiktoken": `${TOKENS}import os\n` },
    "corrupt",
    "invalid",
    "file/malformed",
  ),

  tfjs("a TensorFlow.js layers model is data only", LAYERS, "benign", "data-only"),
  tfjs("a TensorFlow.js graph model is data only", graphModel("Relu"), "benign", "data-only"),
  tfjs("a list of weights of TensorFlow.js is data only", MANIFEST, "benign", "data-only"),
  tfjs(
    "a Lambda layer in a TensorFlow.js model is code",
    { ...LAYERS, modelTopology: { class_name: "Sequential", config: { layers: [{ class_name: "Lambda", config: {} }] } } },
    "dangerous",
    "code",
    "keras/code",
  ),
  tfjs("a TensorFlow.js graph that writes files is code", graphModel("WriteFile"), "dangerous", "code", "tensorflow/code-operator"),
  tfjs("an unknown operator of TensorFlow.js is unknown", graphModel("Shell"), "dangerous", "unknown", "tensorflow/unknown-operator"),
  tfjs(
    "TensorFlow.js weights outside the model are code",
    { ...LAYERS, weightsManifest: [{ paths: ["../../x"], weights: [] }] },
    "dangerous",
    "code",
    "tensorflow/outside-path",
  ),
  tfjs(
    "TensorFlow.js weights at an address are code",
    { ...LAYERS, weightsManifest: [{ paths: ["https://example.com/x"], weights: [] }] },
    "dangerous",
    "code",
    "tensorflow/outside-path",
  ),
  tfjs(
    "an unknown field of a TensorFlow.js model is unknown",
    { ...LAYERS, script: "x" },
    "hostile",
    "unknown",
    "tensorflow/unknown-field",
  ),
  one(
    "TensorFlow.js weights that are missing are unknown",
    { "model.json": JSON.stringify(LAYERS) },
    "corrupt",
    "unknown",
    "tensorflow/missing-data",
  ),
];
