import assert from "node:assert/strict";
import { suite, test } from "node:test";
import { octetString } from "../../support/der-writer.ts";
import { leafIndexExtension, makeCtLog, type SctRecipe, signSct } from "../../support/sigstore/ct-log.ts";
import { contentOf } from "../../support/sigstore/der-children.ts";
import { ALICE, ISSUER, makeInstance, SIGNED_AT } from "../../support/sigstore/instance.ts";
import { issueLeaf } from "../../support/sigstore/certificate-authority.ts";
import { vector } from "../../support/sigstore/octets.ts";
import { parseCertificate } from "../../../src/trust/x509/certificate.ts";
import { type SignedCertificateTimestamp, verifyCertificateLogged } from "../../../src/trust/sigstore/sct.ts";
import { rejectsWith } from "../../support/rejects.ts";
import { newKey } from "../../support/x509/make.ts";
import { flipped, instance, refusal, refused, trustOf, verify } from "../../support/sigstore/keyless.ts";

const unrelated = makeCtLog();
const beforeIt = { start: new Date("2025-01-01T00:00:00Z"), end: new Date("2026-06-15T11:59:59Z") };

suite("a certificate's timestamps", () => {
  test("are there", () => refused("SCT_MISSING", { scts: null }));
  test("are at least one", () => refused("SCT_MISSING", { scts: [] }));

  const broken: readonly [string, SctRecipe][] = [
    ["is signed by another key in the log's name", { log: { ...unrelated, logId: instance.ctLog.logId } }],
    ["has an altered signature", { tamperSignature: (signature) => flipped(signature, -1) }],
    ["is for a certificate of another issuer", { issuerKeyHash: new Uint8Array(32) }],
    ["is for another certificate", { tamperSigned: (bytes) => flipped(bytes, 100) }],
    ["has another time than the log signed", { tamper: (sct) => flipped(sct, 40) }],
    ["has other extensions than the log signed", { extensions: leafIndexExtension(5), tamper: (sct) => flipped(sct, 50) }],
    [
      "has had its extensions removed",
      { extensions: leafIndexExtension(5), tamper: (sct) => Buffer.concat([sct.subarray(0, 41), Uint8Array.of(0, 0), sct.subarray(51)]) },
    ],
    ["says that it was made with another algorithm", { algorithms: [4, 1] }],
    ["says that it was made with SHA-1", { algorithms: [2, 3] }],
    ["is of a later version", { version: 1 }],
    ["says that it is of a later version than was signed", { tamper: (sct) => sct.with(0, 1) }],
    ["continues after its end", { tamper: (sct) => Buffer.concat([sct, Uint8Array.of(0)]) }],
    ["ends too early", { tamper: (sct) => sct.subarray(0, -1) }],
  ];
  for (const [what, recipe] of broken) {
    test(`are refused where one ${what}`, async () => {
      await refused("SCT_INVALID", { scts: [recipe] });
      // A good one beside it does not excuse it.
      await refused("SCT_INVALID", { scts: [{}, recipe] });
    });
  }

  test("are rejected where one has a signature that is not DER", () =>
    refused("SCT_INVALID", { scts: [{ tamperSignature: () => Uint8Array.of(1, 2, 3) }] }));

  test("are a list that is well formed", async () => {
    const inside = (change: (content: Uint8Array) => Uint8Array) => (list: Uint8Array) => octetString(change(contentOf(list)));
    for (const tamperSctList of [
      () => Uint8Array.of(0x04, 0x00),
      (list: Uint8Array) => Buffer.concat([list, Uint8Array.of(0)]),
      contentOf,
      inside((content) => Buffer.concat([content, Uint8Array.of(0)])),
      inside((content) => content.subarray(0, -1)),
      inside((content) => content.with(1, content[1]! - 1)),
      () => octetString(vector(vector(new Uint8Array(), 2), 2)),
    ]) {
      await refused("SCT_INVALID", { tamperSctList });
    }
  });

  test("are at most 32", async () => {
    const unknown = Array.from({ length: 31 }, () => ({ log: unrelated }));
    await verify({ scts: [...unknown, {}] });
    await refused("SCT_INVALID", { scts: [...unknown, {}, {}] });
  });

  test("of an untrusted log count for nothing, and do no harm", async () => {
    await refused("CT_LOG_UNKNOWN", { scts: [{ log: unrelated }] });
    const { evidence } = await verify({ scts: [{ log: unrelated }, {}] });
    assert.equal(evidence?.certificateLogs.length, 1);
  });

  test("of a log that was not trusted at their time count for nothing", async () => {
    await refused("CT_LOG_UNKNOWN", {}, { root: { validFor: { ctlogs: beforeIt } } });
    await refused("CT_LOG_UNKNOWN", {}, { root: { validFor: { ctlogs: { start: new Date("2026-06-15T12:00:01Z") } } } });
    await verify({}, { root: { validFor: { ctlogs: { start: SIGNED_AT, end: SIGNED_AT } } } });
    await verify({ scts: [{ at: beforeIt.end }] }, { root: { validFor: { ctlogs: beforeIt } } });
  });

  test("of an unknown log are incomplete where the trusted root may be outdated", async () => {
    const error = await refusal("TRUST_ROOT_STALE", { scts: [{ log: unrelated }] }, { source: { kind: "shipped", isCurrent: false } });
    assert.equal(error.outcome, "incomplete");
  });

  test("may carry a static log's index, which is signed with them", async () => {
    await verify({ scts: [{ extensions: leafIndexExtension(2 ** 40 - 1) }] });
  });

  for (const kind of [2048, "Ed25519"] as const) {
    test(`may be by a log with a key ${kind}`, async () => {
      const by = makeInstance({ ctKey: kind });
      await verify(kind === "Ed25519" ? { scts: [{ algorithms: [8, 7] }] } : {}, { by });
      await refused("SCT_INVALID", { scts: [{ algorithms: [4, 3] }] }, { by });
    });
  }
  for (const kind of ["P-384", "P-521"] as const) {
    test(`may be by a log with a key ${kind}, which signs over SHA-256 all the same`, async () => {
      await verify({}, { by: makeInstance({ ctKey: kind }) });
    });
  }
});

suite("timestamps beside a certificate", () => {
  const { ca, ctLog } = instance;
  const leaf = issueLeaf(ca, ctLog, { identity: { email: ALICE }, issuer: ISSUER, at: SIGNED_AT, key: newKey("P-256"), scts: null });
  const detached = (recipe: SctRecipe = {}): SignedCertificateTimestamp => {
    const { logId, at, extensions, signed } = signSct({ certificate: leaf.der }, ctLog, SIGNED_AT, recipe);
    const timestamp = new Uint8Array(8);
    new DataView(timestamp.buffer).setBigUint64(0, BigInt(at.getTime()));
    return { logId, timestamp, extensions, hashAlgorithm: signed[0]!, signatureAlgorithm: signed[1]!, signature: signed.subarray(4) };
  };
  const logged = (scts: readonly SignedCertificateTimestamp[]): Promise<unknown> => {
    const { ctLogs } = trustOf().material.root;
    return verifyCertificateLogged(parseCertificate(leaf.der), parseCertificate(ca.intermediate.der), ctLogs, scts);
  };

  test("are over the whole certificate", async () => {
    assert.deepEqual(await logged([detached()]), [{ log: "https://ct.test", time: SIGNED_AT }]);
    await logged([detached({ extensions: leafIndexExtension(9) })]);
  });
  test("are there, by a known log, and hold", async () => {
    await rejectsWith("SCT_MISSING", () => logged([]));
    await rejectsWith("CT_LOG_UNKNOWN", () => logged([detached({ log: unrelated })]));
    await rejectsWith("SCT_INVALID", () => logged([detached({ tamperSigned: (bytes) => flipped(bytes, 30) })]));
    await rejectsWith("SCT_INVALID", () => logged([detached(), detached({ log: { ...unrelated, logId: ctLog.logId } })]));
  });
});
