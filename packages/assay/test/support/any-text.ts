import * as fc from "fast-check";

const SURROGATES = { first: 0xd800, count: 0x800 };

/** Any code point that is a character by itself. The library's own unit "binary" first builds a table of a million. */
const codePoint = fc
  .integer({ min: 0, max: 0x10_ffff - SURROGATES.count })
  .map((index) => String.fromCodePoint(index < SURROGATES.first ? index : index + SURROGATES.count), indexOf);

/** Texts of any characters, with names such as `__proto__` among them. */
export function anyText(constraints: { readonly minLength?: number; readonly maxLength?: number } = {}): fc.Arbitrary<string> {
  return fc.string({ ...constraints, unit: codePoint });
}

function indexOf(character: unknown): number {
  const value = typeof character === "string" ? (character.codePointAt(0) ?? -1) : -1;
  if (value < 0 || String.fromCodePoint(value) !== character) throw new Error("not one character");
  if (value < SURROGATES.first) return value;
  if (value < SURROGATES.first + SURROGATES.count) throw new Error("half of a pair");
  return value - SURROGATES.count;
}
