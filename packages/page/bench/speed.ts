import { writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Page } from "playwright-core";
import { openPage, say, type Place } from "./place.ts";

/** How long the page's worker takes for a file, as a ratio to bare hash-wasm over the same stream. */
export async function measureSpeed(place: Place, megabytes: number, pairs: number): Promise<void> {
  const page = await openPage(place);
  const file = join(place.folder, "file.bin");
  writeFileSync(file, Buffer.alloc(megabytes * 1_000_000, "assay"));
  await page.locator("#bench").setInputFiles(file);
  const bare: number[] = [];
  const own: number[] = [];
  for (let pair = 0; pair <= pairs; pair++) {
    const runBare = (): Promise<number> => timed(page, place.bare, "file");
    const runOwn = (): Promise<number> => timed(page, place.own, '{ files: [{ index: 0, file }], hash: "sha256", shardSize: undefined }');
    // By turns: the second one finds the machine warm.
    const [a, b] = pair % 2 === 0 ? [await runBare(), await runOwn()] : [await runOwn(), await runBare()].toReversed();
    if (a === undefined || b === undefined) continue;
    // The first pair warms the cache of the disk and compiles.
    if (pair === 0) continue;
    bare.push(a);
    own.push(b);
  }
  const ratio = Math.min(...own) / Math.min(...bare);
  const speed = megabytes / (Math.min(...own) / 1000);
  say(
    `hashing: ${ratio.toFixed(3)} of bare hash-wasm over file.stream() (the fastest of ${bare.length} runs each; ${Math.round(speed)} MB/s)`,
  );
  await page.close();
}

/** Milliseconds until a worker has the digest, its start included. */
function timed(page: Page, script: string, message: string): Promise<number> {
  return page.evaluate<number>(`new Promise((resolve) => {
    const file = document.querySelector("#bench").files[0];
    const url = URL.createObjectURL(new Blob([${JSON.stringify(script)}], { type: "text/javascript" }));
    const began = performance.now();
    const worker = new Worker(url);
    worker.onmessage = ({ data }) => {
      if (data.kind === "bytes") return;
      worker.terminate();
      resolve(performance.now() - began);
    };
    worker.postMessage(${message});
  })`);
}
