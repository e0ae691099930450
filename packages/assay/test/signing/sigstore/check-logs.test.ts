import assert from "node:assert/strict";
import { after, beforeEach, suite, test } from "node:test";
import type { TrustMaterial } from "../../../src/trust/sigstore/trust-source.ts";
import { checkLogs } from "../../../src/signing/sigstore/check-logs.ts";
import { rejectsWith } from "../../support/rejects.ts";
import { makeInstance } from "../../support/sigstore/instance.ts";
import { status } from "../../support/sigstore/loopback-server.ts";
import { startServers } from "../../support/sigstore/servers.ts";
import { http, trustOf } from "../../support/sigstore/clients.ts";

const servers = await startServers();
after(() => servers.stop());
beforeEach(() => servers.reset());

const other = makeInstance();
const LOGS = { rekorV1: 1, rekorV2: 2 } as const;
type Name = keyof typeof LOGS;

const check = (name: Name, trust: TrustMaterial, now = new Date()): Promise<void> =>
  checkLogs(http, [{ url: servers.urls()[name], version: LOGS[name] }], trust, now);

/** The root of these servers, each log listed under the address at which it answers. */
function listed(change: (log: TrustMaterial["root"]["logs"][number]) => object = () => ({})): TrustMaterial {
  const trust = trustOf(servers);
  const urls = [servers.urls().rekorV1, servers.urls().rekorV2];
  const logs = trust.root.logs.map((log, at) => ({ ...log, baseUrl: urls[at] ?? log.baseUrl, ...change(log) }));
  return { ...trust, root: { ...trust.root, logs } };
}

suite("before anything is public, a log", () => {
  for (const name of ["rekorV1", "rekorV2"] as const) {
    test(`passes where the trusted root lists its key, under whatever address: ${name}`, async () => {
      await check(name, trustOf(servers));
      await check(name, listed());
      assert.ok(servers.requests.every(({ method }) => method === "GET"));
    });

    test(`is refused where the trusted root does not list it: ${name}`, async () => {
      const foreign = trustOf({ ...servers, instance: other });
      const error = await rejectsWith("LOG_UNKNOWN", () => check(name, foreign));
      assert.match(error.message, /^nothing was signed, and nothing is public: the trusted root trusted_root\.json does not list it/);
      assert.equal(error.outcome, "usage");
      const old = { ...foreign, source: { ...foreign.source, isCurrent: false } };
      await rejectsWith("TRUST_ROOT_STALE", () => check(name, old));
    });

    test(`is refused where its time in the trusted root is over, or has not begun: ${name}`, async () => {
      const end = new Date(Date.now() - 86_400_000);
      const ended = listed(({ validFor }) => ({ validFor: { ...validFor, end } }));
      assert.match((await rejectsWith("LOG_UNKNOWN", () => check(name, ended))).message, new RegExp(`until ${end.toISOString()} only`));
      const start = new Date(Date.now() + 86_400_000);
      const future = listed(() => ({ validFor: { start, end: undefined } }));
      assert.match((await rejectsWith("LOG_UNKNOWN", () => check(name, future))).message, /from .* on only/);
    });
  }

  test("of version 2 is refused where the trusted root has another origin for it, and the message names its own", async () => {
    const renamed = listed(() => ({ checkpointKeyId: new Uint8Array(32) }));
    const error = await rejectsWith("LOG_UNKNOWN", () => check("rekorV2", renamed));
    assert.match(error.message, /lists it with another key or origin: the origin in its checkpoints is \S+ /);
    assert.equal(error.remedy, "name-log-origin");
  });

  test("of version 2 that serves no checkpoint passes where the trusted root lists its address, and only there", async () => {
    servers.rekorV2.fail(status(404));
    await check("rekorV2", listed());
    await rejectsWith("LOG_UNKNOWN", () => check("rekorV2", trustOf(servers)));
  });

  test("that cannot be asked is told at once", async () => {
    servers.rekorV2.fail(status(503));
    await rejectsWith("SERVER_UNREACHABLE", () => check("rekorV2", listed()));
    servers.rekorV2.fail({ fault: { kind: "answer", answer: { status: 200, body: "no checkpoint" } } });
    await rejectsWith("SERVER_ANSWER", () => check("rekorV2", listed()));
  });
});
