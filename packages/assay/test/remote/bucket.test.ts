import assert from "node:assert/strict";
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { suite, test } from "node:test";
import { check } from "../../src/api/check.ts";
import { digest } from "../../src/api/digest.ts";
import { pin } from "../../src/api/pin.ts";
import { scan } from "../../src/api/scan.ts";
import { sign } from "../../src/api/sign.ts";
import { verify } from "../../src/api/verify.ts";
import type { Verification } from "../../src/api/results.ts";
import { keySigner } from "../../src/signing/key-signer.ts";
import { isRemoteReference, readReference } from "../../src/source/reference.ts";
import { etagOf, fakeBucket, sendError, sendObject, type Bucket, type FakeBucketOptions } from "../support/bucket/fake-bucket.ts";
import { makeKeyPair } from "../support/keys.ts";
import { listen } from "../support/listening.ts";
import { writeFiles } from "../support/models/on-disk.ts";
import { rejectsWith } from "../support/rejects.ts";
import { temporaryFolder } from "../support/temporary-folder.ts";

const WEIGHTS = Buffer.alloc(3_000_000, 7);
const FILES = { "config.json": "{}", "sub dir/wei+ghts é.bin": WEIGHTS, "empty.txt": "" } as const;
const REFERENCE = "s3://models/acme/granite/";
const KEYS = { AWS_ACCESS_KEY_ID: "AKIAEXAMPLE", AWS_SECRET_ACCESS_KEY: "s3cr3t", AWS_SESSION_TOKEN: "t0ken" };

type Environment = Readonly<Record<string, string>>;

const environment = (url: string, more: Environment = {}): { readonly environment: Environment } => ({
  environment: { HOME: "/nowhere", AWS_ENDPOINT_URL: url, ...more },
});

/** A signed copy on disk, and its files under a prefix, between the mark of a folder and a neighbor whose name begins alike. */
async function signedModel(): Promise<{
  readonly folder: string;
  readonly publicKey: string;
  readonly objects: Record<string, Uint8Array | string>;
}> {
  const folder = join(temporaryFolder(), "granite");
  mkdirSync(folder);
  writeFiles(folder, FILES);
  const { privateKey, publicKey } = makeKeyPair("P-256");
  await sign(folder, { signer: await keySigner({ privateKey }), signature: join(folder, "model.sig") });
  return { folder, publicKey, objects: under({ ...FILES, "model.sig": readFileSync(join(folder, "model.sig")), "": "", "sub dir/": "" }) };
}

function under(files: Readonly<Record<string, Uint8Array | string>>): Record<string, Uint8Array | string> {
  const named = Object.entries(files).map(([name, content]) => [`acme/granite/${name}`, content] as const);
  return { ...Object.fromEntries(named), "acme/granite2/other.bin": "x" };
}

async function verified(bucket: Bucket, publicKey: string, more: Environment = {}): Promise<Verification> {
  return verify(REFERENCE, { trust: { method: "key", publicKey }, ...environment(bucket.url, more) });
}

async function codeOf(options: FakeBucketOptions, more: Environment = {}): Promise<string> {
  const { publicKey, objects } = await signedModel();
  const verification = await verified(await fakeBucket(objects, options), publicKey, more);
  return verification.outcome === "verified" ? "verified" : verification.error.code;
}

/** Puts an answer in the place of the weights'. */
const weights = (answer: NonNullable<FakeBucketOptions["instead"]>): FakeBucketOptions => ({
  instead: (request, response) => request.path.endsWith(".bin") && answer(request, response),
});
const lists = (answer: NonNullable<FakeBucketOptions["instead"]>): FakeBucketOptions => ({
  instead: (request, response) => request.path.endsWith("/models/") && answer(request, response),
});

suite("a model in a bucket", () => {
  test("has the digests of a copy on disk, and verifies by the signature in it", async () => {
    const { folder, publicKey, objects } = await signedModel();
    const bucket = await fakeBucket(objects, { pageSize: 2 });
    const here = await digest(folder);
    for (const reference of [REFERENCE, "s3://models/acme/granite"]) {
      const there = await digest(reference, environment(bucket.url));
      assert.deepEqual([there.manifestDigest, there.rootDigest, there.notCovered], [here.manifestDigest, here.rootDigest, here.notCovered]);
    }
    const verification = await verified(bucket, publicKey);
    assert.equal(verification.outcome, "verified", verification.outcome === "verified" ? "" : verification.error.message);
    assert.deepEqual(verification.source, { kind: "s3", given: REFERENCE, pinned: REFERENCE, host: new URL(bucket.url).host });
  });

  test("finds a changed byte, a missing and an extra file, whatever the ETag is", async () => {
    const { publicKey, objects } = await signedModel();
    const changed = Buffer.from(WEIGHTS);
    changed[2_500_000] = 8;
    const { "acme/granite/empty.txt": _, ...fewer } = objects;
    for (const [what, other] of [
      ["changed", { ...objects, "acme/granite/sub dir/wei+ghts é.bin": changed }],
      ["extra", { ...objects, "acme/granite/new.txt": "x" }],
      ["missing", fewer],
    ] as const) {
      const verification = await verified(await fakeBucket(other), publicKey);
      assert.deepEqual(verification.outcome === "failed" && verification.differences.map(({ kind }) => kind), [what]);
    }
  });

  test("is scanned by ranges of the objects as they were listed", async () => {
    const bucket = await fakeBucket(under({ "weights.bin": WEIGHTS }));
    const { source } = await scan(REFERENCE, environment(bucket.url));
    assert.equal(source?.kind, "s3");
    const reads = bucket.requests.filter(({ path }) => path.endsWith(".bin"));
    assert.ok(reads.length > 0);
    for (const { headers } of reads) assert.deepEqual([typeof headers.range, headers["if-match"]], ["string", etagOf(WEIGHTS)]);
  });

  test("all requests are signed where there are credentials, and else none", async () => {
    const { publicKey, objects } = await signedModel();
    for (const more of [KEYS, {}]) {
      const bucket = await fakeBucket(objects);
      assert.equal((await verified(bucket, publicKey, more)).outcome, "verified");
      for (const { headers } of bucket.requests) {
        if (more === KEYS)
          assert.match(headers.authorization ?? "", /^AWS4-HMAC-SHA256 Credential=AKIAEXAMPLE\/\d{8}\/us-east-1\/s3\/aws4_request, /);
        else assert.equal(headers.authorization, undefined);
        assert.equal(headers["x-amz-security-token"], more === KEYS ? "t0ken" : undefined);
      }
    }
  });

  test("a connection that breaks is continued where it broke off: at half, no byte is sent twice", async () => {
    let sent = 0;
    let isFirst = true;
    const options = weights((request, response) => {
      const from = Number(/\d+/.exec(request.headers.range ?? "0")?.[0]);
      if (isFirst) {
        isFirst = false;
        sent += WEIGHTS.length / 2;
        response.writeHead(200, { etag: etagOf(WEIGHTS), "content-length": WEIGHTS.length });
        response.write(WEIGHTS.subarray(0, WEIGHTS.length / 2), () => response.destroy());
        return true;
      }
      sent += WEIGHTS.length - from;
      return false;
    });
    assert.equal(await codeOf(options), "verified");
    assert.ok(sent <= 1.05 * WEIGHTS.length, String(sent));
  });

  test("a wrong region is signed for anew, at the same endpoint, once", async () => {
    for (const other of [
      { status: 301, headers: { "x-amz-bucket-region": "eu-west-1" }, more: "" },
      { status: 400, headers: {}, more: "<Region>eu-west-1</Region>" },
    ]) {
      const { publicKey, objects } = await signedModel();
      const bucket = await fakeBucket(objects, {
        instead: ({ headers }, response) => {
          if (headers.authorization?.includes("/eu-west-1/s3/") === true) return false;
          sendError(response, other.status, "AuthorizationHeaderMalformed", other.more, {
            ...other.headers,
            location: "http://127.0.0.1:9/x",
          });
          return true;
        },
      });
      assert.equal((await verified(bucket, publicKey, KEYS)).outcome, "verified");
      assert.equal(bucket.requests.filter(({ headers }) => headers.authorization?.includes("/us-east-1/") === true).length, 1);
    }
    const moving = lists(({ headers }, response) => {
      const region = /us-east-1/.test(headers.authorization ?? "") ? "eu-west-1" : "us-east-1";
      sendError(response, 301, "PermanentRedirect", "", { "x-amz-bucket-region": region });
      return true;
    });
    assert.equal(await codeOf(moving, KEYS), "SERVER_ANSWER");
  });
});

suite("a bucket's server that is wrong or hostile", () => {
  test("names that leave the model, hide another or are not plain; an object that is a folder too", async () => {
    for (const key of ["../x", "a//b", "./x", "C:/x", "a\\b", "a\nb", "CONFIG.json", "a/", "config.json/x"]) {
      const { publicKey, objects } = await signedModel();
      const verification = await verified(await fakeBucket({ ...objects, [`acme/granite/${key}`]: "x" }), publicKey);
      assert.equal(verification.outcome === "failed" && verification.error.code, "REMOTE_NAME", JSON.stringify(key));
    }
  });

  test("an object that is replaced while it is read, whether or not If-Match is heeded", async () => {
    for (const heedsIfMatch of [true, false]) {
      const { publicKey, objects } = await signedModel();
      let isFirst = true;
      const bucket = await fakeBucket(objects, {
        heedsIfMatch,
        instead: ({ path }, response) => {
          if (!path.endsWith(".bin") || !isFirst) return false;
          isFirst = false;
          response.writeHead(200, { etag: etagOf(WEIGHTS), "content-length": WEIGHTS.length });
          response.write(WEIGHTS.subarray(0, 1_000_000), () => response.destroy());
          bucket.objects.set("acme/granite/sub dir/wei+ghts é.bin", Buffer.alloc(WEIGHTS.length, 8));
          return true;
        },
      });
      const verification = await verified(bucket, publicKey);
      assert.equal(verification.outcome === "incomplete" && verification.error.code, "REMOTE_CHANGED");
    }
    assert.equal(await codeOf(weights((_q, response) => (response.writeHead(200).end(WEIGHTS), true))), "REMOTE_CHANGED");
    assert.equal(await codeOf(weights((request, response) => (sendObject(request, response, WEIGHTS, '"other"'), true))), "REMOTE_CHANGED");
    assert.equal(await codeOf(weights((_q, response) => (sendError(response, 404, "NoSuchKey"), true))), "REMOTE_CHANGED");
  });

  test("objects that change after they were read: nothing is said of the model", async () => {
    const { publicKey, objects } = await signedModel();
    for (const change of [
      (bucket: Bucket): unknown => bucket.objects.set("acme/granite/new.bin", Buffer.from("x")),
      (bucket: Bucket): unknown => bucket.objects.set("acme/granite/config.json", Buffer.from("[]")),
      (bucket: Bucket): unknown => bucket.objects.delete("acme/granite/config.json"),
    ]) {
      const bucket = await fakeBucket(
        objects,
        weights(() => (setTimeout(() => change(bucket), 0), false)),
      );
      bucket.objects.set("acme/granite/config.json", Buffer.from("{}"));
      const verification = await verified(bucket, publicKey);
      assert.equal(verification.outcome === "incomplete" && verification.error.code, "REMOTE_CHANGED");
    }
  });

  test("a list that is not as the protocol has it", async () => {
    const change = (from: RegExp | string, to: string): FakeBucketOptions => ({ list: (xml) => xml.replace(from, to) });
    for (const [what, options] of Object.entries({
      "a document type": change("?>", '?><!DOCTYPE x [<!ENTITY y SYSTEM "file:///etc/passwd">]>'),
      "another document": change(/ListBucketResult/g, "Other") satisfies FakeBucketOptions,
      "no word on more": change(/<IsTruncated>.*?<\/IsTruncated>/, ""),
      "more without a token": change("<IsTruncated>false", "<IsTruncated>true"),
      "a key of another prefix": change("<Key>acme/granite", "<Key>acme/other"),
      "a key twice in one object": change("<Key>", "<Key>x</Key><Key>"),
      "no ETag": change(/<ETag>.*?<\/ETag>/g, ""),
      "an ETag that no header may hold": change(/<ETag>.*?<\/ETag>/g, "<ETag>a&#10;b</ETag>"),
      "a size below zero": change("<Size>", "<Size>-"),
      "a key that is not encoded": change("<Key>acme/granite/", "<Key>acme/granite/%ff"),
      "a long list": { list: (xml: string) => xml + " ".repeat(9 * 1024 * 1024) },
    })) {
      assert.equal(await codeOf(options), "SERVER_ANSWER", what);
    }
    const endless = change(
      /<IsTruncated>.*?<\/IsTruncated>/,
      "<IsTruncated>true</IsTruncated><NextContinuationToken>0</NextContinuationToken>",
    );
    assert.equal(await codeOf(endless), "SERVER_ANSWER");
  });

  test("a redirect to another host is not followed, and gets nothing", async () => {
    const asked: string[] = [];
    const other = await listen((request, response) => {
      asked.push(request.url ?? "");
      response.end();
    });
    const to = (_q: unknown, response: Parameters<NonNullable<FakeBucketOptions["instead"]>>[1]): boolean => (
      response.writeHead(307, { location: `${other.url}/x` }).end(),
      true
    );
    assert.equal(await codeOf(weights(to), KEYS), "REMOTE_REDIRECT");
    assert.equal(await codeOf(lists(to), KEYS), "REMOTE_REDIRECT");
    assert.deepEqual(asked, []);
  });

  test("a server that gives other bytes than were listed, a part that was not asked for, and less", async () => {
    assert.equal(
      await codeOf(weights((request, response) => (sendObject(request, response, Buffer.alloc(WEIGHTS.length), etagOf(WEIGHTS)), true))),
      "MODEL_MISMATCH",
    );
    const etag = etagOf(WEIGHTS);
    for (const [code, status, headers, body] of [
      ["SERVER_ANSWER", 206, { "content-range": `bytes 5-${WEIGHTS.length + 4}/${WEIGHTS.length}` }, WEIGHTS],
      ["REMOTE_TRUNCATED", 200, {}, WEIGHTS.subarray(1)],
      ["REMOTE_CHANGED", 200, {}, Buffer.concat([WEIGHTS, Buffer.from("x")])],
      ["SERVER_ANSWER", 200, { "content-encoding": "gzip" }, WEIGHTS],
    ] as const) {
      assert.equal(await codeOf(weights((_q, response) => (response.writeHead(status, { etag, ...headers }).end(body), true))), code);
    }
  });

  test("what is missing, private, archived or limited has a code of its own", async () => {
    for (const [code, status, said] of [
      ["REMOTE_NOT_FOUND", 404, "NoSuchBucket"],
      ["REMOTE_DENIED", 403, "AccessDenied"],
      ["REMOTE_DENIED", 403, "SignatureDoesNotMatch"],
      ["REMOTE_DENIED", 400, "ExpiredToken"],
      ["REMOTE_DENIED", 403, "InvalidObjectState"],
      ["REMOTE_LIMIT", 429, "TooManyRequests"],
      ["SERVER_ANSWER", 418, "Teapot"],
    ] as const) {
      const options = lists((_q, response) => (sendError(response, status, said, "", { "retry-after": "600" }), true));
      const { publicKey, objects } = await signedModel();
      const bucket = await fakeBucket(objects, options);
      if (code === "REMOTE_NOT_FOUND") await rejectsWith(code, async () => verified(bucket, publicKey));
      else assert.equal(await codeOf(options), code, said);
    }
    assert.equal(
      await codeOf(lists((_q, response) => (sendError(response, 503, "SlowDown", "", { "retry-after": "600" }), true))),
      "REMOTE_LIMIT",
    );
    const empty = await fakeBucket({ single: "x", "single.txt": "x" });
    for (const name of ["none", "single", "single.t"]) {
      await rejectsWith("REMOTE_NOT_FOUND", async () => digest(`s3://models/${name}`, environment(empty.url)));
    }
  });

  test("credentials are in no output, whatever the server repeats", async () => {
    const { publicKey, objects } = await signedModel();
    const options = lists(({ headers }, response) => {
      sendError(response, 400, "Odd", `<Key>${headers.authorization}</Key>`, { "x-said": "s3cr3t" });
      return true;
    });
    const echo: FakeBucketOptions = lists(({ headers }, response) => {
      const words = `refused the request with ${String(headers["x-amz-security-token"])} and AKIAEXAMPLE`;
      response.writeHead(400).end(`<Error><Code>Odd</Code><Message>${words}</Message></Error>`);
      return true;
    });
    for (const one of [options, echo]) {
      const { outcome, ...refused } = await verified(await fakeBucket(objects, one), publicKey, KEYS);
      assert.ok(outcome === "incomplete" && "error" in refused);
      const shown = `${refused.error.message} ${refused.error.hint ?? ""} ${JSON.stringify(refused)}`;
      for (const secret of Object.values(KEYS)) assert.ok(!shown.includes(secret), shown);
    }
  });
});

test("a model in a bucket is pinned by its manifest digest, as it has no revision", async () => {
  const { publicKey, objects, folder: signed } = await signedModel();
  const bucket = await fakeBucket(objects);
  const folder = temporaryFolder();
  writeFileSync(join(folder, "key.pub"), publicKey);
  const rules = "{ signers: [{ name: us, key: { file: key.pub } }], pin: required }";
  const policy = join(folder, "policy.yml");
  writeFileSync(policy, `version: 1\nname: test\nmodels: [{ id: all, match: { reference: "s3://models/acme/**" }, rules: ${rules} }]\n`);
  const { isWritten, models } = await pin([REFERENCE], policy, environment(bucket.url));
  const { manifestDigest } = await digest(signed);
  assert.deepEqual(
    [isWritten, models[0]?.name, models[0]?.entry?.manifest, models[0]?.entry?.revision],
    [true, "models/acme/granite", manifestDigest, undefined],
  );
  const decided = async (): Promise<string> => (await check(REFERENCE, policy, environment(bucket.url))).decision.decision;
  assert.equal(await decided(), "allow");
  bucket.objects.set("acme/granite/config.json", Buffer.from("[]"));
  assert.equal(await decided(), "deny");
});

suite("the address of a bucket", () => {
  test("is read with and without its last slash", () => {
    for (const [text, reference] of [
      ["s3://models", "s3://models/"],
      ["s3://models/", "s3://models/"],
      ["s3://models/a b/c", "s3://models/a b/c/"],
      ["s3://my.bucket/a/", "s3://my.bucket/a/"],
    ] as const) {
      assert.equal(readReference(text).reference, reference);
      assert.ok(isRemoteReference(text));
    }
  });

  test("is refused where it is not one", () => {
    for (const text of [
      "s3:models/a",
      "s3:/models/a",
      "s3://",
      "s3:///a",
      "s3://-a/b",
      "s3://a b/c",
      "s3://models/../x",
      "s3://models/./x",
      "s3://models/a\nb",
      "s3://models/a?versionId=x",
      `s3://models/${"x".repeat(1025)}`,
    ]) {
      assert.throws(() => readReference(text), { code: "USAGE" }, text);
    }
  });
});

suite("credentials and endpoints of AWS", () => {
  const home = (files: Readonly<Record<string, string>>): string => {
    const folder = temporaryFolder();
    mkdirSync(join(folder, ".aws"));
    for (const [name, text] of Object.entries(files)) writeFileSync(join(folder, ".aws", name), text);
    return folder;
  };
  const credentialOf = async (more: Environment): Promise<string | undefined> => {
    const bucket = await fakeBucket(under(FILES));
    await digest(REFERENCE, { environment: { AWS_ENDPOINT_URL_S3: bucket.url, HOME: "/nowhere", ...more } });
    return /Credential=([^,]+)\/\d{8}\/([^/]+)/
      .exec(bucket.requests[0]?.headers.authorization ?? "")
      ?.slice(1)
      .join(" ");
  };

  test("come from the environment, a named profile or the default one", async () => {
    const folder = home({
      config:
        "# regions\n[default]\nregion = eu-west-3\ns3 =\n  addressing_style = path\n[profile work]\nregion=eu-central-1 ; near\naws_access_key_id = NOT\n",
      credentials:
        "[default]\naws_access_key_id = DEFAULT\naws_secret_access_key = a=b\n[work]\naws_access_key_id=WORK\naws_secret_access_key=c\n",
    });
    assert.equal(await credentialOf({ HOME: folder }), "DEFAULT eu-west-3");
    assert.equal(await credentialOf({ HOME: folder, AWS_PROFILE: "work" }), "WORK eu-central-1");
    assert.equal(await credentialOf({ HOME: folder, AWS_REGION: "us-west-2", ...KEYS }), "AKIAEXAMPLE us-west-2");
    assert.equal(await credentialOf({ HOME: folder, AWS_NO_SIGN_REQUEST: "YES" }), undefined);
    const files = { AWS_CONFIG_FILE: join(folder, ".aws/config"), AWS_SHARED_CREDENTIALS_FILE: join(folder, ".aws/credentials") };
    assert.equal(await credentialOf({ ...files, AWS_PROFILE: "work" }), "WORK eu-central-1");
    assert.equal(await credentialOf({}), undefined);
  });

  test("what is unsupported or wrong is said, and what it holds is not", async () => {
    for (const [files, more] of [
      [{ config: "[default]\nrole_arn = arn:aws:iam::1:role/x\nsource_profile = s3cr3t\n" }, {}],
      [{ config: "[default]\ncredential_process = s3cr3t\n" }, {}],
      [{ config: "[default]\nsso_session = x\n" }, {}],
      [{ config: "[default]\nservices = x\n" }, { AWS_ENDPOINT_URL_S3: "" }],
      [{ config: "s3cr3t\n" }, {}],
      [{ credentials: "[default]\ns3cr3t\n" }, {}],
      [{ credentials: "[default]\naws_access_key_id = s3cr3t/+\naws_secret_access_key = x\n" }, {}],
      [{ credentials: "[default]\naws_secret_access_key = s3cr3t\n" }, {}],
      [{}, { AWS_PROFILE: "missing" }],
      [{}, { AWS_ACCESS_KEY_ID: "s3cr3t" }],
      [{}, { AWS_REGION: "a.b" }],
      [{}, { AWS_ENDPOINT_URL_S3: "s3cr3t" }],
    ] as const) {
      const error: unknown = await credentialOf({ HOME: home(files), ...more }).catch((thrown: unknown) => thrown);
      assert.ok(error instanceof Error && "code" in error && error.code === "USAGE", String(error));
      if (!("AWS_ENDPOINT_URL_S3" in more)) assert.ok(!error.message.includes("s3cr3t"), error.message);
    }
  });

  test("a web identity is exchanged for credentials, once, at its own service", async () => {
    const token = join(temporaryFolder(), "token");
    writeFileSync(token, "the.identity.token\n");
    const bodies: string[] = [];
    const answer = { status: 200, expires: "2999-01-01T00:00:00Z" };
    const sts = await listen((request, response) => {
      let body = "";
      request.on("data", (piece: Buffer) => (body += piece.toString()));
      request.on("end", () => {
        bodies.push(body);
        response.writeHead(answer.status).end(
          `<AssumeRoleWithWebIdentityResponse xmlns="https://sts.amazonaws.com/doc/2011-06-15/"><AssumeRoleWithWebIdentityResult><Credentials>
          <AccessKeyId>LENT</AccessKeyId><SecretAccessKey>lent/secret</SecretAccessKey><SessionToken>lent-token</SessionToken><Expiration>${answer.expires}</Expiration>
          </Credentials></AssumeRoleWithWebIdentityResult></AssumeRoleWithWebIdentityResponse>`,
        );
      });
    });
    const role = { AWS_WEB_IDENTITY_TOKEN_FILE: token, AWS_ROLE_ARN: "arn:aws:iam::1:role/reader", AWS_ENDPOINT_URL_STS: sts.url };
    assert.equal(await credentialOf(role), "LENT us-east-1");
    assert.equal(bodies.length, 1);
    assert.match(bodies[0] ?? "", /^Action=AssumeRoleWithWebIdentity&.*WebIdentityToken=the\.identity\.token$/);
    answer.expires = "2001-01-01T00:00:00Z";
    await credentialOf(role);
    assert.ok(bodies.length > 3, "expired credentials are renewed");
    answer.status = 403;
    await rejectsWith("REMOTE_DENIED", async () => credentialOf(role));
    await rejectsWith("USAGE", async () => credentialOf({ ...role, AWS_ENDPOINT_URL_STS: "http://sts.example" }));
  });
});
