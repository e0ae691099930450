import assert from "node:assert/strict";
import { Buffer } from "node:buffer";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import type { FileFacts } from "../../src/formats/format.ts";
import { readFile } from "../../src/formats/read-file.ts";
import { inMemory } from "../support/formats/in-memory.ts";
import { gguf } from "../support/models/described.ts";

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

test("a big-endian file of the gguf package is not read as a little-endian one", async () => {
  assert.match(await why(readFileSync(new URL("files/big-endian.gguf", import.meta.url))), /unsupported version/);
});

test("GGUF metadata gives name, license, architecture and quantization", async () => {
  const { tensors, types, statedName, statedLicense, statedArchitecture } = await facts(
    gguf({ "general.architecture": "llama", "general.name": "Tiny", "general.license": "mit", "general.file_type": 15 }),
  );
  assert.deepEqual([tensors, types, statedName, statedLicense, statedArchitecture], [2, ["Q4_K_M"], "Tiny", "mit", "llama"]);
});

test("GGUF counts that the file has no room for make it damaged, and are not counted through", async () => {
  assert.match(await why(gguf({ a: 1 }, 2n, 2n ** 60n)), /metadata entries is more than the file/);
  assert.match(await why(gguf({ a: 1 }, 2n ** 60n)), /tensors is more than the file/);
  assert.match(await why(gguf({ a: 1 }, 0n)), /no tensor/);
  assert.match(await why(Buffer.from("GGUF\u0009\u0000\u0000\u0000").subarray(0, 8)), /GGUF/);
});

test("a text that claims to be longer than the GGUF file ends the reading of metadata", async () => {
  const bytes = Buffer.from(gguf({ "general.name": "Tiny" }));
  bytes.writeBigUInt64LE(2n ** 62n, 24);
  assert.equal((await facts(bytes)).statedName, undefined);
});

test("a text at the end of the window is not read beyond it", async () => {
  const name = "general.name";
  const head = Buffer.from(gguf({ [name]: "Tiny" }, 2n, 1n));
  const end = 24 + 8 + name.length + 4 + 8 + "Tiny".length;
  head.writeBigUInt64LE(10n, end - "Tiny".length - 8);
  const around = Buffer.concat([head.subarray(0, end), Buffer.from("secret")]);
  const reading = await readFile("m.gguf", {
    size: 1024,
    read: async (from, length) => around.subarray(from, Math.min(end, from + length)),
  });
  assert.equal(reading.kind === "facts" ? reading.facts.statedName : reading.kind, undefined);
});
