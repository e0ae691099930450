import assert from "node:assert/strict";
import { after, beforeEach, suite, test } from "node:test";
import { retryingClient } from "../../../src/network/retry.ts";
import { givenToken } from "../../../src/oidc/identity-source.ts";
import { type KeylessContent, type KeylessOptions, type KeylessSeal, keylessSigner } from "../../../src/signing/sigstore/keyless-signer.ts";
import { selectServices, type SelectedServices } from "../../../src/signing/sigstore/select-services.ts";
import { readSigningConfig } from "../../../src/signing/sigstore/signing-config.ts";
import { parseCertificate } from "../../../src/trust/index.ts";
import { verifyLogEntry } from "../../../src/trust/sigstore/log-entry.ts";
import { signedContent } from "../../../src/trust/sigstore/signed-content.ts";
import { verifyTimestamp } from "../../../src/trust/sigstore/timestamp.ts";
import { verifySignature } from "../../../src/trust/signature.ts";
import { parsePublicKey } from "../../../src/trust/public-key.ts";
import { rejectsWith } from "../../support/rejects.ts";
import { bytesToSign, makeInstance, PAYLOAD_TYPE } from "../../support/sigstore/instance.ts";
import { status } from "../../support/sigstore/loopback-server.ts";
import { sha256 } from "../../support/sigstore/octets.ts";
import { startServers } from "../../support/sigstore/servers.ts";
import { http, PAYLOAD, trustOf } from "../../support/sigstore/clients.ts";

const servers = await startServers();
after(() => servers.stop());
beforeEach(() => servers.reset());

type Log = "rekorV1" | "rekorV2";

function servicesWith(log: Log): SelectedServices {
  const { fulcio, oidc, tsa, ...logs } = servers.urls();
  const config = servers.instance.signingConfig({ fulcio, oidc, tsa, [log]: logs[log] });
  return selectServices(readSigningConfig(Buffer.from(JSON.stringify(config))), new Date());
}

const DSSE: KeylessContent = { kind: "dsse", payloadType: PAYLOAD_TYPE, payload: PAYLOAD };
const MESSAGE: KeylessContent = { kind: "message", artifact: PAYLOAD, digest: sha256(PAYLOAD) };

interface Signing extends Partial<KeylessOptions> {
  readonly log?: Log;
  readonly content?: KeylessContent;
}

const retrying = retryingClient(http, { firstDelayMs: 1 });

function seal({ log = "rekorV2", content = DSSE, ...options }: Signing = {}, signal?: AbortSignal): Promise<KeylessSeal> {
  const identitySource = givenToken(servers.token(), { audience: "sigstore", now: () => new Date() });
  const signer = keylessSigner({ identitySource, services: servicesWith(log), trust: trustOf(servers), http: () => retrying, ...options });
  return signer.seal(content, signal);
}

const asked = (): string[] => servers.requests.filter(({ method }) => method === "POST").map(({ server }) => server);

suite("a keyless signer", () => {
  for (const log of ["rekorV1", "rekorV2"] as const) {
    for (const content of [DSSE, MESSAGE]) {
      test(`makes all that a bundle needs: ${log}, ${content.kind}`, async () => {
        const { material, signature, tlogEntries, timestamps } = await seal({ log, content });
        const { root } = trustOf(servers);
        const leaf = parseCertificate(material.certificate);
        const signedBytes = content.kind === "dsse" ? bytesToSign({ kind: "dsse", payload: PAYLOAD }) : PAYLOAD;
        const key = parsePublicKey(leaf.spki);
        assert.ok(await verifySignature(key, { kind: "ecdsa", hash: "SHA-256" }, signature, signedBytes));
        const signed =
          content.kind === "dsse"
            ? await signedContent({ kind: "dsse", envelope: { payloadType: PAYLOAD_TYPE, payload: PAYLOAD, signature } }, undefined)
            : await signedContent({ kind: "message", digest: undefined, signature }, { bytes: PAYLOAD });
        assert.equal(tlogEntries.length, 1);
        for (const entry of tlogEntries) await verifyLogEntry(entry, "0.3", { content: signed, verifier: leaf.der }, root.logs);
        assert.equal(timestamps.length, 1);
        for (const timestamp of timestamps) await verifyTimestamp(timestamp, signature, root.timestampAuthorities);
      });
    }
  }

  test("does one thing after another, and says what: what stays public comes last", async () => {
    const steps: string[] = [];
    await seal({ onStep: (step) => steps.push(step) });
    assert.deepEqual(steps, ["waiting for log-in", "certificate", "timestamp", "log"]);
    assert.deepEqual(asked(), ["fulcio", "tsa", "rekor-v2"]);
  });

  test("sends no token where others could read it", async () => {
    const services = { ...servicesWith("rekorV2"), fulcioUrl: "http://fulcio.example.com" };
    assert.match((await rejectsWith("USAGE", () => seal({ services }))).message, /unencrypted/);
  });

  test("uses a key for one signature only", async () => {
    const [one, two] = [await seal(), await seal()];
    assert.notDeepEqual(parseCertificate(one.material.certificate).spki, parseCertificate(two.material.certificate).spki);
  });

  test("sends no request without an identity", async () => {
    const expired = {
      token: () => givenToken(servers.token(undefined, { lifetimeSeconds: -9 }), { audience: "sigstore", now: () => new Date() }).token(),
    };
    await rejectsWith("TOKEN_EXPIRED", () => seal({ identitySource: expired }));
    assert.deepEqual(asked(), []);
  });

  test("tries again what failed on the way, and takes the entry that was logged all the same", async () => {
    servers.fulcio.fail(status(503, 1));
    servers.tsa.fail({ fault: { kind: "reset" }, times: 1 });
    // The log takes the entry, and its answer is lost.
    servers.rekorV2.fail({ fault: { kind: "change", change: () => ({ status: 502 }) }, times: 1, path: /entries$/ });
    const { tlogEntries, material, signature } = await seal();
    const signed = await signedContent({ kind: "dsse", envelope: { payloadType: PAYLOAD_TYPE, payload: PAYLOAD, signature } }, undefined);
    await verifyLogEntry(tlogEntries[0]!, "0.3", { content: signed, verifier: material.certificate }, trustOf(servers).root.logs);
    assert.equal(asked().filter((name) => name === "fulcio").length, 2);
  });

  test("signs nothing with a certificate that could not be verified", async () => {
    const strange = makeInstance();
    const theirs = trustOf({ ...servers, instance: strange });
    const foreign = { ...theirs, root: { ...theirs.root, logs: trustOf(servers).root.logs } };
    const error = await rejectsWith("SERVER_ANSWER", () => seal({ trust: foreign }));
    assert.match(error.message, /^nothing was signed: .* by the trusted root trusted_root\.json: /);
    assert.match(error.message, /a certificate that names alice@example\.com was issued/);
    const old = { ...foreign, source: { kind: "shipped", name: "sigstore.dev", date: new Date("2026-01-01"), isCurrent: false } } as const;
    const stale = await rejectsWith("TRUST_ROOT_STALE", () => seal({ trust: old }));
    assert.match(stale.message, /trusted root sigstore\.dev of 2026-01-01/);
    assert.deepEqual(asked(), ["fulcio", "fulcio"]);
  });

  test("signs nothing with a certificate that is in no log, or whose timestamp has no room in a bundle", async () => {
    for (const misdeed of [
      { leaf: (request) => ({ ...request, scts: null }) },
      { leaf: (request) => ({ ...request, recipe: { extendedKeyUsage: ["1.3.6.1.5.5.7.3.1"] } }) },
      { leaf: (request) => ({ ...request, recipe: { extendedKeyUsage: null } }) },
    ] satisfies (typeof servers.misdeeds.fulcio)[]) {
      servers.misdeeds.fulcio = misdeed;
      assert.match((await rejectsWith("SERVER_ANSWER", seal)).message, /nothing was signed/);
    }
    servers.misdeeds.fulcio = { isSctDetached: true };
    assert.match((await rejectsWith("SERVER_ANSWER", seal)).message, /beside the certificate, where a bundle has no room for it/);
    assert.ok(asked().every((name) => name === "fulcio"));
  });

  test("takes the next timestamp authority where any may be asked, and none in its place where each is wanted", async () => {
    const [own = ""] = servicesWith("rekorV2").timestampUrls;
    const broken = [`${servers.urls().fulcio}/no`];
    const { timestamps } = await seal({ services: { ...servicesWith("rekorV2"), timestampUrls: broken, otherTimestampUrls: [own] } });
    assert.equal(timestamps.length, 1);
    await rejectsWith("SERVER_REFUSED", () => seal({ services: { ...servicesWith("rekorV2"), timestampUrls: [...broken, own] } }));
  });

  test("says what is public when a later service fails", async () => {
    servers.tsa.fail(status(403));
    const untimed = await rejectsWith("SERVER_REFUSED", seal);
    assert.match(untimed.message, /the signature is in no log; a certificate that names alice@example\.com was issued/);
    assert.deepEqual(asked(), ["fulcio", "tsa"], "the log was not asked");
    servers.reset();
    servers.rekorV2.fail({ ...status(400), path: /entries$/ });
    const refused = await rejectsWith("SERVER_REFUSED", seal);
    assert.doesNotMatch(refused.message, /not known/);
    assert.match(refused.message, /a certificate that names alice@example\.com was issued/);
    servers.rekorV2.fail({ ...status(500), path: /entries$/ });
    assert.match((await rejectsWith("SERVER_UNREACHABLE", seal)).message, /whether 127\.0\.0\.1:\d+ took the signature is not known/);
  });

  test("says which log holds the signature when the next one fails", async () => {
    const services = { ...servicesWith("rekorV2"), logs: [...servicesWith("rekorV2").logs, ...servicesWith("rekorV1").logs] };
    assert.equal((await seal({ services })).tlogEntries.length, 2);
    servers.rekorV1.fail({ ...status(400), path: /entries$/ });
    const { message } = await rejectsWith("SERVER_REFUSED", () => seal({ services }));
    assert.match(message, /the signature is in 127\.0\.0\.1:\d+ under the index \d+ already; a certificate/);
  });

  test("stops when it is told to", async () => {
    const controller = new AbortController();
    controller.abort();
    await rejectsWith("ABORTED", () => seal({}, controller.signal));
    const later = new AbortController();
    servers.tsa.fail({ fault: { kind: "silence" } });
    const signer = keylessSigner({
      identitySource: givenToken(servers.token(), { audience: "sigstore", now: () => new Date() }),
      services: servicesWith("rekorV2"),
      trust: trustOf(servers),
      onStep: (step) => {
        if (step === "timestamp") setTimeout(() => later.abort(), 20);
      },
    });
    const error = await rejectsWith("ABORTED", () => signer.seal(DSSE, later.signal));
    assert.match(error.message, /the signature is in no log/);
  });
});
