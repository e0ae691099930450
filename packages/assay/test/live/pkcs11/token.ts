import assert from "node:assert/strict";
import { createPublicKey, verify, type KeyObject } from "node:crypto";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { setTimeout as delay } from "node:timers/promises";
import type { AssayError } from "../../../src/core/error.ts";
import type { ErrorCode } from "../../../src/core/error-codes.ts";
import { pkcs11CertificateSigner, pkcs11Signer, type Pkcs11Options } from "../../../src/signing/pkcs11/pkcs11-signer.ts";
import type { Signer } from "../../../src/signing/signer.ts";
import { sign } from "../../../src/api/sign.ts";
import { verify as verifyModel } from "../../../src/api/verify.ts";
import { rejectsWith } from "../../support/rejects.ts";
import { temporaryFolder } from "../../support/temporary-folder.ts";
import { makeCertificate } from "../../support/x509/make.ts";
import { PIN, softHsm } from "./soft-hsm.ts";

const hsm = softHsm();
const folder = temporaryFolder();
const message = Buffer.from("what is to be signed");
const WRONG_PIN = "1111-wrong-pin";

const release = hsm.makeToken("release");
release.makeKey("EC:prime256v1", "p256", "01");
release.makeKey("EC:secp384r1", "p384", "02");
release.makeKey("EC:secp521r1", "p521", "03");
release.makeKey("rsa:2048", "rsa", "04");
release.makeKey("EC:prime256v1", "twin", "05");
release.makeKey("EC:prime256v1", "twin", "06");
release.makeKey("EC:edwards25519", "edwards", "07");
release.makeKey("EC:secp256k1", "koblitz", "08");
release.makeKey("EC:prime256v1", "careful", "09", "--always-auth");
release.makeKey("EC:prime256v1", "certified", "0a");
release.makeKey("EC:prime256v1", "agreement", "0b");
await release.forbidSigning("agreement");
const backup = hsm.makeToken("backup");
backup.makeKey("EC:prime256v1", "p256", "01");

type Changes = Partial<Pkcs11Options>;

function open(path: string, changes: Changes = {}): Promise<Signer> {
  return pkcs11Signer({ uri: `pkcs11:${path}`, modulePaths: [hsm.module], pin: PIN, ...changes });
}

function keyOf(signer: Signer): KeyObject {
  return createPublicKey({ key: Buffer.from(signer.publicKey), format: "der", type: "spki" });
}

/** Asserts a refusal with this code, and that no PIN is anywhere in it. */
async function refusesQuietly(code: ErrorCode, work: () => unknown): Promise<AssayError> {
  const error = await rejectsWith(code, work);
  const shown = `${error.message} ${error.hint} ${error.stack} ${String(error.cause)} ${JSON.stringify(error.cause)}`;
  assert.ok(!shown.includes(PIN) && !shown.includes(WRONG_PIN), shown);
  return error;
}

const kinds = [
  ["p256", "ecdsa-p256-sha256", "sha256"],
  ["p384", "ecdsa-p384-sha384", "sha384"],
  ["p521", "ecdsa-p521-sha512", "sha512"],
  ["rsa", "rsa-pkcs1v15-sha256", "sha256"],
] as const;
for (const [object, algorithm, hash] of kinds) {
  test(`a key ${object} on a token signs as ${algorithm}, and OpenSSL agrees`, async () => {
    const signer = await open(`token=release;object=${object}`);
    assert.equal(signer.algorithm, algorithm);
    assert.equal(signer.method, "key");
    // More than once, for r or s are short now and then.
    for (let time = 0; time < 8; time++) assert.ok(verify(hash, message, keyOf(signer), await signer.sign(message)));
  });
}

test("a model that a token signed verifies with its public key", async () => {
  const model = join(folder, "model.gguf");
  const signature = join(folder, "model.sig");
  writeFileSync(model, "weights");
  const signer = await open("token=release;object=p384");
  await sign(model, { signer, signature });
  const publicKey = keyOf(signer).export({ type: "spki", format: "pem" });
  assert.equal((await verifyModel(model, { signature, trust: { method: "key", publicKey } })).outcome, "verified");
});

test("the token is found by label, serial, slot or model together with what else the URI says, never by less", async () => {
  const [first, second] = [await open("token=release;object=p256"), await open("token=backup;object=p256")];
  assert.notDeepEqual(first.publicKey, second.publicKey);
  for (const path of ["object=p256", "model=SoftHSM%20v2;object=p256", "manufacturer=SoftHSM%20project;object=p256"]) {
    const error = await refusesQuietly("PKCS11_TOKEN", () => open(path));
    assert.match(error.message, /2 tokens are as the URI says: .*"(?:release|backup)"/);
    assert.equal(error.outcome, "usage");
  }
  const missing = await refusesQuietly("PKCS11_TOKEN", () => open("token=lost;object=p256"));
  assert.match(`${missing.message} ${missing.hint}`, /no token is as the URI says.*"release"/);
  for (const path of [
    "token=release;model=other",
    "token=release;serial=00",
    "token=release;slot-id=1",
    "token=release;slot-description=other",
  ]) {
    await refusesQuietly("PKCS11_TOKEN", () => open(`${path};object=p256`));
  }
  await refusesQuietly("PKCS11_MODULE", () => open("token=release;object=p256;library-manufacturer=Other"));
  await refusesQuietly("PKCS11_MODULE", () => open("token=release;object=p256;library-version=1.0"));
  await open("token=release;object=p256;library-manufacturer=SoftHSM;library-description=Implementation%20of%20PKCS11;library-version=2.6");
});

test("two tokens by one label are told apart by what else the URI says", async () => {
  const twins = [hsm.makeToken("twins"), hsm.makeToken("twins")];
  for (const twin of twins) twin.makeKey("EC:prime256v1", "p256", "01");
  const error = await refusesQuietly("PKCS11_TOKEN", () => open("token=twins;object=p256"));
  assert.match(`${error.message} ${error.hint}`, /2 tokens are as the URI says: "twins", "twins".*serial=/);
  twins[0]!.remove();
  await open("token=twins;object=p256");
});

test("the key is found by label, by id, or by both, and has to be the only one", async () => {
  assert.deepEqual((await open("token=release;id=%01")).publicKey, (await open("token=release;object=p256;id=%01")).publicKey);
  const missing = await refusesQuietly("PKCS11_KEY", () => open("token=release;object=lost"));
  assert.match(`${missing.message} ${missing.hint}`, /no private key on the token "release".*"p256" \(id=%01\)/);
  assert.equal(missing.outcome, "usage");
  await refusesQuietly("PKCS11_KEY", () => open("token=release;object=p256;id=%02"));
  const twins = await refusesQuietly("PKCS11_KEY", () => open("token=release;object=twin"));
  assert.match(`${twins.message} ${twins.hint}`, /2 private keys .*"twin" \(id=%05\).*say which with id=/);
  assert.notDeepEqual(
    (await open("token=release;object=twin;id=%05")).publicKey,
    (await open("token=release;object=twin;id=%06")).publicKey,
  );
});

test("keys that cannot sign models, or may not sign, are refused by their kind", async () => {
  assert.match((await refusesQuietly("PKCS11_KEY", () => open("token=release;object=edwards"))).message, /Ed25519/);
  assert.match((await refusesQuietly("ALGORITHM_FORBIDDEN", () => open("token=release;object=koblitz"))).message, /secp256k1/);
  assert.match((await refusesQuietly("PKCS11_KEY", () => open("token=release;object=agreement"))).message, /may not sign/);
});

test("the PIN comes from the URI, else from the caller, else from a person, who is asked once for both openings", async () => {
  const file = join(folder, "pin");
  writeFileSync(file, `${PIN}\n`, { mode: 0o600 });
  const path = "token=release;object=p256";
  for (const query of [`pin-value=${PIN}`, `pin-source=file:${file}`, `pin-source=file://${file}`, `pin-source=${file}`]) {
    const signer = await open(`${path}?${query}`, { pin: WRONG_PIN });
    await signer.sign(message);
  }
  const questions: string[] = [];
  const askPin = (question: string): Promise<string> => {
    questions.push(question);
    return Promise.resolve(PIN);
  };
  await (await open(path, { askPin })).sign(message);
  assert.deepEqual(questions, []);
  await (await open(path, { pin: undefined, askPin })).sign(message);
  assert.deepEqual(questions, ['PIN of the token "release": ']);
});

test("a PIN that is missing, empty or in a place that is not read is a refusal that says where PINs are read", async () => {
  const path = "token=release;object=p256";
  const none = await refusesQuietly("PKCS11_PIN", () => open(path, { pin: undefined }));
  assert.match(none.hint ?? "", /ASSAY_PKCS11_PIN/);
  await refusesQuietly("PKCS11_PIN", () => open(path, { pin: undefined, askPin: () => Promise.resolve("") }));
  await refusesQuietly("FILE_NOT_FOUND", () => open(`${path}?pin-source=file:${folder}/missing`));
  const owned = join(folder, "owned");
  const command = await refusesQuietly("PKCS11_URI", () => open(`${path}?pin-source=|touch%20${owned}`));
  assert.match(command.message, /commands in URIs are not run/);
  for (const source of ["https://example.com/pin", "pin.txt", "file:pin.txt", "file://example.com/pin"]) {
    await refusesQuietly("PKCS11_URI", () => open(`${path}?pin-source=${source}`));
  }
  await rejectsWith("FILE_NOT_FOUND", () => open(`${path}?pin-source=file:${owned}`));
});

test("a module that is missing, or another file, leaves the question open", async () => {
  const missing = await refusesQuietly("PKCS11_MODULE", () => open("token=release;object=p256", { modulePaths: ["/nowhere/module.so"] }));
  assert.equal(missing.outcome, "incomplete");
  const text = join(folder, "text.so");
  writeFileSync(text, "no library");
  assert.match(
    (await refusesQuietly("PKCS11_MODULE", () => open("token=release;object=p256", { modulePaths: [text] }))).message,
    /does not load/,
  );
  const library = process.platform === "linux" ? "/lib/x86_64-linux-gnu/libc.so.6" : "/usr/lib/libSystem.dylib";
  await refusesQuietly("PKCS11_MODULE", () => open("token=release;object=p256", { modulePaths: [library] }));
});

test("a token that is removed before it signs leaves the question open, and nothing is passed on", async () => {
  const fragile = hsm.makeToken("fragile");
  fragile.makeKey("EC:prime256v1", "p256", "01");
  const signer = await open("token=fragile;object=p256");
  await signer.sign(message);
  fragile.remove();
  const error = await refusesQuietly("PKCS11_DEVICE", () => signer.sign(message));
  assert.match(error.message, /"fragile" was there when the work began/);
  assert.equal(error.outcome, "incomplete");
});

test("a token that is removed while a person types its PIN leaves the question open", async () => {
  const fragile = hsm.makeToken("fleeting");
  fragile.makeKey("EC:prime256v1", "p256", "01");
  const askPin = (): Promise<string> => {
    fragile.remove();
    return Promise.resolve(PIN);
  };
  const error = await refusesQuietly("PKCS11_DEVICE", () => open("token=fleeting;object=p256", { pin: undefined, askPin }));
  assert.equal(error.outcome, "incomplete");
  await open("token=release;object=p256");
});

test("another key in the place of the one that was read is found before its signature is passed on", async () => {
  const swapped = hsm.makeToken("swapped");
  swapped.makeKey("EC:prime256v1", "p256", "01");
  const signer = await open("token=swapped;object=p256");
  swapped.remove();
  hsm.makeToken("swapped").makeKey("EC:prime256v1", "p256", "01");
  assert.match((await refusesQuietly("PKCS11_DEVICE", () => signer.sign(message))).message, /does not verify/);
});

test("signers take turns with the module, and an error of one does not stop the next", async () => {
  const works = ["token=release;object=p256", "token=lost;object=p256", "token=backup;object=p256", "token=release;object=rsa"].map(
    (path) => open(path),
  );
  const results = await Promise.allSettled(works);
  assert.deepEqual(
    results.map(({ status }) => status),
    ["fulfilled", "rejected", "fulfilled", "fulfilled"],
  );
  const signers = results.flatMap((result) => (result.status === "fulfilled" ? [result.value] : []));
  await Promise.all(signers.map((signer) => signer.sign(message)));
});

test("a signer that is done does not end the module under another whose PIN is still being typed", async () => {
  const typing = (milliseconds: number) => async (): Promise<string> => delay(milliseconds, PIN);
  const works = [50, 150].map((milliseconds) => open("token=release;object=p256", { pin: undefined, askPin: typing(milliseconds) }));
  for (const signer of await Promise.all(works)) assert.equal(signer.algorithm, "ecdsa-p256-sha256");
});

test("an abort stops before the token is opened, and before it signs", async () => {
  const stop = new AbortController();
  const signer = await open("token=release;object=p256", { signal: stop.signal });
  stop.abort();
  await refusesQuietly("ABORTED", () => signer.sign(message));
  await refusesQuietly("ABORTED", () => open("token=release;object=p256", { signal: stop.signal }));
  const later = new AbortController();
  const askPin = (): Promise<string> => {
    later.abort();
    return Promise.resolve(PIN);
  };
  await refusesQuietly("ABORTED", () => open("token=release;object=p256", { signal: later.signal, pin: undefined, askPin }));
  await open("token=release;object=p256");
});

test("the calls to the module end as they began: sessions closed, module ended, a wrong PIN tried once", async () => {
  const log = join(folder, "calls.log");
  process.env["PKCS11SPY"] = hsm.module;
  process.env["PKCS11SPY_OUTPUT"] = log;
  const spied = { modulePaths: [hsm.spy] };
  // What the spy writes down since the last look.
  let seen = 0;
  const calls = (): string[] => {
    const text = readFileSync(log, "utf8");
    const names = [...text.slice(seen).matchAll(/^\d+: (C_\w+)$/gm)].map(([, name = ""]) => name);
    seen = text.length;
    return names.filter((name) => /^C_(?:Initialize|Finalize|OpenSession|CloseSession|Log\w+|SignInit|Sign)$/.test(name));
  };
  const whole = (...inside: readonly string[]): string[] => ["C_Initialize", "C_OpenSession", ...inside, "C_CloseSession", "C_Finalize"];

  const signer = await open("token=release;object=p256", spied);
  assert.deepEqual(calls(), whole("C_Login", "C_Logout"));
  await signer.sign(message);
  assert.deepEqual(calls(), whole("C_Login", "C_SignInit", "C_Sign", "C_Logout"));

  const wrong = await refusesQuietly("PKCS11_PIN", () => open("token=release;object=p256", { ...spied, pin: WRONG_PIN }));
  assert.match(`${wrong.message} ${wrong.hint}`, /CKR_PIN_INCORRECT.*tried once and not again/);
  assert.deepEqual(calls(), whole("C_Login"));
  const questions: string[] = [];
  const askPin = (question: string): Promise<string> => {
    questions.push(question);
    return Promise.resolve(WRONG_PIN);
  };
  await refusesQuietly("PKCS11_PIN", () => open("token=release;object=p256", { ...spied, pin: undefined, askPin }));
  assert.deepEqual([calls(), questions.length], [whole("C_Login"), 1]);

  await refusesQuietly("PKCS11_KEY", () => open("token=release;object=lost", spied));
  assert.deepEqual(calls(), whole("C_Login", "C_Logout"));
  await refusesQuietly("PKCS11_TOKEN", () => open("token=lost;object=p256", spied));
  assert.deepEqual(calls(), ["C_Initialize", "C_Finalize"]);
  const refusing = { ...spied, pin: undefined, askPin: () => Promise.reject(new Error("no one is there")) };
  await assert.rejects(open("token=release;object=p256", refusing), /no one is there/);
  assert.deepEqual(calls(), whole());

  const careful = await open("token=release;object=careful", spied);
  calls();
  await careful.sign(message);
  assert.deepEqual(calls(), whole("C_Login", "C_SignInit", "C_Login", "C_Sign", "C_Logout"));
});

test("a certificate in a file or on the token makes the method certificate, and has to be for the key", async () => {
  const signer = await open("token=release;object=certified");
  const root = makeCertificate({ subject: "Example Root", ca: true });
  const leaf = makeCertificate({ subject: "Release", issuer: root, spki: signer.publicKey });
  const unrelated = makeCertificate({ subject: "Unrelated", issuer: root });
  const options = { uri: "pkcs11:token=release;object=certified", modulePaths: [hsm.module], pin: PIN, certificateChain: [root.pem] };

  const none = await refusesQuietly("USAGE", () => pkcs11CertificateSigner(options));
  assert.equal(none.remedy, "name-certificate");
  await refusesQuietly("CERTIFICATE_KEY_MISMATCH", () => pkcs11CertificateSigner({ ...options, signingCertificate: unrelated.pem }));
  await signAndVerify(await pkcs11CertificateSigner({ ...options, signingCertificate: leaf.pem }));

  const file = join(folder, "leaf.der");
  writeFileSync(file, leaf.der);
  release.write("cert", file, "certified", "0a");
  const onToken = await pkcs11CertificateSigner(options);
  await signAndVerify(onToken);
  // Smart cards often hold the certificate instead of the public key.
  release.drop("pubkey", "0a");
  assert.deepEqual((await open("token=release;object=certified")).publicKey, onToken.publicKey);

  async function signAndVerify(certified: Signer): Promise<void> {
    assert.equal(certified.method, "certificate");
    assert.deepEqual(certified.material, { kind: "x509CertificateChain", certificates: [leaf.der, root.der] });
    const model = join(folder, "certified.gguf");
    const signature = join(folder, "certified.sig");
    writeFileSync(model, "weights");
    await sign(model, { signer: certified, signature, force: true });
    const result = await verifyModel(model, { signature, trust: { method: "certificate", certificates: [root.pem] } });
    assert.equal(result.outcome, "verified");
  }
});

test("several certificates under one id hinder only the search for one: not a key, and not a certificate that was named", async () => {
  release.makeKey("EC:prime256v1", "renewed", "0c");
  const root = makeCertificate({ subject: "Example Root", ca: true });
  const { publicKey } = await open("token=release;object=renewed");
  const [older, newer] = [1, 2].map(() => makeCertificate({ subject: "Release", issuer: root, spki: publicKey }));
  for (const [index, { der }] of [older!, newer!].entries()) {
    const file = join(folder, `renewed-${index}.der`);
    writeFileSync(file, der);
    release.write("cert", file, `renewed-${index}`, "0c");
  }
  const options = { uri: "pkcs11:token=release;object=renewed", modulePaths: [hsm.module], pin: PIN, certificateChain: [root.pem] };

  assert.equal((await open("token=release;object=renewed")).method, "key");
  const named = await pkcs11CertificateSigner({ ...options, signingCertificate: newer!.pem });
  assert.deepEqual(named.material, { kind: "x509CertificateChain", certificates: [newer!.der, root.der] });
  const error = await refusesQuietly("PKCS11_KEY", () => pkcs11CertificateSigner(options));
  assert.match(error.message, /several certificates on the token "release" match the key "renewed"/);
  assert.equal(error.remedy, "choose-certificate");

  // Both tell the same public half.
  release.drop("pubkey", "0c");
  assert.deepEqual((await open("token=release;object=renewed")).publicKey, publicKey);
  const other = join(folder, "other.der");
  writeFileSync(other, makeCertificate({ subject: "Other", issuer: root }).der);
  release.write("cert", other, "other", "0c");
  assert.match((await refusesQuietly("PKCS11_KEY", () => open("token=release;object=renewed"))).message, /for different keys/);
});

test("an RSA key tells its public half itself; an elliptic curve key without one is refused with what to do", async () => {
  const { publicKey } = await open("token=release;object=rsa");
  release.drop("pubkey", "04");
  assert.deepEqual((await open("token=release;object=rsa")).publicKey, publicKey);
  release.drop("pubkey", "05");
  const error = await refusesQuietly("PKCS11_KEY", () => open("token=release;object=twin;id=%05"));
  assert.match(`${error.message} ${error.hint}`, /public half.*not on the token.*under the same id/);
});
