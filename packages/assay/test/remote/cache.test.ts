import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { chmodSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { suite, test } from "node:test";
import { digest } from "../../src/api/digest.ts";
import { scan } from "../../src/api/scan.ts";
import { sign } from "../../src/api/sign.ts";
import { verify } from "../../src/api/verify.ts";
import type { Verification } from "../../src/api/results.ts";
import { keySigner } from "../../src/signing/key-signer.ts";
import { fakeBucket } from "../support/bucket/fake-bucket.ts";
import { fakeHub, sendFile, type Hub } from "../support/hub/fake-hub.ts";
import { makeKeyPair } from "../support/keys.ts";
import { writeFiles } from "../support/models/on-disk.ts";
import { rejectsWith } from "../support/rejects.ts";
import { safetensors } from "../support/scan/safetensors.ts";
import { temporaryFolder } from "../support/temporary-folder.ts";
import { fakeWeb } from "../support/web/fake-web.ts";

const WEIGHTS = safetensors({ a: { dtype: "F32", shape: [100_000], length: 400_000 } });
const FILES = { "config.json": "{}", "model.safetensors": WEIGHTS } as const;
type Files = Readonly<Record<string, Uint8Array | string>>;

interface Prepared {
  readonly publicKey: string;
  readonly files: Files;
  readonly cache: string;
}

async function prepare(options: { readonly shardSize?: number } = {}): Promise<Prepared> {
  const folder = join(temporaryFolder(), "granite");
  mkdirSync(folder);
  writeFiles(folder, FILES);
  const { privateKey, publicKey } = makeKeyPair("P-256");
  await sign(folder, { signer: await keySigner({ privateKey }), signature: join(folder, "model.sig"), ...options });
  const signature = readFileSync(join(folder, "model.sig"), "utf8");
  return { publicKey, files: { ...FILES, "model.sig": signature }, cache: join(temporaryFolder(), "cache") };
}

const environment = (hub: Hub): Readonly<Record<string, string>> => ({ HF_ENDPOINT: hub.url, HOME: "/nowhere" });

/** The answer, and how often the weights were read for it. */
async function asked(
  hub: Hub,
  { publicKey, cache }: Prepared,
  reference = "hf:acme/granite",
): Promise<readonly [outcome: string, reads: number]> {
  const before = hub.requests.length;
  const answer: Verification = await verify(reference, {
    trust: { method: "key", publicKey },
    environment: environment(hub),
    cache,
  });
  const reads = hub.requests.slice(before).filter(({ path }) => path.endsWith("/model.safetensors")).length;
  return [answer.outcome === "verified" ? "verified" : answer.error.code, reads];
}

const other = Buffer.from(WEIGHTS);
other[other.length - 1] = 9;

suite("digests of files on servers that are remembered", () => {
  test("save reading a file of the same commit again, and are those of its bytes", async () => {
    for (const options of [{}, { shardSize: 100_000 }]) {
      const prepared = await prepare(options);
      const hub = await fakeHub(prepared.files);
      assert.deepEqual(await asked(hub, prepared), ["verified", 1]);
      assert.deepEqual(await asked(hub, prepared), ["verified", 0]);
    }
    const { files, cache } = await prepare();
    const hub = await fakeHub(files);
    const once = async (): Promise<string> => (await digest("hf:acme/granite", { environment: environment(hub), cache })).manifestDigest;
    assert.equal(await once(), await once());
  });

  test("are of the bytes that were listed: a hub that lists others is read again, and found", async () => {
    for (const options of [{}, { shardSize: 100_000 }]) {
      const prepared = await prepare(options);
      let isOther = false;
      const oid = createHash("sha256").update(other).digest("hex");
      // The host, the commit, the name, the size and the ETag stay.
      const hub = await fakeHub(prepared.files, {
        list: (entries) => entries.map((entry) => (isOther && "lfs" in entry ? { ...entry, lfs: { oid, size: other.length } } : entry)),
        instead: (request, response, path) => isOther && path.endsWith("/model.safetensors") && (sendFile(request, response, other), true),
      });
      assert.deepEqual(await asked(hub, prepared), ["verified", 1]);
      isOther = true;
      assert.deepEqual(await asked(hub, prepared), ["MODEL_MISMATCH", 1]);
    }
  });

  test("are of one commit, one reference and one host", async () => {
    const prepared = await prepare();
    const hub = await fakeHub(prepared.files, { v2: prepared.files });
    await asked(hub, prepared);
    assert.deepEqual(await asked(hub, prepared, "hf:acme/granite@v2"), ["verified", 1]);
    assert.deepEqual(await asked(hub, prepared, "hf:acme/granite@v2"), ["verified", 0]);
    assert.deepEqual(await asked(await fakeHub(prepared.files), prepared), ["verified", 1]);
  });

  test("are not kept of bytes that are not as they were listed", async () => {
    const prepared = await prepare();
    let isLying = true;
    const hub = await fakeHub(prepared.files, {
      instead: (_q, response, path) => isLying && path.endsWith("/model.safetensors") && (response.end(other), true),
    });
    assert.deepEqual(await asked(hub, prepared), ["REMOTE_DIGEST", 1]);
    isLying = false;
    assert.deepEqual(await asked(hub, prepared), ["verified", 1]);
  });

  test("count only as they were written, in a folder that others cannot write to", async () => {
    const prepared = await prepare();
    const hub = await fakeHub(prepared.files);
    await asked(hub, prepared);
    const [name = ""] = readdirSync(prepared.cache);
    const path = join(prepared.cache, name);
    const bytes = readFileSync(path);
    for (const at of [0, bytes.length - 40, bytes.length - 1]) {
      const damaged = Buffer.from(bytes);
      damaged[at] = (damaged[at] ?? 0) ^ 1;
      writeFileSync(path, damaged);
      assert.deepEqual(await asked(hub, prepared), ["verified", 1], String(at));
    }
    writeFileSync(path, bytes.subarray(0, 60));
    assert.deepEqual(await asked(hub, prepared), ["verified", 1]);
    chmodSync(prepared.cache, 0o777);
    await rejectsWith("CACHE_UNSAFE", async () => asked(hub, prepared));
  });

  test("are of no use where a file is read in parts too: what is shown to a scan is compared with the whole", async () => {
    const { files, cache } = await prepare();
    const hub = await fakeHub(files);
    await digest("hf:acme/granite", { environment: environment(hub), cache });
    const before = hub.requests.length;
    await scan("hf:acme/granite", { environment: environment(hub) });
    assert.ok(hub.requests.slice(before).some(({ path }) => path.endsWith("/model.safetensors")));
  });

  test("are not kept of a bucket and of a web server, which have no revisions", async () => {
    const { publicKey, files, cache } = await prepare();
    const bucket = await fakeBucket(Object.fromEntries(Object.entries(files).map(([name, content]) => [`granite/${name}`, content])));
    const web = await fakeWeb(files);
    for (const reference of ["s3://models/granite/", web.url]) {
      const at = { HOME: "/nowhere", AWS_ENDPOINT_URL: bucket.url };
      await rejectsWith("CACHE_UNSAFE", async () => verify(reference, { trust: { method: "key", publicKey }, environment: at, cache }));
    }
  });
});
