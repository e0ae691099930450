import type { ScanCase } from "../../support/scan/case.ts";
import { bytes, littleEndian } from "../../support/scan/bytes.ts";
import { gguf, type GgufParts } from "../../support/scan/gguf.ts";
import type { ReasonId } from "../../../src/risk/reasons.ts";

const TENSORS = [
  { name: "token_embd.weight", shape: [32, 4] },
  { name: "blk.0.attn_q.weight", shape: [32, 32], type: 8, length: 32 * 34 },
  { name: "output_norm.weight", shape: [3] },
] as const;

const METADATA = [
  ["general.architecture", "llama"],
  ["general.name", "Tiny"],
  ["general.file_type", 7],
  ["general.quantization_version", 2],
  ["llama.context_length", 4096],
  ["tokenizer.ggml.model", "gpt2"],
  ["tokenizer.ggml.tokens", Array.from({ length: 100 }, (_, index) => `token ${index}`)],
  ["tokenizer.ggml.add_bos_token", true],
  ["tokenizer.ggml.scores", { type: 9, raw: bytes(littleEndian(6, 4), littleEndian(2, 8), Buffer.alloc(8)) }],
  ["general.size_label", "1B"],
  ["general.weight", { type: 12, raw: Buffer.alloc(8) }],
] as const;

function benign(name: string, parts: GgufParts): ScanCase {
  return { name, kind: "benign", files: { "model.gguf": gguf(parts) }, expect: "data-only" };
}

function wrong(name: string, reason: ReasonId, parts: GgufParts | Uint8Array, expect: "invalid" | "unknown" = "invalid"): ScanCase {
  const content = parts instanceof Uint8Array ? parts : gguf(parts);
  return { name, kind: "corrupt", files: { "model.gguf": content }, expect, reasons: [reason] };
}

const WHOLE = gguf({ metadata: METADATA, tensors: TENSORS });

/** GGUF: metadata and tensors. Templates have cases of their own. */
export const GGUF_CASES: readonly ScanCase[] = [
  benign("a GGUF file with metadata and tensors is data only", { metadata: METADATA, tensors: TENSORS }),
  benign("a GGUF file of version 2 is data only", { version: 2, metadata: METADATA, tensors: TENSORS }),
  benign("a GGUF file of version 1 is data only", { version: 1, tensors: TENSORS }),
  benign("a big-endian GGUF file is data only", { isBigEndian: true, tensors: TENSORS }),
  benign("a big-endian GGUF file of version 2 is data only", { isBigEndian: true, version: 2, tensors: TENSORS }),
  benign("a GGUF file with a vocabulary and no tensors is data only", { metadata: METADATA }),
  benign("a GGUF file without metadata is data only", { metadata: [], tensors: TENSORS }),
  benign("a GGUF file with an alignment of its own is data only", {
    metadata: [["general.alignment", 64]],
    alignment: 64,
    tensors: TENSORS,
  }),
  benign("a GGUF tensor without dimensions is data only", { tensors: [{ name: "scale", shape: [] }] }),
  benign("GGUF tensors without numbers are data only", {
    tensors: [
      { name: "empty", shape: [0] },
      { name: "also empty", shape: [32, 0] },
      { name: "full", shape: [4] },
    ],
  }),
  benign("GGUF tensors of every block size are data only", {
    tensors: [
      { name: "q4_0", shape: [64], type: 2, length: 36 },
      { name: "q4_k", shape: [256], type: 12, length: 144 },
      { name: "iq4_xs", shape: [256, 2], type: 23, length: 272 },
      { name: "mxfp4", shape: [32], type: 39, length: 17 },
      { name: "nvfp4", shape: [64], type: 40, length: 36 },
      { name: "bf16", shape: [5], type: 30, length: 10 },
      { name: "q1_0", shape: [128], type: 41, length: 18 },
    ],
  }),
  {
    name: "a GGUF file without the padding of its last tensor is data only",
    kind: "benign",
    files: { "model.gguf": WHOLE.subarray(0, -20) },
    expect: "data-only",
  },
  {
    name: "a GGUF file under another name is examined as one",
    kind: "debatable",
    files: { model: gguf({ tensors: TENSORS, tail: "x" }) },
    expect: "unknown",
    reasons: ["gguf/trailing-bytes"],
  },
  wrong("a GGUF file of version 0 is invalid", "gguf/malformed", { version: 0 }),
  wrong("a GGUF file of a later version is unknown", "gguf/version", { version: 4 }, "unknown"),
  wrong("a GGUF file with more entries than it has room for is invalid", "gguf/malformed", { keyCount: 2n ** 60n }),
  wrong("a GGUF file with more tensors than it has room for is invalid", "gguf/malformed", { tensorCount: 2n ** 62n }),
  wrong("a GGUF file with a key too few is invalid", "gguf/shape", { metadata: METADATA, tensors: TENSORS, keyCount: 10 }),
  wrong("a GGUF file with a tensor too many is invalid", "gguf/layout", { tensors: TENSORS.slice(0, 1), tensorCount: 2, tail: "" }),
  wrong("a GGUF key that appears twice is invalid", "gguf/duplicate-key", {
    metadata: [
      ["general.name", "a"],
      ["general.name", "b"],
    ],
  }),
  {
    name: "a GGUF file with a hostile template among very many is code",
    kind: "dangerous",
    files: {
      "model.gguf": gguf({
        metadata: [["tokenizer.chat_template", [...Array.from({ length: 80 }, () => "x"), "{{ x.__class__ }}"]]],
        tensors: TENSORS,
      }),
    },
    expect: "code",
    reasons: ["template/hidden-attribute"],
  },
  {
    name: "a GGUF file with more templates than are read is unknown",
    kind: "dangerous",
    files: { "model.gguf": gguf({ metadata: [["a.templates", Array.from({ length: 2000 }, () => "x")]], tensors: TENSORS }) },
    expect: "unknown",
    reasons: ["template/too-large"],
  },
  {
    name: "a GGUF file with a template in a list that is too long is unknown",
    kind: "dangerous",
    files: { "model.gguf": gguf({ metadata: [["a.templates", ["x", "y".repeat(1_100_000)]]], tensors: TENSORS }) },
    expect: "unknown",
    reasons: ["template/too-large"],
  },
  wrong("an empty GGUF key is invalid", "gguf/malformed", { metadata: [["", "a"]] }),
  wrong("a GGUF key with a zero byte is invalid", "gguf/malformed", { metadata: [["tokenizer.chat_template\0x", "a"]] }),
  wrong("a GGUF value of an unknown type is invalid", "gguf/malformed", { metadata: [["a", { type: 13, raw: Buffer.alloc(64) }]] }),
  wrong("a GGUF array of arrays is invalid", "gguf/malformed", {
    metadata: [
      ["a", { type: 9, raw: bytes(littleEndian(9, 4), littleEndian(1, 8), littleEndian(4, 4), littleEndian(1, 8), Buffer.alloc(64)) }],
    ],
  }),
  wrong("a GGUF array of an unknown type is invalid", "gguf/malformed", {
    metadata: [["a", { type: 9, raw: bytes(littleEndian(99, 4), littleEndian(1, 8), Buffer.alloc(64)) }]],
  }),
  wrong("a GGUF array longer than the file is invalid", "gguf/malformed", {
    metadata: [["a", { type: 9, raw: bytes(littleEndian(4, 4), littleEndian(2n ** 61n, 8), Buffer.alloc(64)) }]],
  }),
  wrong("a GGUF array of more texts than the file has room for is invalid", "gguf/malformed", {
    metadata: [["a", { type: 9, raw: bytes(littleEndian(8, 4), littleEndian(2n ** 40n, 8), Buffer.alloc(64)) }]],
  }),
  wrong("a GGUF text longer than the file is invalid", "gguf/malformed", {
    metadata: [["a", { type: 8, raw: bytes(littleEndian(2n ** 64n - 1n, 8), "text") }]],
  }),
  wrong("a GGUF vocabulary with a word longer than the file is invalid", "gguf/malformed", {
    metadata: [["a", { type: 9, raw: bytes(littleEndian(8, 4), littleEndian(70, 8), littleEndian(2n ** 50n, 8), Buffer.alloc(700)) }]],
  }),
  wrong("a GGUF tensor name that appears twice is invalid", "gguf/duplicate-tensor", {
    tensors: [
      { name: "a", shape: [8] },
      { name: "a", shape: [8] },
    ],
  }),
  wrong("a GGUF tensor name over 64 bytes is invalid", "gguf/malformed", { tensors: [{ name: "a".repeat(65), shape: [8] }] }),
  wrong("a GGUF tensor of five dimensions is invalid", "gguf/shape", { tensors: [{ name: "a", shape: [1, 1, 1, 1, 1] }] }),
  wrong("a GGUF shape that overflows is invalid (CVE-2026-27940)", "gguf/shape", {
    tensors: [{ name: "a", shape: [2n ** 62n, 4n], length: 4 }],
  }),
  wrong("a GGUF size that overflows is invalid", "gguf/shape", { tensors: [{ name: "a", shape: [2n ** 52n], length: 4 }] }),
  wrong("a GGUF row that is not whole blocks is invalid", "gguf/shape", { tensors: [{ name: "a", shape: [33], type: 2, length: 36 }] }),
  wrong("a GGUF tensor of an impossible type is invalid", "gguf/malformed", { tensors: [{ name: "a", shape: [8], type: 0xffffffff }] }),
  wrong("a GGUF tensor of an unknown type is unknown", "gguf/type", { tensors: [{ name: "a", shape: [8], type: 43 }] }, "unknown"),
  wrong("a GGUF tensor of a removed type is unknown", "gguf/type", { tensors: [{ name: "a", shape: [32], type: 4 }] }, "unknown"),
  wrong("a GGUF alignment that is not a power of two is invalid", "gguf/alignment", {
    metadata: [["general.alignment", 48]],
    tensors: TENSORS,
  }),
  wrong("a GGUF alignment of zero is invalid", "gguf/alignment", { metadata: [["general.alignment", 0]], tensors: TENSORS }),
  wrong("a GGUF alignment that is not 32 bits is invalid", "gguf/alignment", {
    metadata: [["general.alignment", { type: 10, raw: littleEndian(32, 8) }]],
    tensors: TENSORS,
  }),
  wrong("a GGUF alignment of a gigabyte is unknown", "gguf/too-large", { metadata: [["general.alignment", 1 << 30]] }, "unknown"),
  wrong("a GGUF tensor that is not aligned is invalid", "gguf/layout", {
    tensors: [
      { name: "a", shape: [8] },
      { name: "b", shape: [8], offset: 33 },
    ],
  }),
  wrong("GGUF tensors that overlap are invalid", "gguf/layout", {
    tensors: [
      { name: "a", shape: [64] },
      { name: "b", shape: [8], offset: 32 },
      { name: "c", shape: [8], offset: 256 },
    ],
  }),
  wrong("a gap between GGUF tensors is invalid", "gguf/layout", {
    tensors: [
      { name: "a", shape: [8] },
      { name: "b", shape: [8], offset: 4096 },
    ],
  }),
  wrong("a GGUF tensor that begins after a gap is invalid", "gguf/layout", { tensors: [{ name: "a", shape: [8], offset: 64 }] }),
  wrong("a GGUF offset beyond the file is invalid", "gguf/layout", { tensors: [{ name: "a", shape: [8], offset: 2n ** 63n, length: 32 }] }),
  wrong("bytes after the last GGUF tensor are unknown", "gguf/trailing-bytes", { tensors: TENSORS, tail: Buffer.alloc(33) }, "unknown"),
  wrong("bytes after GGUF metadata without tensors are unknown", "gguf/trailing-bytes", { tail: Buffer.alloc(64) }, "unknown"),
  wrong("a GGUF file that ends in its tensors is invalid", "gguf/truncated", WHOLE.subarray(0, -64)),
  ...[8, 20, 24, 30, 200, 900].map((length): ScanCase => ({
    name: `the first ${length} bytes of a GGUF file are invalid`,
    kind: "corrupt",
    files: { "model.gguf": WHOLE.subarray(0, length) },
    expect: "invalid",
  })),
];
