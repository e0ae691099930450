import type { KeyObject } from "node:crypto";
import { type MadeCertificate, spkiOf } from "../x509/make.ts";
import { base64 } from "./octets.ts";
import { keyDetailsOf } from "./signing-keys.ts";

export interface Validity {
  readonly start?: Date;
  readonly end?: Date;
}

/** A log in a trusted root: a transparency log or a certificate transparency log. */
export interface LogJson {
  baseUrl: string;
  hashAlgorithm: string;
  publicKey: { rawBytes: string; keyDetails: string; validFor?: { start?: string; end?: string } };
  logId: { keyId: string };
}

export interface AuthorityJson {
  subject: { organization: string; commonName: string };
  uri: string;
  certChain: { certificates: { rawBytes: string }[] };
  validFor?: { start?: string; end?: string };
}

/** https://github.com/sigstore/protobuf-specs/blob/main/protos/sigstore_trustroot.proto */
export interface TrustedRootJson {
  mediaType: string;
  tlogs: LogJson[];
  certificateAuthorities: AuthorityJson[];
  ctlogs: LogJson[];
  timestampAuthorities: AuthorityJson[];
}

export function emptyTrustedRoot(): TrustedRootJson {
  const mediaType = "application/vnd.dev.sigstore.trustedroot+json;version=0.1";
  return { mediaType, tlogs: [], certificateAuthorities: [], ctlogs: [], timestampAuthorities: [] };
}

const SINCE = new Date("2025-01-01T00:00:00Z");

export function validity({ start = SINCE, end }: Validity = {}): { start: string; end?: string } {
  const text = (date: Date): string => date.toISOString().replace(".000Z", "Z");
  return end === undefined ? { start: text(start) } : { start: text(start), end: text(end) };
}

export function logJson(baseUrl: string, key: KeyObject, logId: Uint8Array, valid?: Validity): LogJson {
  return {
    baseUrl,
    hashAlgorithm: "SHA2_256",
    publicKey: { rawBytes: base64(spkiOf(key)), keyDetails: keyDetailsOf(key), validFor: validity(valid) },
    logId: { keyId: base64(logId) },
  };
}

/** The chain has the root last, and for a timestamp authority its own certificate first. */
export function authorityJson(uri: string, chain: readonly MadeCertificate[], commonName: string, valid?: Validity): AuthorityJson {
  return {
    subject: { organization: "sigstore.test", commonName },
    uri,
    certChain: { certificates: chain.map(({ der }) => ({ rawBytes: base64(der) })) },
    validFor: validity(valid),
  };
}
