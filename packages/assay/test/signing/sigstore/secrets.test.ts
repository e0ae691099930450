import assert from "node:assert/strict";
import { after, beforeEach, suite, test } from "node:test";
import { inspect } from "node:util";
import { retryingClient } from "../../../src/network/retry.ts";
import { givenToken } from "../../../src/oidc/identity-source.ts";
import { keylessSigner } from "../../../src/signing/sigstore/keyless-signer.ts";
import { PAYLOAD_TYPE } from "../../support/sigstore/instance.ts";
import { type Answer, json } from "../../support/sigstore/loopback-server.ts";
import { startServers } from "../../support/sigstore/servers.ts";
import { http, PAYLOAD, trustOf } from "../../support/sigstore/clients.ts";

const servers = await startServers();
after(() => servers.stop());
beforeEach(() => servers.reset());

/** Longer pieces of a secret than this help an attacker. */
const WINDOW = 16;

/** Everything that a person, a log or a crash report might get to see of what was thrown. */
function traces(thrown: unknown): string {
  const parts: string[] = [inspect(thrown, { depth: null, showHidden: true, maxStringLength: null, maxArrayLength: null })];
  for (let error = thrown; error instanceof Error; error = error.cause) {
    parts.push(error.message, String(error.stack), JSON.stringify(error), JSON.stringify(Object.getOwnPropertyDescriptors(error)));
    if ("hint" in error) parts.push(String(error.hint));
  }
  return parts.join("\n");
}

function leaks(text: string, secret: string): string | undefined {
  for (let at = 0; at + WINDOW <= secret.length; at++) {
    if (text.includes(secret.slice(at, at + WINDOW))) return secret.slice(at, at + WINDOW);
  }
  return undefined;
}

/** What was sent in confidence, out of the requests that the servers got. */
function sentSecrets(raw: string): string[] {
  const proofs = servers.requests
    .filter(({ server }) => server === "fulcio")
    .map(
      ({ body }) => (JSON.parse(body.toString()) as { publicKeyRequest: { proofOfPossession: string } }).publicKeyRequest.proofOfPossession,
    );
  assert.ok(proofs.length > 0, "the certificate authority was asked");
  const { jti } = JSON.parse(Buffer.from(raw.split(".")[1] ?? "", "base64url").toString()) as { jti: string };
  assert.ok(jti.length >= WINDOW);
  return [raw, ...proofs, jti];
}

async function failureOf(raw: string): Promise<unknown> {
  const { fulcio, rekorV2, tsa } = servers.urls();
  const signer = keylessSigner({
    identitySource: givenToken(raw, { audience: "sigstore", now: () => new Date() }),
    services: { fulcioUrl: fulcio, oidcIssuer: undefined, logs: [{ url: rekorV2, version: 2 }], timestampUrls: [tsa] },
    trust: trustOf(servers),
    http: () => retryingClient(http, { firstDelayMs: 1, furtherTries: 1 }),
  });
  try {
    await signer.seal({ kind: "dsse", payloadType: PAYLOAD_TYPE, payload: PAYLOAD });
  } catch (error) {
    return error;
  }
  return assert.fail("it should have failed");
}

/** Ways of a server to send back what it got. */
const ECHOES: Readonly<Record<string, (request: string, raw: string) => Answer>> = {
  "as text": (request) => ({ status: 400, body: request }),
  "as its reason": (request) => json(400, { code: 3, message: request }),
  "as an error of OAuth": (_, raw) => json(401, { error: "invalid_token", error_description: `bad token: ${raw}` }),
  "as an error of its own": (request) => json(500, { message: request }),
  "broken into lines": (request) => json(400, { message: (request.match(/.{1,37}/gsu) ?? []).join("\n") }),
  "with a character of its own in every piece": (_, raw) => json(400, { message: raw.replaceAll(/.{30}/gu, "$&\u200b") }),
  "as a place to go to": (_, raw) => ({ status: 302, headers: { location: `https://x.example.com/?token=${raw}` } }),
  "as a key, twice": (_, raw) => ({ status: 200, body: `{"${raw}":1,"${raw}":2}` }),
  "as no JSON": (request) => ({ status: 200, body: request }),
  "as a certificate": (_, raw) => json(200, { signedCertificateEmbeddedSct: { chain: { certificates: [`-----BEGIN ${raw}-----`] } } }),
  "as an unexpected status": (request) => ({ status: 226, body: request }),
};

suite("no error holds the token, its claims or the proof", () => {
  for (const [how, echo] of Object.entries(ECHOES)) {
    test(`when the certificate authority sends it back ${how}`, async () => {
      const raw = servers.token();
      const request = (): string => servers.requests.find(({ server }) => server === "fulcio")!.body.toString();
      servers.fulcio.fail({ fault: { kind: "change", change: () => echo(request(), raw) } });
      check(await failureOf(raw), raw);
    });
  }

  test("when a service that never got it sends it back", async () => {
    for (const name of ["tsa", "rekorV2"] as const) {
      servers.reset();
      const raw = servers.token();
      servers[name].fail({ fault: { kind: "answer", answer: json(400, { message: `it was ${raw}` }) }, path: /entries$|timestamp$/ });
      check(await failureOf(raw), raw);
    }
  });

  for (const kind of ["reset", "halfway", "noise"] as const) {
    test(`when the connection fails: ${kind}`, async () => {
      for (const name of ["fulcio", "tsa", "rekorV2"] as const) {
        servers.reset();
        const raw = servers.token();
        servers[name].fail({ fault: { kind }, path: /entries$|timestamp$|signingCert$/ });
        check(await failureOf(raw), raw);
      }
    });
  }

  test("when another key or identity is certified", async () => {
    const raw = servers.token();
    servers.misdeeds.fulcio = { leaf: (request) => ({ ...request, identity: { uri: `https://x.example.com/${raw}` } }) };
    check(await failureOf(raw), raw);
    servers.misdeeds.fulcio = { leaf: (request) => ({ ...request, issuerExtensions: { v1: raw } }) };
    check(await failureOf(raw), raw);
  });
});

function check(error: unknown, raw: string): void {
  const text = traces(error);
  for (const secret of sentSecrets(raw)) assert.equal(leaks(text, secret), undefined, text.slice(0, 2000));
}
