// What the page's worker is measured against: hash-wasm over a file's stream, and nothing else.
import { createSHA256 } from "hash-wasm";

addEventListener("message", ({ data }: MessageEvent<File>) => {
  void (async () => {
    const hasher = await createSHA256();
    const reader = data.stream().getReader();
    for (let piece = await reader.read(); !piece.done; piece = await reader.read()) hasher.update(piece.value);
    // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a worker has no origin to name
    postMessage(hasher.digest("hex"));
  })();
});
