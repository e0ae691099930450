import assert from "node:assert/strict";
import { after, beforeEach, suite, test } from "node:test";
import { type IssuedCertificate, requestCertificate } from "../../../src/signing/sigstore/fulcio.ts";
import { rejectsWith } from "../../support/rejects.ts";
import { garbage, json, status } from "../../support/sigstore/loopback-server.ts";
import { base64 } from "../../support/sigstore/octets.ts";
import { startServers } from "../../support/sigstore/servers.ts";
import { signWith } from "../../support/sigstore/signing-keys.ts";
import { email, newKey, spkiOf } from "../../support/x509/make.ts";
import { http, identityToken } from "../../support/sigstore/clients.ts";

const servers = await startServers();
after(() => servers.stop());
beforeEach(() => servers.reset());

const key = newKey("P-256");

interface Ask {
  readonly raw?: string;
  readonly now?: Date;
  readonly proves?: string;
  readonly url?: string;
}

async function ask({ raw = servers.token(), now = new Date(), proves, url = servers.urls().fulcio }: Ask = {}): Promise<IssuedCertificate> {
  const token = await identityToken(raw);
  const proofOfPossession = signWith(key, Buffer.from(proves ?? token.subject));
  return requestCertificate(http, url, { token, publicKey: spkiOf(key), proofOfPossession }, now);
}

suite("a certificate authority", () => {
  test("certifies our key for the identity of the token", async () => {
    const issued = await ask();
    assert.deepEqual(Buffer.from(issued.leaf.spki), Buffer.from(spkiOf(key)));
    assert.equal(issued.identity.identity, "alice@example.com");
    assert.equal(issued.identity.identityProvider, servers.urls().oidc);
    assert.equal(issued.chain.length, 2);
    assert.equal(issued.isSctDetached, false);
  });

  test("is sent the token in the body and nowhere else, and the proof over the token's subject", async () => {
    const raw = servers.token();
    await ask({ raw });
    const [{ url, headers, body } = assert.fail()] = servers.requests;
    assert.equal(url.pathname, "/api/v2/signingCert");
    assert.ok(!`${url.href}${JSON.stringify(headers)}`.includes(raw.slice(0, 30)));
    assert.equal(JSON.parse(body.toString()).credentials.oidcIdentityToken, raw);
  });

  test("is sent no token over a connection that others could read", async () => {
    await rejectsWith("USAGE", () => ask({ url: "http://fulcio.example.com" }));
  });

  test("that gives the certificate log's timestamp beside the certificate is understood", async () => {
    servers.misdeeds.fulcio = { isSctDetached: true };
    assert.equal((await ask()).isSctDetached, true);
  });

  test("may name an identity that no token tells beforehand: it is shown as it is", async () => {
    const raw = servers.token("", { claims: { email: undefined, email_verified: undefined, sub: "robot-7" } });
    servers.misdeeds.fulcio = { leaf: (request) => ({ ...request, identity: { uri: "https://ci.example.com/robot" } }) };
    const { identity } = await ask({ raw });
    assert.equal(identity.identity, "https://ci.example.com/robot");
    assert.equal(identity.identityType, "uri");
  });

  test("that certifies another key is not believed", async () => {
    servers.misdeeds.fulcio = { leaf: (request) => ({ ...request, key: newKey("P-256") }) };
    assert.match((await rejectsWith("SERVER_ANSWER", ask)).message, /another key/);
  });

  test("that names another identity, or another provider, is not believed", async () => {
    servers.misdeeds.fulcio = { leaf: (request) => ({ ...request, identity: { email: "mallory@example.com" } }) };
    assert.match((await rejectsWith("SERVER_ANSWER", ask)).message, /names another identity than the identity token, alice@example\.com/);
    servers.misdeeds.fulcio = {
      leaf: (request) => ({ ...request, recipe: { names: [email("alice@example.com"), email("m@example.com")] } }),
    };
    assert.match((await rejectsWith("SERVER_ANSWER", ask)).message, /names 2 identities/);
    servers.misdeeds.fulcio = { leaf: (request) => ({ ...request, issuer: "https://other.example.com" }) };
    assert.match((await rejectsWith("SERVER_ANSWER", ask)).message, /another issuer vouches for the identity/);
  });

  test("that certifies for another time is not believed, save for clocks that differ a little", async () => {
    const hour = 3_600_000;
    for (const shift of [hour, -hour]) {
      const { message } = await rejectsWith("SERVER_ANSWER", () => ask({ now: new Date(Date.now() + shift) }));
      assert.match(message, /valid from .* by this machine's clock/);
    }
    for (const shift of [-4 * 60_000, 14 * 60_000]) await ask({ now: new Date(Date.now() + shift) });
  });

  test("whose answer is no certificate is not believed", async () => {
    const answers: unknown[] = [
      {},
      { signedCertificateEmbeddedSct: { chain: { certificates: [] } } },
      { signedCertificateEmbeddedSct: { chain: { certificates: ["no PEM"] } } },
      { signedCertificateEmbeddedSct: { chain: { certificates: ["-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n"] } } },
      { signedCertificateEmbeddedSct: { chain: { certificates: Array(11).fill(servers.instance.ca.root.pem) } } },
      { signedCertificateEmbeddedSct: { chain: {} }, signedCertificateDetachedSct: { chain: {} } },
      [],
    ];
    for (const answer of answers) {
      servers.fulcio.fail({ fault: { kind: "answer", answer: json(200, answer) } });
      await rejectsWith("SERVER_ANSWER", ask);
    }
    servers.fulcio.fail(garbage());
    await rejectsWith("SERVER_ANSWER", ask);
  });

  test("that refuses says why, and one that fails that it failed", async () => {
    const error = await rejectsWith("SERVER_REFUSED", () => ask({ proves: "mallory@example.com" }));
    assert.match(error.message, /status 400: The signature supplied in the request could not be verified/);
    servers.fulcio.fail(status(503));
    await rejectsWith("SERVER_UNREACHABLE", ask);
  });

  test("that sends token or proof back is quoted without them", async () => {
    const raw = servers.token();
    const proof = (): string => JSON.parse(servers.requests.at(-1)!.body.toString()).publicKeyRequest.proofOfPossession;
    servers.fulcio.fail({
      fault: { kind: "change", change: () => json(400, { message: `bad ${raw} and ${proof()} and ${base64(raw).slice(0, 60)}` }) },
    });
    const error = await rejectsWith("SERVER_REFUSED", () => ask({ raw }));
    assert.match(error.message, /status 400: bad … and … and …$/);
  });
});
