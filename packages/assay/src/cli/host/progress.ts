import type { Progress } from "../../index.ts";
import { escapeName } from "../text/escape.ts";
import { formatClock, formatSize, groupDigits } from "../text/sizes.ts";
import { CLEAR_LINE, type Terminal } from "../text/terminal.ts";
import { elideMiddle, textWidth } from "../text/width.ts";

/** Work that is over sooner shows nothing: a line that flashes tells nothing. */
const SILENT_MILLISECONDS = 300;
/** On a terminal the line moves this often; elsewhere a new line is written this seldom. */
const REDRAW_MILLISECONDS = 100;
const PLAIN_MILLISECONDS = 10_000;

/**
 * Shows on standard error how far the hashing is: one line that is drawn over itself on a terminal,
 * a plain line every ten seconds elsewhere. It has no timer of its own; the work's own reports drive it.
 */
export class ProgressLine {
  readonly #terminal: Terminal;
  readonly #write: (text: string) => void;
  readonly #now: () => number;
  /** When the first report came: what was before it (reading keys, asking for a password) is not hashing. */
  #started: number | undefined;
  #lastShown = 0;
  #drawn = false;

  /** `now` counts milliseconds, monotonic. */
  constructor(terminal: Terminal, write: (text: string) => void, now: () => number = monotonicMilliseconds) {
    this.#terminal = terminal;
    this.#write = write;
    this.#now = now;
  }

  report(progress: Progress): void {
    const now = this.#now();
    if (this.#started === undefined) {
      this.#started = now;
      this.#lastShown = now;
    }
    const elapsed = now - this.#started;
    if (!this.#terminal.live) {
      if (now - this.#lastShown < PLAIN_MILLISECONDS) return;
      this.#lastShown = now;
      this.#write(`${describe(progress, elapsed, Infinity)}\n`);
      return;
    }
    if (elapsed < SILENT_MILLISECONDS || (this.#drawn && now - this.#lastShown < REDRAW_MILLISECONDS)) return;
    this.#lastShown = now;
    this.#drawn = true;
    // One column less than there is: some terminals wrap when the last one is filled.
    this.#write(`${CLEAR_LINE}${describe(progress, elapsed, this.#terminal.width - 1)}`);
  }

  /** Shows what is being waited for; on a terminal only, for it will not change for a while. */
  stage(text: string): void {
    if (!this.#terminal.live) return;
    this.#drawn = true;
    this.#write(`${CLEAR_LINE}${elideMiddle(text, this.#terminal.width - 1)}`);
  }

  /** Takes the line away. Safe to call at any moment, and again. */
  clear(): void {
    if (!this.#drawn) return;
    this.#drawn = false;
    this.#write(CLEAR_LINE);
  }
}

/** Not `performance.now()`, which loads a module of Node's that nothing else here needs. */
function monotonicMilliseconds(): number {
  return Number(process.hrtime.bigint() / 1_000_000n);
}

/** `hashing 3.1 GB of 4.9 GB, 63 %, 1.9 GB/s, 0:01 left, model-00002-of-00003.safetensors` */
function describe(progress: Progress, milliseconds: number, columns: number): string {
  const { current } = progress;
  const parts = progress.work === "scanning" ? describeScanning(progress) : describeHashing(progress, milliseconds);
  let line = "";
  for (const part of parts) {
    const longer = line === "" ? part : `${line}, ${part}`;
    if (textWidth(longer) > columns) return line;
    line = longer;
  }
  const room = columns - textWidth(line) - 2;
  if (current === undefined || room < 12) return line;
  return `${line}, ${elideMiddle(escapeName(current), room)}`;
}

function describeHashing({ bytesDone, bytesTotal, filesDone, filesTotal }: Progress, milliseconds: number): string[] {
  const perSecond = milliseconds > 0 ? (bytesDone / milliseconds) * 1000 : 0;
  const parts = [`hashing ${formatSize(bytesDone)} of ${formatSize(bytesTotal)}`];
  if (bytesTotal > 0) parts.push(`${Math.floor((bytesDone / bytesTotal) * 100)} %`);
  if (perSecond >= 1) {
    parts.push(`${formatSize(perSecond)}/s`, `${formatClock((bytesTotal - bytesDone) / perSecond)} left`);
  }
  if (filesTotal > 1) parts.push(`${groupDigits(filesDone)}/${groupDigits(filesTotal)} files`);
  return parts;
}

/** `scanning file 13 of 1,000, model.safetensors` */
function describeScanning({ filesDone, filesTotal }: Progress): string[] {
  return [filesTotal > 1 ? `scanning file ${groupDigits(filesDone + 1)} of ${groupDigits(filesTotal)}` : "scanning"];
}
