import type { PieceListener } from "./streamed-answer.ts";

/** A piece that waits for its reader. */
interface Offer {
  readonly piece: Uint8Array;
  readonly taken: () => void;
}

/** The pieces of a body, one after the other; leaving the loop ends it. Each is a copy. */
export async function* piecesOf(read: (listener: PieceListener) => Promise<void>, discard: () => void): AsyncGenerator<Uint8Array> {
  // Nothing is read while a piece is kept, so that there is one offer at a time.
  let offered = Promise.withResolvers<Offer | undefined>();
  const whole = read((piece) => {
    const taken = Promise.withResolvers<void>();
    offered.resolve({ piece, taken: taken.resolve });
    return taken.promise;
  }).finally(() => offered.resolve(undefined));
  whole.catch(nothing);
  try {
    for (let offer = await offered.promise; offer !== undefined; offer = await offered.promise) {
      offered = Promise.withResolvers();
      try {
        // Copied: its memory is used again, and it may be kept.
        yield offer.piece.slice();
      } finally {
        offer.taken();
      }
    }
    await whole;
  } finally {
    discard();
  }
}

function nothing(): void {}
