import assert from "node:assert/strict";
import { randomBytes } from "node:crypto";
import { after, beforeEach, suite, test } from "node:test";
import { requestTimestamp } from "../../../src/signing/sigstore/timestamp-authority.ts";
import { positiveInteger } from "../../../src/encoding/der-writer.ts";
import { writeTimestampRequest } from "../../../src/signing/sigstore/time-stamp-request.ts";
import { verifyTimestamp } from "../../../src/trust/sigstore/timestamp.ts";
import { boolean, derNull, integer, octetString, oid, sequence } from "../../support/der-writer.ts";
import { rejectsWith } from "../../support/rejects.ts";
import { garbage, status } from "../../support/sigstore/loopback-server.ts";
import { sha256 } from "../../support/sigstore/octets.ts";
import { startServers } from "../../support/sigstore/servers.ts";
import { HASH_OIDS } from "../../support/sigstore/timestamp-authority.ts";
import { http, trustOf } from "../../support/sigstore/clients.ts";

const servers = await startServers();
after(() => servers.stop());
beforeEach(() => servers.reset());

const signature = randomBytes(70);
const ask = (): Promise<Uint8Array> => requestTimestamp(http, servers.urls().tsa, signature);

/** The right digest under the name of another hash. */
const imprintOf = (hash: keyof typeof HASH_OIDS): Uint8Array =>
  sequence(sequence(oid(HASH_OIDS[hash]), derNull()), octetString(sha256(signature)));

suite("a timestamp authority", () => {
  test("stamps a signature, so that its time is known to those who trust the authority", async () => {
    const { authority } = await verifyTimestamp(await ask(), signature, trustOf(servers).root.timestampAuthorities);
    assert.equal(authority, "https://tsa.test");
  });

  test("is asked by a nonce that is never the same", async () => {
    await ask();
    await ask();
    const [one, two] = servers.requests.map(({ body }) => body.toString("hex"));
    assert.notEqual(one, two);
    assert.equal(servers.requests[0]!.headers["content-type"], "application/timestamp-query");
  });

  test("is not believed where it answers something else", async () => {
    const misdeeds: [typeof servers.misdeeds.tsa, RegExp][] = [
      [{ nonce: 7n }, /nonce/],
      [{ nonce: null }, /nonce/],
      [{ tamperImprint: (digest) => digest.map((byte) => byte ^ 1) }, /not for this signature/],
      [{ tamperTstInfo: (parts) => ({ ...parts, messageImprint: imprintOf("sha512") }) }, /not for this signature/],
      [{ status: 2 }, /status is 2/],
      [{ tamper: (response) => response.subarray(1) }, /DER/],
    ];
    for (const [misdeed, reason] of misdeeds) {
      servers.misdeeds.tsa = misdeed;
      assert.match((await rejectsWith("SERVER_ANSWER", ask)).message, reason);
    }
    servers.misdeeds.tsa = {};
    servers.tsa.fail(garbage());
    await rejectsWith("SERVER_ANSWER", ask);
  });

  test("that refuses or fails says so", async () => {
    servers.tsa.fail(status(415));
    await rejectsWith("SERVER_REFUSED", ask);
    servers.tsa.fail(status(500));
    await rejectsWith("SERVER_UNREACHABLE", ask);
    servers.tsa.fail(status(204));
    await rejectsWith("SERVER_ANSWER", ask);
  });
});

suite("a time-stamp request", () => {
  test("is as RFC 3161 writes it", () => {
    const digest = randomBytes(32);
    const imprint = sequence(sequence(oid(HASH_OIDS.sha256), derNull()), octetString(digest));
    for (const nonce of [0n, 1n, 0x80n, 0x7fn, 0xff00ff00ff00ff00ff00ff00ff00ff00n]) {
      const bytes = Buffer.from(nonce.toString(16).padStart(32, "0"), "hex");
      const expected = sequence(integer(1), imprint, integer(nonce), boolean(true));
      assert.deepEqual(Buffer.from(writeTimestampRequest(digest, positiveInteger(bytes))), Buffer.from(expected));
    }
  });
});
