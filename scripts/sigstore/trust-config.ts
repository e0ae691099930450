import { createHash, createPublicKey, X509Certificate } from "node:crypto";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Authorities } from "./authorities.ts";

/** The addresses under which clients reach the services. */
export interface Urls {
  readonly issuer: string;
  readonly fulcio: string;
  readonly ctLog: string;
  /** Whole, with its path. */
  readonly tsa: string;
  readonly rekor2: string;
  readonly rekor1: string;
}

export type RekorVersion = 1 | 2;

/** The origin in the checkpoints of both logs. */
export const LOG_ORIGIN = "localhost";

/** From the start of the year of writing, not of the start: bundles stay verifiable after a restart with the same keys. */
const START = "2026-01-01T00:00:00Z";

export interface TrustFiles {
  readonly trustedRoot: string;
  readonly signingConfig: string;
  /** Both in one: what --trust-config takes. */
  readonly clientTrustConfig: string;
}

/**
 * Writes what a client needs to know of the private Sigstore, for signing on Rekor 2 or on Rekor 1. Each trusted
 * root holds the one log only, so that a test cannot pass because of the other.
 */
export function writeTrustFiles(folder: string, rekor: RekorVersion, authorities: Authorities, urls: Urls): TrustFiles {
  const trustedRoot = makeTrustedRoot(rekor, authorities, urls);
  const signingConfig = makeSigningConfig(rekor, urls);
  const both = { mediaType: "application/vnd.dev.sigstore.clienttrustconfig.v0.1+json", trustedRoot, signingConfig };
  return {
    trustedRoot: write(folder, `trusted_root.rekor${rekor}.json`, trustedRoot),
    signingConfig: write(folder, `signing_config.rekor${rekor}.json`, signingConfig),
    clientTrustConfig: write(folder, `client_trust_config.rekor${rekor}.json`, both),
  };
}

function write(folder: string, name: string, value: object): string {
  const file = join(folder, name);
  writeFileSync(file, `${JSON.stringify(value, undefined, 2)}\n`);
  return file;
}

function makeTrustedRoot(rekor: RekorVersion, authorities: Authorities, urls: Urls): object {
  return {
    mediaType: "application/vnd.dev.sigstore.trustedroot+json;version=0.1",
    tlogs: [rekor === 2 ? rekor2Log(authorities.rekor2PublicKey, urls.rekor2) : p256Log(authorities.rekor1PublicKey, urls.rekor1)],
    certificateAuthorities: [authority(authorities.fulcioChain, urls.fulcio)],
    ctlogs: [p256Log(authorities.ctPublicKey, urls.ctLog)],
    timestampAuthorities: [authority(authorities.tsaChain, urls.tsa)],
  };
}

function makeSigningConfig(rekor: RekorVersion, urls: Urls): object {
  const service = (url: string, majorApiVersion: number): object => ({
    url,
    majorApiVersion,
    validFor: { start: START },
    operator: "private.example.com",
  });
  return {
    mediaType: "application/vnd.dev.sigstore.signingconfig.v0.2+json",
    caUrls: [service(urls.fulcio, 1)],
    oidcUrls: [service(urls.issuer, 1)],
    rekorTlogUrls: [rekor === 2 ? service(urls.rekor2, 2) : service(urls.rekor1, 1)],
    tsaUrls: [service(urls.tsa, 1)],
    rekorTlogConfig: { selector: "ANY" },
    tsaConfig: { selector: "ANY" },
  };
}

/** An RFC 6962 log, or Rekor 1: its id is the hash of the key's SPKI. */
function p256Log(publicKey: string, baseUrl: string): object {
  const spki = spkiOf(publicKey);
  return log(baseUrl, spki, "PKIX_ECDSA_P256_SHA_256", sha256(spki));
}

/** Rekor 2 has the id of a signed note's key (C2SP signed-note): over origin, line break, algorithm 1 and the bare Ed25519 key. */
function rekor2Log(publicKey: string, baseUrl: string): object {
  const spki = spkiOf(publicKey);
  return log(baseUrl, spki, "PKIX_ED25519", sha256(Buffer.from(`${LOG_ORIGIN}\n`), Buffer.of(1), spki.subarray(-32)));
}

function log(baseUrl: string, spki: Buffer, keyDetails: string, id: Buffer): object {
  return {
    baseUrl,
    hashAlgorithm: "SHA2_256",
    publicKey: { rawBytes: spki.toString("base64"), keyDetails, validFor: { start: START } },
    logId: { keyId: id.toString("base64") },
  };
}

function authority(chain: string, uri: string): object {
  const certificates = (readFileSync(chain, "utf8").match(/-----BEGIN CERTIFICATE-----[^-]+-----END CERTIFICATE-----/g) ?? []).map(
    (pem) => new X509Certificate(pem),
  );
  const commonName = /CN=(.+)/.exec(certificates.at(-1)?.subject ?? "")?.[1] ?? "";
  return {
    subject: { organization: "private.example.com", commonName },
    uri,
    certChain: { certificates: certificates.map(({ raw }) => ({ rawBytes: raw.toString("base64") })) },
    validFor: { start: START },
  };
}

function spkiOf(file: string): Buffer {
  return createPublicKey(readFileSync(file)).export({ type: "spki", format: "der" });
}

function sha256(...parts: readonly Buffer[]): Buffer {
  return createHash("sha256").update(Buffer.concat(parts)).digest();
}
