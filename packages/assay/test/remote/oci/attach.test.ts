import assert from "node:assert/strict";
import { join } from "node:path";
import { suite, test } from "node:test";
import { digest } from "../../../src/api/digest.ts";
import type { Signed } from "../../../src/api/results.ts";
import { sign, type SignOptions } from "../../../src/api/sign.ts";
import { verify } from "../../../src/api/verify.ts";
import { keySigner } from "../../../src/signing/key-signer.ts";
import { makeKeyPair } from "../../support/keys.ts";
import { writeFiles } from "../../support/models/on-disk.ts";
import { errors, fakeRegistry, INDEX_TYPE, type FakeRegistry, type FakeRegistryOptions } from "../../support/oci/fake-registry.ts";
import { rejectsWith } from "../../support/rejects.ts";
import { temporaryFolder } from "../../support/temporary-folder.ts";

const access = { environment: { HOME: "/nowhere" } };
const { privateKey, publicKey } = makeKeyPair("P-256");

const reference = (registry: FakeRegistry): string => `oci:${registry.host}/acme/granite:v1`;

async function registryWithModel(options: FakeRegistryOptions = {}): Promise<FakeRegistry> {
  const registry = await fakeRegistry(options);
  registry.artifact([registry.file("config.json", "{}"), registry.file("weights.bin", "weights")]);
  return registry;
}

async function attached(registry: FakeRegistry, more: Partial<SignOptions> = {}): Promise<Signed> {
  return sign(reference(registry), { signer: await keySigner({ privateKey }), attach: true, ...access, ...more });
}

const outcome = async (registry: FakeRegistry, signature?: string): Promise<string> => {
  const trust = { method: "key", publicKey } as const;
  return (await verify(reference(registry), { trust, ...access, ...(signature === undefined ? {} : { signature }) })).outcome;
};

suite("a signature that is to be attached to a model in a registry", () => {
  for (const referrers of [true, false]) {
    test(`is found there, ${referrers ? "by the referrers API" : "by the tag where the registry has no such API"}`, async () => {
      const registry = await registryWithModel({ referrers });
      const signed = await attached(registry);
      assert.equal(signed.path, undefined);
      assert.match(signed.attached ?? "", /^oci:127\.0\.0\.1:\d+\/acme\/granite@sha256:[0-9a-f]{64}$/);
      assert.equal(await outcome(registry), "verified");
      const tag = registry.tags.get("v1")?.replace(":", "-") ?? "";
      assert.equal(registry.tags.has(tag), !referrers);
    });
  }

  test("keeps what others attached by the tag, and is attached once", async () => {
    const registry = await registryWithModel({ referrers: false });
    const subject = registry.tags.get("v1") ?? "";
    const other = {
      mediaType: "application/vnd.oci.image.manifest.v1+json",
      digest: registry.artifact([], {}, null).digest,
      size: 9,
      "x-acme": "kept",
    };
    const tag = subject.replace(":", "-");
    registry.manifest({ schemaVersion: 2, mediaType: INDEX_TYPE, manifests: [other] }, tag, INDEX_TYPE);
    const signed = await attached(registry);
    const index = JSON.parse(registry.manifests.get(registry.tags.get(tag) ?? "")?.bytes.toString() ?? "") as { manifests: unknown[] };
    assert.deepEqual(index.manifests[0], other);
    assert.equal(index.manifests.length, 2);
    assert.equal(await outcome(registry), "verified");
    assert.equal(registry.referrersOf(subject).length, 1);
    assert.deepEqual(signed.warnings, []);
  });

  test("beside another one is said to be one of several", async () => {
    const registry = await registryWithModel();
    const first = await attached(registry);
    const second = await attached(registry);
    assert.equal(second.warnings[0]?.code, "SIGNATURE_IN_MODEL");
    assert.ok(second.warnings[0]?.message.includes(first.attached?.split("@")[1] ?? "?"));
    assert.equal(await outcome(registry, second.attached?.split("@")[1]), "verified");
  });

  test("is asked for with the right to push, and refused where the account may not", async () => {
    const token = "t".repeat(20);
    const registry: FakeRegistry = await registryWithModel({
      instead: ({ method, path, headers }, response) => {
        if (path.startsWith("/token?")) {
          response.end(JSON.stringify({ token: path.includes("pull%2Cpush") ? `${token}push` : token }));
          return true;
        }
        const expected = method === "GET" ? `Bearer ${token}` : `Bearer ${token}push`;
        if (headers.authorization?.startsWith(expected) === true) return false;
        response
          .writeHead(401, { "www-authenticate": `Bearer realm="http://${registry.host}/token",service="s"` })
          .end(errors("UNAUTHORIZED"));
        return true;
      },
    });
    await attached(registry);
    const readOnly = await registryWithModel({
      instead: ({ method }, response) => {
        if (method === "GET") return false;
        response.writeHead(403).end(errors("DENIED"));
        return true;
      },
    });
    await rejectsWith("REMOTE_DENIED", async () => attached(readOnly));
  });

  test("is not sent to another host, and is read back", async () => {
    const away = await registryWithModel({
      instead: ({ method }, response) => {
        if (method !== "POST") return false;
        response.writeHead(202, { location: "http://127.0.0.1:1/upload" }).end();
        return true;
      },
    });
    await rejectsWith("REMOTE_REDIRECT", async () => attached(away));
    const forgetful = await registryWithModel({
      instead: ({ method, path }, response) => {
        if (method !== "PUT" || !path.includes("/manifests/")) return false;
        response.writeHead(201, { "oci-subject": "sha256:x" }).end();
        return true;
      },
    });
    await rejectsWith("REMOTE_REVISION", async () => attached(forgetful));
  });

  test("of a model elsewhere is a wrong question, before anything is signed", async () => {
    const folder = temporaryFolder();
    writeFiles(folder, { "config.json": "{}" });
    await rejectsWith("USAGE", async () => sign(folder, { signer: await keySigner({ privateKey }), attach: true }));
  });

  test("is written to a file too where one is named, and leaves the model's digest as it was", async () => {
    const registry = await registryWithModel();
    const before = await digest(reference(registry), access);
    const signed = await attached(registry, { signature: join(temporaryFolder(), "model.sig") });
    assert.ok(signed.path?.endsWith("model.sig") === true);
    assert.equal((await digest(reference(registry), access)).manifestDigest, before.manifestDigest);
  });
});
