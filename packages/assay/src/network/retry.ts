import { setTimeout as delay } from "node:timers/promises";
import { stopped } from "../core/error.ts";
import { isBrokenConnection } from "./connection-failure.ts";
import { DEFAULT_TIMEOUT_MS, type HttpAnswer, type HttpClient, type HttpRequest } from "./http.ts";

/** How often and how long a client tries again. */
export interface RetryOptions {
  readonly signal?: AbortSignal | undefined;
  /** Tries after the first one; 3 by default. */
  readonly furtherTries?: number;
  /** No try starts later than this after the first; one minute by default. */
  readonly totalMs?: number;
  /** The longest wait before the first further try, doubled for each that follows; half a second by default. */
  readonly firstDelayMs?: number;
  /** No wait is longer, whatever the server asks for; ten seconds by default. */
  readonly maxDelayMs?: number;
  /** From 0 up to 1. */
  readonly random?: () => number;
  readonly sleep?: (milliseconds: number, signal: AbortSignal | undefined) => Promise<void>;
  /** Milliseconds since the epoch. */
  readonly now?: () => number;
}

/**
 * A client that asks again where that may help: after a broken connection, 429 and 5xx, with waits that
 * grow and vary. Any other answer is passed on at once, and so is the last one.
 *
 * A server's `Retry-After` is honored where it is within bounds; a server that asks for a longer wait
 * gets no further request. Throws what `client` throws, and ABORTED.
 */
export function retryingClient(client: HttpClient, options: RetryOptions = {}): HttpClient {
  const { furtherTries = 3, totalMs = 60_000, maxDelayMs = 10_000, firstDelayMs = 500 } = options;
  const { random = Math.random, now = Date.now, sleep = wait, signal } = options;

  return {
    async request(request) {
      const deadline = now() + totalMs;
      for (let further = 0; ; further++) {
        const remaining = deadline - now();
        const outcome = await attempt(client, within(request, remaining, further));
        if (further === furtherTries || !mayHelp(outcome)) return passOn(outcome);
        const growing = Math.min(maxDelayMs, firstDelayMs * 2 ** further) * (0.5 + random() / 2);
        const asked = "answer" in outcome ? retryAfter(outcome.answer, now()) : undefined;
        const pause = Math.max(growing, asked ?? 0);
        if ((asked ?? 0) > maxDelayMs || now() + pause >= deadline) return passOn(outcome);
        await sleep(pause, signal);
      }
    },
  };
}

type Outcome = { readonly answer: HttpAnswer } | { readonly error: unknown };

async function attempt(client: HttpClient, request: HttpRequest): Promise<Outcome> {
  try {
    return { answer: await client.request(request) };
  } catch (error) {
    return { error };
  }
}

/** A further try gets no more time than is left. */
function within(request: HttpRequest, remaining: number, further: number): HttpRequest {
  const timeoutMs = request.timeoutMs ?? DEFAULT_TIMEOUT_MS;
  return further === 0 || remaining >= timeoutMs ? request : { ...request, timeoutMs: Math.max(1, Math.round(remaining)) };
}

function mayHelp(outcome: Outcome): boolean {
  if ("error" in outcome) return isBrokenConnection(outcome.error);
  return outcome.answer.status === 429 || outcome.answer.status >= 500;
}

function passOn(outcome: Outcome): HttpAnswer {
  if ("error" in outcome) throw outcome.error;
  return outcome.answer;
}

/** RFC 9110 section 10.2.3: seconds or a date, as milliseconds from `now`; undefined where it cannot be read. */
function retryAfter(answer: HttpAnswer, now: number): number | undefined {
  const value = answer.headers.get("retry-after")?.trim() ?? "";
  if (/^\d{1,9}$/u.test(value)) return Number(value) * 1000;
  const date = /^[A-Z][a-z]{2}, /u.test(value) ? Date.parse(value) : Number.NaN;
  return Number.isNaN(date) ? undefined : Math.max(0, date - now);
}

async function wait(milliseconds: number, signal: AbortSignal | undefined): Promise<void> {
  try {
    await delay(milliseconds, undefined, signal === undefined ? {} : { signal });
  } catch {
    throw stopped("while waiting to ask a server again");
  }
}
