import assert from "node:assert/strict";
import { createPublicKey, generateKeyPairSync, sign as signWithKey, verify } from "node:crypto";
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { setTimeout as delay } from "node:timers/promises";
import { ERROR_CODES } from "../../../src/core/error-meanings.ts";
import { pluginSigner } from "../../../src/signing/plugin/plugin-signer.ts";
import { sign } from "../../../src/api/sign.ts";
import { verify as verifyModel } from "../../../src/api/verify.ts";
import { makeKeyPair } from "../../support/keys.ts";
import { refusedWith, rejectsWith } from "../../support/rejects.ts";
import { temporaryFolder } from "../../support/temporary-folder.ts";
import { EXAMPLE_FOLDER, knowsItsKey, pathOf, pluginFolder } from "../../support/signing/plugin.ts";

const folder = temporaryFolder();
const pair = makeKeyPair("P-256");
const message = Buffer.from("what is to be signed");

function keyFile(pem: string, name = "key.pem"): string {
  const file = join(folder, name);
  writeFileSync(file, pem, { mode: 0o600 });
  return `keyfile://${file}`;
}

const hashes = [
  ["P-256", "sha256", "ecdsa-p256-sha256"],
  ["P-384", "sha384", "ecdsa-p384-sha384"],
  ["P-521", "sha512", "ecdsa-p521-sha512"],
  ["RSA-2048", "sha256", "rsa-pkcs1v15-sha256"],
] as const;
for (const [kind, hash, algorithm] of hashes) {
  test(`the worked example signs with a ${kind} key, hashing as the key asks`, async () => {
    const { privateKey, publicKey } = makeKeyPair(kind);
    const signer = await pluginSigner({ keyUri: keyFile(privateKey, `${kind}.pem`), environment: pathOf(EXAMPLE_FOLDER) });
    assert.equal(signer.algorithm, algorithm);
    assert.equal(signer.method, "key");
    assert.ok(verify(hash, message, publicKey, await signer.sign(message)));
  });
}

test("a model that the worked example signed verifies with the public key", async () => {
  const model = join(folder, "model.gguf");
  writeFileSync(model, "weights");
  const signature = join(folder, "model.sig");
  const signer = await pluginSigner({ keyUri: keyFile(pair.privateKey), environment: pathOf(EXAMPLE_FOLDER) });
  await sign(model, { signer, signature });
  const result = await verifyModel(model, { signature, trust: { method: "key", publicKey: pair.publicKey } });
  assert.equal(result.outcome, "verified");
});

test("the plug-in is asked as Sigstore's clients ask it, and gets its own of the environment, the message and nothing of a shell", async () => {
  const signature = signWithKey("sha256", message, pair.privateKey).toString("base64");
  const seen = join(folder, "seen");
  const plugin = pluginFolder(
    "spy",
    `printf '%s\\n%s\\n' "$1" "$2" >> '${seen}'; printf '%s' "$SPY_SAYS$SECRET$ASSAY_KEY_PASSWORD" >> '${seen}.env'
    ${knowsItsKey(pair.publicKey)}
    cat > '${seen}.stdin'; printf '%s' '{"signMessage":{"signature":"${signature}"},"later":{"fields":"are passed over"}}'`,
  );
  const key = "alias/models; touch $(pwd)/owned `id` 'x' \"y\"";
  const signer = await pluginSigner({
    keyUri: `spy://${key}`,
    environment: { ...pathOf(plugin), SPY_SAYS: "hello", SECRET: "s", ASSAY_KEY_PASSWORD: "p" },
  });
  assert.deepEqual(Buffer.from(await signer.sign(message)), Buffer.from(signature, "base64"));

  const [version, first = "", again, second = ""] = readFileSync(seen, "utf8").split("\n");
  assert.deepEqual([version, again], ["v1", "v1"]);
  const { initOptions, ...publicKey } = JSON.parse(first) as { initOptions: Record<string, unknown> };
  assert.equal(initOptions["protocolVersion"], "v1");
  assert.equal(initOptions["keyResourceID"], key);
  assert.equal(initOptions["hashFunc"], 5);
  assert.match(String(initOptions["ctxDeadline"]), /^\d{4}-\d\d-\d\dT[\d:.]+Z$/);
  assert.equal((publicKey as { methodName?: string }).methodName, "publicKey");
  assert.match(
    second,
    /"methodName":"signMessage","signMessage":\{"signOptions":\{"rpcOptions":\{.*\},"messageOptions":\{"hashFunc":5\}\}\}/,
  );
  assert.deepEqual(readFileSync(`${seen}.stdin`), message);
  assert.equal(readFileSync(`${seen}.env`, "utf8"), "hellohello");
});

test("a signature that does not verify with the plug-in's own key is not passed on", async () => {
  const other = makeKeyPair("P-256");
  const wrong = [
    signWithKey("sha256", message, other.privateKey).toString("base64"),
    signWithKey("sha256", Buffer.from("something else"), pair.privateKey).toString("base64"),
    signWithKey("sha256", message, { key: pair.privateKey, dsaEncoding: "ieee-p1363" }).toString("base64"),
    "AAAA",
  ];
  for (const signature of wrong) {
    const plugin = pluginFolder("liar", `${knowsItsKey(pair.publicKey)}\nprintf '%s' '{"signMessage":{"signature":"${signature}"}}'`);
    const signer = await pluginSigner({ keyUri: "liar://x", environment: pathOf(plugin) });
    assert.match((await rejectsWith("PLUGIN_ANSWER", () => signer.sign(message))).message, /does not verify with its own public key/);
  }
});

test("pure Ed25519 is not what signs models, and is told apart from Ed25519ph", async () => {
  const edwards = makeKeyPair("Ed25519");
  const pure = signWithKey(null, message, edwards.privateKey).toString("base64");
  const plugin = pluginFolder("pure", `${knowsItsKey(edwards.publicKey)}\nprintf '%s' '{"signMessage":{"signature":"${pure}"}}'`);
  const signer = await pluginSigner({ keyUri: "pure://x", environment: pathOf(plugin) });
  assert.equal(signer.algorithm, "ed25519ph");
  await rejectsWith("PLUGIN_ANSWER", () => signer.sign(message));
});

test("what the plug-in refuses is said in its words, cleaned, whatever its exit code", async () => {
  for (const exit of [0, 1]) {
    const plugin = pluginFolder("no", `printf '%s' '{"errorMessage":"no such key\\u001b[31m: alias/\\u202emodels"}'; exit ${exit}`);
    const error = await rejectsWith("PLUGIN_FAILED", () => pluginSigner({ keyUri: "no://x", environment: pathOf(plugin) }));
    assert.equal(error.message, "sigstore-kms-no says: no such key [31m: alias/ models");
    assert.equal(error.outcome, "failed");
  }
  const missing = await rejectsWith("PLUGIN_FAILED", () =>
    pluginSigner({ keyUri: `keyfile://${folder}/none.pem`, environment: pathOf(EXAMPLE_FOLDER) }),
  );
  assert.match(missing.message, /ENOENT/);
});

test("an exit code does not outweigh a good answer, as the protocol says", async () => {
  const plugin = pluginFolder("odd", knowsItsKey(pair.publicKey).replace("exit 0", "exit 7"));
  assert.equal((await pluginSigner({ keyUri: "odd://x", environment: pathOf(plugin) })).algorithm, "ecdsa-p256-sha256");
});

const garbage: readonly [string, string, RegExp][] = [
  ["nothing", "exit 0", /gave no answer \(exit code 0\)/],
  [
    "a crash",
    "echo 'Error: the cable is out' >&2; echo '    at somewhere' >&2; exit 2",
    /\(exit code 2\); it says: Error: the cable is out/,
  ],
  ["no JSON", "echo hello", /not a JSON object/],
  ["a JSON array", "echo '[]'", /not a JSON object/],
  ["two JSON objects", "echo '{}{}'", /not a JSON object/],
  ["a key twice", `echo '{"publicKey":{},"publicKey":{}}'`, /not a JSON object/],
  ["an answer to something else", `echo '{"signMessage":{"signature":"AAAA"}}'`, /"publicKey" is missing/],
  ["no PEM", `echo '{"publicKey":{"publicKeyPEM":"aGVsbG8="}}'`, /not one PEM block/],
  ["no base64", `echo '{"publicKey":{"publicKeyPEM":"-----BEGIN"}}'`, /publicKeyPEM/],
  ["a number for an error", `echo '{"errorMessage":7}'`, /"errorMessage" is a number/],
  ["an end by a signal", "kill -KILL $$", /was ended by SIGKILL/],
  ["an endless answer", "cat /dev/zero", /over 1048576 bytes/],
];
for (const [what, script, pattern] of garbage) {
  test(`a plug-in that gives ${what} leaves it open whether the key is there`, async () => {
    const plugin = pluginFolder("garbage", script);
    const error = await rejectsWith("PLUGIN_ANSWER", () => pluginSigner({ keyUri: "garbage://x", environment: pathOf(plugin) }));
    assert.match(error.message, pattern);
    assert.equal(error.outcome, "incomplete");
  });
}

test("a certificate or a private key in place of the public key is refused", async () => {
  const plugin = pluginFolder("careless", knowsItsKey(pair.privateKey));
  const error = await rejectsWith("PLUGIN_ANSWER", () => pluginSigner({ keyUri: "careless://x", environment: pathOf(plugin) }));
  assert.match(error.message, /not one PEM block "PUBLIC KEY"/);
});

test("a key that must not sign models is refused by its kind", async () => {
  const short = generateKeyPairSync("rsa", { modulusLength: 1024 }).publicKey.export({ type: "spki", format: "pem" });
  const plugin = pluginFolder("short", knowsItsKey(String(short)));
  await rejectsWith("ALGORITHM_FORBIDDEN", () => pluginSigner({ keyUri: "short://x", environment: pathOf(plugin) }));
});

test("a plug-in that never answers is ended in time, also one that does not want to", { timeout: 20_000 }, async () => {
  const plugin = pluginFolder("slow", "echo 'waiting for a touch' >&2; trap '' TERM; sleep 600");
  const options = { keyUri: "slow://x", environment: pathOf(plugin), timeoutMs: 300 };
  const error = await rejectsWith("PLUGIN_ANSWER", () => pluginSigner(options));
  assert.match(error.message, /gave no answer within 0.3 s; it says: waiting for a touch/);
});

test("an abort ends the plug-in at once", async () => {
  const mark = join(folder, "not-aborted");
  const plugin = pluginFolder("busy", `sleep 1; touch '${mark}'; echo '{}'`);
  const stop = new AbortController();
  const work = pluginSigner({ keyUri: "busy://x", environment: pathOf(plugin), signal: stop.signal });
  setTimeout(() => stop.abort(), 100);
  await rejectsWith("ABORTED", () => work);
  await rejectsWith("ABORTED", () => pluginSigner({ keyUri: "busy://x", environment: pathOf(plugin), signal: stop.signal }));
  await delay(1200);
  assert.ok(!existsSync(mark), "it did not go on");
});

test("what a plug-in says for a person is passed on while it runs, line by line and cleaned", async () => {
  const plugin = pluginFolder(
    "chatty",
    `echo 'touch your key \x1b]0;x\x07now' >&2; printf 'thank you' >&2\n${knowsItsKey(pair.publicKey)}`,
  );
  const said: string[] = [];
  await pluginSigner({ keyUri: "chatty://x", environment: pathOf(plugin), onMessage: (line) => said.push(line) });
  assert.deepEqual(said, ["touch your key ]0;x now", "thank you"]);
});

test("a plug-in that closes its input unread is still heard", async () => {
  const signature = signWithKey("sha256", Buffer.alloc(1 << 20), pair.privateKey).toString("base64");
  const plugin = pluginFolder(
    "deaf",
    `${knowsItsKey(pair.publicKey)}\nexec <&-; printf '%s' '{"signMessage":{"signature":"${signature}"}}'`,
  );
  const signer = await pluginSigner({ keyUri: "deaf://x", environment: pathOf(plugin) });
  assert.equal(Buffer.from(await signer.sign(Buffer.alloc(1 << 20))).toString("base64"), signature);
});

test("a plug-in that is not there is a wrong question, with the name that was looked for", async () => {
  const error = await rejectsWith("PLUGIN_MISSING", () => pluginSigner({ keyUri: "awskms:///alias/models", environment: pathOf(folder) }));
  assert.match(error.message, /sigstore-kms-awskms/);
  assert.equal(ERROR_CODES[error.code].outcome, "usage");
});

test("a plug-in in the current folder, in a folder without a name, or not executable is not run", async () => {
  const here = pluginFolder("here", knowsItsKey(pair.publicKey));
  const before = process.cwd();
  process.chdir(here);
  try {
    for (const PATH of [".", "", ":", "bin:/nowhere", "./"]) {
      await rejectsWith("PLUGIN_MISSING", () => pluginSigner({ keyUri: "here://x", environment: { PATH } }));
    }
  } finally {
    process.chdir(before);
  }
  writeFileSync(join(folder, "sigstore-kms-plain"), "#!/bin/sh\n", { mode: 0o644 });
  await rejectsWith("PLUGIN_MISSING", () => pluginSigner({ keyUri: "plain://x", environment: { PATH: folder } }));
});

for (const keyUri of [
  "",
  "models",
  "awskms:",
  "awskms://",
  "://x",
  "AWSKMS://x",
  "../x://y",
  "a/b://x",
  "aws kms://x",
  "file:///k",
  "https://k",
  "a://b\0c",
]) {
  test(`the key URI ${JSON.stringify(keyUri)} is refused`, () =>
    refusedWith("KEY_URI", () => pluginSigner({ keyUri, environment: pathOf(folder) })));
}

test("the public key is the one in the file", async () => {
  const signer = await pluginSigner({ keyUri: keyFile(pair.privateKey), environment: pathOf(EXAMPLE_FOLDER) });
  assert.deepEqual(Buffer.from(signer.publicKey), createPublicKey(pair.publicKey).export({ type: "spki", format: "der" }));
});
