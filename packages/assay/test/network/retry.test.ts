import assert from "node:assert/strict";
import { suite, test } from "node:test";
import { AssayError } from "../../src/core/error.ts";
import { type HttpAnswer, type HttpClient, httpClient } from "../../src/network/http.ts";
import { retryingClient, type RetryOptions } from "../../src/network/retry.ts";
import { rejectsWith } from "../support/rejects.ts";
import { listen } from "../support/listening.ts";

const answer = (status: number, headers: Record<string, string> = {}): HttpAnswer => ({
  status,
  headers: new Map(Object.entries(headers)),
  body: new Uint8Array(),
});
const broken = new AssayError("SERVER_UNREACHABLE", "broken off", { cause: Object.assign(new Error("reset"), { code: "ECONNRESET" }) });

interface Outcome {
  readonly status?: number;
  readonly error?: AssayError;
  readonly requests: number;
  readonly pauses: readonly number[];
}

/** Runs the outcomes one after another, the last one for ever, by a clock that only the pauses move. */
async function run(outcomes: readonly (HttpAnswer | AssayError)[], options: RetryOptions = {}): Promise<Outcome> {
  let requests = 0;
  let time = Date.parse("2026-06-15T12:00:00Z");
  const pauses: number[] = [];
  const client: HttpClient = {
    async request() {
      const outcome = outcomes[Math.min(requests++, outcomes.length - 1)]!;
      if (outcome instanceof AssayError) throw outcome;
      return outcome;
    },
  };
  const sleep = async (milliseconds: number): Promise<void> => {
    pauses.push(milliseconds);
    time += milliseconds;
  };
  const retrying = retryingClient(client, { random: () => 1, now: () => time, sleep, ...options });
  try {
    return { status: (await retrying.request({ url: "http://x.example.com" })).status, requests, pauses };
  } catch (error) {
    assert.ok(error instanceof AssayError);
    return { error, requests, pauses };
  }
}

suite("a request that fails", () => {
  test("is tried three times more, with pauses that double", async () => {
    assert.deepEqual(await run([answer(503)]), { status: 503, requests: 4, pauses: [500, 1000, 2000] });
    assert.deepEqual(await run([broken, answer(502), answer(200)]), { status: 200, requests: 3, pauses: [500, 1000] });
    const { error, requests } = await run([broken]);
    assert.equal(error, broken);
    assert.equal(requests, 4);
  });

  test("waits between half of a pause and all of it", async () => {
    assert.deepEqual((await run([answer(500)], { random: () => 0 })).pauses, [250, 500, 1000]);
    assert.deepEqual((await run([answer(500)], { maxDelayMs: 600, random: () => 1 })).pauses, [500, 600, 600]);
  });

  test("is not tried again where another try changes nothing", async () => {
    for (const status of [200, 201, 400, 401, 403, 404, 409, 415]) {
      assert.deepEqual(await run([answer(status)]), { status, requests: 1, pauses: [] });
    }
    for (const error of [
      new AssayError("SERVER_ANSWER", "too large"),
      new AssayError("ABORTED", "stopped"),
      new AssayError("SERVER_UNREACHABLE", "an expired certificate", {
        cause: Object.assign(new Error("x"), { code: "CERT_HAS_EXPIRED" }),
      }),
      new AssayError("SERVER_UNREACHABLE", "too slow", { cause: Object.assign(new Error("x"), { code: "TIMEOUT" }) }),
    ]) {
      assert.equal((await run([error])).requests, 1, error.message);
    }
  });

  test("waits as long as the server asks for, in seconds or until a date", async () => {
    assert.deepEqual((await run([answer(429, { "retry-after": "7" }), answer(200)])).pauses, [7000]);
    assert.deepEqual((await run([answer(503, { "retry-after": "Mon, 15 Jun 2026 12:00:04 GMT" }), answer(200)])).pauses, [4000]);
    for (const odd of ["soon", "-1", "1e9", ""])
      assert.deepEqual((await run([answer(429, { "retry-after": odd }), answer(200)])).pauses, [500], odd);
  });

  test("is given up where the server asks for more patience than there is", async () => {
    for (const seconds of ["11", "3600"]) {
      assert.deepEqual(await run([answer(429, { "retry-after": seconds })]), { status: 429, requests: 1, pauses: [] });
    }
  });

  test("is given up when its time is over, whatever tries are left", async () => {
    assert.deepEqual(await run([answer(503)], { furtherTries: 99, totalMs: 4000 }), {
      status: 503,
      requests: 4,
      pauses: [500, 1000, 2000],
    });
  });

  test("stops waiting when the caller stops it", async () => {
    const controller = new AbortController();
    const client: HttpClient = {
      async request() {
        setImmediate(() => controller.abort());
        return answer(503);
      },
    };
    const retrying = retryingClient(client, {
      signal: controller.signal,
      firstDelayMs: 1_000_000,
      maxDelayMs: 1_000_000,
      totalMs: 10_000_000,
    });
    await rejectsWith("ABORTED", () => retrying.request({ url: "http://x.example.com" }));
  });

  test("gives a further try no more time than is left", async () => {
    const limits: (number | undefined)[] = [];
    let time = 0;
    const client: HttpClient = {
      async request({ timeoutMs }) {
        limits.push(timeoutMs);
        time += 20_000;
        return answer(503);
      },
    };
    const sleep = async (): Promise<void> => {};
    await retryingClient(client, { now: () => time, sleep, totalMs: 50_000 }).request({ url: "http://x.example.com" });
    assert.deepEqual(limits, [undefined, undefined, 10_000]);
  });
});

test("over a real connection, one that breaks and one that is refused are tried again", async () => {
  let requests = 0;
  const server = await listen((_, response) => {
    requests++;
    if (requests === 1) return void response.socket?.resetAndDestroy();
    response.writeHead(requests === 2 ? 503 : 200).end("at last");
  });
  const retrying = retryingClient(httpClient({ environment: {} }), { firstDelayMs: 1 });
  assert.equal(Buffer.from((await retrying.request({ url: server.url })).body).toString(), "at last");
  assert.equal(requests, 3);
});
