import { makeModel, openPage, say, seconds, type Place } from "./place.ts";

const FILES = 40;
const FILE_BYTES = 2_500_000;
/** The goal: the time of hashing, and so much more. */
const GOAL_MS = 1000;

/** How long a model of 100 MB takes from being chosen to the verdict, beside bare hashing by as many workers. */
export async function measureFirstAnswer(place: Place, runs: number): Promise<void> {
  const { model, key, paths } = await makeModel(place, "first-answer", Array<number>(FILES).fill(FILE_BYTES));
  const bare: number[] = [];
  const answer: number[] = [];
  // The first run warms the cache of the disk.
  for (let run = 0; run <= runs; run++) {
    const page = await openPage(place);
    await page.locator("#bench").setInputFiles(paths);
    const hashed = await page.evaluate<number>(hashingBy(place.bare));
    await page.getByLabel("Choose the key file").first().setInputFiles(key);
    await page.evaluate(CLOCK);
    await page.getByLabel("Choose a folder").setInputFiles(model);
    const answered = await page.evaluate<number>("answered");
    await page.close();
    if (run === 0) continue;
    bare.push(hashed);
    answer.push(answered);
  }
  const more = Math.min(...answer) - Math.min(...bare);
  say(
    `first answer: ${seconds(Math.min(...answer))} from choosing ${(FILES * FILE_BYTES) / 1e6} MB in ${FILES} files to the verdict, ` +
      `${seconds(Math.min(...bare))} of bare hashing: ${seconds(more)} more, ${more <= GOAL_MS ? "within" : "ABOVE"} ${seconds(GOAL_MS)} ` +
      `(the fastest of ${runs} runs each; slowest ${seconds(Math.max(...answer))} and ${seconds(Math.max(...bare))})`,
  );
}

/** A promise of the milliseconds from the event that hands over the folder to the verdict in the page. */
const CLOCK = `globalThis.answered = new Promise((resolve) => {
  let began;
  addEventListener("change", () => (began = performance.now()), { capture: true, once: true });
  new MutationObserver(() => {
    if (document.querySelector("[data-outcome=verified]") !== null) resolve(performance.now() - began);
  }).observe(document.body, { subtree: true, childList: true, attributes: true });
}); undefined`;

/** Milliseconds until as many workers as the page starts have hashed the files, one file after another. */
function hashingBy(script: string): string {
  return `new Promise((resolve) => {
    const files = [...document.querySelector("#bench").files].values();
    const url = URL.createObjectURL(new Blob([${JSON.stringify(script)}], { type: "text/javascript" }));
    const began = performance.now();
    let running = Math.min(4, navigator.hardwareConcurrency);
    for (let count = running; count > 0; count--) {
      const worker = new Worker(url);
      worker.onmessage = () => {
        const { value, done } = files.next();
        if (!done) return worker.postMessage(value);
        worker.terminate();
        if (--running === 0) resolve(performance.now() - began);
      };
      worker.onmessage();
    }
  })`;
}
