import assert from "node:assert/strict";
import { Buffer } from "node:buffer";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import type { FileFacts } from "../../src/formats/format.ts";
import { examineFile } from "../../src/probe/load/examine-file.ts";
import { readFile } from "../../src/formats/read-file.ts";
import { inMemory } from "../support/formats/in-memory.ts";
import { gguf } from "../support/models/described.ts";
import { gguf as ggufFile } from "../support/scan/gguf.ts";

async function facts(bytes: Uint8Array): Promise<FileFacts> {
  const reading = await readFile("m.gguf", inMemory(bytes));
  assert.ok(reading.kind === "facts", JSON.stringify(reading));
  return reading.facts;
}

async function why(bytes: Uint8Array): Promise<string> {
  const reading = await readFile("m.gguf", inMemory(bytes));
  return reading.kind === "damaged" ? reading.why : `not damaged: ${reading.kind}`;
}

test("a file of the gguf package gives its tensors, quantization, name, license and architecture", async () => {
  const { format, tensors, types, statedName, statedLicense, statedArchitecture } = await facts(
    readFileSync(new URL("files/llama.gguf", import.meta.url)),
  );
  assert.deepEqual([format, tensors, types], ["GGUF", 2, ["Q8_0"]]);
  assert.deepEqual([statedName, statedLicense, statedArchitecture], ["Tiny", "mit", "llama"]);
});

test("a big-endian file of the gguf package is read in its byte order", async () => {
  const { tensors, types } = await facts(readFileSync(new URL("files/big-endian.gguf", import.meta.url)));
  assert.deepEqual([tensors, types], [2, ["Q8_0"]]);
});

test("GGUF metadata gives name, license, architecture and quantization", async () => {
  const { tensors, types, statedName, statedLicense, statedArchitecture } = await facts(
    gguf({ "general.architecture": "llama", "general.name": "Tiny", "general.license": "mit", "general.file_type": 15 }),
  );
  assert.deepEqual([tensors, types, statedName, statedLicense, statedArchitecture], [2, ["Q4_K_M"], "Tiny", "mit", "llama"]);
});

test("GGUF counts that the file has no room for make it damaged, and are not counted through", async () => {
  assert.match(await why(gguf({ a: 1 }, 2n, 2n ** 60n)), /metadata entries, more than it has room for/);
  assert.match(await why(gguf({ a: 1 }, 2n ** 60n)), /tensors, more than it has room for/);
  assert.match(await why(ggufFile()), /no tensor/);
  assert.match(await why(Buffer.from("GGUF\u0009\u0000\u0000\u0000").subarray(0, 8)), /version 9 of GGUF/);
});

test("a text that claims to be longer than the GGUF file makes it damaged", async () => {
  const bytes = Buffer.from(gguf({ "general.name": "Tiny" }));
  bytes.writeBigUInt64LE(2n ** 62n, 24);
  assert.match(await why(bytes), /a key has/);
});

test("a scan and openness find the same parameters and types of a GGUF file", async () => {
  const bytes = gguf({ "general.architecture": "llama", "llama.context_length": 4096 });
  const { tensors, parameters, types, statedArchitecture } = await facts(bytes);
  const scanned = await examineFile("m.gguf", inMemory(bytes));
  assert.deepEqual(scanned.facts, {
    tensors,
    parameters,
    types,
    architecture: statedArchitecture,
    weightBytes: 128,
    contextLength: 4096,
  });
});

test("no more than the first megabyte of a GGUF file is read for openness, and what is there counts", async () => {
  const metadata = [
    ["general.name", "Tiny"],
    ["general.license", "mit"],
    ["tokenizer.ggml.tokens", Array.from({ length: 3000 }, () => "x".repeat(1000))],
  ] as const;
  const bytes = ggufFile({ metadata, tensors: [{ name: "a", shape: [8, 2] }] });
  let read = 0;
  const reading = await readFile("m.gguf", {
    size: bytes.length,
    read: async (from, length) => {
      read += Math.min(length, bytes.length - from);
      return bytes.subarray(from, from + length);
    },
  });
  assert.ok(reading.kind === "facts" && bytes.length > 2 * 1024 * 1024);
  assert.deepEqual([reading.facts.tensors, reading.facts.parameters, reading.facts.statedLicense], [1, undefined, "mit"]);
  assert.ok(read <= 1024 * 1024 + 4096, `${read} bytes read`);
});
