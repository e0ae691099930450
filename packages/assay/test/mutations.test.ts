import assert from "node:assert/strict";
import { join } from "node:path";
import { test } from "node:test";
import * as fc from "fast-check";
import { AssayError, certificateSigner, keySigner, sign, type Signer, type Trust, verify } from "../src/index.ts";
import { makeKeyPair } from "./support/keys.ts";
import { writeFiles } from "./support/models/on-disk.ts";
import { temporaryFolder } from "./support/temporary-folder.ts";
import { makeCa, makeCertificate } from "./support/x509/make.ts";
import { effort } from "./support/effort.ts";

const model = writeFiles(join(temporaryFolder(), "granite"), { "config.json": "{}", "weights/a.bin": "aaaa" });

const keys = makeKeyPair("P-256");
const root = makeCa();
const leaf = makeCertificate({ issuer: root });
const leafKey = leaf.privateKey.export({ type: "pkcs8", format: "pem" }).toString();

const methods: readonly [string, Signer, Trust][] = [
  ["key", await keySigner(keys), { method: "key", publicKey: keys.publicKey }],
  [
    "certificate",
    await certificateSigner({ privateKey: leafKey, signingCertificate: leaf.pem, certificateChain: [root.pem] }),
    { method: "certificate", certificates: [root.pem] },
  ],
];

/** One byte replaced, removed or put in, or a whole stretch gone. */
function altered(original: Uint8Array): fc.Arbitrary<Uint8Array> {
  const at = fc.nat({ max: original.length - 1 });
  const byte = fc.nat({ max: 255 });
  return fc.oneof(
    fc.tuple(at, byte).map(([place, value]) => original.with(place, value)),
    fc.tuple(at, at).map(([a, b]) => Buffer.concat([original.subarray(0, Math.min(a, b)), original.subarray(Math.max(a, b) + 1)])),
    fc
      .tuple(at, byte)
      .map(([place, value]) => Buffer.concat([original.subarray(0, place), Uint8Array.of(value), original.subarray(place)])),
  );
}

for (const [name, signer, trust] of methods) {
  test(`no altered bundle proves anything else than what was signed (${name})`, async () => {
    const { bundle, manifest } = await sign(model, { signer });
    await fc.assert(
      fc.asyncProperty(altered(bundle), async (signature) => {
        const answer = await verify(model, { trust, signature });
        // Some bytes prove nothing: white space, the hint, names of unknown fields. The manifest is never among them.
        if (answer.outcome === "verified") assert.equal(answer.manifest.manifestDigest, manifest.manifestDigest);
        else assert.notEqual(answer.error.code, "INTERNAL", answer.error.message);
      }),
      { numRuns: effort(100, 300) },
    );
  });

  test(`no altered statement under the same signature verifies (${name})`, async () => {
    const { bundle } = await sign(model, { signer });
    const json = JSON.parse(Buffer.from(bundle).toString()) as { dsseEnvelope: { payload: string } };
    const payload = new Uint8Array(Buffer.from(json.dsseEnvelope.payload, "base64"));
    await fc.assert(
      fc.asyncProperty(altered(payload), async (changed) => {
        if (Buffer.compare(changed, payload) === 0) return;
        json.dsseEnvelope.payload = Buffer.from(changed).toString("base64");
        const answer = await verify(model, { trust, signature: Buffer.from(JSON.stringify(json)) });
        assert.equal(answer.outcome, "failed");
        assert.ok(answer.outcome === "failed" && answer.error instanceof AssayError);
        // An emptied payload is refused before its signature is looked at.
        assert.match(answer.error.code, /^(?:SIGNATURE_INVALID|BUNDLE_)/);
      }),
      { numRuns: effort(50, 150) },
    );
  });
}
