import assert from "node:assert/strict";
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { suite, test } from "node:test";
import { digest } from "../../src/api/digest.ts";
import { scan } from "../../src/api/scan.ts";
import { sign } from "../../src/api/sign.ts";
import { verify } from "../../src/api/verify.ts";
import type { Verification } from "../../src/api/results.ts";
import { keySigner } from "../../src/signing/key-signer.ts";
import type { RemoteAccess } from "../../src/source/remote/remote-server.ts";
import { readReference } from "../../src/source/reference.ts";
import { openHubModel } from "../../src/source/hub/open-hub-model.ts";
import { COMMIT, fakeHub, json, sendFile, type FakeHubOptions, type Hub } from "../support/hub/fake-hub.ts";
import { makeKeyPair } from "../support/keys.ts";
import { listen } from "../support/listening.ts";
import { writeFiles } from "../support/models/on-disk.ts";
import { rejectsWith } from "../support/rejects.ts";
import { safetensors } from "../support/scan/safetensors.ts";
import { temporaryFolder } from "../support/temporary-folder.ts";

const WEIGHTS = Buffer.alloc(3_000_000, 7);
const FILES = { "config.json": "{}", "sub/weights.bin": WEIGHTS, "empty.txt": "" } as const;

/** A signed copy on disk, and the files as a hub has them. */
async function signedModel(options: { readonly shardSize?: number } = {}): Promise<{
  readonly folder: string;
  readonly publicKey: string;
  readonly files: Readonly<Record<string, Uint8Array | string>>;
}> {
  const folder = join(temporaryFolder(), "granite");
  mkdirSync(folder);
  writeFiles(folder, FILES);
  const { privateKey, publicKey } = makeKeyPair("P-256");
  await sign(folder, { signer: await keySigner({ privateKey }), signature: join(folder, "model.sig"), ...options });
  return { folder, publicKey, files: { ...FILES, "model.sig": readFileSync(join(folder, "model.sig"), "utf8") } };
}

const access = (hub: Hub, more: Readonly<Record<string, string>> = {}): Omit<RemoteAccess, "signal"> => ({
  environment: { HF_ENDPOINT: hub.url, HOME: "/nowhere", ...more },
});

async function verified(
  hub: Hub,
  publicKey: string,
  more: Readonly<Record<string, string>> = {},
  allowHosts: readonly string[] = [],
): Promise<Verification> {
  return verify("hf:acme/granite", { trust: { method: "key", publicKey }, ...access(hub, more), allowHosts });
}

async function codeOf(options: FakeHubOptions): Promise<string> {
  const { publicKey, files } = await signedModel();
  const verification = await verified(await fakeHub(files, options), publicKey);
  return verification.outcome === "verified" ? "verified" : verification.error.code;
}

/** Puts an answer in the place of the weights'. */
const weights = (answer: NonNullable<FakeHubOptions["instead"]>): FakeHubOptions => ({
  instead: (request, response, path) => path.endsWith("/sub/weights.bin") && answer(request, response, path),
});

suite("a model on a hub", () => {
  test("has the digests of a copy on disk, and verifies by the signature in it", async () => {
    const { folder, publicKey, files } = await signedModel();
    const hub = await fakeHub(files, { pageSize: 2 });
    const there = await digest("hf:acme/granite", access(hub));
    const here = await digest(folder);
    assert.deepEqual([there.manifestDigest, there.rootDigest, there.notCovered], [here.manifestDigest, here.rootDigest, here.notCovered]);
    const verification = await verified(hub, publicKey);
    assert.equal(verification.outcome, "verified", verification.outcome === "verified" ? "" : verification.error.message);
    assert.deepEqual(verification.source, {
      kind: "hf",
      given: "hf:acme/granite",
      pinned: `hf:acme/granite@${COMMIT}`,
      host: new URL(hub.url).host,
    });
  });

  test("is read of one commit, which the revision is resolved to once", async () => {
    const { publicKey, files } = await signedModel();
    const hub = await fakeHub(files);
    await verified(hub, publicKey);
    assert.equal(hub.requests.filter(({ path }) => path.includes("/revision/")).length, 1);
    for (const { path } of hub.requests.slice(1)) assert.ok(path.includes(COMMIT), path);
  });

  test("verifies in shards, and finds a changed byte, a missing and an extra file", async () => {
    const { publicKey, files } = await signedModel({ shardSize: 1_000_001 });
    assert.equal((await verified(await fakeHub(files), publicKey)).outcome, "verified");
    const changed = Buffer.from(WEIGHTS);
    changed[2_500_000] = 8;
    for (const [what, other] of [
      ["changed", { ...files, "sub/weights.bin": changed }],
      ["extra", { ...files, "new.txt": "x" }],
      ["missing", { "model.sig": files["model.sig"] ?? "", "config.json": "{}", "empty.txt": "" }],
    ] as const) {
      const verification = await verified(await fakeHub(other), publicKey);
      assert.equal(verification.outcome, "failed");
      assert.deepEqual(verification.outcome === "failed" && verification.differences.map(({ kind }) => kind), [what]);
    }
  });

  test("is scanned by its headers: weights are not fetched", async () => {
    const weights = safetensors({ a: { dtype: "F32", shape: [1_000_000], length: 4_000_000 } });
    const hub = await fakeHub({ "model.safetensors": weights, "config.json": "{}", "README.md": "# A model\n" });
    const { risk, source, model } = await scan("hf:acme/granite", access(hub));
    assert.deepEqual([risk.outcome, model, source?.kind], ["data-only", `hf:acme/granite@${COMMIT}`, "hf"]);
    const asked = hub.requests.filter(({ path }) => path.endsWith("model.safetensors")).map(({ headers }) => headers.range ?? "all of it");
    const bytes = asked.map((range) => /(\d+)-(\d+)/.exec(range)).reduce((sum, part) => sum + Number(part?.[2]) - Number(part?.[1]) + 1, 0);
    assert.ok(bytes < 1_000_000, asked.join(" "));
  });

  test("small parts are read by ranges, and a small file once", async () => {
    const hub = await fakeHub(FILES);
    const model = await openHubModel("hf:acme/granite", readReference("hf:acme/granite"), access(hub));
    const [config, , file] = model.files;
    assert.ok(file !== undefined && config !== undefined);
    assert.deepEqual(Buffer.from(await model.read(file, 2_999_990, 100)), WEIGHTS.subarray(0, 10));
    assert.equal(hub.requests.at(-1)?.headers.range, "bytes=2999990-2999999");
    for (const at of [0, 1]) assert.equal(Buffer.from(await model.read(config, at, 1)).toString(), "{}"[at]);
    assert.equal(hub.requests.filter(({ path }) => path.endsWith("config.json")).length, 1);
  });

  test("a connection that breaks is continued where it broke off; the bytes before are not sent again", async () => {
    let breaks = 0;
    const starts: string[] = [];
    const options = weights((request, response) => {
      starts.push(request.headers.range ?? "");
      if (breaks++ >= 3) return false;
      const from = Number(/\d+/.exec(request.headers.range ?? "0")?.[0]);
      response.writeHead(from === 0 ? 200 : 206, {
        etag: '"1"',
        "content-length": WEIGHTS.length - from,
        ...(from === 0 ? {} : { "content-range": `bytes ${from}-${WEIGHTS.length - 1}/${WEIGHTS.length}` }),
      });
      response.write(WEIGHTS.subarray(from, from + 500_000), () => response.destroy());
      return true;
    });
    assert.equal(await codeOf(options), "verified");
    assert.deepEqual(starts, ["", "bytes=500000-", "bytes=1000000-", "bytes=1500000-"]);
  });

  test("a server without ranges sends from the start, and what was read is passed over", async () => {
    let isFirst = true;
    const options = weights((_request, response) => {
      response.writeHead(200, { "content-length": WEIGHTS.length });
      if (isFirst) response.write(WEIGHTS.subarray(0, 1_000_000), () => response.destroy());
      else response.end(WEIGHTS);
      isFirst = false;
      return true;
    });
    assert.equal(await codeOf(options), "verified");
  });
});

suite("a hub that is wrong or hostile", () => {
  test("a name that leaves the model, hides another or is not plain", async () => {
    for (const name of [
      "../x",
      "/etc/x",
      "a//b",
      "a/./b",
      "C:/x",
      "a\\b",
      "a\nb",
      "CONFIG.json",
      "config.json",

      "",
      "a/",
      "emp\u0000",
    ]) {
      const list = (entries: readonly Record<string, unknown>[]): readonly unknown[] => [...entries, { ...entries[0], path: name }];
      assert.equal(await codeOf({ list }), "REMOTE_NAME", JSON.stringify(name));
    }
    for (const names of [
      ["\u00e9", "e\u0301"],
      ["stra\u00dfe", "STRASSE"],
    ]) {
      const both = (entries: readonly Record<string, unknown>[]): readonly unknown[] => names.map((path) => ({ ...entries[0], path }));
      assert.equal(await codeOf({ list: both }), "REMOTE_NAME", names.join());
    }
  });

  test("other bytes than are listed, of an LFS file and of a git blob", async () => {
    assert.equal(
      await codeOf(weights((request, response) => (sendFile(request, response, Buffer.alloc(WEIGHTS.length)), true))),
      "REMOTE_DIGEST",
    );
    const config: FakeHubOptions["instead"] = (request, response, path) =>
      path.endsWith("config.json") && (sendFile(request, response, Buffer.from("[]")), true);
    assert.equal(await codeOf({ instead: config }), "REMOTE_DIGEST");
  });

  test("a file that is shorter, longer, of another commit, or changes on the way", async () => {
    const answers: readonly (readonly [string, NonNullable<FakeHubOptions["instead"]>])[] = [
      ["REMOTE_TRUNCATED", (_q, response) => (response.end(WEIGHTS.subarray(1)), true)],
      ["REMOTE_CHANGED", (_q, response) => (response.end(Buffer.concat([WEIGHTS, Buffer.from("x")])), true)],
      ["REMOTE_CHANGED", (_q, response) => (response.writeHead(200, { "x-repo-commit": "b".repeat(40) }).end(WEIGHTS), true)],
      [
        "REMOTE_TRUNCATED",
        (_q, response) => (response.writeHead(200, { "content-length": 10 }), response.flushHeaders(), response.destroy(), true),
      ],
      ["SERVER_ANSWER", (_q, response) => (response.writeHead(200, { "content-encoding": "gzip" }).end(WEIGHTS), true)],
      [
        "SERVER_ANSWER",
        (_q, response) => (
          response.writeHead(206, { "content-range": `bytes 5-${WEIGHTS.length + 4}/${WEIGHTS.length}` }).end(WEIGHTS),
          true
        ),
      ],
      ["SERVER_ANSWER", (_q, response) => (response.writeHead(206, { "content-range": `bytes 0-${WEIGHTS.length}/*` }).end(WEIGHTS), true)],
      ["REMOTE_CHANGED", (_q, response) => (json(response, {}, 404, { "x-error-code": "EntryNotFound" }), true)],
      ["REMOTE_CHANGED", (_q, response) => (json(response, {}, 404), true)],
    ];
    for (const [code, answer] of answers) assert.equal(await codeOf(weights(answer)), code, answer.toString());
    let tries = 0;
    const etag = weights((_request, response) => {
      response.writeHead(tries++ === 0 ? 200 : 206, {
        etag: `"${tries}"`,
        "content-range": `bytes 100-${WEIGHTS.length - 1}/${WEIGHTS.length}`,
        "content-length": WEIGHTS.length - 100,
      });
      response.write(WEIGHTS.subarray(0, 100), () => response.destroy());
      return true;
    });
    assert.equal(await codeOf(etag), "REMOTE_CHANGED");
  });

  test("a file server gets no token; addresses that are not public are not asked", async () => {
    const { publicKey, files } = await signedModel();
    const seen: (string | undefined)[] = [];
    const cdn = await listen((request, response) => {
      seen.push(request.headers.authorization);
      sendFile(request, response, WEIGHTS);
    });
    const to = (location: string): FakeHubOptions => weights((_request, response) => (response.writeHead(302, { location }).end(), true));
    const hub = await fakeHub(files, to(`${cdn.url}/blob`));
    assert.equal((await verified(hub, publicKey, { HF_TOKEN: "hf_secret" })).outcome, "verified");
    assert.deepEqual(seen, [undefined]);
    assert.equal(hub.requests[0]?.headers.authorization, "Bearer hf_secret");
    for (const address of [
      "169.254.169.254",
      "10.0.0.1",
      "192.168.1.1",
      "[fd00::1]",
      "0.0.0.0",
      "[::ffff:169.254.169.254]",
      "[64:ff9b::a00:1]",
      "2852039166",
    ]) {
      assert.equal(await codeOf(to(`http://${address}/x`)), "ADDRESS_REFUSED", address);
    }
    for (const location of ["ftp://127.0.0.1/x", "http://user:pass@127.0.0.1/x", "file:///etc/passwd", "http://"]) {
      assert.equal(await codeOf(to(location)), "REMOTE_REDIRECT", location);
    }
    const loop = weights((_request, response, path) => (response.writeHead(302, { location: path }).end(), true));
    assert.equal(await codeOf(loop), "REMOTE_REDIRECT");
  });

  test("a next page on another host, and more pages than any model has", async () => {
    const other: FakeHubOptions["instead"] = (_request, response, path) =>
      path.includes("/tree/") && (json(response, [], 200, { link: '<http://127.0.0.1:9/x>; rel="next"' }), true);
    assert.equal(await codeOf({ instead: other }), "REMOTE_REDIRECT");
    const endless: FakeHubOptions["instead"] = (request, response, path) =>
      path.includes("/tree/") && (json(response, [], 200, { link: `<${request.url}>; rel="next"` }), true);
    assert.equal(await codeOf({ instead: endless }), "SERVER_ANSWER");
  });

  test("a limit is waited for where it is short, and said where it is long", async () => {
    let tries = 0;
    const short = weights((_request, response) => tries++ === 0 && (json(response, {}, 429, { "retry-after": "0" }), true));
    assert.equal(await codeOf(short), "verified");
    assert.equal(
      await codeOf(weights((_q, response) => (json(response, {}, 429, { ratelimit: '"api";r=0;t=500' }), true))),
      "REMOTE_LIMIT",
    );
    assert.equal(await codeOf(weights((_q, response) => (json(response, {}, 503, { "retry-after": "600" }), true))), "SERVER_UNREACHABLE");
  });

  test("what is missing, private or gated, and text of the server that repeats the token", async () => {
    const { publicKey, files } = await signedModel();
    const hub = await fakeHub(files);
    const asked = async (reference: string): Promise<Verification> =>
      verify(reference, { trust: { method: "key", publicKey }, ...access(hub) });
    await rejectsWith("REMOTE_REVISION", async () => asked("hf:acme/granite@v9"));
    const missing = await asked("hf:acme/other");
    assert.equal(missing.outcome === "incomplete" && missing.error.code, "REMOTE_DENIED");
    const gated = await fakeHub(files, {
      instead: (_q, response) => (json(response, { error: "no hf_secret" }, 403, { "x-error-code": "GatedRepo" }), true),
    });
    const refused = await verified(gated, publicKey, { HF_TOKEN: "hf_secret" });
    assert.equal(refused.outcome === "incomplete" && refused.error.code, "REMOTE_DENIED");
    assert.ok(refused.outcome === "incomplete" && !refused.error.message.includes("hf_secret"));
  });

  test("the token of a file is for huggingface.co alone", async () => {
    const home = temporaryFolder();
    writeFileSync(join(home, "token"), "hf_of_a_file\n");
    const { publicKey, files } = await signedModel();
    const hub = await fakeHub(files);
    await verified(hub, publicKey, { HF_HOME: home });
    assert.deepEqual([...new Set(hub.requests.map(({ headers }) => headers.authorization))], [undefined]);
    const { hubAccount } = await import("../../src/source/hub/hub-account.ts");
    assert.equal(hubAccount({ HF_HOME: home }).token, "hf_of_a_file");
    assert.equal(hubAccount({ HF_HOME: home, HF_TOKEN: "hf_given", HF_ENDPOINT: "https://hub.example.com" }).token, "hf_given");
    assert.equal(hubAccount({ HF_TOKEN: "hf_given", HF_ENDPOINT: "http://hub.example.com" }).token, undefined);
    await rejectsWith("USAGE", () => hubAccount({ HF_TOKEN: "a b" }));
  });
});
