import type { PackedTemplate } from "../text/texts.ts";

/** Bits for the words of one text; a longer text fills more of them, and is then found more often than it should. */
const BITS = 4_096;
const FNV_OFFSET = 0x81_1c_9d_c5;
const FNV_PRIME = 0x01_00_01_93;
const BLANK = 0x20;

/**
 * Which texts can hold all words of a sentence. It says so of every text that does, and of few others: so only these are
 * unpacked and searched.
 */
export class Vocabulary {
  readonly #texts: readonly PackedTemplate[];
  readonly #bits: Uint8Array;

  constructor(texts: readonly PackedTemplate[]) {
    this.#texts = texts;
    this.#bits = new Uint8Array((texts.length * BITS) / 8);
    for (const [index, { bytes }] of texts.entries()) this.#add(index, bytes);
  }

  textsWith(words: readonly string[]): PackedTemplate[] {
    const hashes = [...new Set(words)].map((word) => hashOf(Buffer.from(word)));
    return this.#texts.filter((_, index) => hashes.every((hash) => this.#has(index, hash)));
  }

  #add(index: number, bytes: Uint8Array): void {
    let hash = FNV_OFFSET;
    for (let at = 0; at <= bytes.length; at++) {
      const byte = bytes[at] ?? BLANK;
      if (byte !== BLANK) hash = Math.imul(hash ^ byte, FNV_PRIME);
      else {
        const place = placeOf(index, hash);
        this.#bits[place >> 3] = (this.#bits[place >> 3] ?? 0) | (1 << (place & 7));
        hash = FNV_OFFSET;
      }
    }
  }

  #has(index: number, hash: number): boolean {
    const place = placeOf(index, hash);
    return ((this.#bits[place >> 3] ?? 0) & (1 << (place & 7))) !== 0;
  }
}

function placeOf(index: number, hash: number): number {
  return index * BITS + ((hash ^ (hash >>> 15)) & (BITS - 1));
}

function hashOf(word: Uint8Array): number {
  let hash = FNV_OFFSET;
  for (const byte of word) hash = Math.imul(hash ^ byte, FNV_PRIME);
  return hash;
}
