import { ARRAY, SIZES, STRING, UINT32 } from "./value-types.ts";

/** Longer texts are truncated; templates and vocabularies are, names and licenses are not. */
const MAX_TEXT_BYTES = 4096;

/**
 * The texts and numbers under keys of `general.`, of `count` entries from offset `at` on. Ends without an error where
 * the window does, or where a value has an unknown type: what was read until then counts.
 */
export function readMetadata(window: DataView, at: number, count: bigint): Map<string, string | number> {
  const reader = new MetadataReader(window, at);
  const values = new Map<string, string | number>();
  try {
    for (let entry = 0n; entry < count; entry++) {
      const key = reader.string();
      const value = reader.value(reader.uint32());
      if (key.startsWith("general.") && value !== undefined) values.set(key, value);
    }
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
  }
  return values;
}

/** Walks the window; throws RangeError at its end. */
class MetadataReader {
  readonly #view: DataView;
  #at: number;

  constructor(view: DataView, at: number) {
    this.#view = view;
    this.#at = at;
  }

  value(type: number): string | number | undefined {
    if (type === STRING) return this.string();
    if (type === UINT32) return this.uint32();
    if (type === ARRAY) return this.#skipArray();
    this.#skip(SIZES.get(type) ?? this.#stop());
    return undefined;
  }

  string(): string {
    const length = this.#length();
    const start = this.#at;
    this.#skip(length);
    return new TextDecoder().decode(new Uint8Array(this.#view.buffer, this.#view.byteOffset + start, Math.min(length, MAX_TEXT_BYTES)));
  }

  uint32(): number {
    const value = this.#view.getUint32(this.#at, true);
    this.#at += 4;
    return value;
  }

  #skipArray(): undefined {
    const type = this.uint32();
    const count = this.#length();
    const size = SIZES.get(type);
    if (size !== undefined) this.#skip(size * count);
    else if (type === STRING) for (let item = 0; item < count; item++) this.#skip(this.#length());
    else this.#stop();
    return undefined;
  }

  /** Any number, not bounded by the file: what uses it stops at the window's end. */
  #length(): number {
    const length = this.#view.getBigUint64(this.#at, true);
    this.#at += 8;
    return Number(length);
  }

  #skip(length: number): void {
    this.#at += length;
    if (this.#at > this.#view.byteLength) this.#stop();
  }

  #stop(): never {
    throw new RangeError("the window ends here");
  }
}
