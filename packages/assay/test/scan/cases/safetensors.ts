import type { ScanCase } from "../../support/scan/case.ts";
import { safetensors, withHeader } from "../../support/scan/safetensors.ts";

const A = safetensors({ a: { shape: [2, 3] } });
const B = safetensors({ b: { shape: [4] }, c: { shape: [] } });

function index(map: Readonly<Record<string, string>>): string {
  return JSON.stringify({ metadata: { total_size: 44 }, weight_map: map });
}

function tensor(dtype: string, shape: string, start: number, end: number, more = ""): string {
  return `{"dtype":"${dtype}","shape":${shape},"data_offsets":[${start},${end}]${more}}`;
}

/** Headers that are wrong, each with as many bytes behind it. */
const WRONG: readonly (readonly [what: string, header: string, length: number])[] = [
  ["a shape of a number with a fraction", `{"a":${tensor("U8", "[4.0]", 0, 4)}}`, 4],
  ["a shape in exponents", `{"a":${tensor("U8", "[4e0]", 0, 4)}}`, 4],
  ["a negative zero", `{"a":${tensor("U8", "[-0]", 0, 0)}}`, 0],
  ["a shape that overflows before a zero", `{"a":${tensor("U8", "[4294967296,4294967296,0]", 0, 0)}}`, 0],
  ["an overlap", `{"a":${tensor("U8", "[4]", 0, 4)},"b":${tensor("U8", "[4]", 2, 6)}}`, 6],
  ["a gap", `{"a":${tensor("U8", "[4]", 0, 4)},"b":${tensor("U8", "[2]", 6, 8)}}`, 8],
  ["a byte at its end", `{"a":${tensor("U8", "[4]", 0, 4)}}`, 5],
  ["a range that ends before it begins", `{"a":${tensor("U8", "[4]", 4, 0)}}`, 4],
  ["a range beyond its end", `{"a":${tensor("U8", "[4]", 0, 4)}}`, 3],
  ["a name twice", `{"a":${tensor("U8", "[2]", 0, 2)},"a":${tensor("U8", "[2]", 2, 4)}}`, 4],
  ["a name twice, once escaped", `{"a":${tensor("U8", "[2]", 0, 2)},"\\u0061":${tensor("U8", "[2]", 2, 4)}}`, 4],
  ["a shape that is not its length", `{"a":${tensor("F32", "[2]", 0, 4)}}`, 4],
  ["half a byte", `{"a":${tensor("F4", "[3]", 0, 2)}}`, 2],
  ["metadata that is not text", `{"__metadata__":{"a":1},"a":${tensor("U8", "[1]", 0, 1)}}`, 1],
  ["a list for a header", "[[[]]]", 0],
  ["white space before its header", ` {"a":${tensor("U8", "[1]", 0, 1)}}`, 1],
  ["a comment in its header", `{/**/"a":${tensor("U8", "[1]", 0, 1)}}`, 1],
  ["a tensor without a type", '{"a":{"shape":[1],"data_offsets":[0,1]}}', 1],
  ["a lower-case type", `{"a":${tensor("f32", "[1]", 0, 4)}}`, 4],
  ["a negative offset", '{"a":{"dtype":"U8","shape":[1],"data_offsets":[-1,0]}}', 0],
  ["a header nested beyond its fields", '{"a":{"shape":[[[1]]]}}', 0],
];

const TYPES = [
  "F64",
  "F32",
  "F16",
  "BF16",
  "I64",
  "I32",
  "I16",
  "I8",
  "U64",
  "U32",
  "U16",
  "U8",
  "BOOL",
  "C64",
  "F8_E4M3",
  "F8_E5M2",
  "F8_E8M0",
];

export const SAFETENSORS_CASES: readonly ScanCase[] = [
  ...TYPES.map((dtype): ScanCase => ({
    name: `safetensors of ${dtype} are data only`,
    kind: "benign",
    files: { "model.safetensors": safetensors({ a: { dtype, shape: [3], length: 3 * bytesOf(dtype) } }) },
    expect: "data-only",
  })),
  ...(
    [
      ["F4", 2, 1],
      ["F6_E2M3", 4, 3],
      ["F6_E3M2", 4, 3],
    ] as const
  ).map(([dtype, count, length]): ScanCase => ({
    name: `safetensors of ${dtype} are data only`,
    kind: "benign",
    files: { "model.safetensors": safetensors({ a: { dtype, shape: [count], length } }) },
    expect: "data-only",
  })),
  {
    name: "safetensors with metadata, a scalar, an empty tensor and padding are data only",
    kind: "benign",
    files: {
      "model.safetensors": withHeader(
        `{"__metadata__":{"format":"pt"},"b":${tensor("U8", "[0,7]", 1, 1)},"s":${tensor("U8", "[]", 0, 1)}}      `,
        Buffer.alloc(1),
      ),
    },
    expect: "data-only",
  },
  {
    name: "safetensors without a tensor are data only",
    kind: "benign",
    files: { "model.safetensors": withHeader("{}      ", Buffer.alloc(0)) },
    expect: "data-only",
  },
  ...WRONG.map(([what, header, length]): ScanCase => ({
    name: `safetensors with ${what} are invalid`,
    kind: "corrupt",
    files: { "model.safetensors": withHeader(header, Buffer.alloc(length)) },
    expect: "invalid",
    reasons: ["safetensors/malformed"],
  })),
  {
    name: "safetensors with an unknown type are unknown",
    kind: "debatable",
    files: { "model.safetensors": withHeader(`{"a":${tensor("F3_NEW", "[1]", 0, 1)}}`, Buffer.alloc(1)) },
    expect: "unknown",
    reasons: ["safetensors/not-understood"],
  },
  {
    name: "safetensors with an unknown field are unknown",
    kind: "debatable",
    files: { "model.safetensors": withHeader(`{"a":${tensor("U8", "[1]", 0, 1, ',"loader":"os.system"')}}`, Buffer.alloc(1)) },
    expect: "unknown",
    reasons: ["safetensors/not-understood"],
  },
  {
    name: "safetensors in two files with their index are data only",
    kind: "benign",
    files: {
      "model-00001-of-00002.safetensors": A,
      "model-00002-of-00002.safetensors": B,
      "model.safetensors.index.json": index({
        a: "model-00001-of-00002.safetensors",
        b: "model-00002-of-00002.safetensors",
        c: "model-00002-of-00002.safetensors",
      }),
    },
    expect: "data-only",
  },
  {
    name: "an index that names a missing file is invalid",
    kind: "corrupt",
    files: { "1.safetensors": A, "model.safetensors.index.json": index({ a: "1.safetensors", b: "2.safetensors" }) },
    expect: "invalid",
    reasons: ["index/missing-file"],
  },
  {
    name: "an index of a folder inside that names a missing file is invalid",
    kind: "corrupt",
    files: { "1.safetensors": A, "unet/diffusion_pytorch_model.safetensors.index.json": index({ a: "1.safetensors" }) },
    expect: "invalid",
    reasons: ["index/missing-file"],
  },
  {
    name: "an index that names a tensor of another file is invalid",
    kind: "corrupt",
    files: { "1.safetensors": A, "2.safetensors": B, "model.safetensors.index.json": index({ a: "2.safetensors", b: "2.safetensors" }) },
    expect: "invalid",
    reasons: ["index/missing-tensor"],
  },
  {
    name: "an index that leaves its folder is invalid",
    kind: "hostile",
    files: { "1.safetensors": A, "model.safetensors.index.json": index({ a: "1.safetensors", b: "../../etc/passwd" }) },
    expect: "invalid",
    reasons: ["index/path"],
  },
  {
    name: "an index that names an absolute path is invalid",
    kind: "hostile",
    files: { "model.bin.index.json": index({ a: "/etc/passwd" }) },
    expect: "invalid",
    reasons: ["index/path"],
  },
  {
    name: "an index that is cut is invalid",
    kind: "corrupt",
    files: { "1.safetensors": A, "model.safetensors.index.json": '{"weight_map": {"a": "1.saf' },
    expect: "invalid",
    reasons: ["index/malformed"],
  },
  {
    name: "an index that names a tensor twice is invalid",
    kind: "hostile",
    files: { "1.safetensors": A, "model.safetensors.index.json": '{"weight_map":{"a":"1.safetensors","a":"2.safetensors"}}' },
    expect: "invalid",
    reasons: ["index/malformed"],
  },
  {
    name: "an index without weights is invalid",
    kind: "corrupt",
    files: { "1.safetensors": A, "model.safetensors.index.json": '{"weight_map":{}}' },
    expect: "invalid",
    reasons: ["index/malformed"],
  },
];

function bytesOf(dtype: string): number {
  if (dtype === "BOOL" || dtype.startsWith("F8_")) return 1;
  return Number(dtype.replace(/\D/g, "")) / 8;
}
