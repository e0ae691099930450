import assert from "node:assert/strict";
import { suite, test } from "node:test";
import { awsAccount } from "../../../src/source/bucket/aws-account.ts";
import { bucketServer } from "../../../src/source/bucket/bucket-server.ts";

const KEYS = { HOME: "/nowhere", AWS_ACCESS_KEY_ID: "A", AWS_SECRET_ACCESS_KEY: "B" };

suite("where a bucket is asked for", () => {
  const endpointOf = (bucket: string, environment: Readonly<Record<string, string>>): string => {
    const account = awsAccount({ environment });
    return bucketServer(bucket, account, account.region).endpoint.href;
  };

  test("at AWS by its name as a host, and by path where that is not one", () => {
    assert.equal(endpointOf("models", KEYS), "https://models.s3.us-east-1.amazonaws.com/");
    assert.equal(endpointOf("models", { ...KEYS, AWS_DEFAULT_REGION: "cn-north-1" }), "https://models.s3.cn-north-1.amazonaws.com.cn/");
    assert.equal(endpointOf("my.models", KEYS), "https://s3.us-east-1.amazonaws.com/my.models");
    assert.equal(endpointOf("My_Models", KEYS), "https://s3.us-east-1.amazonaws.com/My_Models");
  });

  test("at another service by path", () => {
    assert.equal(endpointOf("models", { ...KEYS, AWS_ENDPOINT_URL: "https://minio.example/base/" }), "https://minio.example/base/models");
    const both = { AWS_ENDPOINT_URL: "https://a.example", AWS_ENDPOINT_URL_S3: "https://user:pass@b.example/?x#y" };
    assert.equal(endpointOf("models", both), "https://b.example/models");
    assert.equal(
      endpointOf("models", { ...both, AWS_IGNORE_CONFIGURED_ENDPOINT_URLS: "true" }),
      "https://models.s3.us-east-1.amazonaws.com/",
    );
  });

  test("without TLS credentials are sent to this machine alone", () => {
    const has = (url: string): boolean => awsAccount({ environment: { ...KEYS, AWS_ENDPOINT_URL: url } }).credentials !== undefined;
    assert.deepEqual([has("http://127.0.0.1:9000"), has("https://minio.example"), has("http://minio.example")], [true, true, false]);
  });
});
