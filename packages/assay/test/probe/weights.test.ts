import assert from "node:assert/strict";
import { Buffer } from "node:buffer";
import { truncateSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import * as fc from "fast-check";
import type { FolderListing } from "../../src/probe/folder.ts";
import type { WeightsReading } from "../../src/formats/reading.ts";
import { readWeights } from "../../src/probe/weights/read-weights.ts";
import { temporaryFolder } from "../support/temporary-folder.ts";
import { gguf, safetensors, torchArchive } from "../support/models/described.ts";

const root = temporaryFolder();
const listing: FolderListing = { root, files: [], links: [], others: [], isPartial: false, followsLinks: false };

function reading(name: string, bytes: Uint8Array | string): WeightsReading {
  writeFileSync(join(root, name), bytes);
  return readWeights(listing, name);
}

function why(result: WeightsReading): string {
  assert.equal(result.kind, "damaged");
  return result.kind === "damaged" ? result.why : "";
}

function withHeader(header: string, dataLength: number, length = BigInt(Buffer.byteLength(header))): Uint8Array {
  const size = Buffer.alloc(8);
  size.writeBigUInt64LE(length);
  return Buffer.concat([size, Buffer.from(header), Buffer.alloc(dataLength)]);
}

test("safetensors: tensors, parameters and types by the header", () => {
  const result = reading("model.safetensors", safetensors(1024, { "modelspec.license": "MIT" }));
  assert.ok(result.kind === "weights");
  const { format, tensors, parameters, types, statedLicense } = result.facts;
  assert.deepEqual([format, tensors, parameters, types, statedLicense], ["safetensors", 1, 1024, ["BF16"], "MIT"]);
});

for (const [what, bytes, message] of [
  ["a header longer than the file", withHeader("{}", 0, 2n ** 63n), /more than the file has/],
  ["no JSON", withHeader("hello!!!", 4), /no JSON/],
  ["no tensor", withHeader("{}      ", 0), /no tensor/],
  ["a file that was cut off", safetensors(64).subarray(0, 150), /no place in the file/],
  ["bytes behind the last tensor", Buffer.concat([safetensors(4), Buffer.alloc(3)]), /cut off or added to/],
  ["a negative shape", withHeader('{"a":{"dtype":"F32","shape":[-1],"data_offsets":[0,4]}}', 4), /no place/],
  [
    "a shape beyond numbers",
    withHeader(`{"a":{"dtype":"F32","shape":[${Array(30).fill(1e9).join(",")}],"data_offsets":[0,4]}}`, 4),
    /no place/,
  ],
  [
    "a shape of more numbers than its place holds",
    withHeader('{"a":{"dtype":"F32","shape":[1000000000],"data_offsets":[0,4]}}', 4),
    /no place/,
  ],
  ["tensors without a number", withHeader('{"a":{"dtype":"F32","shape":[0],"data_offsets":[0,0]}}', 0), /hold no number/],
  [
    "tensors over each other",
    withHeader('{"a":{"dtype":"F32","shape":[1],"data_offsets":[0,4]},"b":{"dtype":"F32","shape":[1],"data_offsets":[0,4]}}', 4),
    /over each other/,
  ],
  ["an empty file", "", /empty/],
] as const) {
  test(`safetensors: ${what} is not evidence`, () => assert.match(why(reading("damaged.safetensors", bytes)), message));
}

test("safetensors: a huge header is not read, even where the file has room for it", () => {
  const head = Buffer.alloc(8);
  head.writeBigUInt64LE(64n * 1024n * 1024n);
  const file = join(root, "sparse.safetensors");
  writeFileSync(file, head);
  // Sparse: the file system keeps none of it.
  truncateSync(file, 100 * 1024 * 1024);
  assert.match(why(readWeights(listing, "sparse.safetensors")), /more than any model needs/);
});

test("GGUF: name, license, architecture and quantization by the metadata", () => {
  const result = reading(
    "m.gguf",
    gguf({ "general.architecture": "llama", "general.name": "Tiny", "general.license": "mit", "general.file_type": 15 }),
  );
  assert.ok(result.kind === "weights");
  const { format, tensors, types, statedName, statedLicense, statedArchitecture } = result.facts;
  assert.deepEqual(
    [format, tensors, types, statedName, statedLicense, statedArchitecture],
    ["GGUF", 2, ["Q4_K_M"], "Tiny", "mit", "llama"],
  );
});

test("GGUF: counts that the file has no room for are not evidence, and are not counted through", () => {
  assert.match(why(reading("m.gguf", gguf({ a: 1 }, 2n, 2n ** 60n))), /metadata entries, more than the file/);
  assert.match(why(reading("m.gguf", gguf({ a: 1 }, 2n ** 60n))), /tensors, more than the file/);
  assert.match(why(reading("m.gguf", gguf({ a: 1 }, 0n))), /no tensor/);
  assert.match(why(reading("m.gguf", Buffer.from("GGUF\u0009\u0000\u0000\u0000").subarray(0, 8))), /GGUF/);
});

test("GGUF: a text that claims to be longer than the file ends the reading, not the program", () => {
  const bytes = Buffer.from(gguf({ "general.name": "Tiny" }));
  bytes.writeBigUInt64LE(2n ** 62n, 24);
  const result = reading("m.gguf", bytes);
  assert.equal(result.kind === "weights" && result.facts.statedName, undefined);
});

const ZIP = torchArchive();
for (const [name, bytes, format] of [
  ["a.bin", ZIP, "PyTorch"],
  ["a.pt", Buffer.from("80028a0a6cfc9c46f9206aa85019", "hex"), "PyTorch"],
  ["a.onnx", Buffer.from("0807120870797468", "hex"), "ONNX"],
  ["a.h5", Buffer.from("894844460d0a1a0a", "hex"), "HDF5 (Keras)"],
  ["a.keras", ZIP, "Keras"],
  ["a.tflite", Buffer.from("1c00000054464c33", "hex"), "TensorFlow Lite"],
  ["saved_model.pb", Buffer.from("080112ff0a", "hex"), "TensorFlow SavedModel"],
  ["a.msgpack", Buffer.from("82a1", "hex"), "MessagePack (Flax)"],
] as const) {
  test(`${name} is ${format} by its first bytes, and neither text under that name nor a stub is`, () => {
    const result = reading(name, Buffer.concat([bytes, Buffer.alloc(256), bytes.subarray(-22)]));
    assert.equal(result.kind === "weights" && result.facts.format, format);
    assert.equal(reading(name, "hello, world").kind, "damaged");
    assert.equal(reading(name, bytes.subarray(0, 255)).kind, "damaged");
  });
}

test("the beginning of an archive holds no parameters", () => {
  for (const name of ["a.bin", "a.keras"]) assert.equal(reading(name, torchArchive(2048).subarray(0, 1900)).kind, "damaged");
});

test("a pointer of Git LFS is not weights, and tells the size of what is missing", () => {
  const pointer = "version https://git-lfs.github.com/spec/v1\noid sha256:aa\nsize 4976698672\n";
  assert.deepEqual(reading("model.safetensors", pointer), { kind: "pointer", size: 4976698672 });
});

test("property: any bytes as weights give facts or a reason, whatever the name", () => {
  const names = fc.constantFrom("x.safetensors", "x.gguf", "x.bin", "x.onnx", "x.h5", "x.keras", "saved_model.pb", "x.tflite", "x.msgpack");
  const bytes = fc.oneof(
    fc.uint8Array({ maxLength: 300 }),
    fc.uint8Array({ maxLength: 200 }).map((tail) => Buffer.concat([Buffer.from(gguf({ "general.name": "x" })).subarray(0, 24), tail])),
    fc.json().map((json) => withHeader(json, 8)),
  );
  fc.assert(
    fc.property(names, bytes, (name, content) => {
      assert.ok(["weights", "pointer", "damaged", "unreadable"].includes(reading(name, content).kind));
    }),
    { numRuns: 300 },
  );
});
