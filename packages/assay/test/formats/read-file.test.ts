import assert from "node:assert/strict";
import { Buffer } from "node:buffer";
import { test } from "node:test";
import * as fc from "fast-check";
import { WEIGHT_FORMATS, sniff } from "../../src/formats/formats.ts";
import { readFile, type FileReading } from "../../src/formats/read-file.ts";
import { inMemory, withHeader } from "../support/formats/in-memory.ts";
import { gguf, safetensors, torchArchive } from "../support/models/described.ts";

async function reading(name: string, bytes: Uint8Array | string): Promise<FileReading> {
  return readFile(name, inMemory(bytes));
}

const ZIP = torchArchive();
for (const [name, bytes, format] of [
  ["a.bin", ZIP, "PyTorch"],
  ["a.pt", Buffer.from("80028a0a6cfc9c46f9206aa85019", "hex"), "PyTorch"],
  ["a.onnx", Buffer.from("0807120870797468", "hex"), "ONNX"],
  ["a.h5", Buffer.from("894844460d0a1a0a", "hex"), "HDF5 (Keras)"],
  ["a.keras", ZIP, "Keras"],
  ["b.keras", Buffer.from("894844460d0a1a0a", "hex"), "HDF5 (Keras)"],
  ["a.tflite", Buffer.from("1c00000054464c33", "hex"), "TensorFlow Lite"],
  ["saved_model.pb", Buffer.from("080112ff0a", "hex"), "TensorFlow SavedModel"],
  ["a.msgpack", Buffer.from("82a1", "hex"), "MessagePack (Flax)"],
] as const) {
  test(`${name} is ${format} by its first bytes; text and a stub under that name are not`, async () => {
    const found = await reading(name, Buffer.concat([bytes, Buffer.alloc(256), bytes.subarray(-22)]));
    assert.equal(found.kind === "facts" && found.facts.format, format);
    assert.equal((await reading(name, "hello, world")).kind, "damaged");
    assert.equal((await reading(name, bytes.subarray(0, 255))).kind, "damaged");
  });
}

test("the beginning of an archive is truncated, not parameters", async () => {
  for (const name of ["a.bin", "a.keras"]) {
    assert.deepEqual(await reading(name, torchArchive(2048).subarray(0, 1900)), {
      kind: "damaged",
      why: "truncated: the end of the archive is missing",
    });
  }
});

test("content of another format than the name says is named", async () => {
  for (const [name, bytes, why] of [
    ["a.bin", safetensors(), "not PyTorch: the content begins as safetensors"],
    ["a.safetensors", gguf({ a: 1 }), "not safetensors: the content begins as GGUF"],
    ["a.gguf", Buffer.concat([ZIP, Buffer.alloc(256)]), "not GGUF: the content begins as PyTorch"],
    ["a.onnx", "hello, world", "not ONNX: the first bytes are those of another format"],
  ] as const) {
    assert.deepEqual(await reading(name, bytes), { kind: "damaged", why });
  }
});

test("formats are recognized by content under any name", () => {
  for (const [bytes, format] of [
    [safetensors(), "safetensors"],
    [gguf({ a: 1 }), "GGUF"],
    [ZIP, "PyTorch"],
    [Buffer.from("PK\u0003\u0004and more"), undefined],
    [Buffer.from("hello, world"), undefined],
    [Buffer.alloc(0), undefined],
  ] as const) {
    assert.equal(sniff(bytes, bytes.length)?.name, format);
  }
});

test("every format has a name of its own", () => {
  assert.equal(new Set(WEIGHT_FORMATS.map(({ name }) => name)).size, WEIGHT_FORMATS.length);
});

test("a git-LFS pointer tells the size of the missing file", async () => {
  const pointer = "version https://git-lfs.github.com/spec/v1\noid sha256:aa\nsize 4976698672\n";
  assert.deepEqual(await reading("model.safetensors", pointer), { kind: "pointer", size: 4976698672 });
});

test("a name of no format is unknown, and a file that cannot be read rejects", async () => {
  assert.deepEqual(await reading("notes.txt", "hello"), { kind: "unknown" });
  await assert.rejects(readFile("a.gguf", { size: 9, read: async () => Promise.reject(new Error("gone")) }), /gone/);
});

test("property: any bytes under any name of a format give facts or a reason", async () => {
  const names = fc.constantFrom("x.safetensors", "x.gguf", "x.bin", "x.onnx", "x.h5", "x.keras", "saved_model.pb", "x.tflite", "x.msgpack");
  const bytes = fc.oneof(
    fc.uint8Array({ maxLength: 300 }),
    fc.uint8Array({ maxLength: 200 }).map((tail) => Buffer.concat([Buffer.from(gguf({ "general.name": "x" })).subarray(0, 24), tail])),
    fc.json().map((json) => withHeader(json, 8)),
  );
  await fc.assert(
    fc.asyncProperty(names, bytes, async (name, content) => {
      assert.ok(["facts", "pointer", "damaged"].includes((await reading(name, content)).kind));
    }),
    { numRuns: 300 },
  );
});
