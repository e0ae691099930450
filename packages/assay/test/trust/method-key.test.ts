import assert from "node:assert/strict";
import { createHash, createPublicKey, generateKeyPairSync, sign as signWithKey } from "node:crypto";
import { test } from "node:test";
import { parseBundle } from "../../src/bundle/index.ts";
import { keySigner, sign, type WarningCode } from "../../src/index.ts";
import { verifyEnvelope, type VerifiedEnvelope } from "../../src/trust/index.ts";
import { historicalPreAuthenticationEncoding, preAuthenticationEncoding } from "../../src/trust/pae.ts";
import { readManifest } from "../../src/statement/index.ts";
import { makeKeyPair } from "../support/keys.ts";
import { writeFiles } from "../support/models/on-disk.ts";
import { rejectsWith } from "../support/rejects.ts";
import { temporaryFolder } from "../support/temporary-folder.ts";
import { makeCa, makeCertificate } from "../support/x509/make.ts";

const PAYLOAD_TYPE = "application/vnd.in-toto+json";
const model = writeFiles(`${temporaryFolder()}/model`, { "weights.bin": "weights" });
const keys = makeKeyPair("P-256");
const { bundle } = await sign(model, { signer: await keySigner(keys) });

interface BundleJson {
  verificationMaterial: { publicKey: Record<string, unknown> };
  dsseEnvelope: { payload: string; payloadType: string; signatures: { sig: string; keyid?: unknown }[] };
}

/** The bundle, altered, as JSON. */
function altered(change: (json: BundleJson) => void): Uint8Array {
  const json = JSON.parse(Buffer.from(bundle).toString()) as BundleJson;
  change(json);
  return Buffer.from(JSON.stringify(json));
}

const verify = (bytes: Uint8Array, publicKey: string | Uint8Array = keys.publicKey): Promise<VerifiedEnvelope> =>
  verifyEnvelope(parseBundle(bytes), { method: "key", publicKey }, new Date(0));

async function warnings(bytes: Uint8Array): Promise<WarningCode[]> {
  return (await verify(bytes)).warnings.map(({ code }) => code);
}

const spkiDer = createPublicKey(keys.publicKey).export({ type: "spki", format: "der" });

test("the caller's key verifies, as PEM or DER", async () => {
  const { signer } = await verify(bundle);
  const expected = createHash("sha256").update(keys.publicKey).digest("hex");
  assert.deepEqual(signer, { method: "key", algorithm: "ecdsa-p256-sha256", fingerprint: expected });
  await verify(bundle, spkiDer);
  await verify(bundle, Buffer.from(keys.publicKey));
});

test("the bundle names the key by the SHA-256 of its PEM, as the field does", () => {
  const json = JSON.parse(Buffer.from(bundle).toString()) as BundleJson;
  assert.deepEqual(json.verificationMaterial.publicKey, { hint: createHash("sha256").update(keys.publicKey).digest("hex") });
});

test("a bundle of a certificate is not verified with a key", async () => {
  const bytes = altered((json) => {
    const chain = { certificates: [{ rawBytes: "MAA=" }] };
    json.verificationMaterial = { x509CertificateChain: chain } as unknown as BundleJson["verificationMaterial"];
  });
  await rejectsWith("METHOD_MISMATCH", () => verify(bytes));
});

test("a witness that the caller asks for is there", async () => {
  const witnesses = { timestampAuthorities: [makeCa().pem] };
  const trust = { method: "key", publicKey: keys.publicKey, witnesses } as const;
  await rejectsWith("LOG_ENTRY_MISSING", () => verifyEnvelope(parseBundle(bundle), trust, new Date(0)));
});

test("another key does not verify, and the message names both", async () => {
  const other = makeKeyPair("P-256");
  const error = await rejectsWith("SIGNATURE_INVALID", () => verify(bundle, other.publicKey));
  assert.match(error.message, /another key/);
  assert.match(error.hint ?? "", new RegExp(createHash("sha256").update(keys.publicKey).digest("hex")));
  for (const kind of ["P-384", "P-521", "RSA-2048"] as const) {
    const otherKind = await rejectsWith(kind === "RSA-2048" ? "SIGNATURE_ENCODING" : "SIGNATURE_INVALID", () =>
      verify(bundle, makeKeyPair(kind).publicKey),
    );
    assert.notEqual(otherKind.message, "");
  }
});

test("a hint that names another key is a warning, as the signature decides", async () => {
  assert.deepEqual(await warnings(bundle), []);
  assert.deepEqual(await warnings(altered((json) => void (json.verificationMaterial.publicKey = { hint: "aa" }))), ["KEY_HINT_DIFFERS"]);
});

test("no warning for the SHA-256 of the DER, for upper case, or for no hint at all", async () => {
  const ofDer = createHash("sha256").update(spkiDer).digest("hex");
  const ofPem = createHash("sha256").update(keys.publicKey).digest("hex");
  for (const publicKey of [{ hint: ofDer }, { hint: ofPem.toUpperCase() }, { hint: "" }, { hint: null }, {}]) {
    assert.deepEqual(await warnings(altered((json) => void (json.verificationMaterial.publicKey = publicKey))), []);
  }
});

test("a key in the bundle is never used to verify", async () => {
  const attacker = makeKeyPair("P-256");
  const rawBytes = Buffer.from(attacker.publicKey).toString("base64");
  const theirs = await sign(model, { signer: await keySigner(attacker) });
  const json = JSON.parse(Buffer.from(theirs.bundle).toString()) as BundleJson;
  json.verificationMaterial.publicKey = { rawBytes };
  await rejectsWith("SIGNATURE_INVALID", () => verify(Buffer.from(JSON.stringify(json))));
  assert.deepEqual(await warnings(altered((own) => void (own.verificationMaterial.publicKey = { rawBytes }))), ["KEY_IN_BUNDLE"]);
});

test("the caller's own key in the bundle, as older versions wrote it, causes no warning", async () => {
  for (const raw of [Buffer.from(keys.publicKey), spkiDer]) {
    assert.deepEqual(
      await warnings(altered((json) => void (json.verificationMaterial.publicKey = { rawBytes: raw.toString("base64") }))),
      [],
    );
  }
});

test("a key id of any kind is ignored", async () => {
  for (const keyid of ["", null, "something", undefined]) {
    assert.deepEqual(await warnings(altered((json) => void (json.dsseEnvelope.signatures[0]!.keyid = keyid))), []);
  }
});

test("a payload of another type is refused, its signature valid or not", async () => {
  const payloadType = "application/json";
  const { payload } = parseBundle(bundle).envelope;
  const sig = signWithKey("sha256", preAuthenticationEncoding(payloadType, payload), keys.privateKey).toString("base64");
  const other = altered((json) => Object.assign(json.dsseEnvelope, { payloadType, signatures: [{ sig }] }));
  await rejectsWith("PAYLOAD_TYPE", () => verify(other));
});

test("one changed bit of payload or signature fails", async () => {
  const flip = (text: string, at: number): string => {
    const bytes = Buffer.from(text, "base64");
    bytes[at] = bytes[at]! ^ 1;
    return bytes.toString("base64");
  };
  await rejectsWith("SIGNATURE_INVALID", () =>
    verify(altered(({ dsseEnvelope }) => void (dsseEnvelope.payload = flip(dsseEnvelope.payload, 30)))),
  );
  await rejectsWith("SIGNATURE_INVALID", () =>
    verify(altered(({ dsseEnvelope: { signatures } }) => void (signatures[0]!.sig = flip(signatures[0]!.sig, 20)))),
  );
});

test("pure Ed25519 verifies beside Ed25519ph, and says which it was", async () => {
  const { privateKey, publicKey } = makeKeyPair("Ed25519");
  const ours = await sign(model, { signer: await keySigner({ privateKey }) });
  assert.equal((await verify(ours.bundle, publicKey)).signer.algorithm, "ed25519ph");
  const { payload } = parseBundle(ours.bundle).envelope;
  const sig = signWithKey(null, preAuthenticationEncoding(PAYLOAD_TYPE, payload), privateKey).toString("base64");
  const pure = altered((json) =>
    Object.assign(json.dsseEnvelope, { payload: Buffer.from(payload).toString("base64"), signatures: [{ sig }] }),
  );
  assert.equal((await verify(pure, publicKey)).signer.algorithm, "ed25519");
  const short = altered((json) => Object.assign(json.dsseEnvelope, { signatures: [{ sig: "AAAA" }] }));
  await rejectsWith("SIGNATURE_ENCODING", () => verify(short, publicKey));
});

test("a key on P-384 that hashed with SHA-256 is refused: the hash follows from the key", async () => {
  const { privateKey, publicKey } = makeKeyPair("P-384");
  const { payload } = parseBundle(bundle).envelope;
  const sig = signWithKey("sha256", preAuthenticationEncoding(PAYLOAD_TYPE, payload), privateKey).toString("base64");
  await rejectsWith("SIGNATURE_INVALID", () =>
    verify(
      altered((json) => Object.assign(json.dsseEnvelope, { signatures: [{ sig }] })),
      publicKey,
    ),
  );
});

test("the encoding of the reference 0.2.0 verifies, and only a statement of that version is read from it", async () => {
  const { payload } = parseBundle(bundle).envelope;
  const bySha256 = (bytes: Uint8Array): Uint8Array => {
    const sig = signWithKey("sha256", historicalPreAuthenticationEncoding(PAYLOAD_TYPE, bytes), keys.privateKey).toString("base64");
    return altered((json) => Object.assign(json.dsseEnvelope, { payload: Buffer.from(bytes).toString("base64"), signatures: [{ sig }] }));
  };
  const modern = await verify(bySha256(payload));
  assert.equal(modern.historical, true);
  await rejectsWith("HISTORICAL_MISMATCH", () => readManifest(modern));

  const digest = { sha256: "a".repeat(64) };
  const statement = {
    _type: "https://in-toto.io/Statement/v1",
    subject: [{ name: "weights.bin", digest }],
    predicateType: "https://model_signing/Digests/v0.1",
    predicate: {},
  };
  const old = await verify(bySha256(Buffer.from(JSON.stringify(statement))));
  const manifest = await readManifest(old);
  assert.equal(manifest.format, "historical-0.1");
  assert.ok(manifest.warnings.some(({ code }) => code === "HISTORICAL_FORMAT"));
});

test("anything but a public key is named", async () => {
  const wrong: readonly [string | Uint8Array, RegExp][] = [
    [keys.privateKey, /private key/],
    [makeCertificate().pem, /certificate/],
    ["nothing", /no key/],
    [spkiDer.subarray(0, 50), /damaged/],
    [keys.publicKey.replaceAll("PUBLIC KEY", "RSA PUBLIC KEY"), /damaged/],
    [keys.publicKey.replaceAll("PUBLIC KEY", "OTHER KEY"), /OTHER KEY/],
  ];
  for (const [publicKey, pattern] of wrong) {
    assert.match((await rejectsWith("KEY_INVALID", () => verify(bundle, publicKey))).message, pattern);
  }
});

test("keys that must not sign models do not verify them", async () => {
  const spki = (kind: "ec" | "rsa", options: object): string =>
    // The two kinds have overloads of their own; the options decide which is meant.
    (generateKeyPairSync as (kind: string, options: object) => { publicKey: { export(options: object): string } })(
      kind,
      options,
    ).publicKey.export({
      type: "spki",
      format: "pem",
    });
  await rejectsWith("ALGORITHM_FORBIDDEN", () => verify(bundle, spki("rsa", { modulusLength: 1024 })));
  await rejectsWith("ALGORITHM_FORBIDDEN", () => verify(bundle, spki("ec", { namedCurve: "secp256k1" })));
  await rejectsWith("ALGORITHM_FORBIDDEN", () => verify(bundle, spki("ec", { namedCurve: "P-256", paramEncoding: "explicit" })));
  const error = await rejectsWith("ALGORITHM_UNKNOWN", () => verify(bundle, spki("ec", { namedCurve: "brainpoolP256r1" })));
  assert.equal(error.outcome, "incomplete");
});
