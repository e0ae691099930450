import { damaged, NO_FACTS, type WeightsReading } from "./reading.ts";

/** The keys that tell something stand at the beginning; the vocabulary behind them is of no interest. */
const WINDOW = 1024 * 1024;
/** Key, type and value take at least this much each. */
const LEAST_ENTRY = 13n;
const LEAST_TENSOR = 32n;
const LONGEST_TEXT = 4096;

/** GGUF's value types that have a fixed size, by number. */
const SIZES: ReadonlyMap<number, number> = new Map([
  [0, 1],
  [1, 1],
  [2, 2],
  [3, 2],
  [4, 4],
  [5, 4],
  [6, 4],
  [7, 1],
  [10, 8],
  [11, 8],
  [12, 8],
]);
const STRING = 8;
const ARRAY = 9;
const UINT32 = 4;

/**
 * Reads what a GGUF file says of itself: magic, version, counts, then the metadata as far as they lie in
 * the first megabyte (ggml's docs/gguf.md). Counts that the file is too small for make it damaged.
 */
export function readGguf(size: number, read: (length: number) => Uint8Array): WeightsReading {
  const bytes = read(WINDOW);
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  if (bytes.length < 24 || view.getUint32(0, true) !== 0x46554747) return damaged("it does not begin with GGUF");
  const version = view.getUint32(4, true);
  if (version !== 2 && version !== 3) return damaged(`it is of version ${version} of the format, and 2 and 3 are known`);
  const [tensors, entries] = [view.getBigUint64(8, true), view.getBigUint64(16, true)];
  if (tensors === 0n) return damaged("it holds no tensor");
  if (tensors * LEAST_TENSOR > BigInt(size)) return damaged(`it claims ${tensors} tensors, more than the file has room for`);
  if (entries * LEAST_ENTRY > BigInt(size)) return damaged(`it claims ${entries} metadata entries, more than the file has room for`);
  const facts = new Reader(view, 24).entries(entries);
  const fileType = facts.get("general.file_type");
  const quantization = typeof fileType === "number" ? FILE_TYPES.get(fileType) : undefined;
  return {
    kind: "weights",
    facts: {
      ...NO_FACTS,
      format: "GGUF",
      tensors: Number(tensors),
      types: quantization === undefined ? [] : [quantization],
      statedName: text(facts.get("general.name")),
      statedLicense: text(facts.get("general.license")),
      statedArchitecture: text(facts.get("general.architecture")),
    },
  };
}

/** Walks the entries, and stops without a complaint where the window ends. */
class Reader {
  readonly #view: DataView;
  #at: number;

  constructor(view: DataView, at: number) {
    this.#view = view;
    this.#at = at;
  }

  entries(count: bigint): Map<string, string | number> {
    const facts = new Map<string, string | number>();
    try {
      for (let entry = 0n; entry < count; entry++) {
        const key = this.#string();
        const type = this.#uint32();
        const value = this.#value(type);
        if (key.startsWith("general.") && value !== undefined) facts.set(key, value);
      }
    } catch (error) {
      if (!(error instanceof RangeError)) throw error;
    }
    return facts;
  }

  #value(type: number): string | number | undefined {
    if (type === STRING) return this.#string();
    if (type === UINT32) return this.#uint32();
    if (type === ARRAY) return this.#skipArray();
    this.#skip(SIZES.get(type) ?? this.#stop());
    return undefined;
  }

  #skipArray(): undefined {
    const type = this.#uint32();
    const count = this.#length();
    const size = SIZES.get(type);
    if (size !== undefined) this.#skip(size * count);
    else if (type === STRING) for (let item = 0; item < count; item++) this.#skip(this.#length());
    else this.#stop();
    return undefined;
  }

  #string(): string {
    const length = this.#length();
    const start = this.#at;
    this.#skip(length);
    return Buffer.from(this.#view.buffer, this.#view.byteOffset + start, Math.min(length, LONGEST_TEXT)).toString("utf8");
  }

  /** May claim anything: whoever uses it runs into the window's end. */
  #length(): number {
    const length = this.#view.getBigUint64(this.#at, true);
    this.#at += 8;
    return Number(length);
  }

  #uint32(): number {
    const value = this.#view.getUint32(this.#at, true);
    this.#at += 4;
    return value;
  }

  #skip(length: number): void {
    this.#at += length;
    if (this.#at > this.#view.byteLength) this.#stop();
  }

  #stop(): never {
    throw new RangeError("behind the window");
  }
}

function text(value: string | number | undefined): string | undefined {
  return typeof value === "string" && value !== "" ? value : undefined;
}

/** `general.file_type`, as llama.cpp numbers them. */
const FILE_TYPES: ReadonlyMap<number, string> = new Map([
  [0, "F32"],
  [1, "F16"],
  [2, "Q4_0"],
  [3, "Q4_1"],
  [7, "Q8_0"],
  [8, "Q5_0"],
  [9, "Q5_1"],
  [10, "Q2_K"],
  [11, "Q3_K_S"],
  [12, "Q3_K_M"],
  [13, "Q3_K_L"],
  [14, "Q4_K_S"],
  [15, "Q4_K_M"],
  [16, "Q5_K_S"],
  [17, "Q5_K_M"],
  [18, "Q6_K"],
  [19, "IQ2_XXS"],
  [20, "IQ2_XS"],
  [24, "IQ1_S"],
  [25, "IQ4_NL"],
  [30, "IQ4_XS"],
  [32, "BF16"],
]);
