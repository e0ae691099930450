import { suite, test } from "node:test";
import assert from "node:assert/strict";
import { makeInstance, SIGNED_AT } from "../../support/sigstore/instance.ts";
import { refusal, refused, verify } from "../../support/sigstore/keyless.ts";

const seconds = (count: number): Date => new Date(SIGNED_AT.getTime() + count * 1000);
const epoch = (date: Date): number => date.getTime() / 1000;

suite("the time for which a keyless certificate is checked", () => {
  test("is the log's, where it signed one", async () => {
    const integratedTime = epoch(seconds(599));
    const { verifiedAt } = await verify({ entry: { integratedTime } });
    assert.deepEqual(verifiedAt, { time: seconds(599), source: "log" });
    await refused("CERTIFICATE_EXPIRED", { entry: { integratedTime: epoch(seconds(601)) } });
    await refused("CERTIFICATE_NOT_YET_VALID", { entry: { integratedTime: epoch(seconds(-1)) } });
  });

  test("is the timestamp authority's, where the log signs none", async () => {
    const { verifiedAt } = await verify({ rekor: "v2", timestamp: { at: seconds(599) } });
    assert.deepEqual(verifiedAt, { time: seconds(599), source: "timestamp" });
    await refused("CERTIFICATE_EXPIRED", { rekor: "v2", timestamp: { at: seconds(601) } });
    await refused("CERTIFICATE_NOT_YET_VALID", { rekor: "v2", timestamp: { at: seconds(-1) } });
  });

  test("is every time that is proven: one good time does not make up for a bad one", async () => {
    await refused("CERTIFICATE_EXPIRED", { timestamp: { at: seconds(601) } });
    await refused("CERTIFICATE_EXPIRED", { entry: { integratedTime: epoch(seconds(601)) }, timestamp: true });
    await refused("CERTIFICATE_NOT_YET_VALID", { timestamp: [{}, { at: seconds(-1) }] });
  });

  test("is never what a log says without signing it", async () => {
    await refused("TIME_UNPROVEN", { rekor: "v2", timestamp: false });
    await refused("TIME_UNPROVEN", { rekor: "v2", timestamp: false, entry: { integratedTime: epoch(SIGNED_AT) } });
    const { verifiedAt } = await verify({ rekor: "v2", timestamp: { at: seconds(5) }, entry: { integratedTime: epoch(seconds(-5)) } });
    assert.deepEqual(verifiedAt, { time: seconds(5), source: "timestamp" });
  });

  test("is not an unknown witness's", async () => {
    const unrelated = makeInstance();
    await refused("TIMESTAMP_AUTHORITY_UNKNOWN", { rekor: "v2", timestamp: { authority: unrelated.tsa } });
    const { evidence } = await verify({ rekor: "v2", timestamp: [{ authority: unrelated.tsa, at: seconds(-5) }, {}] });
    assert.equal(evidence?.timestamps.length, 1);
    const error = await refusal(
      "TRUST_ROOT_STALE",
      { rekor: "v2", timestamp: { authority: unrelated.tsa } },
      { source: { kind: "shipped", isCurrent: false } },
    );
    assert.equal(error.outcome, "incomplete");
  });
});
