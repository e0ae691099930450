import assert from "node:assert/strict";
import { suite, test } from "node:test";
import { parseJson } from "../../../src/encoding/json.ts";
import { selectServices } from "../../../src/signing/sigstore/select-services.ts";
import { detectLog, servicesFromUrls } from "../../../src/signing/sigstore/services-from-urls.ts";
import { readSigningConfig, signingConfigFromNode } from "../../../src/signing/sigstore/signing-config.ts";
import type { HttpAnswer, HttpClient } from "../../../src/network/http.ts";
import { rejectsWith } from "../../support/rejects.ts";

const NOW = new Date("2026-06-15T12:00:00Z");
const MEDIA_TYPE = "application/vnd.dev.sigstore.signingconfig.v0.2+json";

interface Change {
  readonly [name: string]: unknown;
}

const service = (url: string, change: Change = {}): Change => ({
  url: `https://${url}.example.com`,
  majorApiVersion: 1,
  validFor: { start: "2026-01-01T00:00:00Z" },
  operator: "example.com",
  ...change,
});

const CONFIG = {
  mediaType: MEDIA_TYPE,
  caUrls: [service("fulcio")],
  oidcUrls: [service("login")],
  rekorTlogUrls: [service("rekor")],
  tsaUrls: [service("tsa")],
  rekorTlogConfig: { selector: "ANY" },
  tsaConfig: { selector: "ANY" },
};

const bytes = (value: unknown): Uint8Array => Buffer.from(JSON.stringify(value));
const read = (change: Change): ReturnType<typeof readSigningConfig> => readSigningConfig(bytes({ ...CONFIG, ...change }));
const logs = (change: Change, now = NOW): string[] =>
  selectServices(read(change), now).logs.map(({ url, version }) => `${new URL(url).host.split(".")[0]} v${version}`);

suite("a signing configuration", () => {
  test("names the services that sign", () => {
    assert.deepEqual(selectServices(read({}), NOW), {
      fulcioUrl: "https://fulcio.example.com",
      oidcIssuer: "https://login.example.com",
      logs: [{ url: "https://rekor.example.com", version: 1 }],
      timestampUrls: ["https://tsa.example.com"],
      otherTimestampUrls: [],
    });
  });

  test("is read out of a client trust configuration", () => {
    const node = parseJson(bytes({ signingConfig: CONFIG }), { what: "trust configuration", shapeCode: "TRUSTED_ROOT_INVALID" });
    assert.deepEqual(signingConfigFromNode(node.require("signingConfig")), read({}));
  });

  test("of the first form holds plain URLs", () => {
    const config = readSigningConfig(
      bytes({
        mediaType: "application/vnd.dev.sigstore.signingconfig.v0.1+json",
        caUrl: "https://fulcio.example.com",
        oidcUrl: "https://login.example.com",
        tlogUrls: ["https://rekor.example.com"],
        tsaUrls: [],
      }),
    );
    assert.deepEqual(selectServices(config, NOW).logs, [{ url: "https://rekor.example.com", version: 1 }]);
  });

  test("is refused where it is malformed", async () => {
    const wrong: Change[] = [
      { mediaType: "application/json" },
      { caUrls: [service("x", { url: "ftp://x.example.com" })] },
      { caUrls: [service("x", { url: 7 })] },
      { caUrls: "https://fulcio.example.com" },
      { caUrls: [service("x", { majorApiVersion: "1" })] },
      { caUrls: [service("x", { majorApiVersion: 1.5 })] },
      { caUrls: [service("x", { validFor: { start: "yesterday" } })] },
      { caUrls: [service("x", { validFor: { start: "2026-02-01T00:00:00Z", end: "2026-01-01T00:00:00Z" } })] },
      { caUrls: Array.from({ length: 257 }, () => service("x")) },
      { rekorTlogConfig: undefined },
      { rekorTlogConfig: { selector: "SOME" } },
      { rekorTlogConfig: { selector: "SOME", count: 1 } },
      { rekorTlogConfig: { selector: "EXACT" } },
      { rekorTlogConfig: { selector: "EXACT", count: 0 } },
      { tsaConfig: { selector: 2 } },
    ];
    for (const change of wrong) {
      const error = await rejectsWith("SIGNING_CONFIG_INVALID", () => read(change));
      assert.doesNotMatch(error.message, /undefined/, JSON.stringify(change));
    }
  });
});

suite("of the services, those are picked", () => {
  test("that are valid now", async () => {
    const past = service("past", { validFor: { start: "2025-01-01T00:00:00Z", end: "2026-06-15T11:59:59Z" } });
    const future = service("future", { validFor: { start: "2026-06-15T12:00:01Z" } });
    assert.deepEqual(logs({ rekorTlogUrls: [past, future, service("now")] }), ["now v1"]);
    assert.deepEqual(logs({ rekorTlogUrls: [past, future, service("now")] }, new Date("2026-07-01T00:00:00Z")), ["future v1"]);
    await rejectsWith("SIGNING_CONFIG_INVALID", () => logs({ rekorTlogUrls: [past, future] }));
    await rejectsWith("SIGNING_CONFIG_INVALID", () => selectServices(read({ caUrls: [future] }), NOW));
  });

  test("of the newest version that is known, and of no other", async () => {
    const [one, two, nine] = [service("one"), service("two", { majorApiVersion: 2 }), service("nine", { majorApiVersion: 9 })];
    assert.deepEqual(logs({ rekorTlogUrls: [one, two, nine] }), ["two v2"]);
    assert.deepEqual(logs({ rekorTlogUrls: [one, { ...two, operator: "other" }], rekorTlogConfig: { selector: "ALL" } }), ["two v2"]);
    await rejectsWith("SIGNING_CONFIG_INVALID", () => logs({ rekorTlogUrls: [nine] }));
  });

  test("that came last, one an operator", () => {
    const older = service("older", { validFor: { start: "2026-01-01T00:00:00Z" } });
    const newer = service("newer", { validFor: { start: "2026-05-01T00:00:00Z" } });
    const other = service("other", { operator: "other" });
    const config = { rekorTlogUrls: [older, other, newer] };
    assert.deepEqual(logs(config), ["newer v1"]);
    assert.deepEqual(logs({ ...config, rekorTlogConfig: { selector: "ALL" } }), ["newer v1", "other v1"]);
  });

  test("of which there are as many as is asked for", async () => {
    const rekorTlogUrls = ["a", "b", "c"].map((name) => service(name, { operator: name }));
    assert.deepEqual(logs({ rekorTlogUrls, rekorTlogConfig: { selector: "EXACT", count: 2 } }), ["a v1", "b v1"]);
    await rejectsWith("SIGNING_CONFIG_INVALID", () => logs({ rekorTlogUrls, rekorTlogConfig: { selector: "EXACT", count: 4 } }));
  });

  test("with a witness that proves the time: a Rekor v2 log does not", async () => {
    const rekorTlogUrls = [service("two", { majorApiVersion: 2 })];
    const without = { tsaUrls: [], tsaConfig: undefined };
    await rejectsWith("SIGNING_CONFIG_INVALID", () => selectServices(read({ rekorTlogUrls, ...without }), NOW));
    assert.deepEqual(selectServices(read(without), NOW).timestampUrls, []);
  });
});

suite("services named by their URLs", () => {
  const answering = (status: number): HttpClient => ({
    async request({ url }): Promise<HttpAnswer> {
      assert.equal(url, "https://log.example.com/sub/api/v1/log");
      return { status, headers: new Map(), body: Buffer.from("{}") };
    },
  });
  const rekorUrl = "https://log.example.com/sub/";

  test("replace those of the configuration", async () => {
    const configured = selectServices(read({}), NOW);
    const urls = { rekorUrl, oidcIssuer: "https://other.example.com" };
    assert.deepEqual(await servicesFromUrls(urls, configured, answering(200)), {
      ...configured,
      oidcIssuer: "https://other.example.com",
      logs: [{ url: rekorUrl, version: 1 }],
    });
  });

  test("say nothing of a log's version: the log is asked", async () => {
    assert.equal((await detectLog(answering(200), rekorUrl)).version, 1);
    for (const status of [404, 405, 501]) assert.equal((await detectLog(answering(status), rekorUrl)).version, 2);
    await rejectsWith("SERVER_UNREACHABLE", () => detectLog(answering(503), rekorUrl));
    await rejectsWith("SERVER_REFUSED", () => detectLog(answering(403), rekorUrl));
  });

  test("are all that is needed, or it is said what is missing", async () => {
    const fulcioUrl = "https://fulcio.example.com";
    const http = answering(404);
    await rejectsWith("SIGNING_CONFIG_INVALID", () => servicesFromUrls({ fulcioUrl }, undefined, http));
    await rejectsWith("SIGNING_CONFIG_INVALID", () => servicesFromUrls({ rekorUrl }, undefined, http));
    await rejectsWith("SIGNING_CONFIG_INVALID", () => servicesFromUrls({ fulcioUrl, rekorUrl }, undefined, http));
    await rejectsWith("USAGE", () => servicesFromUrls({ fulcioUrl: "fulcio.example.com", rekorUrl }, undefined, http));
    const timestampUrl = "https://tsa.example.com/api/v1/timestamp";
    const services = await servicesFromUrls({ fulcioUrl, rekorUrl, timestampUrl }, undefined, http);
    assert.deepEqual(services.timestampUrls, [timestampUrl]);
    assert.deepEqual(services.logs, [{ url: rekorUrl, version: 2 }]);
  });
});
