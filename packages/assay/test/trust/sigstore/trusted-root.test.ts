import assert from "node:assert/strict";
import { suite, test } from "node:test";
import { readTrustedRoot } from "../../../src/trust/sigstore/trusted-root.ts";
import { rejectsWith } from "../../support/rejects.ts";
import { makeInstance } from "../../support/sigstore/instance.ts";
import type { TrustedRootJson } from "../../support/sigstore/trusted-root.ts";
import { instance, refused, verify } from "../../support/sigstore/keyless.ts";

const bytes = (value: unknown): Uint8Array => new TextEncoder().encode(JSON.stringify(value));
type Loose = Record<string, any>; // oxlint-disable-line typescript/no-explicit-any -- a document to break

/** A trusted root with one thing changed. */
function altered(change: (root: Loose) => unknown): Uint8Array {
  const root = JSON.parse(JSON.stringify(instance.trustedRoot())) as Loose;
  return bytes(change(root) ?? root);
}

const BROKEN: readonly [string, (root: Loose) => unknown][] = [
  ["is a list", () => []],
  ["has no media type", (root) => void delete root["mediaType"]],
  ["is of another media type", (root) => void (root["mediaType"] = "application/json")],
  ["is of a later version", (root) => void (root["mediaType"] = "application/vnd.dev.sigstore.trustedroot.v9+json")],
  ["has logs that are not a list", (root) => void (root["tlogs"] = {})],
  ["has a log without a key", (root) => void delete root["tlogs"][0].publicKey],
  ["has a log whose key has no bytes", (root) => void delete root["tlogs"][0].publicKey.rawBytes],
  ["has a log whose key is not base64", (root) => void (root["tlogs"][0].publicKey.rawBytes = "?")],
  ["has a log without a number", (root) => void delete root["ctlogs"][0].logId],
  ["has a log that was always valid", (root) => void delete root["tlogs"][0].publicKey.validFor],
  ["has a log whose validity has no start", (root) => void delete root["tlogs"][0].publicKey.validFor.start],
  ["has a log whose validity starts at no time", (root) => void (root["ctlogs"][0].publicKey.validFor.start = "yesterday")],
  ["has a log whose validity starts at a time in another form", (root) => void (root["ctlogs"][0].publicKey.validFor.start = "2025-01-01")],
  ["has a log whose validity ends before it starts", (root) => void (root["tlogs"][0].publicKey.validFor.end = "2000-01-01T00:00:00Z")],
  [
    "has a log whose validity ends on a day that does not exist",
    (root) => void (root["tlogs"][0].publicKey.validFor.end = "2030-02-30T25:00:00Z"),
  ],
  ["has an authority without certificates", (root) => void (root["certificateAuthorities"][0].certChain.certificates = [])],
  ["has an authority without a chain", (root) => void delete root["timestampAuthorities"][0].certChain],
  ["has an authority that was always valid", (root) => void delete root["certificateAuthorities"][0].validFor],
  ["has an authority whose validity has no start", (root) => void delete root["timestampAuthorities"][0].validFor.start],
  ["has more logs than anybody", (root) => void (root["tlogs"] = Array.from({ length: 300 }, () => root["tlogs"][0] as unknown))],
];

suite("a trusted root", () => {
  for (const [what, change] of BROKEN) {
    test(`is refused where it ${what}`, async () => {
      await rejectsWith("TRUSTED_ROOT_INVALID", () => readTrustedRoot(altered(change)));
    });
  }

  test("is strict JSON", async () => {
    await rejectsWith("JSON_SYNTAX", () => readTrustedRoot(Buffer.from("{")));
    await rejectsWith("JSON_DUPLICATE_KEY", () => readTrustedRoot(Buffer.from('{"mediaType":"a","mediaType":"b"}')));
  });

  test("lists all logs and authorities, and says when each may be believed", () => {
    const root = readTrustedRoot(bytes(instance.trustedRoot({ validFor: { tlogs: { end: new Date("2030-01-01T00:00:00Z") } } })));
    assert.deepEqual(
      root.logs.map(({ baseUrl }) => baseUrl),
      ["https://rekor.test", "https://rekor2.test"],
    );
    assert.deepEqual(root.logs[0]?.validFor, { start: new Date("2025-01-01T00:00:00Z"), end: new Date("2030-01-01T00:00:00Z") });
    assert.equal(root.certificateAuthorities[0]?.certificates.length, 2);
    assert.equal(root.ctLogs.length + root.timestampAuthorities.length, 2);
  });

  test("may know more than one instance", async () => {
    const other = makeInstance();
    await verify({}, { root: { besides: [other] } });
    await verify({ rekor: "v2" }, { by: other, root: { besides: [instance] } });
  });

  test("mixes nothing up between instances: each signature needs every one of its own", async () => {
    const other = makeInstance();
    for (const [member, code] of [
      ["tlogs", "LOG_UNKNOWN"],
      ["ctlogs", "CT_LOG_UNKNOWN"],
      ["certificateAuthorities", "CERTIFICATE_PATH_NOT_FOUND"],
      ["timestampAuthorities", "TIMESTAMP_AUTHORITY_UNKNOWN"],
    ] as const) {
      const change = (root: TrustedRootJson): unknown => ({ ...root, [member]: other.trustedRoot()[member] });
      await refused(code, { rekor: "v2" }, { root: { change } });
    }
  });

  test("may hold keys that are not understood, as long as they are not needed", async () => {
    const strange = {
      baseUrl: "https://next.test",
      hashAlgorithm: "SHA2_256",
      publicKey: { rawBytes: "AAAA", keyDetails: "ML_DSA_65", validFor: { start: "2025-01-01T00:00:00Z" } },
      logId: { keyId: "AAAA" },
    };
    await verify({}, { root: { change: (root) => ({ ...root, tlogs: [strange, ...root.tlogs], ctlogs: [strange, ...root.ctlogs] }) } });
  });
});
