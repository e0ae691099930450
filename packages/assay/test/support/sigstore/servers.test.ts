import assert from "node:assert/strict";
import { after, beforeEach, suite, test } from "node:test";
import { decodePem } from "../../../src/encoding/pem.ts";
import { newKey, spkiOf } from "../x509/make.ts";
import { integer, octetString, oid, sequence, derNull } from "../der-writer.ts";
import { codeChallenge } from "./identity-provider.ts";
import { ALICE, bytesToSign, STATEMENT } from "./instance.ts";
import { garbage, status } from "./loopback-server.ts";
import { base64, sha256 } from "./octets.ts";
import { startServers } from "./servers.ts";
import { signWith } from "./signing-keys.ts";
import { encodePem } from "../../../src/encoding/pem.ts";
import { HASH_OIDS } from "./timestamp-authority.ts";

const servers = await startServers();

const post = (url: string, value: unknown): Promise<Response> => fetch(url, { method: "POST", body: JSON.stringify(value) });

async function certificate(token = servers.token(), signedName = ALICE): Promise<Response> {
  const key = newKey("P-256");
  const publicKey = { algorithm: "ECDSA", content: encodePem("PUBLIC KEY", spkiOf(key)) };
  const proofOfPossession = base64(signWith(key, Buffer.from(signedName)));
  const request = { credentials: { oidcIdentityToken: token }, publicKeyRequest: { publicKey, proofOfPossession } };
  return post(`${servers.urls().fulcio}/api/v2/signingCert`, request);
}

/** The requests that the log of each version takes for one signed bundle. */
function proposals(): { v1: unknown; v2: unknown } {
  const signed = servers.instance.sign();
  const verifiers = [base64(signed.leaf.pem)];
  const digest = base64(sha256(bytesToSign(STATEMENT)));
  const verifier = { x509Certificate: { rawBytes: base64(signed.leaf.der) }, keyDetails: "PKIX_ECDSA_P256_SHA_256" };
  return {
    v1: {
      apiVersion: "0.0.1",
      kind: "dsse",
      spec: { proposedContent: { envelope: JSON.stringify(signed.bundle.dsseEnvelope), verifiers } },
    },
    v2: { hashedRekordRequestV002: { digest, signature: { content: base64(signed.signature), verifier } } },
  };
}

suite("the servers of the test instance", () => {
  after(() => servers.stop());
  beforeEach(() => servers.reset());

  test("issue a certificate for a token and a proof that the key is the caller's", async () => {
    const answer = (await (await certificate()).json()) as { signedCertificateEmbeddedSct: { chain: { certificates: string[] } } };
    const { certificates } = answer.signedCertificateEmbeddedSct.chain;
    assert.equal(certificates.length, 3);
    assert.ok(decodePem(Buffer.from(certificates[0]!))[0]!.label === "CERTIFICATE");
    for (const refused of [await certificate("a.b.c"), await certificate(servers.token(ALICE, { lifetimeSeconds: -5 }))]) {
      assert.equal(refused.status, 400);
    }
    assert.equal((await certificate(servers.token(), "mallory@example.com")).status, 400);
  });

  test("log an entry once, and point to it afterwards", async () => {
    const { v1, v2 } = proposals();
    const { rekorV1, rekorV2 } = servers.urls();
    const first = await post(`${rekorV1}/api/v1/log/entries`, v1);
    assert.equal(first.status, 201);
    const [id = ""] = Object.keys((await first.json()) as object);
    const again = await post(`${rekorV1}/api/v1/log/entries`, v1);
    assert.equal(again.status, 409);
    assert.match(((await again.json()) as { message: string }).message, new RegExp(`UUID ${id}$`));
    assert.equal((await fetch(`${rekorV1}/api/v1/log/entries/${id}`)).status, 200);

    const entry = await post(`${rekorV2}/api/v2/log/entries`, v2);
    assert.equal(entry.status, 201);
    const { logIndex, canonicalizedBody } = (await entry.json()) as { logIndex: string; canonicalizedBody: string };
    assert.equal((await post(`${rekorV2}/api/v2/log/entries`, v2)).headers.get("x-log-index"), logIndex);
    const size = servers.instance.rekorV2.log.entries.length;
    const tile = Buffer.from(await (await fetch(`${rekorV2}/api/v2/tile/entries/000.p/${size}`)).arrayBuffer());
    assert.ok(tile.includes(Buffer.from(canonicalizedBody, "base64")));
    assert.equal((await (await fetch(`${rekorV2}/api/v2/tile/0/000.p/${size}`)).arrayBuffer()).byteLength, 32 * size);
    assert.equal((await (await fetch(`${rekorV2}/api/v2/checkpoint`)).text()).split("\n")[1], String(size));
  });

  test("refuse to log a signature that does not verify", async () => {
    const { v2 } = proposals();
    (v2 as { hashedRekordRequestV002: { digest: string } }).hashedRekordRequestV002.digest = base64(sha256("something else"));
    assert.equal((await post(`${servers.urls().rekorV2}/api/v2/log/entries`, v2)).status, 400);
  });

  test("stamp the time", async () => {
    const imprint = sequence(sequence(oid(HASH_OIDS.sha256), derNull()), octetString(sha256("data")));
    const body = sequence(integer(1), imprint, integer(77));
    const ask = (type: string): Promise<Response> => fetch(servers.urls().tsa, { method: "POST", body, headers: { "content-type": type } });
    const answer = await ask("application/timestamp-query");
    assert.equal(answer.headers.get("content-type"), "application/timestamp-reply");
    assert.ok(Buffer.from(await answer.arrayBuffer()).includes(Buffer.from(integer(77))));
    assert.equal((await ask("application/json")).status, 415);
  });

  test("let a person in by a code and its verifier, and by no other", async () => {
    const { oidc } = servers.urls();
    const login = async (verifier: string): Promise<Response> => {
      const redirect_uri = "http://localhost:1/callback";
      const asked = { response_type: "code", client_id: "sigstore", redirect_uri, scope: "openid email", state: "s", nonce: "n" };
      const query = new URLSearchParams({ ...asked, code_challenge: codeChallenge("right"), code_challenge_method: "S256" });
      const redirect = await fetch(`${oidc}/auth?${query.toString()}`, { redirect: "manual" });
      const target = new URL(redirect.headers.get("location") ?? "");
      assert.equal(target.searchParams.get("state"), "s");
      const grant = {
        grant_type: "authorization_code",
        redirect_uri,
        code: target.searchParams.get("code") ?? "",
        code_verifier: verifier,
      };
      return fetch(`${oidc}/token`, { method: "POST", body: new URLSearchParams(grant) });
    };
    const token = ((await (await login("right")).json()) as { id_token: string }).id_token;
    const claims = servers.provider.read(token, new Date());
    assert.ok(typeof claims === "object" && claims["nonce"] === "n" && claims["email"] === ALICE && claims["iss"] === oidc);
    assert.equal((await login("wrong")).status, 400);
  });

  test("misbehave when told to, as often as told, and remember what they were asked", async () => {
    const url = `${servers.urls().rekorV1}/api/v1/log`;
    servers.rekorV1.fail(status(503, 1), { fault: { kind: "reset" }, times: 1 }, { ...garbage(), times: 1 });
    assert.equal((await fetch(url)).status, 503);
    await assert.rejects(fetch(url));
    assert.match(await (await fetch(url)).text(), /html/);
    assert.equal((await fetch(url)).status, 200);
    for (const kind of ["noise", "halfway", "endless", "silence"] as const) {
      servers.rekorV1.fail({ fault: { kind } });
      const stop = AbortSignal.timeout(100);
      await assert.rejects(fetch(url, { signal: stop }).then((answer) => answer.text()));
    }
    assert.equal(servers.requests.length, 8);
    assert.equal(servers.requests[0]?.url.pathname, "/api/v1/log");
  });
});
