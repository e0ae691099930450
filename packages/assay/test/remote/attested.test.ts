import assert from "node:assert/strict";
import { mkdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { suite, test } from "node:test";
import { digest } from "../../src/api/digest.ts";
import { sign } from "../../src/api/sign.ts";
import { verify, type VerifyOptions } from "../../src/api/verify.ts";
import type { Verification } from "../../src/api/results.ts";
import { verifyDocument } from "../../src/report/json/verify.ts";
import { keySigner } from "../../src/signing/key-signer.ts";
import { fakeRegistry } from "../support/oci/fake-registry.ts";
import { signedFolder, WEIGHTS as LAYER } from "../support/oci/signed-artifact.ts";
import { fakeBucket } from "../support/bucket/fake-bucket.ts";
import { COMMIT, fakeHub, type FakeHubOptions, type Hub } from "../support/hub/fake-hub.ts";
import { makeKeyPair } from "../support/keys.ts";
import { writeFiles } from "../support/models/on-disk.ts";
import { rejectsWith } from "../support/rejects.ts";
import { temporaryFolder } from "../support/temporary-folder.ts";

const WEIGHTS = Buffer.alloc(300_000, 7);
const FILES = { "config.json": "{}", "sub/weights.bin": WEIGHTS } as const;
type Files = Readonly<Record<string, Uint8Array | string>>;

async function signedModel(
  files: Files = FILES,
  options: { readonly shardSize?: number } = {},
): Promise<{ readonly folder: string; readonly publicKey: string; readonly files: Files }> {
  const folder = join(temporaryFolder(), "granite");
  mkdirSync(folder);
  writeFiles(folder, files);
  const { privateKey, publicKey } = makeKeyPair("P-256");
  await sign(folder, { signer: await keySigner({ privateKey }), signature: join(folder, "model.sig"), ...options });
  return { folder, publicKey, files: { ...files, "model.sig": readFileSync(join(folder, "model.sig"), "utf8") } };
}

const access = (hub: Hub): Pick<VerifyOptions, "environment"> => ({ environment: { HF_ENDPOINT: hub.url, HOME: "/nowhere" } });

async function verified(hub: Hub, publicKey: string, options: Partial<VerifyOptions> = {}): Promise<Verification> {
  return verify("hf:acme/granite", { trust: { method: "key", publicKey }, ...access(hub), ...options });
}

const attested = { digests: "attested" } as const;
const isFile = ({ path }: Hub["requests"][number]): boolean => path.includes("/resolve/");

/** A hub that serves other weights than it lists. */
const lying: FakeHubOptions = {
  instead: ({ url }, response) => url?.endsWith("/sub/weights.bin") === true && (response.end(Buffer.alloc(WEIGHTS.length)), true),
};

suite("digests that a hub attests", () => {
  test("are taken where they are asked for: files with SHA-256 are not read, the others are, and the answer says so", async () => {
    const { publicKey, files, folder } = await signedModel();
    const hub = await fakeHub(files);
    const verification = await verified(hub, publicKey, attested);
    assert.equal(verification.outcome, "verified");
    assert.deepEqual(
      hub.requests.filter(isFile).map(({ path }) => path.split("/").at(-1)),
      ["model.sig", "config.json"],
    );
    const { digests, files: listed, warnings } = verifyDocument(verification);
    assert.deepEqual(digests, { computed: 1, attested: 1 });
    assert.deepEqual(
      new Map(listed?.map((file) => [file.name, file.digests])),
      new Map([
        ["config.json", "computed"],
        ["sub/weights.bin", "attested"],
      ]),
    );
    const warning = warnings.find(({ code }) => code === "DIGESTS_ATTESTED");
    assert.ok(warning?.message.includes(new URL(hub.url).host), warning?.message);

    const there = await digest("hf:acme/granite", { ...access(hub), ...attested });
    assert.equal(there.manifestDigest, (await digest(folder)).manifestDigest);
    assert.deepEqual([...(there.digestOrigins ?? [])].toSorted(), [
      ["config.json", "computed"],
      ["sub/weights.bin", "attested"],
    ]);
    assert.deepEqual(
      there.warnings.map(({ code }) => code),
      ["DIGESTS_ATTESTED"],
    );
  });

  test("are not taken where they are not asked for: a hub that serves other bytes than it lists is found", async () => {
    const { publicKey, files } = await signedModel();
    for (const options of [{}, { digests: "computed" } as const]) {
      const verification = await verified(await fakeHub(files, lying), publicKey, options);
      assert.equal(verification.outcome === "failed" && verification.error.code, "REMOTE_DIGEST");
      assert.ok(verification.warnings.every(({ code }) => code !== "DIGESTS_ATTESTED"));
    }
    const believed = await verified(await fakeHub(files, lying), publicKey, attested);
    assert.equal(believed.outcome, "verified");
    assert.ok(believed.warnings.some(({ code }) => code === "DIGESTS_ATTESTED"));
  });

  test("find a file that differs from what was signed", async () => {
    const { publicKey, files } = await signedModel();
    for (const [name, content] of [
      ["sub/weights.bin", Buffer.alloc(WEIGHTS.length)],
      ["config.json", "[]"],
    ] as const) {
      const verification = await verified(await fakeHub({ ...files, [name]: content }), publicKey, attested);
      assert.deepEqual(verification.outcome === "failed" && verification.differences.map((one) => [one.kind, one.name]), [
        ["changed", name],
      ]);
    }
  });

  test("count only where the commit leads to them, as the blob of the git-LFS pointer", async () => {
    const { publicKey, files } = await signedModel();
    const list: FakeHubOptions["list"] = (entries) => entries.map((entry) => ("lfs" in entry ? { ...entry, oid: "0".repeat(40) } : entry));
    const verification = await verified(await fakeHub(files, { list }), publicKey, attested);
    assert.deepEqual(verifyDocument(verification).digests, { computed: 2, attested: 0 });
    assert.equal(verification.outcome, "verified");
    assert.deepEqual(
      verification.warnings.filter(({ code }) => code === "DIGESTS_ATTESTED"),
      [],
    );
    const lies = await verified(await fakeHub(files, { list, ...lying }), publicKey, attested);
    assert.equal(lies.outcome === "failed" && lies.error.code, "REMOTE_DIGEST");
  });

  test("are SHA-256 of whole files: pieces and other algorithms are refused, and a model on this machine", async () => {
    const { publicKey, files, folder } = await signedModel(FILES, { shardSize: 100_000 });
    const hub = await fakeHub(files);
    await rejectsWith("USAGE", async () => verified(hub, publicKey, attested));
    for (const other of [{ hash: "blake3" } as const, { shardSize: 1000 }]) {
      await rejectsWith("USAGE", async () => digest("hf:acme/granite", { ...access(hub), ...attested, ...other }));
    }
    await rejectsWith("USAGE", async () => digest(folder, attested));
    await rejectsWith("USAGE", async () => verify(folder, { trust: { method: "key", publicKey }, ...attested }));
  });

  test("of 500 files cost as many requests as there are pages and files without, and two more", async () => {
    const many = Object.fromEntries(Array.from({ length: 500 }, (_, index) => [`weights-${index}.bin`, Buffer.alloc(10, index)]));
    const { publicKey, files } = await signedModel({ ...many, "config.json": "{}", "README.md": "# x" });
    const hub = await fakeHub(files, { pageSize: 100 });
    const verification = await verified(hub, publicKey, attested);
    assert.deepEqual(verifyDocument(verification).digests, { computed: 2, attested: 500 });
    const pages = hub.requests.filter(({ path }) => path.includes("/tree/")).length;
    assert.deepEqual([pages, hub.requests.filter(isFile).length], [6, 3]);
    assert.ok(hub.requests.length <= 5 + pages + 2, String(hub.requests.length));
    assert.equal(hub.requests[0]?.path.endsWith("/revision/main"), true);
    assert.ok(hub.requests.slice(1).every(({ path }) => path.includes(COMMIT)));
  });
});

test("a bucket attests nothing: its ETags are not digests, and all files are read", async () => {
  const { publicKey, files } = await signedModel();
  const bucket = await fakeBucket(Object.fromEntries(Object.entries(files).map(([name, content]) => [`granite/${name}`, content])));
  const environment = { HOME: "/nowhere", AWS_ENDPOINT_URL: bucket.url };
  const verification = await verify("s3://models/granite/", { trust: { method: "key", publicKey }, environment, ...attested });
  assert.equal(verification.outcome, "verified");
  assert.deepEqual(verifyDocument(verification).digests, { computed: 2, attested: 0 });
  assert.deepEqual(verification.warnings, []);
});

test("a registry attests the digests of layers that are files: of these none is read but the signature", async () => {
  const { files, bundle, publicKey } = await signedFolder();
  const registry = await fakeRegistry();
  registry.artifact([...Object.entries(files).map(([name, content]) => registry.file(name, content)), registry.file("model.sig", bundle)]);
  const reference = `oci:${registry.host}/acme/granite:v1`;
  const verification = await verify(reference, { trust: { method: "key", publicKey }, environment: { HOME: "/nowhere" }, ...attested });
  assert.equal(verification.outcome, "verified");
  assert.deepEqual(verifyDocument(verification).digests, { computed: 0, attested: Object.keys(files).length });
  assert.equal(registry.requests.filter(({ path }) => path.includes("/blobs/")).length, 1);
  assert.ok(verification.warnings.some(({ code, message }) => code === "DIGESTS_ATTESTED" && message.includes(registry.host)));
});

test("a layer whose connection breaks at half is continued there", async () => {
  const { files, bundle, publicKey } = await signedFolder();
  const half = Math.floor(LAYER.length / 2);
  let sent = 0;
  let isFirst = true;
  const registry = await fakeRegistry({
    instead: ({ path, headers }, response) => {
      if (!path.endsWith(`/blobs/${weights}`)) return false;
      const from = Number(/\d+/.exec(headers.range ?? "0")?.[0]);
      if (isFirst) {
        isFirst = false;
        sent += half;
        response.writeHead(200, { "content-length": LAYER.length });
        response.write(LAYER.subarray(0, half), () => response.destroy());
        return true;
      }
      sent += LAYER.length - from;
      const part = `bytes ${from}-${LAYER.length - 1}/${LAYER.length}`;
      response.writeHead(206, { "content-length": LAYER.length - from, "content-range": part }).end(LAYER.subarray(from));
      return true;
    },
  });
  const layers = Object.entries(files).map(([name, content]) => [content, registry.file(name, content)] as const);
  const weights = layers.find(([content]) => Buffer.compare(Buffer.from(content), LAYER) === 0)?.[1].digest ?? "";
  registry.artifact([...layers.map(([, layer]) => layer), registry.file("model.sig", bundle)]);
  const options = { trust: { method: "key", publicKey }, environment: { HOME: "/nowhere" } } as const;
  assert.equal((await verify(`oci:${registry.host}/acme/granite:v1`, options)).outcome, "verified");
  assert.ok(!isFirst && sent <= 1.05 * LAYER.length, String(sent));
});
