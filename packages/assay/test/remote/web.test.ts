import assert from "node:assert/strict";
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { suite, test } from "node:test";
import { diff } from "../../src/api/diff.ts";
import { check } from "../../src/api/check.ts";
import { digest } from "../../src/api/digest.ts";
import { scan } from "../../src/api/scan.ts";
import { sign } from "../../src/api/sign.ts";
import { verify, type VerifyOptions } from "../../src/api/verify.ts";
import type { Verification } from "../../src/api/results.ts";
import { keySigner } from "../../src/signing/key-signer.ts";
import { openWebModel } from "../../src/source/web/open-web-model.ts";
import { isRemoteReference, readReference } from "../../src/source/reference.ts";
import { makeKeyPair } from "../support/keys.ts";
import { listen } from "../support/listening.ts";
import { writeFiles } from "../support/models/on-disk.ts";
import { rejectsWith } from "../support/rejects.ts";
import { temporaryFolder } from "../support/temporary-folder.ts";
import { fakeWeb, sendWebFile, type Web } from "../support/web/fake-web.ts";

const WEIGHTS = Buffer.alloc(3_000_000, 7);
const FILES = { "config.json": "{}", "sub dir/wei+ghts é#?.bin": WEIGHTS, "empty.txt": "" } as const;
type Files = Readonly<Record<string, Uint8Array | string>>;
type Instead = Parameters<typeof fakeWeb>[1];

async function signedModel(files: Files = FILES): Promise<{ readonly folder: string; readonly publicKey: string; readonly files: Files }> {
  const folder = join(temporaryFolder(), "granite");
  mkdirSync(folder);
  writeFiles(folder, files);
  const { privateKey, publicKey } = makeKeyPair("P-256");
  await sign(folder, { signer: await keySigner({ privateKey }), signature: join(folder, "model.sig") });
  return { folder, publicKey, files: { ...files, "model.sig": readFileSync(join(folder, "model.sig")) } };
}

const environment = { HOME: "/nowhere", AWS_ACCESS_KEY_ID: "A", AWS_SECRET_ACCESS_KEY: "s3cr3t", HF_TOKEN: "hf_s3cr3t" };

async function verified({ url }: Web, publicKey: string, options: Partial<VerifyOptions> = {}): Promise<Verification> {
  return verify(url, { trust: { method: "key", publicKey }, environment, ...options });
}

async function codeOf(instead: Instead): Promise<string> {
  const { publicKey, files } = await signedModel();
  const verification = await verified(await fakeWeb(files, instead), publicKey);
  return verification.outcome === "verified" ? "verified" : verification.error.code;
}

/** Puts an answer in the place of the weights', also to HEAD where it is asked for. */
const weights =
  (answer: NonNullable<Instead>, methods = ["GET"]): Instead =>
  (request, response, name) =>
    name.endsWith(".bin") && methods.includes(request.method ?? "") && answer(request, response, name);

suite("a model at an address of a web server", () => {
  test("verifies by the names that its signature lists, and says that others cannot be seen", async () => {
    const { publicKey, files } = await signedModel();
    const web = await fakeWeb({ ...files, "unsigned.txt": "not seen" });
    for (const url of [web.url, web.url.slice(0, -1)]) {
      const verification = await verified({ ...web, url }, publicKey);
      assert.equal(verification.outcome, "verified", verification.outcome === "verified" ? "" : verification.error.message);
      assert.deepEqual(verification.source, { kind: "https", given: url, pinned: web.url, host: new URL(web.url).host });
      assert.deepEqual(
        verification.warnings.map(({ code }) => code),
        ["FILES_NOT_LISTED"],
      );
    }
    assert.ok(web.requests.every(({ headers }) => headers.authorization === undefined && !JSON.stringify(headers).includes("s3cr3t")));
  });

  test("has the digests of the signed folder", async () => {
    const { folder, files } = await signedModel();
    const { url } = await fakeWeb(files);
    const [there, here] = [await digest(url, { environment }), await digest(folder)];
    assert.deepEqual([there.manifestDigest, there.rootDigest], [here.manifestDigest, here.rootDigest]);
    assert.deepEqual(
      there.warnings.map(({ code }) => code),
      ["FILES_NOT_LISTED"],
    );
  });

  test("finds a changed and a missing file", async () => {
    const { publicKey, files } = await signedModel();
    const changed = Buffer.from(WEIGHTS);
    changed[2_500_000] = 8;
    const { "empty.txt": _, ...fewer } = files;
    for (const [what, other] of [
      ["changed", { ...files, "sub dir/wei+ghts é#?.bin": changed }],
      ["missing", fewer],
    ] as const) {
      const verification = await verified(await fakeWeb(other), publicKey);
      assert.deepEqual(verification.outcome === "failed" && verification.differences.map(({ kind }) => kind), [what]);
    }
  });

  test("verifies by a signature from elsewhere, whose names are looked for", async () => {
    const { publicKey, folder } = await signedModel();
    const web = await fakeWeb(FILES);
    assert.equal((await verified(web, publicKey, { signature: join(folder, "model.sig") })).outcome, "verified");
    await rejectsWith("SIGNATURE_NOT_FOUND", async () => verified(web, publicKey));
  });

  test("that all is covered, and that nothing in it is code, cannot be told", async () => {
    const { publicKey, files } = await signedModel({ "config.json": "{}" });
    const web = await fakeWeb(files);
    const all = await verified(web, publicKey, { requireAll: true });
    assert.equal(all.outcome === "incomplete" && all.error.code, "REMOTE_NOT_LISTED");
    const { risk, warnings } = await scan(web.url, { environment });
    assert.equal(risk.outcome, "unknown");
    assert.deepEqual(
      warnings.map(({ code }) => code),
      ["FILES_NOT_LISTED"],
    );
  });

  test("is under no policy that asks for all of it, and under one that asks for the signed files", async () => {
    const { publicKey, files } = await signedModel({ "config.json": "{}" });
    const { url } = await fakeWeb(files);
    const folder = temporaryFolder();
    writeFileSync(join(folder, "key.pub"), publicKey);
    for (const [coverage, decision] of [
      ["complete", "incomplete"],
      ["weights", "incomplete"],
      ["signed-files", "allow"],
    ] as const) {
      const rules = `{ signers: [{ name: us, key: { file: key.pub } }], coverage: ${coverage} }`;
      writeFileSync(
        join(folder, "policy.yml"),
        `version: 1\nname: test\nmodels: [{ id: all, match: { reference: "${url}" }, rules: ${rules} }]\n`,
      );
      const checked = await check(url, join(folder, "policy.yml"), { environment });
      assert.equal(checked.decision.decision, decision, coverage);
    }
  });

  test("is not called the same as another model: what cannot be seen was not compared", async () => {
    const { folder, files } = await signedModel();
    const { url } = await fakeWeb(files);
    const { same, differences } = await diff(url, folder, { environment });
    assert.deepEqual([same, differences], [false, []]);
    writeFiles(folder, { "extra.txt": "on this side" });
    for (const sides of [
      [url, folder],
      [folder, url],
    ] as const) {
      const { differences, notComparable } = await diff(...sides, { environment });
      assert.deepEqual([differences, notComparable], [[], ["extra.txt"]]);
    }
  });

  test("without a signature has no list of files", async () => {
    const web = await fakeWeb(FILES);
    await rejectsWith("REMOTE_NOT_LISTED", async () => digest(web.url, { environment }));
    await rejectsWith("REMOTE_NOT_LISTED", async () => scan(web.url, { environment }));
    const page: Instead = (_q, response) => (response.writeHead(200, { "content-type": "text/html" }).end("<html>welcome"), true);
    const { url } = await fakeWeb({}, page);
    await rejectsWith("REMOTE_NOT_LISTED", async () => digest(url, { environment }));
  });

  test("a file is streamed from where an earlier run stopped", async () => {
    const { files } = await signedModel();
    const web = await fakeWeb(files);
    const model = await openWebModel(web.url, { environment });
    const file = (await model.inventory()).files.find(({ size }) => size === WEIGHTS.length);
    assert.ok(file !== undefined);
    let received = 0;
    await model.stream(file, (piece) => void (received += piece.length), 2_000_000);
    assert.equal(received, 1_000_000);
    assert.match(web.requests.at(-1)?.headers.range ?? "", /^bytes=2000000-/);
    await model.close();
  });

  test("sizes are found where HEAD is refused, or no answer has a length", async () => {
    for (const status of [405, 403]) {
      const refused = weights((_q, response) => (response.writeHead(status).end(), true), ["HEAD"]);
      assert.equal(await codeOf(refused), status === 405 ? "verified" : "REMOTE_DENIED");
    }
    const chunked: Instead = weights(
      (request, response) => {
        response.writeHead(200);
        response.end(request.method === "HEAD" ? undefined : WEIGHTS);
        return true;
      },
      ["HEAD", "GET"],
    );
    assert.equal(await codeOf(chunked), "verified");
  });

  test("a connection that breaks at half is continued there", async () => {
    let sent = 0;
    let isFirst = true;
    const half = WEIGHTS.length / 2;
    const breaking = weights((request, response) => {
      if (isFirst) {
        isFirst = false;
        sent += half;
        const etag = '"1"';
        response.writeHead(200, { etag, "content-length": WEIGHTS.length });
        response.write(WEIGHTS.subarray(0, half), () => response.destroy());
        return true;
      }
      assert.equal(request.headers["if-range"], '"1"');
      sent += WEIGHTS.length - half;
      response.writeHead(206, {
        etag: '"1"',
        "content-length": half,
        "content-range": `bytes ${half}-${WEIGHTS.length - 1}/${WEIGHTS.length}`,
      });
      response.end(WEIGHTS.subarray(half));
      return true;
    });
    const headOf = weights((_q, response) => (response.writeHead(200, { "content-length": WEIGHTS.length }).end(), true), ["HEAD"]);
    assert.equal(await codeOf((...asked) => breaking?.(...asked) === true || headOf?.(...asked) === true), "verified");
    assert.ok(sent <= 1.05 * WEIGHTS.length, String(sent));
  });
});

suite("a web server that is wrong or hostile", () => {
  test("a file that is replaced, removed, shorter or longer than its size was", async () => {
    const answers: readonly (readonly [string, NonNullable<Instead>])[] = [
      ["REMOTE_CHANGED", (_q, response) => (response.writeHead(200, { etag: '"other"' }).end(WEIGHTS), true)],
      ["REMOTE_CHANGED", (_q, response) => (response.writeHead(404).end(), true)],
      ["REMOTE_CHANGED", (_q, response) => (response.end(Buffer.concat([WEIGHTS, Buffer.from("x")])), true)],
      ["REMOTE_TRUNCATED", (_q, response) => (response.end(WEIGHTS.subarray(1)), true)],
      ["SERVER_ANSWER", (_q, response) => (response.writeHead(200, { "content-encoding": "gzip" }).end(WEIGHTS), true)],
      ["SERVER_ANSWER", (_q, response) => (response.writeHead(206, { "content-range": "bytes 5-9/3000000" }).end(WEIGHTS), true)],
    ];
    for (const [code, answer] of answers) assert.equal(await codeOf(weights(answer)), code, answer.toString());
  });

  test("a signature that lists names which leave the model is not followed", async () => {
    const { files } = await signedModel();
    const web = await fakeWeb(files, (request, response, name) => {
      if (name !== "model.sig") return false;
      const bundle = JSON.parse(Buffer.from(files["model.sig"] ?? "").toString()) as { dsseEnvelope: { payload: string } };
      const statement = Buffer.from(bundle.dsseEnvelope.payload, "base64").toString().replaceAll("config.json", "../x.json");
      bundle.dsseEnvelope.payload = Buffer.from(statement).toString("base64");
      sendWebFile(request, response, Buffer.from(JSON.stringify(bundle)));
      return true;
    });
    await rejectsWith("REMOTE_NOT_LISTED", async () => digest(web.url, { environment }));
    assert.ok(web.requests.every(({ path }) => path.startsWith("/models/granite/")));
  });

  test("redirects lead to public addresses, or to the server's own kind", async () => {
    const cdn = await listen((request, response) => sendWebFile(request, response, WEIGHTS));
    const to = (location: string): Instead =>
      weights((_q, response) => (response.writeHead(302, { location }).end(), true), ["HEAD", "GET"]);
    assert.equal(await codeOf(to(`${cdn.url}/blob`)), "verified");
    assert.equal(await codeOf(to("http://169.254.169.254/x")), "ADDRESS_REFUSED");
    assert.equal(await codeOf(to("ftp://127.0.0.1/x")), "REMOTE_REDIRECT");
  });

  test("what is private has a code of its own, and a signature that is denied too", async () => {
    const denied: NonNullable<Instead> = (_q, response) => (response.writeHead(403).end(), true);
    assert.equal(await codeOf(weights(denied, ["HEAD", "GET"])), "REMOTE_DENIED");
    assert.equal(await codeOf(denied), "REMOTE_DENIED");
    // Some servers deny what does not exist.
    assert.equal(
      await codeOf((request, response, name) => name.endsWith("sig") && name !== "model.sig" && denied(request, response, name)),
      "verified",
    );
  });
});

suite("the address of files on a web server", () => {
  test("is read with and without its last slash", () => {
    for (const text of ["https://example.com/a/b", "https://example.com/a/b/", "HTTPS://example.com/a/b/"]) {
      assert.deepEqual([readReference(text).reference, readReference(text).kind], ["https://example.com/a/b/", "https"]);
      assert.ok(isRemoteReference(text));
    }
    assert.equal(readReference("https://huggingface.co/acme/granite").kind, "hf");
  });

  test("is refused where no names can be added to it, and without TLS", async () => {
    for (const text of ["https://", "https://user:s3cr3t@example.com/", "https://example.com/a?x=1", "https://example.com/a#b"]) {
      assert.throws(
        () => readReference(text),
        (error: Error & { code?: string }) => error.code === "USAGE" && !error.message.includes("s3cr3t"),
        text,
      );
    }
    await rejectsWith("USAGE", async () => digest("http://example.com/model/", { environment }));
  });
});
