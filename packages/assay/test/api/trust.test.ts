import assert from "node:assert/strict";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { suite, test } from "node:test";
import {
  exportTrust,
  httpClient,
  initTrust,
  showTrust,
  updateTrust,
  type InstanceQuestion,
  type PrivateInstance,
} from "../../src/index.ts";
import { encodePem } from "../../src/encoding/pem.ts";
import { rejectsWith } from "../support/rejects.ts";
import { startMirror, type Mirror } from "../support/roots/mirror.ts";
import { makeInstance, signingConfigJson, trustedRootJson } from "../support/roots/trusted-roots.ts";
import { firstRoot, recipe, tufFiles } from "../support/roots/tuf-repository.ts";
import { temporaryFolder } from "../support/temporary-folder.ts";

const NOW = new Date("2026-11-24T12:00:00Z");

/** A private instance with a TUF repository on this machine, and the question that names it. */
async function repository(): Promise<{ readonly cwd: string; readonly mirror: Mirror; readonly question: InstanceQuestion }> {
  const cwd = temporaryFolder();
  const files = tufFiles(recipe({ "trusted_root.json": trustedRootJson(), "signing_config.v0.2.json": signingConfigJson() }));
  const mirror = await startMirror(files);
  writeFileSync(join(cwd, "tuf-root.json"), firstRoot(files));
  const http = httpClient({ environment: {} });
  return {
    cwd,
    mirror,
    question: { repository: { url: mirror.url, root: "tuf-root.json" }, cacheFolder: join(cwd, "cache"), http, now: NOW, cwd },
  };
}

suite("a trusted root, asked for in the library", () => {
  test("is shown without a network, with every log and authority", async () => {
    const { mirror, question } = await repository();
    await rejectsWith("TRUST_UNAVAILABLE", () => showTrust(question));
    await updateTrust(question);
    mirror.asked.length = 0;
    const { source, members } = await showTrust(question);
    assert.equal(source.kind, "cached");
    assert.deepEqual(new Set(members.map(({ role }) => role)), new Set(["log", "certificate-authority", "ct-log", "timestamp-authority"]));
    assert.deepEqual(mirror.asked, []);
  });

  test("is updated with one question to the repository, and compared with the one in use before", async () => {
    const { mirror, question } = await repository();
    const first = await updateTrust(question);
    assert.deepEqual([first.isUpdated, first.isFirst, first.changes], [true, true, []]);
    mirror.asked.length = 0;
    const second = await updateTrust(question);
    assert.deepEqual([second.isUpdated, second.isFirst, second.changes], [true, false, []]);
    assert.equal(mirror.asked.filter((path) => path === "/timestamp.json").length, 1);

    mirror.files = new Map();
    const third = await updateTrust(question);
    assert.deepEqual([third.isUpdated, third.isFirst, third.source.kind], [false, false, "cached"]);
    assert.match(third.source.problem ?? "", /404|timestamp|root/);
  });

  test("is exported newest or not at all, and as cached where that is asked for", async () => {
    const { cwd, mirror, question } = await repository();
    const exported = await exportTrust("root.json", question);
    assert.deepEqual([exported.written.path, exported.written.canSign, exported.written.isReplaced], [join(cwd, "root.json"), true, false]);
    assert.equal(exported.written.size, readFileSync(join(cwd, "root.json")).length);
    await rejectsWith("OUTPUT_EXISTS", () => exportTrust("root.json", question));

    mirror.files = new Map();
    await rejectsWith("TRUST_UNAVAILABLE", () => exportTrust("again.json", question));
    assert.equal((await exportTrust("again.json", { ...question, offline: true })).source.kind, "cached");
    assert.equal((await exportTrust("again.json", { ...question, offline: true, force: true })).written.isReplaced, true);
  });

  test("of a private instance is written, and read as it will be used", async () => {
    const made = makeInstance();
    const pem = (certificates: readonly { readonly pem: string }[]): Uint8Array =>
      Buffer.from(certificates.map((one) => one.pem).join("\n"));
    const key = (spki: Uint8Array): Uint8Array => Buffer.from(encodePem("PUBLIC KEY", spki));
    const instance: PrivateInstance = {
      certificateAuthority: { url: "https://fulcio.example.com", chain: [pem(made.fulcio)] },
      log: { url: "https://rekor.example.com", key: key(made.rekor) },
      ctLog: { url: "https://ct.example.com", key: made.ct },
      timestampAuthority: { url: "https://tsa.example.com", chain: [pem(made.tsa)] },
      issuer: "https://oidc.example.com",
    };
    const cwd = temporaryFolder();
    const { members, written } = await initTrust("acme.json", instance, { cwd, now: NOW });
    assert.deepEqual([members.length, written.canSign], [4, true]);
    assert.deepEqual((await showTrust({ trustConfig: "acme.json", cwd })).members, members);
    await rejectsWith("USAGE", () => initTrust("other.json", { ...instance, issuer: "oidc.example.com" }, { cwd, now: NOW }));
  });
});
