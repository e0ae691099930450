import assert from "node:assert/strict";
import { after, beforeEach, suite, test } from "node:test";
import type { LogEntry } from "../../../src/bundle/log-entry.ts";
import type { ContentToLog } from "../../../src/signing/sigstore/logged-content.ts";
import { rebuildEntry } from "../../../src/signing/sigstore/rebuild-entry.ts";
import { logInRekorV1 } from "../../../src/signing/sigstore/rekor-v1.ts";
import { logInRekorV2 } from "../../../src/signing/sigstore/rekor-v2.ts";
import { verifyLogEntry } from "../../../src/trust/sigstore/log-entry.ts";
import { signedContent } from "../../../src/trust/sigstore/signed-content.ts";
import { rejectsWith } from "../../support/rejects.ts";
import { garbage, json, status } from "../../support/sigstore/loopback-server.ts";
import { base64 } from "../../support/sigstore/octets.ts";
import { startServers } from "../../support/sigstore/servers.ts";
import { newKey, spkiOf } from "../../support/x509/make.ts";
import { envelopeBy, envelopeByEd25519ph, http, messageBy, P256, PAYLOAD, trustOf } from "../../support/sigstore/clients.ts";

const servers = await startServers();
after(() => servers.stop());
beforeEach(() => servers.reset());
const { logs } = trustOf(servers).root;

const inV1 = (logged: ContentToLog): Promise<LogEntry> => logInRekorV1(http, servers.urls().rekorV1, logged);
const inV2 = (logged: ContentToLog, known = logs): Promise<LogEntry> => logInRekorV2(http, servers.urls().rekorV2, logged, known);

/** Proves the entry as a verifier of the bundle will. */
async function prove(entry: LogEntry, logged: ContentToLog): Promise<string> {
  const { signed, signature, verifier } = logged;
  const content =
    signed.kind === "dsse"
      ? await signedContent({ kind: "dsse", envelope: { ...signed, signature } }, undefined)
      : await signedContent({ kind: "message", digest: undefined, signature }, { bytes: PAYLOAD });
  return (await verifyLogEntry(entry, "0.3", { content, verifier: verifier.der }, logs)).logged.entry;
}

suite("Rekor v2", () => {
  test("logs an envelope as the digest of what was signed, by the hash of the key", async () => {
    const signed = [
      envelopeBy(newKey("P-256"), "ecdsa-p256-sha256"),
      envelopeBy(newKey("P-384"), "ecdsa-p384-sha384"),
      envelopeBy(newKey("P-521"), "ecdsa-p521-sha512"),
      envelopeBy(newKey(2048), "rsa-pkcs1v15-sha256"),
      envelopeBy(newKey(3072), "rsa-pkcs1v15-sha256"),
    ];
    for (const logged of signed) assert.equal(await prove(await inV2(logged), logged), "hashedrekord 0.0.2", logged.algorithm);
  });

  test("logs a file's signature", async () => {
    const logged = messageBy(newKey("P-256"), "ecdsa-p256-sha256", "sha256");
    assert.equal(await prove(await inV2(logged), logged), "hashedrekord 0.0.2");
  });

  test("is told the key's own name of key and hash", async () => {
    for (const [logged, keyDetails, length] of [
      [P256(), "PKIX_ECDSA_P256_SHA_256", 32],
      [envelopeByEd25519ph(), "PKIX_ED25519_PH", 64],
      [envelopeBy(newKey(2048), "rsa-pkcs1v15-sha256"), "PKIX_RSA_PKCS1V15_2048_SHA256", 32],
    ] as const) {
      servers.rekorV2.fail(status(503));
      servers.requests.length = 0;
      await rejectsWith("SERVER_UNREACHABLE", () => inV2(logged));
      const { hashedRekordRequestV002: sent } = JSON.parse(servers.requests[0]!.body.toString());
      assert.equal(sent.signature.verifier.keyDetails, keyDetails);
      assert.equal(Buffer.from(sent.digest, "base64").length, length);
      assert.deepEqual(sent.signature.verifier.publicKey, { rawBytes: base64(logged.verifier.spki) });
    }
  });

  test("is not asked to log what it does not take", async () => {
    for (const logged of [
      envelopeBy(newKey("Ed25519"), "ed25519"),
      envelopeBy(newKey(2304), "rsa-pkcs1v15-sha256"),
      messageBy(newKey("P-384"), "ecdsa-p384-sha384", "sha256"),
    ]) {
      await rejectsWith("ALGORITHM_FORBIDDEN", () => inV2(logged));
    }
    assert.equal(servers.requests.length, 0);
  });

  test("that holds the entry already gives it again, put together from its tiles", async () => {
    const logged = P256();
    const first = await inV2(logged);
    for (let count = 0; count < 5; count++) await inV2(P256());
    const again = await inV2(logged);
    assert.equal(again.logIndex, first.logIndex);
    assert.ok(again.inclusionProof!.treeSize > first.inclusionProof!.treeSize);
    assert.deepEqual(again.canonicalizedBody, first.canonicalizedBody);
    assert.deepEqual(Buffer.from(again.logId), Buffer.from(first.logId));
    assert.equal(await prove(again, logged), "hashedrekord 0.0.2");
  });

  test("whose duplicate is of a log that is not known says that it is public and where", async () => {
    const logged = P256();
    const { logIndex } = await inV2(logged);
    const error = await rejectsWith("SERVER_REFUSED", () => inV2(logged, []));
    assert.match(error.message, new RegExp(`holds this entry already, under the index ${logIndex}`));
    assert.match(error.hint ?? "", /public/);
  });

  test("whose duplicate is another entry, or has no index, is not believed", async () => {
    const other = await inV2(P256());
    const duplicate = (message: string): void =>
      servers.rekorV2.fail({ fault: { kind: "answer", answer: json(409, { code: 6, message }) }, times: 1, path: /entries$/ });
    duplicate(`an equivalent entry already exists in the transparency log with index ${other.logIndex}`);
    await rejectsWith("SERVER_ANSWER", () => inV2(P256()));
    duplicate("an equivalent entry already exists");
    await rejectsWith("SERVER_REFUSED", () => inV2(P256()));
  });

  test("whose checkpoint ends before the entry that it names is asked again, and in the end not believed", async () => {
    const logged = P256();
    const { logIndex } = await inV2(logged);
    const url = servers.urls().rekorV2;
    servers.requests.length = 0;
    await rejectsWith("SERVER_ANSWER", () => rebuildEntry(http, url, 1_000_000, logged, logs, 1));
    assert.equal(servers.requests.length, 5);
    const stale = servers.instance.rekorV2.log.checkpoint(new Date(), { tamperCheckpointBody: (body) => body.replace(/\n\d+\n/, "\n1\n") });
    servers.rekorV2.fail({ fault: { kind: "answer", answer: { status: 200, body: stale } }, times: 2, path: /checkpoint$/ });
    assert.equal(await prove(await rebuildEntry(http, url, logIndex, logged, logs, 1), logged), "hashedrekord 0.0.2");
  });

  test("whose tiles or checkpoint are damaged gives no entry", async () => {
    const logged = P256();
    await inV2(logged);
    for (const path of [/\/checkpoint$/, /\/tile\/0\//, /\/tile\/entries\//]) {
      servers.rekorV2.fail({ ...garbage(), path });
      await rejectsWith("SERVER_ANSWER", () => inV2(logged));
    }
  });

  test("whose answer does not hold gives no entry", async () => {
    const flip = (text: string): string => base64(Buffer.from(text, "base64").map((byte, at) => (at === 0 ? byte ^ 1 : byte)));
    const misdeeds = [
      { logged: (thing) => ({ ...thing, digest: Buffer.alloc(32) }) },
      { logged: (thing) => ({ ...thing, signature: Buffer.alloc(70) }) },
      { tamperProof: (proof) => ({ ...proof, rootHash: flip(proof.rootHash) }) },
      { tamperProof: (proof) => ({ ...proof, hashes: proof.hashes.map(flip) }) },
      { tamperProof: ({ logIndex, rootHash, treeSize, hashes }) => ({ logIndex, rootHash, treeSize, hashes }) },
      { tamperEntry: ({ logIndex, logId, kindVersion, canonicalizedBody }) => ({ logIndex, logId, kindVersion, canonicalizedBody }) },
      { tamperCheckpointBody: (body) => body.replace(/\n\d+\n/, "\n999\n") },
      { tamperCheckpointBody: (body) => body.replace(/\n[^\n]+\n$/, `\n${base64(Buffer.alloc(32))}\n`) },
      { logged: (thing) => ({ ...thing, verifier: { publicKey: spkiOf(newKey("P-256")) } }) },
      { tamperEntry: (entry) => ({ ...entry, logIndex: "-1" }) },
    ] satisfies (typeof servers.misdeeds.rekorV2)[];
    for (const misdeed of misdeeds) {
      servers.misdeeds.rekorV2 = misdeed;
      await rejectsWith("SERVER_ANSWER", () => inV2(P256()));
    }
    servers.misdeeds.rekorV2 = {};
    servers.rekorV2.fail(garbage());
    await rejectsWith("SERVER_ANSWER", () => inV2(P256()));
  });

  test("that refuses says why", async () => {
    const error = await rejectsWith("SERVER_REFUSED", () => inV2({ ...P256(), signature: P256().signature }));
    assert.match(error.message, /status 400: invalid signature/);
  });
});

suite("Rekor v1", () => {
  test("logs an envelope as dsse and a file as hashedrekord, with a promise and a time", async () => {
    const signed: [ContentToLog, string][] = [
      [P256(), "dsse 0.0.1"],
      [envelopeBy(newKey(2048), "rsa-pkcs1v15-sha256"), "dsse 0.0.1"],
      [messageBy(newKey("P-256"), "ecdsa-p256-sha256", "sha256"), "hashedrekord 0.0.1"],
      [messageBy(newKey("P-384"), "ecdsa-p384-sha384", "sha384"), "hashedrekord 0.0.1"],
    ];
    for (const [logged, kind] of signed) {
      const entry = await inV1(logged);
      if (logged.algorithm !== "ecdsa-p384-sha384") assert.equal(await prove(entry, logged), kind);
      assert.equal(`${entry.kind} ${entry.version}`, kind);
      assert.ok(entry.integratedTime > 0 && entry.inclusionPromise !== undefined);
      assert.notEqual(entry.logIndex, entry.inclusionProof!.logIndex, "one counts older trees, the other does not");
    }
  });

  test("is not asked to log envelopes whose hash it does not know", async () => {
    for (const logged of [envelopeBy(newKey("P-384"), "ecdsa-p384-sha384"), envelopeByEd25519ph()]) {
      const error = await rejectsWith("ALGORITHM_FORBIDDEN", () => inV1(logged));
      assert.match(error.hint ?? "", /Rekor v2/);
    }
    assert.equal(servers.requests.length, 0);
  });

  test("that holds the entry already gives it again", async () => {
    const logged = P256();
    const first = await inV1(logged);
    const again = await inV1(logged);
    assert.equal(again.logIndex, first.logIndex);
    assert.equal(await prove(again, logged), "dsse 0.0.1");
  });

  test("whose duplicate is named in words only is found, and no other host is asked for it", async () => {
    const logged = P256();
    await inV1(logged);
    servers.rekorV1.fail({
      fault: { kind: "change", change: (answer) => ({ ...answer, headers: { location: "http://127.0.0.1:1/steal" } }) },
      times: 1,
    });
    assert.equal(await prove(await inV1(logged), logged), "dsse 0.0.1");
    servers.rekorV1.fail({ fault: { kind: "answer", answer: json(409, { code: 409, message: "exists" }) } });
    await rejectsWith("SERVER_REFUSED", () => inV1(logged));
  });

  test("whose duplicate is another entry is not believed", async () => {
    const other = P256();
    await inV1(other);
    const found = servers.requests.length;
    servers.rekorV1.fail();
    await inV1(other);
    const id = servers.requests[found + 1]!.url.pathname.split("/").at(-1);
    servers.rekorV1.fail({ fault: { kind: "answer", answer: json(409, {}, { location: `/api/v1/log/entries/${id}` }) }, times: 1 });
    await rejectsWith("SERVER_ANSWER", () => inV1(P256()));
  });

  test("whose answer does not hold gives no entry", async () => {
    servers.misdeeds.rekorV1 = { logged: (thing) => ({ ...thing, payload: Buffer.from("other") }) };
    await rejectsWith("SERVER_ANSWER", () => inV1(P256()));
    servers.misdeeds.rekorV1 = {};
    type Entry = Record<string, unknown>;
    const changes: ((entry: Entry) => Entry)[] = [
      (entry) => ({ a: entry, b: entry }),
      () => ({}),
      (entry) => ({ a: { ...entry, logIndex: "1" } }),
      (entry) => ({ a: { ...entry, logID: "XY" } }),
      (entry) => ({ a: { ...entry, body: "e30=" } }),
      (entry) => ({ a: { ...entry, verification: { signedEntryTimestamp: "AA==" } } }),
    ];
    for (const change of changes) {
      const changed = (body: unknown): string =>
        JSON.stringify(change(Object.values(JSON.parse(String(body)) as Record<string, Entry>)[0]!));
      servers.rekorV1.fail({
        fault: { kind: "change", change: (answer) => ({ ...answer, body: changed(answer.body) }) },
      });
      await rejectsWith("SERVER_ANSWER", () => inV1(P256()));
    }
  });
});
