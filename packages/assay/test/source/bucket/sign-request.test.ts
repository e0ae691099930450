import assert from "node:assert/strict";
import { suite, test } from "node:test";
import { AwsV4Signer } from "aws4fetch";
import { assert as assertProperty, asyncProperty, constantFrom, option, record, string, uniqueArray } from "fast-check";
import { encodeAws, signRequest } from "../../../src/source/bucket/sign-request.ts";

/** The account and the time of the examples in AWS's reference of S3. */
const EXAMPLE = {
  accessKeyId: "AKIAIOSFODNN7EXAMPLE",
  secretAccessKey: "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY",
  sessionToken: undefined,
};
const SCOPE = { region: "us-east-1", date: new Date("2013-05-24T00:00:00Z") };

const signatureOf = (path: string, headers: Record<string, string> = {}): string => {
  const url = new URL(path, "https://examplebucket.s3.amazonaws.com");
  return signRequest({ method: "GET", url, headers }, EXAMPLE, SCOPE)["authorization"] ?? "";
};

suite("the signature of a request (AWS Signature Version 4)", () => {
  test("is that of the examples in the reference of S3", () => {
    assert.equal(
      signatureOf("/test.txt", { Range: "bytes=0-9" }),
      "AWS4-HMAC-SHA256 Credential=AKIAIOSFODNN7EXAMPLE/20130524/us-east-1/s3/aws4_request, " +
        "SignedHeaders=host;range;x-amz-content-sha256;x-amz-date, " +
        "Signature=f0e8bdb87c964420e857bd35b5d6ed310bd44f0170aba48dd91039c6036bdb41",
    );
    assert.match(signatureOf("/?lifecycle"), /Signature=fea454ca298b7da1c68078a5d1bdbfbbe0d65c699e0f91ac7a200a0136783543$/);
    assert.match(signatureOf("/?max-keys=2&prefix=J"), /Signature=34b48302e7b5fa45bde8084f4b7868a86f0a534bc59db6670ed5711ef69dc6f7$/);
  });

  test("is that of aws4fetch, whatever the key, the query and the credentials are", async () => {
    const text = string({ unit: "grapheme", minLength: 1, maxLength: 20 });
    const requests = record({
      key: text.filter((key) => !key.includes("/")),
      query: uniqueArray(record({ name: text, value: text }), { maxLength: 4, selector: ({ name }) => name }),
      token: option(string({ unit: constantFrom("a", "Z", "0", "+", "/", "="), minLength: 1, maxLength: 40 }), { nil: undefined }),
      host: constantFrom("bucket.s3.eu-west-1.amazonaws.com", "127.0.0.1:9000"),
    });
    const date = new Date("2026-11-30T12:34:56Z");
    const property = asyncProperty(requests, async ({ key, query, token, host }) => {
      const url = new URL(`https://${host}/x/.${encodeAws(key)}.y`);
      url.search = query.map(({ name, value }) => `${encodeAws(name)}=${encodeAws(value)}`).join("&");
      const credentials = { ...EXAMPLE, sessionToken: token };
      const ours = signRequest({ method: "GET", url, headers: {} }, credentials, { region: "eu-west-1", date });
      const theirs = await new AwsV4Signer({
        url: url.href,
        method: "GET",
        accessKeyId: EXAMPLE.accessKeyId,
        secretAccessKey: EXAMPLE.secretAccessKey,
        ...(token === undefined ? {} : { sessionToken: token }),
        service: "s3",
        region: "eu-west-1",
        datetime: "20261130T123456Z",
        headers: { "x-amz-content-sha256": ours["x-amz-content-sha256"] ?? "" },
      }).sign();
      assert.equal(ours["authorization"], theirs.headers.get("authorization"));
    });
    await assertProperty(property, { numRuns: 200 });
  });
});
