import assert from "node:assert/strict";
import { after, beforeEach, suite, test } from "node:test";
import type { AssayError } from "../../../src/core/error.ts";
import { type HttpClient, httpClient } from "../../../src/network/http.ts";
import { retryingClient } from "../../../src/network/retry.ts";
import { requestCertificate } from "../../../src/signing/sigstore/fulcio.ts";
import { rejectsWith } from "../../support/rejects.ts";
import { type FaultPlan, garbage, status } from "../../support/sigstore/loopback-server.ts";
import { startServers } from "../../support/sigstore/servers.ts";
import { signWith } from "../../support/sigstore/signing-keys.ts";
import { newKey, spkiOf } from "../../support/x509/make.ts";
import { http, identityToken } from "../../support/sigstore/clients.ts";

const servers = await startServers();
after(() => servers.stop());
beforeEach(() => servers.reset());

const key = newKey("P-256");
const DOUBT = /; it is not known whether a certificate that names alice@example\.com was issued/;

async function failure(code: AssayError["code"], client: HttpClient = http, url = servers.urls().fulcio): Promise<string> {
  const token = await identityToken(servers.token());
  const asked = { token, publicKey: spkiOf(key), proofOfPossession: signWith(key, Buffer.from(token.subject)) };
  return (await rejectsWith(code, () => requestCertificate(client, url, asked, new Date()))).message;
}

suite("whether a certificate was issued", () => {
  const LOST: Readonly<Record<string, readonly [FaultPlan, AssayError["code"]]>> = {
    "breaks off": [{ fault: { kind: "reset" } }, "SERVER_UNREACHABLE"],
    "breaks off halfway": [{ fault: { kind: "halfway" } }, "SERVER_UNREACHABLE"],
    "is not HTTP": [{ fault: { kind: "noise" } }, "SERVER_ANSWER"],
    "has no end": [{ fault: { kind: "endless" } }, "SERVER_ANSWER"],
    "is garbage": [garbage(), "SERVER_ANSWER"],
    "leads elsewhere": [status(302, undefined, { location: "/x" }), "SERVER_ANSWER"],
    "is an error of the server's own": [status(500), "SERVER_UNREACHABLE"],
  };
  for (const [how, [plan, code]] of Object.entries(LOST)) {
    test(`is not known, and said, where the answer ${how}`, async () => {
      servers.fulcio.fail(plan);
      assert.match(await failure(code), DOUBT);
    });
  }

  test("is not known where the answer takes too long", async () => {
    servers.fulcio.fail({ fault: { kind: "silence" } });
    assert.match(await failure("SERVER_UNREACHABLE", httpClient({ environment: {}, timeoutMs: 300 })), DOUBT);
  });

  test("is not known where the person stops while the answer is awaited", async () => {
    servers.fulcio.fail({ fault: { kind: "silence" } });
    const stop = new AbortController();
    const seen = setInterval(() => servers.requests.length > 0 && stop.abort(), 10);
    try {
      assert.match(await failure("ABORTED", httpClient({ environment: {}, signal: stop.signal })), DOUBT);
    } finally {
      clearInterval(seen);
    }
  });

  test("is not known where an answer was lost, and the next try is refused", async () => {
    servers.fulcio.fail({ fault: { kind: "reset" }, times: 1 }, status(400));
    assert.match(await failure("SERVER_REFUSED", retryingClient(http, { firstDelayMs: 1 })), DOUBT);
  });

  test("is known where the server refuses, or was never reached", async () => {
    servers.fulcio.fail(status(400));
    assert.doesNotMatch(await failure("SERVER_REFUSED"), /not known/);
    assert.doesNotMatch(await failure("SERVER_REFUSED", retryingClient(http, { firstDelayMs: 1 })), /not known/);
    assert.doesNotMatch(await failure("SERVER_UNREACHABLE", http, "http://127.0.0.1:1"), /not known/);
  });
});
