import assert from "node:assert/strict";
import { suite, test } from "node:test";
import { makeInstance, SIGNED_AT } from "../../support/sigstore/instance.ts";
import type { EntryRecipe, LogEntryJson } from "../../support/sigstore/transparency-log.ts";
import { newKey } from "../../support/x509/make.ts";
import { flipped, refused, verify } from "../../support/sigstore/keyless.ts";

const later = String(SIGNED_AT.getTime() / 1000 + 60);
const withoutPromise = (entry: LogEntryJson): LogEntryJson => ({ ...entry, inclusionPromise: undefined }) as unknown as LogEntryJson;

const BROKEN: readonly [string, EntryRecipe][] = [
  ["was altered", { tamperSet: (set) => flipped(set, -1) }],
  ["is by another key", { setKey: newKey("P-256") }],
  ["is for another time", { tamperEntry: (entry) => ({ ...entry, integratedTime: later }) }],
  ["is for a time, and the entry has none", { tamperEntry: (entry) => ({ ...entry, integratedTime: "0" }) }],
  ["is for no time at all", { integratedTime: 0 }],
  ["is for another index", { tamperEntry: (entry) => ({ ...entry, logIndex: "7" }) }],
  ["is for another log", { tamperSetPayload: (payload) => ({ ...payload, logID: "00".repeat(32) }) }],
  ["is for another body", { tamperSetPayload: (payload) => ({ ...payload, body: "e30=" }) }],
];

suite("a log's promise", () => {
  for (const [what, entry] of BROKEN) {
    test(`is refused where it ${what}`, async () => {
      await refused("INCLUSION_PROMISE_INVALID", { entry });
      // A proof of inclusion and a time from elsewhere do not make up for it.
      await refused("INCLUSION_PROMISE_INVALID", { entry, timestamp: true });
      await refused("INCLUSION_PROMISE_INVALID", { entry, bundleVersion: "0.1" });
    });
  }

  test("is rejected where it is not a signature", () =>
    refused("INCLUSION_PROMISE_INVALID", { entry: { tamperSet: () => Uint8Array.of(1, 2, 3) } }));

  test("is what makes the log's time count: without the promise, no time", async () => {
    const by = makeInstance({ entriesOfOlderTrees: 0 });
    const entry = { tamperEntry: withoutPromise };
    await refused("TIME_UNPROVEN", { entry }, { by });
    const { verifiedAt, evidence } = await verify({ entry, timestamp: true }, { by });
    assert.deepEqual(verifiedAt, { time: SIGNED_AT, source: "timestamp" });
    assert.equal(evidence?.logEntries[0]?.integratedTime, undefined);
  });

  test("is what signs the index in the whole log: without it only the proof's own counts", () =>
    refused("INCLUSION_PROMISE_MISSING", { entry: { tamperEntry: withoutPromise }, timestamp: true }));

  test("may be by a log with a key on P-384, which signs over SHA-256 where the trusted root says so", async () => {
    const change = (root: unknown): unknown => JSON.parse(JSON.stringify(root).replaceAll("P384_SHA_384", "P384_SHA_256"));
    await verify({}, { by: makeInstance({ rekorV1Key: "P-384" }), root: { change } });
  });
});
