/** A token with less than this left is spoken of: hashing a large model takes longer. */
const NOTICE_MS = 60_000;
/** The longest delay that a timer takes. */
const MAX_DELAY = 2 ** 31 - 1;

interface Deadline {
  readonly expires: Date;
  readonly now: Date;
  readonly say: (text: string) => void;
  /** Ends the watch with the work. */
  readonly signal: AbortSignal;
}

/**
 * Says in time that an identity token is about to expire: at once where little of it is left, else when that is so and
 * the work goes on. Tokens of CI systems live for minutes, and hashing may take longer. Gives the end of the watch.
 */
export function watchToken({ expires, now, say, signal }: Deadline): () => void {
  const left = expires.getTime() - now.getTime();
  const notice = Math.max(0, left - NOTICE_MS);
  if (notice > MAX_DELAY) return () => undefined;
  const tell = (): void => {
    const seconds = Math.max(0, Math.round(Math.min(left, NOTICE_MS) / 1000));
    say(
      `warning: the identity token expires in ${seconds} s: a model that is not hashed by then is not signed. Get a token that lives longer.`,
    );
  };
  if (notice === 0) {
    tell();
    return () => undefined;
  }
  const timer = setTimeout(tell, notice);
  timer.unref();
  const end = (): void => clearTimeout(timer);
  signal.addEventListener("abort", end, { once: true });
  return end;
}
