/** Bytes that are read at a time at most: half of what Chromium holds ready. */
const BUFFER_BYTES = 1024 * 1024;

/** The buffer of the stream that was read last, for the next one. */
let spare: ArrayBuffer | undefined;

/** Streams that are read. Chromium collects one that only its own pending read refers to, and that read never ends. */
const inUse = new Set<ReadableStream<Uint8Array>>();

type Read = () => Promise<Uint8Array | undefined>;

/**
 * Gives all bytes of a stream to `take`, in order. A piece is valid until `take` returns: a byte stream is read into one buffer,
 * again and again, since pieces that the browser makes stay in memory until it collects garbage, some hundred megabytes later.
 * Rejects where the stream fails.
 */
export async function readPieces(stream: ReadableStream<Uint8Array>, take: (piece: Uint8Array) => void): Promise<void> {
  inUse.add(stream);
  try {
    const read = readInto(stream) ?? readNew(stream);
    for (let piece = await read(); piece !== undefined; piece = await read()) take(piece);
  } finally {
    inUse.delete(stream);
  }
}

/** Reads into a buffer. Undefined where the stream is not a byte stream, as in Safari before 26.4. */
function readInto(stream: ReadableStream<Uint8Array>): Read | undefined {
  let reader: ReadableStreamBYOBReader;
  try {
    reader = stream.getReader({ mode: "byob" });
  } catch {
    return undefined;
  }
  let own = spare ?? new ArrayBuffer(BUFFER_BYTES);
  spare = undefined;
  return async () => {
    // A read takes the buffer away, and gives its memory back in another. One that fails keeps it.
    const { done, value } = await reader.read(new Uint8Array(own));
    if (done) spare = value?.buffer;
    else own = value.buffer;
    return done ? undefined : value;
  };
}

/** Reads pieces that the stream makes. */
function readNew(stream: ReadableStream<Uint8Array>): Read {
  const reader = stream.getReader();
  return async () => {
    const { done, value } = await reader.read();
    return done ? undefined : value;
  };
}
