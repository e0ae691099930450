import { bigEndian, bytes, littleEndian } from "./bytes.ts";

/** A value of GGUF metadata: a text, a 32-bit number, a truth value, a list of texts, or raw bytes with their type. */
export type GgufValue = string | number | boolean | readonly string[] | { readonly type: number; readonly raw: Uint8Array };

export interface GgufTensor {
  readonly name: string;
  readonly shape: readonly (number | bigint)[];
  /** ggml's number of the type. Default: 0, F32. */
  readonly type?: number;
  /** Bytes that it takes. Default: as F32. */
  readonly length?: number;
  /** Default: where the tensor before it ends, padded. */
  readonly offset?: number | bigint;
}

export interface GgufParts {
  readonly version?: number;
  readonly isBigEndian?: boolean;
  readonly metadata?: readonly (readonly [key: string, value: GgufValue])[];
  readonly tensors?: readonly GgufTensor[];
  readonly tensorCount?: number | bigint;
  readonly keyCount?: number | bigint;
  readonly alignment?: number;
  /** What follows the padding of the last tensor. */
  readonly tail?: Uint8Array | string;
}

/** A GGUF file, right or wrong: https://github.com/ggml-org/ggml/blob/master/docs/gguf.md */
export function gguf({
  version = 3,
  isBigEndian = false,
  metadata = [["general.architecture", "llama"]],
  tensors = [],
  tensorCount = tensors.length,
  keyCount = metadata.length,
  alignment = 32,
  tail = "",
}: GgufParts = {}): Uint8Array {
  const number = isBigEndian ? bigEndian : littleEndian;
  const size = version === 1 ? 4 : 8;
  const text = (value: string | Uint8Array): Uint8Array => bytes(number(Buffer.byteLength(value), size), value);
  const value = (given: GgufValue): Uint8Array => {
    if (typeof given === "string") return bytes(number(8, 4), text(given));
    if (typeof given === "number") return bytes(number(4, 4), number(given, 4));
    if (typeof given === "boolean") return bytes(number(7, 4), given ? 1 : 0);
    if ("raw" in given) return bytes(number(given.type, 4), given.raw);
    return bytes(number(9, 4), number(8, 4), number(given.length, size), ...given.map(text));
  };
  let end = 0;
  const infos = tensors.map(({ name, shape, type = 0, length, offset }) => {
    const at = offset ?? Math.ceil(end / alignment) * alignment;
    end = Number(at) + (length ?? shape.reduce<number>((product, one) => product * Number(one), 4));
    return bytes(text(name), number(shape.length, 4), ...shape.map((one) => number(one, size)), number(type, 4), number(at, 8));
  });
  const head = bytes(
    "GGUF",
    number(version, 4),
    number(tensorCount, size),
    number(keyCount, size),
    ...metadata.flatMap(([key, given]) => [text(key), value(given)]),
    ...infos,
  );
  const data =
    tensors.length === 0 ? 0 : Math.ceil(head.length / alignment) * alignment - head.length + Math.ceil(end / alignment) * alignment;
  return bytes(head, Buffer.alloc(Math.min(data, 1 << 20)), tail);
}

/** An ordinary small model with this chat template. */
export function ggufWithTemplate(template: string, key = "tokenizer.chat_template"): Uint8Array {
  return gguf({
    metadata: [
      ["general.architecture", "llama"],
      ["llama.context_length", 4096],
      ["tokenizer.ggml.tokens", ["<s>", "</s>"]],
      [key, template],
    ],
    tensors: [{ name: "token_embd.weight", shape: [8, 2] }],
  });
}
