import type { Random } from "./random.ts";

/** Numbers at which readers change their mind. */
const NUMBERS = [0n, 1n, 2n, 3n, 7n, 8n, 0x7fn, 0x80n, 0xffn, 0x100n, 0x7fffn, 0x8000n, 0xffffn, 0x10000n, 0x7fffffffn, 0x80000000n];
const LARGE = [0xffffffffn, 0x100000000n, (1n << 53n) - 1n, 1n << 53n, (1n << 63n) - 1n, 1n << 63n, (1n << 64n) - 1n];
const SIZES = [1, 2, 4, 8];
/** Words that formats and their loaders know. */
const WORDS = [
  "cos\nsystem\n(S'x'\ntR.",
  "\x80\x02cbuiltins\neval\n",
  "\x93",
  "\x94",
  "\x81",
  "\x92",
  "\x82\x01",
  "b.",
  "Q.",
  "__class__",
  "{{ self.__init__ }}",
  "{% for x in y %}",
  "{%- endfor -%}",
  '"auto_map": {"AutoModel": "m.M"}',
  '"class_name": "Lambda"',
  "PK\u0003\u0004",
  "PK\u0005\u0006",
  "\x89HDF\r\n\x1a\n",
  "GGUF",
  "\x93NUMPY\x01\x00",
  "|O8",
  "../",
  "\u0000",
  "NaN",
  "[[[[[[[[",
  "{'descr': [('a', '|O')]}",
];

/** One change of a few bytes: a bit, a byte, a number, a word, a stretch removed, repeated, or taken from another input. */
export function mutateBytes(bytes: Uint8Array, other: Uint8Array, random: Random): Uint8Array {
  const at = random(bytes.length + 1);
  const length = 1 + random(Math.min(64, bytes.length + 1));
  const replace = (from: number, to: number, middle: Uint8Array): Uint8Array =>
    Buffer.concat([bytes.subarray(0, from), middle, bytes.subarray(to)]);
  switch (random(9)) {
    case 0: {
      const changed = Buffer.from(bytes);
      if (at < bytes.length) changed[at] = (changed[at] ?? 0) ^ (1 << random(8));
      return changed;
    }
    case 1:
      return replace(at, at + 1, Buffer.of(random(256)));
    case 2:
      return replace(at, at + length, Buffer.alloc(0));
    case 3:
      return replace(at, at, Buffer.concat(Array.from({ length: 1 + random(100) }, () => bytes.subarray(at, at + length))));
    case 4: {
      const from = random(other.length + 1);
      return replace(at, at + (random(2) === 0 ? 0 : length), other.subarray(from, from + length));
    }
    case 5:
      return replace(at, at, Buffer.from(WORDS[random(WORDS.length)] ?? "", "latin1"));
    case 6:
      return bytes.subarray(0, at);
    default: {
      const number = numberOf(random);
      return replace(at, at + number.length, number);
    }
  }
}

/** A number of 1, 2, 4 or 8 bytes, in either order. */
function numberOf(random: Random): Uint8Array {
  const all = [...NUMBERS, ...LARGE];
  const value = (all[random(all.length)] ?? 0n) + BigInt(random(5)) - 2n;
  const size = SIZES[random(SIZES.length)] ?? 4;
  const bytes = Buffer.alloc(8);
  bytes.writeBigUInt64LE(BigInt.asUintN(64, value));
  const little = bytes.subarray(0, size);
  return random(2) === 0 ? little : little.toReversed();
}
