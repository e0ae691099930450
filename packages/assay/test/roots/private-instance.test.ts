import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { suite, test } from "node:test";
import { encodePem } from "../../src/encoding/pem.ts";
import type { ErrorCode } from "../../src/core/error-codes.ts";
import { parseTrust } from "../../src/roots/named.ts";
import { describeInstance, type PrivateInstance } from "../../src/roots/private-instance.ts";
import { readSigningConfig } from "../../src/signing/sigstore/signing-config.ts";
import { rejectsWith } from "../support/rejects.ts";
import { makeKeyPair } from "../support/keys.ts";
import { makeCa, makeCertificate, name, newKey, NOW, spkiOf, type MadeCertificate } from "../support/x509/make.ts";
import { makeInstance, signingConfigJson, TIME_STAMPING } from "../support/roots/trusted-roots.ts";

const pem = (...chain: readonly MadeCertificate[]): Uint8Array[] => [Buffer.from(chain.map((made) => made.pem).join("explanation\n"))];
const keyPem = (spki: Uint8Array): Uint8Array => Buffer.from(encodePem("PUBLIC KEY", spki));

const made = makeInstance();
const whole: PrivateInstance = {
  certificateAuthority: { url: "https://fulcio.example.com", chain: pem(...made.fulcio) },
  log: { url: "https://rekor.example.com:8443/", key: keyPem(made.rekor) },
  ctLog: { url: "https://ct.example.com", key: made.ct },
  timestampAuthority: { url: "https://tsa.example.com/api/v1/timestamp", chain: pem(...made.tsa) },
  issuer: "https://oidc.example.com",
  validFrom: new Date("2026-01-01T00:00:00Z"),
};

interface Written {
  readonly mediaType: string;
  readonly trustedRoot: {
    readonly tlogs: readonly { readonly baseUrl: string; readonly publicKey: object; readonly logId: { readonly keyId: string } }[];
    readonly ctlogs: readonly { readonly logId: { readonly keyId: string } }[];
    readonly certificateAuthorities: readonly object[];
    readonly timestampAuthorities: readonly object[];
  };
  readonly signingConfig: Readonly<Record<string, unknown>>;
}

async function written(instance: PrivateInstance): Promise<Written> {
  return JSON.parse(Buffer.from(await describeInstance(instance, NOW)).toString()) as Written;
}

function sha256(...parts: readonly (string | Uint8Array)[]): string {
  const hash = createHash("sha256");
  for (const part of parts) hash.update(part);
  return hash.digest("base64");
}

suite("a private instance", () => {
  test("is written as its operator writes it by hand", async () => {
    const { trustedRoot, signingConfig, mediaType } = await written(whole);
    const validFor = { start: "2026-01-01T00:00:00Z" };
    const base64 = (bytes: Uint8Array): string => Buffer.from(bytes).toString("base64");
    const authority = (uri: string, commonName: string, chain: readonly MadeCertificate[]): object => ({
      subject: { organization: "", commonName },
      uri,
      certChain: { certificates: chain.map(({ der }) => ({ rawBytes: base64(der) })) },
      validFor,
    });
    assert.equal(mediaType, "application/vnd.dev.sigstore.clienttrustconfig.v0.1+json");
    assert.deepEqual(trustedRoot, {
      mediaType: "application/vnd.dev.sigstore.trustedroot+json;version=0.1",
      tlogs: [
        {
          baseUrl: "https://rekor.example.com:8443/",
          hashAlgorithm: "SHA2_256",
          publicKey: { rawBytes: base64(made.rekor), keyDetails: "PKIX_ED25519", validFor },
          logId: { keyId: sha256("rekor.example.com\n\u0001", made.rekor.subarray(-32)) },
        },
      ],
      certificateAuthorities: [authority("https://fulcio.example.com", "fulcio root", made.fulcio)],
      ctlogs: [
        {
          baseUrl: "https://ct.example.com",
          hashAlgorithm: "SHA2_256",
          publicKey: { rawBytes: base64(made.ct), keyDetails: "PKIX_ECDSA_P256_SHA_256", validFor },
          logId: { keyId: sha256(made.ct) },
        },
      ],
      timestampAuthorities: [authority("https://tsa.example.com/api/v1/timestamp", "tsa root", made.tsa)],
    });
    const byHand = JSON.parse(
      signingConfigJson().toString().replace("https://rekor.example.com", "https://rekor.example.com:8443/"),
    ) as object;
    assert.deepEqual(
      signingConfig,
      JSON.parse(JSON.stringify(byHand).replaceAll('"operator":"example.com"', '"operator":"fulcio.example.com"')),
    );
  });

  test("can be read back, its signing configuration too", async () => {
    const trust = parseTrust(await describeInstance(whole, NOW), "trust configuration");
    assert.equal(trust.root.certificateAuthorities[0]!.certificates.length, 2);
    const config = readSigningConfig(trust.signingConfig!);
    assert.deepEqual([config.logs[0]!.majorApiVersion, config.timestampAuthorities.length], [2, 1]);
  });

  test("without an identity provider is a trusted root alone", async () => {
    const trust = parseTrust(await describeInstance({ ...whole, issuer: undefined }, NOW), "trusted root");
    assert.equal(trust.signingConfig, undefined);
    assert.equal(trust.root.logs.length, 1);
  });

  test("with a log of version 1 names it by its key, and needs no timestamp authority", async () => {
    const key = spkiOf(newKey("P-256"));
    const { trustedRoot, signingConfig } = await written({
      ...whole,
      log: { url: "https://rekor.example.com", key: keyPem(key) },
      timestampAuthority: undefined,
    });
    assert.equal(trustedRoot.tlogs[0]!.logId.keyId, sha256(key));
    assert.deepEqual(trustedRoot.timestampAuthorities, []);
    assert.equal((signingConfig["rekorTlogUrls"] as { majorApiVersion: number }[])[0]!.majorApiVersion, 1);
    assert.equal(readSigningConfig(Buffer.from(JSON.stringify(signingConfig))).timestampAuthorities.length, 0);
  });

  test("is refused where it could not work: tokens without TLS, a root that issues alone, a certificate log's Ed25519 key", async () => {
    for (const part of [
      { certificateAuthority: { ...whole.certificateAuthority, url: "http://fulcio.example.com" } },
      { issuer: "http://login.example.com" },
    ]) {
      assert.match((await rejectsWith("USAGE", () => describeInstance({ ...whole, ...part }, NOW))).message, /without TLS/);
    }
    const local = { ...whole.certificateAuthority, url: "http://127.0.0.1:5555" };
    await describeInstance({ ...whole, certificateAuthority: local, issuer: "http://localhost:3010" }, NOW);
    const root = { ...whole.certificateAuthority, chain: pem(...made.fulcio.slice(-1)) };
    const alone = await rejectsWith("CERTIFICATE_INVALID", () => describeInstance({ ...whole, certificateAuthority: root }, NOW));
    assert.match(alone.message, /the root alone/);
    const ctLog = { ...whole.ctLog, key: keyPem(spkiOf(newKey("Ed25519"))) };
    assert.match((await rejectsWith("KEY_INVALID", () => describeInstance({ ...whole, ctLog }, NOW))).message, /Ed25519/);
  });

  test("says by itself which version an Ed25519 log is of, and under which name it signs", async () => {
    const log = { ...whole.log, url: "http://localhost:3103" };
    const idOf = async (more: Partial<PrivateInstance["log"]>): Promise<string> =>
      (await written({ ...whole, log: { ...log, ...more } })).trustedRoot.tlogs[0]!.logId.keyId;
    const raw = made.rekor.subarray(-32);
    assert.equal(await idOf({}), sha256("localhost\n\u0001", raw));
    assert.equal(await idOf({ origin: "log.example.com/a" }), sha256("log.example.com/a\n\u0001", raw));
    assert.equal(await idOf({ version: 1 }), sha256(made.rekor));
  });

  test("takes its chains in any order, and puts each certificate in its place", async () => {
    const reversed = { ...whole, certificateAuthority: { ...whole.certificateAuthority, chain: pem(...made.fulcio.toReversed()) } };
    assert.deepEqual(await written(reversed), await written(whole));
  });

  test("takes its chains from several files, in DER too", async () => {
    const chain = made.fulcio.map(({ der }) => der);
    assert.deepEqual(await written({ ...whole, certificateAuthority: { ...whole.certificateAuthority, chain } }), await written(whole));
  });

  test("is in use since its certificate authority is, where nothing else is said", async () => {
    const { trustedRoot } = await written({ ...whole, validFrom: undefined });
    assert.match(JSON.stringify(trustedRoot.tlogs[0]!.publicKey), /"start":"2025-01-01T00:00:00Z"/);
  });

  test("has the names of its root's subject", async () => {
    const root = makeCa({ subject: name(["2.5.4.10", "example.com"], ["2.5.4.3", "the root"]) });
    const issuing = makeCa({ subject: "issuing", issuer: root, serial: 2 });
    const chain = pem(issuing, root);
    const { trustedRoot } = await written({ ...whole, certificateAuthority: { url: "https://fulcio.example.com", chain } });
    assert.deepEqual((trustedRoot.certificateAuthorities[0] as { subject: object }).subject, {
      organization: "example.com",
      commonName: "the root",
    });
  });

  for (const [kind, details] of [
    ["P-384", "PKIX_ECDSA_P384_SHA_384"],
    ["P-521", "PKIX_ECDSA_P521_SHA_512"],
    [2048, "PKIX_RSA_PKCS1V15_2048_SHA256"],
  ] as const) {
    test(`may have a log with a ${kind} key`, async () => {
      const { trustedRoot } = await written({ ...whole, ctLog: { ...whole.ctLog, key: keyPem(spkiOf(newKey(kind))) } });
      assert.match(JSON.stringify(trustedRoot.ctlogs), new RegExp(details));
    });
  }
});

function oldChain(): MadeCertificate[] {
  const root = makeCa({ subject: "old root" });
  return [makeCa({ subject: "old", issuer: root, serial: 2, notAfter: new Date("2026-01-01T00:00:00Z") }), root];
}

suite("a private instance is not written down", () => {
  const leaf = makeCertificate({ subject: "alice", issuer: made.fulcio[0]! });
  const [tsa, tsaRoot] = [made.tsa[0]!, made.tsa[1]!];
  const tsaWith = (chain: Uint8Array[]): PrivateInstance => ({ ...whole, timestampAuthority: { ...whole.timestampAuthority!, chain } });
  const fulcioWith = (chain: Uint8Array[]): PrivateInstance => ({
    ...whole,
    certificateAuthority: { ...whole.certificateAuthority, chain },
  });
  const stamping = { issuer: tsaRoot, extendedKeyUsageCritical: true } as const;
  const noCertSign = makeCertificate({ subject: "x", issuer: made.fulcio[1]!, basicConstraints: null, keyUsage: [0] });

  const cases: readonly (readonly [string, PrivateInstance, ErrorCode, RegExp])[] = [
    ["where a URL is malformed", { ...whole, issuer: "oidc.example.com" }, "USAGE", /not an http or https URL/],
    [
      "where the log's key is a private one",
      { ...whole, log: { ...whole.log, key: Buffer.from(makeKeyPair("P-256").privateKey) } },
      "KEY_INVALID",
      /^the log's key is refused: it is a private key/,
    ],
    [
      "where the certificate log's key is text",
      { ...whole, ctLog: { ...whole.ctLog, key: Buffer.from("key") } },
      "KEY_INVALID",
      /^the certificate log's key/,
    ],
    [
      "where an RSA key is of a length without a name",
      { ...whole, ctLog: { ...whole.ctLog, key: spkiOf(newKey(2560)) } },
      "KEY_INVALID",
      /2560 bits has no name/,
    ],
    [
      "where the chain is that of a signature",
      fulcioWith(pem(leaf, ...made.fulcio)),
      "CERTIFICATE_BASIC_CONSTRAINTS",
      /CN=alice is not a CA/,
    ],
    [
      "where the issuing certificate is not a CA's",
      fulcioWith(pem(noCertSign, made.fulcio[1]!)),
      "CERTIFICATE_BASIC_CONSTRAINTS",
      /is not a CA/,
    ],
    [
      "where the issuing CA may not sign certificates",
      fulcioWith(pem(makeCa({ issuer: made.fulcio[1]!, keyUsage: [6] }), made.fulcio[1]!)),
      "CERTIFICATE_KEY_USAGE",
      /may not sign certificates/,
    ],
    [
      "where the root is missing",
      fulcioWith(pem(made.fulcio[0]!)),
      "ROOT_MISSING",
      /^the certificate authority's chain is refused.*reach its root/,
    ],
    [
      "where the root is another one of the same name",
      fulcioWith(pem(made.fulcio[0]!, makeCa({ subject: "fulcio root" }))),
      "CERTIFICATE_PATH_NOT_FOUND",
      /certificate authority's chain/,
    ],
    [
      "where an unrelated certificate is in the file",
      fulcioWith(pem(...made.fulcio, makeCa({ subject: "unrelated" }))),
      "CERTIFICATE_INVALID",
      /more than one chain/,
    ],
    [
      "where there are two roots for one way",
      fulcioWith(pem(...made.fulcio, makeCa({ subject: "fulcio root" }))),
      "CERTIFICATE_INVALID",
      /1 more certificates than/,
    ],
    ["where a certificate has expired", fulcioWith(pem(...oldChain())), "CERTIFICATE_EXPIRED", /certificate authority's chain/],
    ["where the certificate is missing", fulcioWith([Buffer.from("nothing")]), "CERTIFICATE_INVALID", /holds no certificate/],
    [
      "where the timestamp authority's own certificate is missing",
      tsaWith(pem(tsaRoot)),
      "CERTIFICATE_BASIC_CONSTRAINTS",
      /own certificate is missing/,
    ],
    [
      "where the timestamp authority's certificate is for code",
      tsaWith(pem(makeCertificate({ ...stamping, extendedKeyUsage: ["1.3.6.1.5.5.7.3.3"] }), tsaRoot)),
      "CERTIFICATE_EXTENDED_KEY_USAGE",
      /not for timestamps alone/,
    ],
    [
      "where it is for timestamps and more",
      tsaWith(pem(makeCertificate({ ...stamping, extendedKeyUsage: [TIME_STAMPING, "1.3.6.1.5.5.7.3.3"] }), tsaRoot)),
      "CERTIFICATE_EXTENDED_KEY_USAGE",
      /alone/,
    ],
    [
      "where it does not say so critically",
      tsaWith(pem(makeCertificate({ issuer: tsaRoot, extendedKeyUsage: [TIME_STAMPING] }), tsaRoot)),
      "CERTIFICATE_EXTENDED_KEY_USAGE",
      /critical/,
    ],
    [
      "where it says nothing of the kind",
      tsaWith(pem(makeCertificate({ ...stamping, extendedKeyUsage: null }), tsaRoot)),
      "CERTIFICATE_EXTENDED_KEY_USAGE",
      /./,
    ],
    ["where the timestamp authority's root is missing", tsaWith(pem(tsa)), "ROOT_MISSING", /^the timestamp authority's chain/],
    ["where a log that proves no time has no timestamp authority", { ...whole, timestampAuthority: undefined }, "USAGE", /proves no time/],
  ];
  for (const [when, instance, code, message] of cases) {
    test(when, async () => {
      assert.match((await rejectsWith(code, () => describeInstance(instance, NOW))).message, message);
    });
  }
});
