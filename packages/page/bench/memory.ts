import { rmSync } from "node:fs";
import { makeModel, openPage, say, seconds, type Place } from "./place.ts";
import { memoryBelow, totalOf, type MemoryByProcess } from "./processes.ts";

/** Flat: more bytes of a model need no more memory than one hundredth of them. */
const FLAT_SHARE = 0.01;
const SAMPLE_MS = 100;

/** How much memory models of so many gigabytes take, one after another in one browser, and whether it grows with their size. */
export async function measureMemory(place: Place, sizes: readonly number[]): Promise<void> {
  const most = new Map<number, number>();
  for (const [run, gigabytes] of sizes.entries()) {
    const megabytes = await measureOne(place, `memory-${run}`, gigabytes);
    most.set(gigabytes, Math.max(megabytes, most.get(gigabytes) ?? 0));
  }
  const [small, large] = [Math.min(...most.keys()), Math.max(...most.keys())];
  const grown = (most.get(large) ?? 0) - (most.get(small) ?? 0);
  const bound = (large - small) * 1000 * FLAT_SHARE;
  say(
    `memory is ${grown <= bound ? "flat" : "NOT FLAT"} from ${small} to ${large} GB: at most ${Math.round(most.get(small) ?? 0)} and ` +
      `${Math.round(most.get(large) ?? 0)} MB more than before (flat: at most ${bound} MB between them)`,
  );
}

/** Megabytes at most above what the page held before it hashed. */
async function measureOne(place: Place, name: string, gigabytes: number): Promise<number> {
  const { model, key } = await makeModel(place, name, [gigabytes * 1e9]);
  const page = await openPage(place);
  await page.getByLabel("Choose a folder").setInputFiles(model);
  await page.getByText("Choose the key first.").first().waitFor();
  const before = memoryBelow(process.pid);
  const began = performance.now();
  let most = before;
  let samples = 0;
  const timer = setInterval(() => {
    const now = memoryBelow(process.pid);
    samples += 1;
    if (totalOf(now) > totalOf(most)) most = now;
  }, SAMPLE_MS);
  await page.getByLabel("Choose the key file").first().setInputFiles(key);
  await page.locator("[data-outcome=verified]").waitFor({ timeout: 600_000 });
  clearInterval(timer);
  const took = performance.now() - began;
  await page.close();
  rmSync(model, { recursive: true });
  const more = totalOf(most) - totalOf(before);
  say(
    `memory: ${gigabytes} GB: at most ${Math.round(more)} MB more than before, of it ${growthOf(before, most)} ` +
      `(${samples} samples, one in ${Math.round(took / samples)} ms; ${seconds(took)})`,
  );
  return more;
}

/** The processes that grew most. */
function growthOf(before: MemoryByProcess, most: MemoryByProcess): string {
  return [...most]
    .map(([name, megabytes]) => ({ name, more: Math.round(megabytes - (before.get(name) ?? 0)) }))
    .sort((a, b) => b.more - a.more)
    .slice(0, 2)
    .map(({ name, more }) => `${more} by ${name}`)
    .join(", ");
}
