// Models in a real S3 server (moto), which checks signatures of requests. `npm run test:remote`.
import assert from "node:assert/strict";
import { readFileSync, writeFileSync } from "node:fs";
import { before, suite, test } from "node:test";
import { writeFiles } from "../../support/models/on-disk.ts";
import { startMoto, type AccessKey } from "../../support/remote-servers/moto.ts";
import { global, pickle, text, tuple } from "../../support/scan/pickle.ts";
import { GRANITE } from "./granite.ts";
import { WorkPlace } from "./work-place.ts";

const s3 = await startMoto();
const place = new WorkPlace({ AWS_ENDPOINT_URL: s3.address, AWS_REGION: "us-east-1" });
const granite = writeFiles(place.path("granite"), GRANITE);
await place.sign(granite);
const signature = readFileSync(place.path("granite/model.sig"));

await s3.createBucket("models");
for (const [name, content] of Object.entries({ ...GRANITE, "model.sig": signature })) {
  await s3.put("models", `acme/granite/${name}`, content);
  await s3.put("models", `public/granite/${name}`, content, "public-read");
}
// An object that marks a folder, and one beside the prefix.
await s3.put("models", "acme/granite/weights/", "");
await s3.put("models", "acme/granite-2/config.json", "{}");
for (const [name, content] of Object.entries({ ...GRANITE, "model.sig": signature, "config.json": "{ }" })) {
  await s3.put("models", `acme/changed/${name}`, content);
}
await s3.put("models", "acme/risky/pytorch_model.bin", pickle(2, global("os", "system"), tuple(text("id")), "R"));

const reader = await s3.createUser("reader", ["s3:ListBucket", "s3:GetObject"]);
const lister = await s3.createUser("lister", ["s3:ListBucket"]);
const role = await s3.createRole("models", ["s3:ListBucket", "s3:GetObject"]);

const MODEL = "s3://models/acme/granite/";
const as = ({ accessKeyId, secretAccessKey }: AccessKey): Readonly<Record<string, string>> => ({
  AWS_ACCESS_KEY_ID: accessKeyId,
  AWS_SECRET_ACCESS_KEY: secretAccessKey,
});

suite("a model in a real bucket that takes unsigned requests", () => {
  test("verifies with unsigned requests", async () => {
    for (const environment of [{}, { ...as(reader), AWS_NO_SIGN_REQUEST: "true" }]) {
      assert.equal((await place.verify("s3://models/public/granite/", 0, [], environment)).outcome, "verified");
      assert.equal((await place.verify(MODEL, 3, [], environment)).error?.code, "REMOTE_DENIED");
    }
  });

  // Here, as this server of tokens wants a signed request once keys are required, which this request never is.
  test("verifies with the keys of a role, which the server gives for a web identity", async () => {
    writeFileSync(place.path("token"), "eyJ0b2tlbiI6ICJvZiBhIHRlc3QifQ");
    const identity = { AWS_WEB_IDENTITY_TOKEN_FILE: place.path("token"), AWS_ROLE_ARN: role };
    const asked = (): number => s3.log().split('"POST / HTTP').length;
    const before = asked();
    assert.equal((await place.verify(MODEL, 0, [], identity)).outcome, "verified");
    assert.equal(asked(), before + 1);
  });
});

suite("a model in a real bucket that wants signed requests", () => {
  before(() => s3.requireKeys());

  test("verifies by the signature in it, with signed requests", async () => {
    const { outcome, source } = await place.verify(MODEL, 0, [], as(reader));
    assert.equal(outcome, "verified");
    assert.deepEqual([source?.kind, source?.given, source?.host], ["s3", MODEL, s3.host]);
  });

  test("has the files and the manifest digest of the folder, over several pages", async () => {
    const there = await place.digest(MODEL, [], as(reader));
    const here = await place.digest(granite);
    assert.equal(there.manifestDigest, here.manifestDigest);
    assert.deepEqual(there.files, here.files);
    assert.equal(here.files?.length, 5);
  });

  test("with a changed object fails, and the file is named", async () => {
    const { differences } = await place.verify("s3://models/acme/changed/", 1, [], as(reader));
    assert.deepEqual(
      differences?.map(({ kind, name }) => [kind, name]),
      [["changed", "config.json"]],
    );
  });

  test("is scanned by its bytes", async () => {
    await place.json(["scan", "s3://models/acme/risky/"], 1, as(reader));
    await place.json(["scan", MODEL], 0, as(reader));
  });

  test("is read with the keys of a profile", async () => {
    writeFileSync(
      place.path("credentials"),
      `[models]\naws_access_key_id = ${reader.accessKeyId}\naws_secret_access_key = ${reader.secretAccessKey}\n`,
    );
    const profile = { AWS_SHARED_CREDENTIALS_FILE: place.path("credentials"), AWS_PROFILE: "models" };
    assert.equal((await place.verify(MODEL, 0, [], profile)).outcome, "verified");
  });

  test("is not told of without the right keys, and no key is shown", async () => {
    const wrong = { accessKeyId: reader.accessKeyId, secretAccessKey: "wrongSecretThatIsNeverShown" };
    const unknown = { accessKeyId: "AKIAUNKNOWN", secretAccessKey: "unknownSecretThatIsNeverShown" };
    for (const environment of [as(lister), as(wrong), as(unknown)]) {
      const document = await place.verify(MODEL, 3, [], environment);
      assert.equal(document.error?.code, "REMOTE_DENIED");
      assert.doesNotMatch(JSON.stringify(document), /NeverShown/);
    }
  });

  test("is a wrong question where the bucket or the prefix does not exist", async () => {
    assert.match((await place.verify("s3://models/acme/missing/", 2, [], as(reader))).error?.code ?? "", /^REMOTE_/);
    assert.match((await place.verify("s3://missing/acme/", 2, [], as(reader))).error?.code ?? "", /^REMOTE_/);
  });
});
