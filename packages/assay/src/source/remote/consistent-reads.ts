import { createHash, hash, type Hash } from "node:crypto";
import { AssayError } from "../../core/error.ts";
import type { RemoteModel } from "./remote-model.ts";

/** A part of a file that was read by itself. */
interface ReadPart {
  readonly from: number;
  readonly end: number;
  /** SHA-256, hex. */
  readonly digest: string;
}

/**
 * The same model, of which no part may differ from the whole: a hostile server could show harmless bytes to what reads headers
 * and give the signed ones to what hashes the file. Each part that was read is looked for when its file arrives whole.
 *
 * `stream` also throws REMOTE_DIGEST, once all bytes were received, where the server gave other bytes for a part.
 */
export function consistentReads(model: RemoteModel): RemoteModel {
  const parts = new Map<string, Map<string, ReadPart>>();
  const partsOf = (name: string, start = 0): PartsAgain => {
    const all = [...(parts.get(name)?.values() ?? [])];
    return new PartsAgain(
      all.filter(({ from }) => from >= start),
      start,
    );
  };
  const check = (name: string, again: PartsAgain): void => {
    const other = again.firstOther();
    if (other === undefined) return;
    throw new AssayError(
      "REMOTE_DIGEST",
      `${model.source.host} gives bytes ${other.from} to ${other.end - 1} of ${name} differently by themselves and in the whole file`,
    );
  };
  const isTogether = model.streamTogether !== undefined;
  const streamTogether: NonNullable<RemoteModel["streamTogether"]> = async (files, onPiece) => {
    const again = new Map(files.map(({ name }) => [name, partsOf(name)]));
    await model.streamTogether?.(files, (file, piece) => {
      again.get(file.name)?.update(piece);
      onPiece(file, piece);
    });
    for (const [name, read] of again) check(name, read);
  };
  return {
    // With what only some kinds of servers have, such as attached signatures.
    ...model,
    async read(file, from, length) {
      const bytes = await model.read(file, from, length);
      if (bytes.length === 0) return bytes;
      const end = from + bytes.length;
      const ofFile = parts.get(file.name) ?? new Map<string, ReadPart>();
      parts.set(file.name, ofFile.set(`${from} ${end}`, { from, end, digest: hash("sha256", bytes) }));
      return bytes;
    },
    async stream(file, onPiece, from = 0) {
      const again = partsOf(file.name, from);
      if (again.isEmpty) return model.stream(file, onPiece, from);
      const listen = (piece: Uint8Array): Promise<void> | undefined => {
        again.update(piece);
        return onPiece(piece);
      };
      await model.stream(file, listen, from);
      return check(file.name, again);
    },
    ...(isTogether ? { streamTogether } : {}),
  };
}

/** The parts of one file, hashed once more while the whole file arrives. */
class PartsAgain {
  readonly #parts: readonly (ReadPart & { readonly running: Hash })[];
  /** Those before are behind the position. */
  #first = 0;
  #position: number;

  /** `from`: where the pieces start. */
  constructor(parts: readonly ReadPart[], from: number) {
    this.#position = from;
    this.#parts = parts.toSorted((a, b) => a.end - b.end).map((part) => ({ ...part, running: createHash("sha256") }));
  }

  get isEmpty(): boolean {
    return this.#parts.length === 0;
  }

  update(piece: Uint8Array): void {
    const start = this.#position;
    const end = start + piece.length;
    for (let index = this.#first; index < this.#parts.length; index++) {
      const part = this.#parts[index];
      if (part === undefined || part.from >= end) continue;
      part.running.update(piece.subarray(Math.max(0, part.from - start), part.end - start));
      if (part.end <= end) this.#first = index + 1;
    }
    this.#position = end;
  }

  firstOther(): ReadPart | undefined {
    return this.#parts.find(({ running, digest }) => running.digest("hex") !== digest);
  }
}
