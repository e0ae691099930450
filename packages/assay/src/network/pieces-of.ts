import type { PieceListener } from "./streamed-answer.ts";

/** The pieces of a body, one after the other; leaving the loop ends it. Each is a copy. */
export async function* piecesOf(read: (listener: PieceListener) => Promise<void>, discard: () => void): AsyncGenerator<Uint8Array> {
  const pieces: { readonly piece: Uint8Array; readonly taken: () => void }[] = [];
  const reading = { isOver: false, wake: nothing };
  const end = read((piece) => {
    const taken = new Promise<void>((resolve) => pieces.push({ piece, taken: resolve }));
    reading.wake();
    return taken;
  }).finally(() => {
    reading.isOver = true;
    reading.wake();
  });
  end.catch(nothing);
  try {
    while (!reading.isOver || pieces.length > 0) {
      const next = pieces.shift();
      if (next === undefined) await new Promise<void>((resolve) => (reading.wake = resolve));
      else {
        // Copied: its memory is used again, and it may be kept.
        yield next.piece.slice();
        next.taken();
      }
    }
    await end;
  } finally {
    discard();
    for (const { taken } of pieces) taken();
  }
}

function nothing(): void {}
