import { AwsClient } from "aws4fetch";
import { freePort, startServer, type RealServer } from "./server-process.ts";
import { motoServer } from "./tools.ts";

export interface AccessKey {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
}

/** An S3 server in memory, with the part of IAM and STS that gives keys. */
export interface S3Server extends RealServer {
  put(bucket: string, key: string, content: string | Uint8Array, acl?: "private" | "public-read"): Promise<void>;
  createBucket(name: string): Promise<void>;
  /** Keys of a new user who may do this in S3. */
  createUser(name: string, actions: readonly string[]): Promise<AccessKey>;
  /** The name (ARN) of a new role that anyone with a token may assume to do this in S3. */
  createRole(name: string, actions: readonly string[]): Promise<string>;
  /** From now on, each request must be signed by keys that the server gave, and be allowed. */
  requireKeys(): Promise<void>;
}

/** Few, so that small models have several pages. */
const PAGE_SIZE = 3;

/** Starts moto. Before `requireKeys` it takes any keys and every request. */
export async function startMoto(): Promise<S3Server> {
  const port = await freePort();
  const server = await startServer({
    program: motoServer(),
    argv: ["-H", "127.0.0.1", "-p", String(port)],
    port,
    ready: "/moto-api/",
    environment: { MOTO_S3_DEFAULT_MAX_KEYS: String(PAGE_SIZE) },
  });
  const client = new AwsClient({ accessKeyId: "setup", secretAccessKey: "setup", region: "us-east-1", retries: 0 });

  async function ask(path: string, init: RequestInit & { readonly aws?: { readonly service: string } }): Promise<string> {
    const response = await client.fetch(`${server.address}${path}`, { aws: { service: "s3" }, ...init });
    const text = await response.text();
    if (!response.ok) throw new Error(`moto: ${init.method} ${path}: status ${response.status}: ${text}`);
    return text;
  }

  async function iam(parameters: Readonly<Record<string, string>>): Promise<string> {
    const body = new URLSearchParams({ Version: "2010-05-08", ...parameters }).toString();
    const headers = { "content-type": "application/x-www-form-urlencoded" };
    return await ask("/", { method: "POST", body, headers, aws: { service: "iam" } });
  }

  return {
    ...server,
    async put(bucket, key, content, acl = "private") {
      const path = key.split("/").map(encodeURIComponent).join("/");
      await ask(`/${bucket}/${path}`, { method: "PUT", body: Buffer.from(content), headers: { "x-amz-acl": acl } });
    },
    async createBucket(name) {
      await ask(`/${name}`, { method: "PUT" });
    },
    async createUser(name, actions) {
      await iam({ Action: "CreateUser", UserName: name });
      await iam({ Action: "PutUserPolicy", UserName: name, PolicyName: "s3", PolicyDocument: policy(actions) });
      const answer = await iam({ Action: "CreateAccessKey", UserName: name });
      return { accessKeyId: element(answer, "AccessKeyId"), secretAccessKey: element(answer, "SecretAccessKey") };
    },
    async createRole(name, actions) {
      const trust = JSON.stringify({
        Version: "2012-10-17",
        Statement: [{ Effect: "Allow", Principal: "*", Action: "sts:AssumeRoleWithWebIdentity" }],
      });
      const answer = await iam({ Action: "CreateRole", RoleName: name, AssumeRolePolicyDocument: trust });
      await iam({ Action: "PutRolePolicy", RoleName: name, PolicyName: "s3", PolicyDocument: policy(actions) });
      return element(answer, "Arn");
    },
    async requireKeys() {
      const response = await fetch(`${server.address}/moto-api/reset-auth`, { method: "POST", body: "0" });
      if (!response.ok) throw new Error(`moto: reset-auth: status ${response.status}`);
    },
  };
}

function policy(actions: readonly string[]): string {
  return JSON.stringify({ Version: "2012-10-17", Statement: [{ Effect: "Allow", Action: actions, Resource: "*" }] });
}

function element(xml: string, name: string): string {
  const [, value] = new RegExp(`<${name}>([^<]+)</${name}>`).exec(xml) ?? [];
  if (value === undefined) throw new Error(`moto: no ${name} in ${xml}`);
  return value;
}
