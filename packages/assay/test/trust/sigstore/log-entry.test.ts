import { suite, test } from "node:test";
import type { EntryKind, SignedThing } from "../../support/sigstore/entry-bodies.ts";
import { makeInstance, SIGNED_AT } from "../../support/sigstore/instance.ts";
import { base64 } from "../../support/sigstore/octets.ts";
import type { LogEntryJson } from "../../support/sigstore/transparency-log.ts";
import assert from "node:assert/strict";
import { rejectsWith } from "../../support/rejects.ts";
import { spkiOf } from "../../support/x509/make.ts";
import { flipped, instance, refusal, refused, verify, verifyFile } from "../../support/sigstore/keyless.ts";

const FOR_ENVELOPES: readonly EntryKind[] = ["dsse 0.0.1", "intoto 0.0.2", "dsse 0.0.2", "hashedrekord 0.0.2", "hashedrekord 0.0.1"];
const other = instance.sign();

/** What the entry says instead of the truth. The log itself vouches for it: only the comparison can find out. */
const LIES: readonly [string, (thing: SignedThing) => SignedThing][] = [
  ["another signature", (thing) => ({ ...thing, signature: other.signature })],
  ["a signature with other bytes", (thing) => ({ ...thing, signature: flipped(thing.signature, -1) })],
  ["another certificate", (thing) => ({ ...thing, verifier: { certificate: other.leaf.der } })],
  ["the certificate's bare key", (thing) => ({ ...thing, verifier: { publicKey: spkiOf(other.leaf.privateKey) } })],
  ["other content", (thing) => ({ ...thing, digest: flipped(thing.digest), payload: flipped(thing.payload) })],
];

suite("a log entry is for the bundle's signature and nothing else", () => {
  for (const kind of FOR_ENVELOPES) {
    for (const [what, tamperLogged] of LIES) {
      test(`${kind}: not for ${what}`, () => refused("LOG_ENTRY_MISMATCH", { rekor: kind, tamperLogged }));
    }
  }
  for (const kind of ["hashedrekord 0.0.1", "hashedrekord 0.0.2"] as const) {
    test(`${kind}: not for another file`, async () => {
      const request = { rekor: kind, tamperLogged: LIES[4]![1] };
      await rejectsWith("LOG_ENTRY_MISMATCH", () => verifyFile(Buffer.from("weights"), request));
    });
  }
  for (const kind of ["dsse 0.0.1", "dsse 0.0.2", "intoto 0.0.2"] as const) {
    test(`${kind}: not for an envelope where the bundle signs a file`, async () => {
      await rejectsWith("LOG_ENTRY_MISMATCH", () => verifyFile(Buffer.from("weights"), { rekor: kind }));
    });
  }
  for (const kind of ["dsse 0.0.1", "dsse 0.0.2"] as const) {
    test(`${kind}: with one signature`, async () => {
      const withSignatures = (change: (list: unknown[]) => unknown[]) => (body: Record<string, unknown>) => {
        const text = JSON.stringify(body);
        const list = (JSON.parse(/"signatures":(\[.*?\])/.exec(text)?.[1] ?? "[]") as unknown[]) ?? [];
        return JSON.parse(text.replace(/"signatures":\[.*?\]/, `"signatures":${JSON.stringify(change(list))}`)) as unknown;
      };
      for (const change of [(list: unknown[]) => [...list, ...list], () => []]) {
        await refused("LOG_ENTRY_MISMATCH", { rekor: kind, entry: { tamperBody: withSignatures(change) } });
      }
    });
  }
  test("every entry must hold, not only one", () =>
    refused("LOG_ENTRY_MISMATCH", {
      rekor: ["dsse 0.0.1", "hashedrekord 0.0.2"],
      tamperLogged: (thing) => ({ ...thing, digest: flipped(thing.digest) }),
    }));
});

suite("a log entry's body", () => {
  const withKind = (kind: string, version: string) => (entry: LogEntryJson) => ({ ...entry, kindVersion: { kind, version } });

  test("is of the kind and version that the entry says", async () => {
    await refused("LOG_ENTRY_INVALID", { entry: { tamperEntry: withKind("hashedrekord", "0.0.1") } });
    await refused("LOG_ENTRY_INVALID", { entry: { tamperEntry: withKind("dsse", "0.0.2") } });
    await refused("LOG_ENTRY_INVALID", { entry: { tamperBody: (body) => ({ ...body, apiVersion: "0.0.2" }) } });
  });

  test("is of a known kind; another cannot be checked", async () => {
    for (const [kind, apiVersion] of [
      ["hashedrekord", "0.0.3"],
      ["rfc3161", "0.0.1"],
      ["dsse", "1.0.0"],
      ["intoto", "0.0.1"],
    ] as const) {
      const tamperBody = (body: Record<string, unknown>): unknown => ({ ...body, kind, apiVersion });
      const error = await refusal("LOG_ENTRY_UNKNOWN", { entry: { tamperBody, tamperEntry: withKind(kind, apiVersion) } });
      assert.equal(error.outcome, "incomplete");
    }
  });

  test("is whole: the right fields, of the right types", async () => {
    for (const kind of FOR_ENVELOPES) {
      for (const spec of [undefined, null, {}, [], "spec"]) {
        await refused("LOG_ENTRY_INVALID", { rekor: kind, entry: { tamperBody: (body) => ({ ...body, spec }) } });
      }
      const shortened = (body: Record<string, unknown>): unknown =>
        JSON.parse(JSON.stringify(body).replace(/"(value|digest)":"[^"]{8}/g, '"$1":"'));
      const code = kind.endsWith("rekord 0.0.2") || kind === "dsse 0.0.2" ? "LOG_ENTRY_MISMATCH" : "LOG_ENTRY_INVALID";
      await refused(code, { rekor: kind, entry: { tamperBody: shortened } });
    }
  });

  const changed = (change: (text: string) => string) => (body: Record<string, unknown>) =>
    JSON.parse(change(JSON.stringify(body))) as unknown;

  test("names one certificate or key, not both", () =>
    refused("LOG_ENTRY_INVALID", {
      rekor: "dsse 0.0.2",
      entry: { tamperBody: changed((text) => text.replace(/"x509Certificate":(\{.*?\})/, '"x509Certificate":$1,"publicKey":$1')) },
    }));

  test("holds one certificate in PEM", () => {
    const twice = (text: string): string =>
      text.replace(/"verifier":"(.*?)"/, (_, pem: string) => {
        const block = Buffer.from(pem, "base64").toString();
        return `"verifier":"${Buffer.from(block + block).toString("base64")}"`;
      });
    return refused("LOG_ENTRY_INVALID", { rekor: "dsse 0.0.1", entry: { tamperBody: changed(twice) } });
  });

  test("has digests in lower case", () => {
    const upper = (text: string): string => text.replace(/"value":"(.*?)"/g, (_, hex: string) => `"value":"${hex.toUpperCase()}"`);
    return refused("LOG_ENTRY_INVALID", { rekor: "dsse 0.0.1", entry: { tamperBody: changed(upper) } });
  });

  test("is strict JSON", async () => {
    await refused("JSON_SYNTAX", { entry: { tamperBodyBytes: (body) => body.subarray(0, -1) } });
    await refused("JSON_ENCODING", { entry: { tamperBodyBytes: () => Uint8Array.of(0xff, 0xfe) } });
    const twice = (body: Uint8Array): Uint8Array =>
      Buffer.from(Buffer.from(body).toString().replace('{"apiVersion"', '{"apiVersion":"0.0.1","apiVersion"'));
    await refused("JSON_DUPLICATE_KEY", { entry: { tamperBodyBytes: twice } });
  });

  test("does not name its algorithm by one that is too weak", () =>
    refused("LOG_ENTRY_INVALID", {
      entry: { tamperBody: (body) => JSON.parse(JSON.stringify(body).replaceAll('"sha256"', '"sha1"')) as unknown },
    }));
});

suite("a log", () => {
  const before = { start: new Date("2025-01-01T00:00:00Z"), end: new Date("2026-06-15T11:59:59Z") };
  const after = { start: new Date("2026-06-15T12:00:01Z") };

  test("is one of the trusted root", async () => {
    const unrelated = makeInstance();
    const without = { root: { change: (root: { tlogs: unknown[] }) => ({ ...root, tlogs: [] }) } };
    await refused("LOG_UNKNOWN", {}, without);
    await refused("LOG_UNKNOWN", { rekor: "v2" }, without);
    await refused("LOG_UNKNOWN", {
      entry: { tamperEntry: (entry) => ({ ...entry, logId: { keyId: base64(unrelated.rekorV1.log.logId) } }) },
    });
    await refused("LOG_UNKNOWN", { entry: { tamperEntry: (entry) => ({ ...entry, logId: undefined }) as unknown as LogEntryJson } });
  });

  test("that is unknown is incomplete where the trusted root may be outdated", async () => {
    const root = { change: (json: { tlogs: unknown[] }) => ({ ...json, tlogs: [] }) };
    for (const kind of ["shipped", "cached"] as const) {
      const error = await refusal("TRUST_ROOT_STALE", {}, { root, source: { kind, isCurrent: false, problem: "no network" } });
      assert.equal(error.outcome, "incomplete");
      assert.match(error.message, /no network/);
    }
  });

  test("was trusted when it took the entry", async () => {
    for (const tlogs of [before, after]) {
      await refused("LOG_UNKNOWN", {}, { root: { validFor: { tlogs } } });
      await refused("LOG_UNKNOWN", { rekor: "v2" }, { root: { validFor: { tlogs } } });
    }
    await verify({}, { root: { validFor: { tlogs: { start: SIGNED_AT, end: SIGNED_AT } } } });
  });

  test("has an entry in the bundle", async () => {
    await refused("LOG_ENTRY_MISSING", { rekor: [] });
    await refused("LOG_ENTRY_MISSING", { rekor: [], timestamp: true });
  });
});
