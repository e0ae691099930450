import assert from "node:assert/strict";
import { mkdirSync, readdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { after, beforeEach, suite, test } from "node:test";
import { givenToken, type IdentitySource } from "../../../src/oidc/identity-source.ts";
import { sign } from "../../../src/api/sign.ts";
import { type KeylessSigner, keylessSigner } from "../../../src/signing/sigstore/keyless-signer.ts";
import { selectServices } from "../../../src/signing/sigstore/select-services.ts";
import { readSigningConfig } from "../../../src/signing/sigstore/signing-config.ts";
import { rejectsWith } from "../../support/rejects.ts";
import type { TrustedRootRecipe } from "../../support/sigstore/instance.ts";
import { startServers } from "../../support/sigstore/servers.ts";
import { temporaryFolder } from "../../support/temporary-folder.ts";
import { http, trustOf } from "../../support/sigstore/clients.ts";

const servers = await startServers();
after(() => servers.stop());
beforeEach(() => servers.reset());

const PUBLIC = /the signature is in the transparency log already, under the index \d+$/;

function signerWith(change: TrustedRootRecipe["change"], source?: IdentitySource): KeylessSigner {
  const { rekorV1: _, ...urls } = servers.urls();
  const config = servers.instance.signingConfig(urls);
  return keylessSigner({
    identitySource: source ?? givenToken(servers.token(), { audience: "sigstore", now: () => new Date() }),
    services: selectServices(readSigningConfig(Buffer.from(JSON.stringify(config))), new Date()),
    trust: trustOf(servers, change === undefined ? {} : { change }),
    http: () => http,
  });
}

function modelFolder(): { folder: string; model: string; signature: string } {
  const folder = temporaryFolder();
  const model = join(folder, "model");
  mkdirSync(model);
  writeFileSync(join(model, "a"), "x");
  return { folder, model, signature: join(folder, "model.sig") };
}

test("no person logs in for a log that cannot hold the signature, and no server but the log is asked", async () => {
  let logIns = 0;
  const source: IdentitySource = {
    token: () => {
      logIns += 1;
      return Promise.reject(new Error("asked to log in"));
    },
  };
  const signer = signerWith((root) => ({ ...root, tlogs: root.tlogs.slice(0, 1) }), source);
  const payload = new Uint8Array(1);
  await rejectsWith("LOG_UNKNOWN", () => signer.seal({ kind: "dsse", payloadType: "text/plain", payload }));
  assert.equal(logIns, 0);
  assert.deepEqual(
    servers.requests.map(({ server, method, url }) => `${server} ${method} ${url.pathname}`),
    ["rekor-v2 GET /api/v2/checkpoint"],
  );
});

suite("a signature that is in a log, and then does not hold", () => {
  test("is not written, and the error says what is public", async () => {
    const { folder, model, signature } = modelFolder();
    // What is verified afterwards is verified by a root without the log.
    const { trust } = signerWith((root) => ({ ...root, tlogs: root.tlogs.slice(0, 1) }));
    const signer = { ...signerWith(undefined), trust };
    const error = await rejectsWith("LOG_UNKNOWN", () => sign(model, { signer, signature }));
    assert.match(error.message, PUBLIC);
    assert.deepEqual(readdirSync(folder), ["model"]);
  });

  test("is in no log at all where its timestamp is by no authority of the trusted root", async () => {
    const { folder, model, signature } = modelFolder();
    const signer = signerWith((root) => ({ ...root, timestampAuthorities: [] }));
    const error = await rejectsWith("TIMESTAMP_AUTHORITY_UNKNOWN", () => sign(model, { signer, signature }));
    assert.match(error.message, /; the signature is in no log; a certificate that names alice@example\.com was issued/);
    assert.deepEqual(
      servers.requests.filter(({ server, method }) => server.startsWith("rekor") && method === "POST"),
      [],
    );
    assert.deepEqual(readdirSync(folder), ["model"]);
  });

  test("is not written where the person stops then, and the error says what is public", async () => {
    const { folder, model, signature } = modelFolder();
    const controller = new AbortController();
    const signer = signerWith(undefined);
    const stopping: KeylessSigner = {
      ...signer,
      seal: async (content) => {
        const sealed = await signer.seal(content);
        controller.abort();
        return sealed;
      },
    };
    const error = await rejectsWith("ABORTED", () => sign(model, { signer: stopping, signature, signal: controller.signal }));
    assert.match(error.message, PUBLIC);
    assert.deepEqual(readdirSync(folder), ["model"]);
  });
});

test("no certificate is asked for where the trusted root does not list the log", async () => {
  const { model, signature } = modelFolder();
  const signer = signerWith((root) => ({ ...root, tlogs: [] }));
  await rejectsWith("LOG_UNKNOWN", () => sign(model, { signer, signature }));
  assert.ok(servers.requests.every(({ server }) => server === "rekor-v2"));
});
