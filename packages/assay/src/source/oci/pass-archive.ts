import { createHash } from "node:crypto";
import { AssayError } from "../../core/error.ts";
import type { PieceListener } from "../../network/streamed-answer.ts";
import { Decompressor } from "./decompressor.ts";
import type { Descriptor } from "./descriptor.ts";
import type { LayerPlace } from "./layer-fault.ts";
import type { LayerCompression } from "./layer-names.ts";
import { TarStream, type TarListener } from "./tar-stream.ts";

/** A layer that is an archive, and how its bytes are got. */
export interface ArchiveLayer {
  readonly layer: Descriptor;
  readonly compression: LayerCompression;
  /** For messages. */
  readonly place: LayerPlace;
  readonly host: string;
  /** Bytes `from` up to `end` of the layer. */
  readonly transfer: (from: number, end: number, onPiece: PieceListener) => Promise<void>;
}

/**
 * Reads a layer from its start to its end. Its bytes are checked against the digest in the manifest: of a layer with other bytes that is
 * what is said, whatever else is wrong with it.
 *
 * `settled` is awaited after what each piece holds, so that a listener that is slower than the network holds it back.
 *
 * Throws REMOTE_DIGEST, REMOTE_FORMAT, and what `transfer` throws.
 */
export async function passArchive(
  { layer, compression, place, host, transfer }: ArchiveLayer,
  listener: TarListener,
  settled?: () => Promise<unknown>,
): Promise<void> {
  const hash = createHash("sha256");
  const tar = new TarStream(listener, place);
  const decompressor = new Decompressor(compression, place, (bytes) => tar.push(bytes));
  let fault: unknown;
  let last = Promise.resolve();
  const expand = async (piece: Uint8Array): Promise<void> => {
    if (fault !== undefined) return;
    try {
      await decompressor.write(piece);
      await settled?.();
    } catch (error) {
      fault = error;
    }
  };
  try {
    await transfer(0, layer.size, (piece) => {
      hash.update(piece);
      last = last.then(async () => expand(piece));
      return last;
    });
    await last;
    const found = hash.digest("hex");
    if (found !== layer.sha256) {
      throw new AssayError(
        "REMOTE_DIGEST",
        `${place} is not what ${host} lists: its SHA-256 is ${found}, and ${layer.sha256 ?? layer.digest} is listed`,
      );
    }
    if (fault !== undefined) throw fault;
    await decompressor.end();
    tar.end();
  } finally {
    decompressor.discard();
  }
}
