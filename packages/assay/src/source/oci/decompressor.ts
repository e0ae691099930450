import { constants, createGunzip, createZstdDecompress, type Gunzip, type ZstdDecompress } from "node:zlib";
import type { LayerCompression } from "./layer-names.ts";
import { layerNotUnderstood, type LayerPlace } from "./layer-fault.ts";

type Engine = Gunzip | ZstdDecompress;

/** What is expanded without a look at the ratio: small archives of text reach high ones. */
const FREE_BYTES = 64 * 1024 * 1024;
/** Weights reach 2, text 10. */
const MAX_RATIO = 250;
const OUTPUT_BYTES = 256 * 1024;
const MAGIC = { gzip: [0x1f, 0x8b], zstd: [0x28, 0xb5, 0x2f, 0xfd] } as const;

/**
 * Expands a layer as it arrives: gzip of one or several members (RFC 1952), zstd of one or several frames (RFC 8878). Bytes behind
 * them, a part that is missing, and what expands beyond all measure are refused.
 */
export class Decompressor {
  readonly #compression: LayerCompression;
  readonly #place: LayerPlace;
  readonly #onOutput: (bytes: Uint8Array) => void;
  #engine: Engine | undefined;
  #failure: unknown;
  #settle: ((outcome: "fed" | "ended") => void) | undefined;
  #reject: ((reason: unknown) => void) | undefined;
  #frames = 0;
  #input = 0;
  #output = 0;

  /** `onOutput` gets pieces that are freed or used again when it returns; what it throws ends the work. */
  constructor(compression: LayerCompression, place: LayerPlace, onOutput: (bytes: Uint8Array) => void) {
    this.#compression = compression;
    this.#place = place;
    this.#onOutput = onOutput;
  }

  /** Resolves when the piece is done with. Throws REMOTE_FORMAT, and what `onOutput` throws. */
  async write(piece: Uint8Array): Promise<void> {
    this.#input += piece.length;
    if (this.#compression === "none") return this.#onOutput(piece);
    let rest = piece;
    while (rest.length > 0) {
      const engine = (this.#engine ??= this.#start(rest[0]));
      const before = engine.bytesWritten;
      const outcome = await this.#feed(engine, rest);
      if (outcome === "fed") return;
      rest = rest.subarray(engine.bytesWritten - before);
      this.#engine = undefined;
    }
  }

  /** The end of the layer. Throws REMOTE_FORMAT where more was to come. */
  async end(): Promise<void> {
    if (this.#compression === "none") return;
    if (this.#frames === 0) throw layerNotUnderstood(this.#place, `it is empty, and not ${this.#compression}`);
    const engine = this.#engine;
    if (engine === undefined) return;
    await new Promise<void>((resolve, reject) => {
      this.#settle = () => resolve();
      this.#reject = reject;
      engine.end();
    });
    if (this.#failure !== undefined) throw this.#failure;
  }

  /** Frees what is held where the work is given up. */
  discard(): void {
    this.#engine?.destroy();
  }

  /** Members and frames begin with a number that tells them from what does not belong to the layer. */
  #start(first: number | undefined): Engine {
    this.#frames++;
    const [expected] = this.#compression === "gzip" ? MAGIC.gzip : MAGIC.zstd;
    // Frames of zstd that hold no data begin with 0x50 to 0x5f.
    const isSkippable = this.#compression === "zstd" && first !== undefined && first >> 4 === 5;
    if (first !== expected && !isSkippable) {
      throw layerNotUnderstood(
        this.#place,
        this.#frames === 1 ? `it is not ${this.#compression}` : `it has bytes behind the end of its ${this.#compression}`,
      );
    }
    const engine =
      this.#compression === "gzip"
        ? createGunzip({ chunkSize: OUTPUT_BYTES })
        : createZstdDecompress({ chunkSize: OUTPUT_BYTES, params: { [constants.ZSTD_d_windowLogMax]: 27 } });
    engine.on("data", (bytes: Uint8Array) => this.#take(bytes));
    engine.on("end", () => this.#settle?.("ended"));
    engine.on("error", (error) => {
      this.#failure ??= layerNotUnderstood(this.#place, `its ${this.#compression} is damaged or truncated (${codeOf(error)})`);
      this.#reject?.(this.#failure);
    });
    return engine;
  }

  async #feed(engine: Engine, piece: Uint8Array): Promise<"fed" | "ended"> {
    const outcome = await new Promise<"fed" | "ended">((resolve, reject) => {
      this.#settle = resolve;
      this.#reject = reject;
      engine.write(piece, (error) => {
        if (error === null || error === undefined) resolve("fed");
      });
    });
    if (this.#failure !== undefined) throw this.#failure;
    return outcome;
  }

  #take(bytes: Uint8Array): void {
    if (this.#failure !== undefined) return;
    this.#output += bytes.length;
    try {
      if (this.#output > FREE_BYTES + MAX_RATIO * this.#input) {
        throw layerNotUnderstood(this.#place, `${this.#input} bytes of it expand to over ${this.#output}`);
      }
      this.#onOutput(bytes);
      free(bytes);
    } catch (error) {
      this.#failure = error;
      this.#engine?.destroy();
      this.#reject?.(error);
    }
  }
}

/** Frees output that is done with: the engine makes a new buffer for each, and the garbage collector lets some 64 MiB of them gather. */
function free({ buffer, byteOffset, byteLength }: Uint8Array): void {
  // The engine continues in a buffer that is not full.
  const isFull = buffer.byteLength === OUTPUT_BYTES && byteOffset + byteLength === OUTPUT_BYTES;
  if (isFull && buffer instanceof ArrayBuffer) buffer.transfer(0);
}

function codeOf(error: Error): string {
  return "code" in error && typeof error.code === "string" ? error.code : "unknown";
}
