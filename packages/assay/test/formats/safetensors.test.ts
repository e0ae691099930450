import assert from "node:assert/strict";
import { Buffer } from "node:buffer";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import type { FileFacts } from "../../src/formats/format.ts";
import { readFile } from "../../src/formats/read-file.ts";
import { inMemory, withHeader } from "../support/formats/in-memory.ts";
import { safetensors } from "../support/models/described.ts";

async function facts(bytes: Uint8Array): Promise<FileFacts> {
  const reading = await readFile("model.safetensors", inMemory(bytes));
  assert.ok(reading.kind === "facts", JSON.stringify(reading));
  return reading.facts;
}

async function why(bytes: Uint8Array | string, size?: number): Promise<string> {
  const reading = await readFile("model.safetensors", inMemory(bytes, size));
  return reading.kind === "damaged" ? reading.why : `not damaged: ${reading.kind}`;
}

/** A header of F32 tensors with these ranges, which are all that their shapes say. */
function ranges(...places: readonly (readonly [start: number, end: number])[]): string {
  const tensors = places.map(([start, end], index) => [`t${index}`, { dtype: "U8", shape: [end - start], data_offsets: [start, end] }]);
  return JSON.stringify(Object.fromEntries(tensors));
}

test("a file of the safetensors library gives its tensors, parameters, types and metadata", async () => {
  const file = readFileSync(new URL("files/mixed.safetensors", import.meta.url));
  const { format, tensors, parameters, types, statedName, statedLicense } = await facts(file);
  assert.deepEqual([format, tensors, parameters, types], ["safetensors", 5, 20, ["BOOL", "F16", "F32", "I64", "I8"]]);
  assert.deepEqual([statedName, statedLicense], ["Tiny", "Apache-2.0"]);
});

test("only the length and the header of a safetensors file are read", async () => {
  const bytes = safetensors(1024 * 1024);
  const file = inMemory(bytes);
  await readFile("model.safetensors", file);
  const header = Number(Buffer.from(bytes).readBigUInt64LE(0));
  assert.deepEqual(file.reads, [
    [0, 4096],
    [8, header],
  ]);
});

for (const [what, bytes, message] of [
  ["a header longer than the file", withHeader("{}", 0, 2n ** 63n), /more than the file has/],
  ["a header that is not JSON", withHeader("hello!!!", 4), /not a JSON object/],
  ["a header that is a list", withHeader("[1,2,3]", 4), /not a JSON object/],
  ["a header with a byte order mark", withHeader("\ufeff{}", 4), /not a JSON object/],
  ["a header that is cut off", withHeader('{"a":{"dtype":"U8"', 4), /header/],
  ["a header with bytes behind its object", withHeader(`${ranges([0, 4])}x`, 4), /header/],
  ["a header nested beyond its fields", withHeader(`{"a":{"shape":[[[[]]]]}}`, 4), /levels|deep/],
  ["a header without a tensor", withHeader("{}      ", 0), /no tensor/],
  ["a tensor name twice", withHeader(`{"a":${tensor(0, 4)},"a":${tensor(4, 8)}}`, 8), /twice/],
  ["a tensor name twice, once escaped", withHeader(`{"a":${tensor(0, 4)},"\\u0061":${tensor(4, 8)}}`, 8), /twice/],
  ["a field twice", withHeader('{"a":{"dtype":"U8","dtype":"U8","shape":[4],"data_offsets":[0,4]}}', 4), /twice/],
  ["a file that was cut off", safetensors(64).subarray(0, 150), /behind the end of the file: it is truncated/],
  ["bytes behind the last tensor", Buffer.concat([safetensors(4), Buffer.alloc(3)]), /truncated or extended/],
  ["a negative shape", withHeader('{"a":{"dtype":"F32","shape":[-1],"data_offsets":[0,4]}}', 4), /no valid/],
  ["a fraction in a shape", withHeader('{"a":{"dtype":"F32","shape":[1.5],"data_offsets":[0,6]}}', 6), /no valid/],
  [
    "a shape beyond numbers",
    withHeader(`{"a":{"dtype":"F32","shape":[${Array(30).fill(1e9).join(",")}],"data_offsets":[0,4]}}`, 4),
    /no valid/,
  ],
  ["a shape of more numbers than its range holds", withHeader('{"a":{"dtype":"F32","shape":[9],"data_offsets":[0,4]}}', 4), /no valid/],
  ["half a byte of four-bit numbers", withHeader('{"a":{"dtype":"F4","shape":[3],"data_offsets":[0,2]}}', 2), /no valid/],
  ["a range of three numbers", withHeader('{"a":{"dtype":"U8","shape":[4],"data_offsets":[0,4,8]}}', 4), /no valid/],
  ["tensors that are all empty", withHeader('{"a":{"dtype":"F32","shape":[0],"data_offsets":[0,0]}}', 0), /tensors are empty/],
  ["tensors over each other", withHeader(ranges([0, 4], [0, 4]), 4), /overlap or leave gaps/],
  ["a gap between tensors", withHeader(ranges([0, 2], [4, 8]), 8), /overlap or leave gaps/],
  ["a gap before the first tensor", withHeader(ranges([2, 8]), 8), /overlap or leave gaps/],
  ["an overlap and a gap of the same size", withHeader(ranges([0, 2], [0, 2], [4, 8]), 8), /overlap or leave gaps/],
  ["an overlap and a gap of the same size, unsorted", withHeader(ranges([4, 8], [1, 3], [0, 2]), 8), /overlap or leave gaps/],
  ["an empty file", "", /empty/],
  ["a file of seven bytes", "1234567", /too short/],
] as const) {
  test(`${what} makes a safetensors file damaged`, async () => assert.match(await why(bytes), message));
}

test("tensors in any order of the header, with empty ones between, fill the file", async () => {
  const header = `{"c":${tensor(4, 8)},"empty":{"dtype":"F32","shape":[0],"data_offsets":[4,4]},"a":${tensor(0, 4)}}   `;
  assert.equal((await facts(withHeader(header, 8))).tensors, 3);
});

test("a data type that is not known is accepted with any size, and known ones below a byte are counted in bits", async () => {
  const header = '{"a":{"dtype":"F5_NEW","shape":[9],"data_offsets":[0,4]},"b":{"dtype":"F4","shape":[2,3],"data_offsets":[4,7]}}';
  assert.deepEqual((await facts(withHeader(header, 7))).types, ["F4", "F5_NEW"]);
});

test("a header of more than 100 MB is not read, even where the file has room for it", async () => {
  const head = Buffer.alloc(16);
  head.writeBigUInt64LE(100_000_001n);
  const file = inMemory(head, 200 * 1024 * 1024);
  const reading = await readFile("model.safetensors", file);
  assert.match(reading.kind === "damaged" ? reading.why : "", /more than any model needs/);
  assert.deepEqual(file.reads, [[0, 4096]]);
});

function tensor(start: number, end: number): string {
  return JSON.stringify({ dtype: "U8", shape: [end - start], data_offsets: [start, end] });
}
