import type { VNode } from "preact";
import { formatSize, groupDigits } from "../../../assay/src/core/sizes.ts";
import type { HashProgress } from "../hashing/crew.ts";
import { aboutSeconds } from "../view/times.ts";

/** Progress of a run, and when it began: milliseconds of `performance.now()`. */
export interface RunProgress extends HashProgress {
  readonly began: number;
  readonly now: number;
}

/** An estimate from the first second is worth nothing. */
const ENOUGH_MS = 1000;
/** From here on a person is told that the command is faster. */
const LARGE = 2e9;

/** How far hashing is, how long it will take, and a way out. */
export function Progress({ progress, onStop }: { readonly progress: RunProgress | undefined; readonly onStop: () => void }): VNode {
  const { bytesDone = 0, bytesTotal = 0, filesDone = 0, filesTotal = 0, began = 0, now = 0 } = progress ?? {};
  const elapsed = now - began;
  const left = elapsed < ENOUGH_MS || bytesDone === 0 ? undefined : ((bytesTotal - bytesDone) / bytesDone) * (elapsed / 1000);
  const percent = bytesTotal === 0 ? 0 : Math.floor((100 * bytesDone) / bytesTotal);
  return (
    // Of a region that is read out; each percent would be.
    <article class="answer working" aria-live="off">
      <p class="stamp unknown">Reading the files: {percent}%</p>
      <progress aria-label="Bytes read" value={bytesDone} max={Math.max(bytesTotal, 1)} />
      <p>
        {formatSize(bytesDone)} of {formatSize(bytesTotal)}, {groupDigits(filesDone)} of {groupDigits(filesTotal)} files
        {left === undefined ? "" : `; ${aboutSeconds(left)} left`}
      </p>
      <p>
        <button type="button" class="button" onClick={onStop}>
          Stop
        </button>
      </p>
      {bytesTotal > LARGE ? (
        <p class="soft">A browser hashes about ten times slower than the command: for large models, use assay verify.</p>
      ) : null}
    </article>
  );
}
