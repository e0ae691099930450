import assert from "node:assert/strict";
import type { KeyObject } from "node:crypto";
import { suite, test } from "node:test";
import { parseSigstoreBundle } from "../../src/bundle/parse.ts";
import type { ErrorCode } from "../../src/core/error-codes.ts";
import { historicalPreAuthenticationEncoding } from "../../src/trust/pae.ts";
import type { SignedCertificateTimestamp } from "../../src/trust/sigstore/sct.ts";
import type { Artifact } from "../../src/trust/sigstore/signed-content.ts";
import { type BundleTrust, verifyBundle, type VerifiedBundle } from "../../src/trust/verify-bundle.ts";
import { rejectsWith } from "../support/rejects.ts";
import { signSct } from "../support/sigstore/ct-log.ts";
import {
  ALICE,
  type BundleJson,
  PAYLOAD_TYPE,
  SIGNED_AT,
  type Signed,
  type SignedContent,
  type SignRequest,
} from "../support/sigstore/instance.ts";
import { base64 } from "../support/sigstore/octets.ts";
import { digestOf } from "../support/sigstore/signing-keys.ts";
import { flipped, instance, trustOf } from "../support/sigstore/keyless.ts";
import { newKey, spkiOf } from "../support/x509/make.ts";

const FILE = Buffer.from("weights");
const OTHER = Buffer.from("weighty");
const asFile = (bytes: Uint8Array): Artifact => ({ bytes });
const asDigest = (bytes: Uint8Array): Artifact => ({ sha256: digestOf("sha256", bytes) });
const message: SignedContent = { kind: "message", artifact: FILE };

type Statement = Extract<SignedContent, { kind: "dsse" }>;

/** A statement of these subjects, each its own map of digests. */
function statement(...digests: readonly Readonly<Record<string, string>>[]): Statement {
  return about(digests.map((digest) => ({ name: "file", digest })));
}

function about(subject: unknown): Statement {
  return { kind: "dsse", payload: Buffer.from(JSON.stringify({ _type: "https://in-toto.io/Statement/v1", subject })) };
}

const sha256 = (bytes: Uint8Array): string => Buffer.from(digestOf("sha256", bytes)).toString("hex");
const dsse = statement({ sha256: sha256(Buffer.from("config")) }, { sha1: "00", sha256: sha256(FILE) });

/** Signed with a key that no certificate is for, and logged so. */
function byKey(key: KeyObject, { tamperBundle, ...request }: SignRequest = {}): Signed {
  return instance.sign({
    content: message,
    rekor: "v2",
    ...request,
    key,
    tamperLogged: (thing) => ({ ...thing, verifier: { publicKey: spkiOf(key) } }),
    tamperBundle: (bundle) => {
      const { certificate: _, ...rest } = bundle.verificationMaterial;
      const keyed = { ...bundle, verificationMaterial: { publicKey: { hint: "" }, ...rest } };
      return tamperBundle?.(keyed) ?? keyed;
    },
  });
}

const keyless = (request: SignRequest = {}): Signed => instance.sign({ content: message, rekor: "v2", ...request });
const trustKey = (key: KeyObject): BundleTrust => ({ method: "key", publicKey: spkiOf(key), material: trustOf().material });

function verify({ bytes }: Pick<Signed, "bytes">, artifact: Artifact, trust: BundleTrust = trustOf()): Promise<VerifiedBundle> {
  return verifyBundle(parseSigstoreBundle(bytes), artifact, trust);
}

async function refused(code: ErrorCode, signed: Pick<Signed, "bytes">, artifact: Artifact, trust?: BundleTrust): Promise<void> {
  await rejectsWith(code, () => verify(signed, artifact, trust));
}

suite("a bundle's signature", () => {
  const contents = [
    ["over a file", message],
    ["over a statement about a file", dsse],
  ] as const;
  for (const [what, content] of contents) {
    test(`${what} holds for the file and for its digest, keyless`, async () => {
      for (const rekor of ["v1", "v2"] as const) {
        for (const artifact of [asFile(FILE), asDigest(FILE)]) {
          const { signer, verifiedAt, evidence, statement: signedStatement } = await verify(keyless({ content, rekor }), artifact);
          assert.ok(signer.method === "sigstore");
          assert.equal(signer.identity, ALICE);
          assert.equal(evidence.logEntries.length, 1);
          assert.deepEqual(verifiedAt, { time: SIGNED_AT, source: rekor === "v1" ? "log" : "timestamp" });
          assert.deepEqual(signedStatement, content.kind === "dsse" ? new Uint8Array(content.payload) : undefined);
        }
      }
    });
    test(`${what} holds for the file and for its digest, with a key`, async () => {
      const key = newKey("P-256");
      for (const rekor of ["v1", "v2"] as const) {
        for (const artifact of [asFile(FILE), asDigest(FILE)]) {
          const { signer, evidence, statement: signedStatement } = await verify(byKey(key, { content, rekor }), artifact, trustKey(key));
          assert.equal(signer.method, "key");
          assert.equal(signer.algorithm, "ecdsa-p256-sha256");
          assert.equal(evidence.logEntries.length, 1);
          assert.deepEqual(signedStatement, content.kind === "dsse" ? new Uint8Array(content.payload) : undefined);
        }
      }
    });
    test(`${what} holds in bundles of earlier versions`, async () => {
      for (const bundleVersion of ["0.1", "0.2"] as const) await verify(keyless({ content, bundleVersion, rekor: "v1" }), asFile(FILE));
    });
    test(`${what} is for no other file`, async () => {
      const key = newKey("P-256");
      for (const artifact of [asFile(OTHER), asDigest(OTHER)]) {
        // The log has the digest of the file, and is asked first; of a statement it has the statement's.
        await refused(content.kind === "dsse" ? "ARTIFACT_MISMATCH" : "LOG_ENTRY_MISMATCH", keyless({ content }), artifact);
        await refused(
          content.kind === "dsse" ? "ARTIFACT_MISMATCH" : "SIGNATURE_INVALID",
          byKey(key, { content }),
          artifact,
          trustKey(key),
        );
      }
    });
  }
});

suite("a bundle's key", () => {
  for (const kind of ["P-256", "P-384", "P-521", 2048, 3072, "Ed25519"] as const) {
    test(`may be ${kind}, with a certificate and without`, async () => {
      const key = newKey(kind);
      // A log of digests can check Ed25519 by its prehashed form alone.
      const isPrehashed = kind === "Ed25519";
      for (const content of [message, dsse]) {
        await verify(keyless({ content, key, isPrehashed }), asFile(FILE));
        await verify(byKey(key, { content, isPrehashed }), asFile(FILE), trustKey(key));
      }
    });
    test(`of the kind ${kind} made the signature, over what the bundle holds`, async () => {
      const [key, other] = [newKey(kind), newKey(kind)];
      const isPrehashed = kind === "Ed25519";
      for (const content of [message, dsse]) {
        for (const wrong of [
          { signingKey: other },
          { tamperSigned: (bytes: Uint8Array) => flipped(bytes, -1) },
          { tamperSignature: (bytes: Uint8Array) => flipped(bytes, -1) },
        ]) {
          await refused("SIGNATURE_INVALID", keyless({ content, key, isPrehashed, ...wrong }), asFile(FILE));
          await refused("SIGNATURE_INVALID", byKey(key, { content, isPrehashed, ...wrong }), asFile(FILE), trustKey(key));
        }
      }
    });
  }

  test("may be Ed25519 without a hash, where the log has the statement", async () => {
    const key = newKey("Ed25519");
    for (const rekor of ["dsse 0.0.1", "dsse 0.0.2"] as const) {
      await verify(keyless({ content: dsse, key, rekor }), asDigest(FILE));
      const { signer } = await verify(byKey(key, { content: dsse, rekor }), asDigest(FILE), trustKey(key));
      assert.equal(signer.algorithm, "ed25519");
    }
  });

  test("is the one that is named, whatever key the bundle names", async () => {
    const [key, other] = [newKey("P-256"), newKey("P-256")];
    const rawBytes = base64(spkiOf(key));
    const signed = byKey(key, {
      tamperBundle: (bundle) => ({
        ...bundle,
        verificationMaterial: { ...bundle.verificationMaterial, publicKey: { hint: "", rawBytes } },
      }),
    });
    await verify(signed, asFile(FILE), trustKey(key));
    await refused("SIGNATURE_INVALID", signed, asFile(FILE), trustKey(other));
  });

  test("that signs over SHA-256 needs no more than the digest", async () => {
    const key = newKey(2048);
    await verify(keyless({ key }), asDigest(FILE));
    await refused("LOG_ENTRY_MISMATCH", keyless({ key }), asDigest(OTHER));
    await verify(byKey(key), asDigest(FILE), trustKey(key));
    await refused("SIGNATURE_INVALID", byKey(key), asDigest(OTHER), trustKey(key));
  });

  for (const kind of ["P-384", "P-521", "Ed25519"] as const) {
    test(`of the kind ${kind} signs over more than a SHA-256, so that the file is needed`, async () => {
      const key = newKey(kind);
      const isPrehashed = kind === "Ed25519";
      for (const artifact of [asDigest(FILE), asDigest(OTHER)]) {
        await refused("ARTIFACT_NEEDED", keyless({ key, isPrehashed }), artifact);
        await refused("ARTIFACT_NEEDED", byKey(key, { isPrehashed }), artifact, trustKey(key));
      }
      // A log that has the SHA-256 changes nothing about what the key signs over.
      await refused("ARTIFACT_NEEDED", keyless({ key, hash: "sha256" }), asDigest(FILE));
      // A statement has the digest in it.
      await verify(keyless({ key, content: dsse, isPrehashed }), asDigest(FILE));
      await verify(byKey(key, { content: dsse, isPrehashed }), asDigest(FILE), trustKey(key));
    });
  }

  test("is compared with the way of signing that was asked for, both ways", async () => {
    const key = newKey("P-256");
    for (const content of [message, dsse]) {
      await refused("METHOD_MISMATCH", byKey(key, { content }), asFile(FILE));
      await refused("METHOD_MISMATCH", keyless({ content, key }), asFile(FILE), trustKey(key));
      await refused("METHOD_MISMATCH", keyless({ content, key, bundleVersion: "0.1", rekor: "v1" }), asFile(FILE), trustKey(key));
    }
  });

  test("without a certificate signs before a log that is trusted", async () => {
    const key = newKey("P-256");
    for (const content of [message, dsse]) {
      await refused("LOG_ENTRY_MISSING", byKey(key, { content, rekor: [], timestamp: true }), asFile(FILE), trustKey(key));
      const elsewhere = { ...trustKey(key), material: trustOf({ root: { change: (root) => ({ ...root, tlogs: [] }) } }).material };
      await refused("LOG_UNKNOWN", byKey(key, { content }), asFile(FILE), elsewhere);
    }
  });
});

suite("a bundle over a file", () => {
  const digest = (algorithm: string, bytes: Uint8Array) => (bundle: BundleJson) => ({
    ...bundle,
    messageSignature: { ...bundle.messageSignature, messageDigest: { algorithm, digest: base64(bytes) } },
  });
  test("says the digest of that file, or nothing", async () => {
    const key = newKey("P-256");
    for (const artifact of [asFile(FILE), asDigest(FILE)]) {
      for (const bytes of [digestOf("sha256", OTHER), digestOf("sha256", FILE).subarray(1), new Uint8Array(32)]) {
        const tamperBundle = digest("SHA2_256", bytes);
        await refused("ARTIFACT_MISMATCH", keyless({ tamperBundle }), artifact);
        await refused("ARTIFACT_MISMATCH", byKey(key, { tamperBundle }), artifact, trustKey(key));
      }
      await refused("ALGORITHM_UNKNOWN", keyless({ tamperBundle: digest("SHA3_256", digestOf("sha256", FILE)) }), artifact);
      const tamperBundle = (bundle: BundleJson): unknown => ({
        ...bundle,
        messageSignature: { signature: bundle.messageSignature?.signature },
      });
      await verify(keyless({ tamperBundle }), artifact);
      await verify(byKey(key, { tamperBundle }), artifact, trustKey(key));
    }
  });
});

suite("a bundle over a statement", () => {
  const refusedFor = async (code: ErrorCode, content: SignedContent): Promise<void> => {
    for (const artifact of [asFile(FILE), asDigest(FILE)]) await refused(code, keyless({ content }), artifact);
  };
  test("has the file among its subjects, by SHA-256, in hexadecimal of its whole length", async () => {
    const hex = sha256(FILE);
    for (const content of [
      statement(),
      statement({ sha256: sha256(OTHER) }),
      statement({ sha512: hex }),
      statement({ SHA256: hex }),
      statement({ sha256: "" }),
      statement({ sha256: hex.slice(2) }),
      statement({ sha256: hex.toUpperCase() }),
      statement({ sha256: `${hex}00` }),
      statement({ sha256: hex.slice(0, -1).concat("g") }),
      about([{ name: hex }]),
    ]) {
      await refusedFor("ARTIFACT_MISMATCH", content);
    }
    await verify(
      keyless({ content: about([{ name: "no digest" }, { digest: { sha512: "00" } }, { digest: { sha256: hex } }]) }),
      asFile(FILE),
    );
  });
  test("is a statement of a list of subjects", async () => {
    for (const subject of [
      undefined,
      "weights",
      { digest: { sha256: sha256(FILE) } },
      ["weights"],
      [{ digest: "00" }],
      [{ digest: { sha256: 7 } }],
    ]) {
      await refusedFor("STATEMENT_SHAPE", about(subject));
    }
    await refusedFor("JSON_SYNTAX", { kind: "dsse", payload: Buffer.from("weights") });
  });
  test("is of in-toto's type and no other", async () => {
    for (const payloadType of ["application/vnd.in-toto", `${PAYLOAD_TYPE} `, "text/plain"]) {
      await refusedFor("PAYLOAD_TYPE", { ...dsse, payloadType });
    }
  });
  test("is signed in the encoding of DSSE, and not in that of an early tool for models", async () => {
    const tamperSigned = (): Uint8Array => historicalPreAuthenticationEncoding(PAYLOAD_TYPE, dsse.payload);
    const key = newKey("P-256");
    await refused("SIGNATURE_INVALID", keyless({ content: dsse, tamperSigned }), asFile(FILE));
    await refused("SIGNATURE_INVALID", byKey(key, { content: dsse, tamperSigned }), asFile(FILE), trustKey(key));
  });
  test("is not altered after it was signed", async () => {
    const tamperBundle = (bundle: BundleJson): unknown => ({
      ...bundle,
      dsseEnvelope: { ...bundle.dsseEnvelope, payload: base64(about([{ digest: { sha256: sha256(OTHER) } }]).payload) },
    });
    const key = newKey("P-256");
    await refused("LOG_ENTRY_MISMATCH", keyless({ content: dsse, tamperBundle }), asFile(OTHER));
    await refused("SIGNATURE_INVALID", byKey(key, { content: dsse, tamperBundle }), asFile(OTHER), trustKey(key));
  });
});

test("a keyless bundle of version 0.3 holds a single certificate, not a chain", async () => {
  const mediaType = "application/vnd.dev.sigstore.bundle.v0.3+json";
  const made = keyless({ content: message, bundleVersion: "0.2", tamperBundle: (bundle) => ({ ...bundle, mediaType }) });
  await refused("BUNDLE_MATERIAL", made, asFile(FILE));
});

suite("a bundle whose certificate carries no timestamps", () => {
  const { bytes, leaf } = keyless({ scts: null });
  const detached = (over: Uint8Array): SignedCertificateTimestamp => {
    const { logId, at, extensions, signed } = signSct({ certificate: over }, instance.ctLog, SIGNED_AT);
    const timestamp = new Uint8Array(8);
    new DataView(timestamp.buffer).setBigUint64(0, BigInt(at.getTime()));
    return { logId, timestamp, extensions, hashAlgorithm: signed[0]!, signatureAlgorithm: signed[1]!, signature: signed.subarray(4) };
  };
  test("needs those beside it", async () => {
    await refused("SCT_MISSING", { bytes }, asFile(FILE));
    await refused("SCT_MISSING", { bytes }, asFile(FILE), { ...trustOf(), detachedScts: [] });
    const { evidence } = await verify({ bytes }, asFile(FILE), { ...trustOf(), detachedScts: [detached(leaf.der)] });
    assert.deepEqual(evidence.certificateLogs, [{ authority: "https://ct.test", time: SIGNED_AT }]);
    await refused("SCT_INVALID", { bytes }, asFile(FILE), { ...trustOf(), detachedScts: [detached(keyless().leaf.der)] });
  });
});
