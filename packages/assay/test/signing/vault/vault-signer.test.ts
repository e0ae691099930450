import assert from "node:assert/strict";
import { createPublicKey, sign as signWithKey, verify } from "node:crypto";
import type { ServerResponse } from "node:http";
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import type { AssayError } from "../../../src/core/error.ts";
import type { ErrorCode } from "../../../src/core/error-codes.ts";
import { httpClient } from "../../../src/network/http.ts";
import type { Signer } from "../../../src/signing/signer.ts";
import { vaultSigner } from "../../../src/signing/vault/vault-signer.ts";
import { makeKeyPair } from "../../support/keys.ts";
import { rejectsWith, refusedWith } from "../../support/rejects.ts";
import { temporaryFolder } from "../../support/temporary-folder.ts";
import { refuse, send, startFakeVault, type Misbehavior } from "../../support/signing/fake-vault.ts";

const message = Buffer.from("what is to be signed");
const vault = await startFakeVault([message]);
const well: Misbehavior = () => false;

function open(keyUri: string, environment: Record<string, string> = {}): Promise<Signer> {
  const settings = { VAULT_ADDR: vault.address, VAULT_TOKEN: vault.token, ...environment };
  return vaultSigner({ keyUri, environment: settings, http: httpClient({ environment: {} }) });
}

/** Asserts a refusal with this code, and that the token is nowhere in it. */
async function refusesQuietly(code: ErrorCode, work: () => unknown): Promise<AssayError> {
  const error = await rejectsWith(code, work);
  const shown = `${error.message} ${error.hint} ${error.stack} ${String(error.cause)} ${JSON.stringify(error.cause)}`;
  assert.ok(!shown.includes(vault.token) && !shown.includes("MustNever"), shown);
  return error;
}

async function whileItMisbehaves<T>(misbehave: Misbehavior, work: () => Promise<T>): Promise<T> {
  vault.misbehave = misbehave;
  try {
    return await work();
  } finally {
    vault.misbehave = well;
  }
}

const kinds = [
  ["ecdsa-p256", "sha256", "ecdsa-p256-sha256"],
  ["ecdsa-p384", "sha384", "ecdsa-p384-sha384"],
  ["ecdsa-p521", "sha512", "ecdsa-p521-sha512"],
  ["rsa-2048", "sha256", "rsa-pkcs1v15-sha256"],
] as const;
for (const [type, hash, algorithm] of kinds) {
  test(`a key of the type ${type} signs, hashing as the key asks`, async () => {
    const key = vault.addVersion(type, type);
    const signer = await open(`hashivault://${type}`);
    assert.equal(signer.algorithm, algorithm);
    assert.equal(signer.material.kind, "publicKey");
    assert.ok(verify(hash, message, createPublicKey(key), await signer.sign(message)));
  });
}

test("only a digest travels, with the token in its header and the namespace where there is one", async () => {
  vault.addVersion("quiet", "ecdsa-p256");
  vault.requests.length = 0;
  const signer = await open("openbao://quiet", { VAULT_NAMESPACE: "team-a" });
  await signer.sign(message);
  assert.deepEqual(
    vault.requests.map(({ line }) => line),
    ["GET /v1/transit/keys/quiet", "POST /v1/transit/sign/quiet"],
  );
  for (const { headers, body } of vault.requests) {
    assert.equal(headers["x-vault-token"], vault.token);
    assert.equal(headers["x-vault-namespace"], "team-a");
    assert.equal(headers["x-vault-request"], "true");
    assert.ok(!body.includes(message.toString("base64")));
  }
});

test("the newest version at the start signs, although the key is rotated meanwhile; a named version is that one", async () => {
  const versions = [vault.addVersion("rotated", "ecdsa-p256"), vault.addVersion("rotated", "ecdsa-p256")];
  const signer = await open("hashivault://rotated");
  vault.addVersion("rotated", "ecdsa-p256");
  assert.ok(verify("sha256", message, createPublicKey(versions[1]!), await signer.sign(message)));
  const first = await open("hashivault://rotated?version=1");
  assert.ok(verify("sha256", message, createPublicKey(versions[0]!), await first.sign(message)));
  const error = await refusesQuietly("SERVER_REFUSED", () => open("hashivault://rotated?version=4"));
  assert.match(`${error.message} ${error.hint}`, /no version 4.*newest is 3/);
});

test("the variables are those of vault, bao and cosign: BAO_ for VAULT_, the engine's path, the token in a file", async () => {
  const key = vault.addVersion("settings", "ecdsa-p256");
  const spki = createPublicKey(key).export({ type: "spki", format: "der" });
  const home = temporaryFolder();
  writeFileSync(join(home, ".vault-token"), `${vault.token}\n`);
  const environments: readonly Record<string, string>[] = [
    { VAULT_ADDR: "", BAO_ADDR: `${vault.address}/`, VAULT_TOKEN: "", BAO_TOKEN: vault.token },
    { VAULT_TOKEN: "", HOME: home },
    { TRANSIT_SECRET_ENGINE_PATH: "/transit/" },
  ];
  for (const environment of environments) assert.deepEqual(Buffer.from((await open("hashivault://settings", environment)).publicKey), spki);
  vault.requests.length = 0;
  await rejectsWith("SERVER_REFUSED", () => open("hashivault://settings", { TRANSIT_SECRET_ENGINE_PATH: "team/transit" }));
  assert.equal(vault.requests[0]?.line, "GET /v1/team/transit/keys/settings");
});

test("a wrong token, a key that is not there and a sealed Vault are told apart", async () => {
  vault.addVersion("models", "ecdsa-p256");
  const wrong = await refusesQuietly("SERVER_REFUSED", () => open("hashivault://models", { VAULT_TOKEN: "s.MustNeverBeSeenEither" }));
  assert.match(`${wrong.message} ${wrong.hint}`, /status 403: permission denied.*token is wrong/);
  const missing = await refusesQuietly("SERVER_REFUSED", () => open("hashivault://other"));
  assert.match(`${missing.message} ${missing.hint}`, /status 404.*key other is missing/);
  vault.sealed = true;
  const sealed = await refusesQuietly("SERVER_UNREACHABLE", () => open("hashivault://models"));
  vault.sealed = false;
  assert.match(`${sealed.message} ${sealed.hint}`, /status 503: Vault is sealed.*unseal/);
  assert.equal(sealed.outcome, "incomplete");
});

test("a server that is not there is not a no", () =>
  refusedWith("SERVER_UNREACHABLE", () => open("hashivault://models", { VAULT_ADDR: "http://127.0.0.1:1" })));

test("a token that comes back in an error is not shown", async () => {
  const misbehave: Misbehavior = (request, _, response) => {
    refuse(response, 403, `the token ${String(request.headers["x-vault-token"])} has no policy`);
    return true;
  };
  await whileItMisbehaves(misbehave, () => refusesQuietly("SERVER_REFUSED", () => open("hashivault://models")));
  const inType: Misbehavior = (request, _, response) => {
    send(response, 200, { data: { type: request.headers["x-vault-token"], latest_version: 1, keys: {} } });
    return true;
  };
  await whileItMisbehaves(inType, () => refusesQuietly("ALGORITHM_FORBIDDEN", () => open("hashivault://models")));
});

test("keys that cannot sign models are refused by their type", async () => {
  vault.addVersion("edwards", "ed25519");
  const error = await refusesQuietly("ALGORITHM_FORBIDDEN", () => open("hashivault://edwards"));
  assert.match(`${error.message} ${error.hint}`, /ed25519.*ecdsa-p256/);
  const cipher = { data: { type: "aes256-gcm96", latest_version: 1, keys: { 1: 1_795_543_407 } } };
  await whileItMisbehaves(answering(cipher), () => refusesQuietly("ALGORITHM_FORBIDDEN", () => open("hashivault://cipher")));
});

const pem = makeKeyPair("P-256").publicKey;
const garbage: readonly [string, Misbehavior][] = [
  ["no JSON", raw("<html>")],
  ["nothing", raw("")],
  ["no data", answering({})],
  ["data that is a list", answering({ data: [] })],
  ["a key twice", raw('{"data":{},"data":{}}')],
  ["no type", answering({ data: { latest_version: 1, keys: {} } })],
  ["no version", answering({ data: { type: "ecdsa-p256", keys: { 1: { public_key: pem } } } })],
  ["half a version", answering({ data: { type: "ecdsa-p256", latest_version: 1.5, keys: { 1.5: { public_key: pem } } } })],
  ["a timestamp for a key", answering({ data: { type: "ecdsa-p256", latest_version: 1, keys: { 1: 12 } } })],
  ["no PEM", answering({ data: { type: "ecdsa-p256", latest_version: 1, keys: { 1: { public_key: "hello" } } } })],
  ["damaged PEM", answering({ data: { type: "ecdsa-p256", latest_version: 1, keys: { 1: { public_key: pem.replace("END", "EN") } } } })],
  ["two keys in one", answering({ data: { type: "ecdsa-p256", latest_version: 1, keys: { 1: { public_key: pem + pem } } } })],
  ["an endless answer", raw("x".repeat(5 * 1024 * 1024))],
  ["a redirect", redirect],
  [
    "a success of another kind",
    (_, __, response) => {
      response.writeHead(204).end();
      return true;
    },
  ],
];
for (const [what, misbehave] of garbage) {
  test(`an answer with ${what} is not a key`, async () => {
    const error = await whileItMisbehaves(misbehave, () => refusesQuietly("SERVER_ANSWER", () => open("hashivault://models")));
    assert.equal(error.outcome, "incomplete");
  });
}

test("the token does not follow a redirect", async () => {
  vault.requests.length = 0;
  await whileItMisbehaves(redirect, () => rejectsWith("SERVER_ANSWER", () => open("hashivault://models")));
  assert.equal(vault.requests.length, 1);
});

test("a signature that does not verify, is of another version or no signature at all is not passed on", async () => {
  const key = vault.addVersion("liar", "ecdsa-p256");
  const good = signWithKey("sha256", message, key).toString("base64");
  const elsewhere = signWithKey("sha256", message, makeKeyPair("P-256").privateKey).toString("base64");
  const other = signWithKey("sha256", Buffer.from("something else"), key).toString("base64");
  const wrong = [`vault:v1:${elsewhere}`, `vault:v1:${other}`, `vault:v2:${good}`, good, "vault:v1:AAAA", "vault:v1:!", "vault:v1:", ""];
  const signer = await open("hashivault://liar");
  for (const signature of [...wrong, 7, null]) {
    await whileItMisbehaves(answering({ data: { signature } }), () => refusesQuietly("SERVER_ANSWER", () => signer.sign(message)));
  }
  await whileItMisbehaves(answering({ data: { signature: `vault:v1:${good}` } }), async () => assert.ok(await signer.sign(message)));
});

test("a Vault that disconnects before it has signed leaves the question open", async () => {
  vault.addVersion("leaving", "ecdsa-p256");
  const signer = await open("hashivault://leaving");
  const hangUp: Misbehavior = (request) => {
    request.socket.destroy();
    return true;
  };
  await whileItMisbehaves(hangUp, () => refusesQuietly("SERVER_UNREACHABLE", () => signer.sign(message)));
});

test("an abort ends the waiting", async () => {
  const stop = new AbortController();
  const environment = { VAULT_ADDR: vault.address, VAULT_TOKEN: vault.token };
  await whileItMisbehaves(
    () => true,
    async () => {
      const work = vaultSigner({ keyUri: "hashivault://models", environment, signal: stop.signal });
      setTimeout(() => stop.abort(), 50);
      await refusesQuietly("ABORTED", () => work);
    },
  );
});

const uris = [
  "hashivault://",
  "hashivault://a b",
  "hashivault://../keys",
  "hashivault://a/b",
  "hashivault://-a",
  "hashivault://a?",
  "hashivault://a?version=0",
  "hashivault://a?version=1&x=2",
  "hashivault://a?version=1?version=2",
  "hashivault://a%2fb",
  "hashivault:a",
];
for (const keyUri of uris) {
  test(`the key URI ${keyUri} is refused`, () => refusedWith("KEY_URI", () => open(keyUri)));
}

test("settings that are missing or malformed are wrong questions, and say which variable", async () => {
  const home = temporaryFolder();
  mkdirSync(join(home, "empty"));
  writeFileSync(join(home, "empty", ".vault-token"), "\n");
  const cases: readonly [Record<string, string>, RegExp][] = [
    [{ VAULT_ADDR: "" }, /neither VAULT_ADDR nor BAO_ADDR/],
    [{ VAULT_ADDR: "vault.example.com:8200" }, /not an http or https URL/],
    [{ VAULT_ADDR: "https://alice:secret@vault.example.com" }, /user name/],
    [{ VAULT_ADDR: "https://alice@vault.example.com" }, /user name/],
    [{ VAULT_ADDR: "https://vault.example.com?x=1" }, /query/],
    [{ VAULT_TOKEN: "" }, /no Vault token/],
    [{ VAULT_TOKEN: "", HOME: home }, /no Vault token/],
    [{ VAULT_TOKEN: "", HOME: join(home, "empty") }, /no Vault token/],
    [{ VAULT_TOKEN: `${vault.token}\r\nx: y` }, /holds blanks/],
    [{ VAULT_NAMESPACE: "a b" }, /VAULT_NAMESPACE/],
    [{ TRANSIT_SECRET_ENGINE_PATH: "../sys" }, /TRANSIT_SECRET_ENGINE_PATH/],
    [{ TRANSIT_SECRET_ENGINE_PATH: "a?b" }, /TRANSIT_SECRET_ENGINE_PATH/],
  ];
  for (const [environment, pattern] of cases) {
    const error = await refusesQuietly("USAGE", () => open("hashivault://models", environment));
    assert.match(error.message, pattern);
    assert.ok(!error.message.includes("secret@"));
  }
});

function answering(body: object): Misbehavior {
  return (_, __, response) => {
    send(response, 200, body);
    return true;
  };
}

function raw(text: string): Misbehavior {
  return (_, __, response) => {
    response.writeHead(200, { "content-type": "application/json" }).end(text);
    return true;
  };
}

function redirect(_: unknown, __: unknown, response: ServerResponse): boolean {
  response.writeHead(307, { location: `${vault.address}/v1/transit/keys/models` }).end();
  return true;
}
