import { createHash } from "node:crypto";
import { makeCa, makeCertificate, newKey, spkiOf, type MadeCertificate } from "../x509/make.ts";

export const TIME_STAMPING = "1.3.6.1.5.5.7.3.8";

/** The keys and certificates of an instance that a test made. */
export interface MadeInstance {
  readonly fulcio: readonly MadeCertificate[];
  readonly tsa: readonly MadeCertificate[];
  readonly rekor: Uint8Array;
  readonly ct: Uint8Array;
}

export function makeInstance(rekor: "Ed25519" | "P-256" = "Ed25519"): MadeInstance {
  const fulcioRoot = makeCa({ subject: "fulcio root" });
  const fulcio = makeCa({ subject: "fulcio intermediate", issuer: fulcioRoot, extendedKeyUsage: ["1.3.6.1.5.5.7.3.3"], pathLength: 0 });
  const tsaRoot = makeCa({ subject: "tsa root" });
  const tsa = makeCertificate({ subject: "tsa", issuer: tsaRoot, extendedKeyUsage: [TIME_STAMPING], extendedKeyUsageCritical: true });
  return { fulcio: [fulcio, fulcioRoot], tsa: [tsa, tsaRoot], rekor: spkiOf(newKey(rekor)), ct: spkiOf(newKey("P-256")) };
}

export interface RootParts {
  readonly logs?: readonly { readonly url: string; readonly spki: Uint8Array; readonly end?: string }[];
  readonly instance?: MadeInstance;
  readonly start?: string;
}

/** A `trusted_root.json`, written by hand and not by the code under test. */
export function trustedRootJson({ instance = makeInstance(), logs, start = "2026-01-01T00:00:00Z" }: RootParts = {}): Uint8Array {
  const validFor = { start };
  const log = (url: string, spki: Uint8Array, details: string, end?: string): object => ({
    baseUrl: url,
    hashAlgorithm: "SHA2_256",
    publicKey: { rawBytes: base64(spki), keyDetails: details, validFor: end === undefined ? validFor : { start, end } },
    logId: { keyId: base64(createHash("sha256").update(spki).digest()) },
  });
  const authority = (uri: string, chain: readonly MadeCertificate[]): object => ({
    subject: { organization: "example.com", commonName: "made" },
    uri,
    certChain: { certificates: chain.map(({ der }) => ({ rawBytes: base64(der) })) },
    validFor,
  });
  const root = {
    mediaType: "application/vnd.dev.sigstore.trustedroot+json;version=0.1",
    tlogs: (logs ?? [{ url: "https://rekor.example.com", spki: instance.rekor }]).map((entry) =>
      log(entry.url, entry.spki, "PKIX_ED25519", entry.end),
    ),
    certificateAuthorities: [authority("https://fulcio.example.com", instance.fulcio)],
    ctlogs: [log("https://ct.example.com", instance.ct, "PKIX_ECDSA_P256_SHA_256")],
    timestampAuthorities: [authority("https://tsa.example.com/api/v1/timestamp", instance.tsa)],
  };
  return Buffer.from(`${JSON.stringify(root, undefined, 2)}\n`);
}

/** A signing configuration for it. */
export function signingConfigJson(): Uint8Array {
  const service = (url: string, majorApiVersion = 1): object[] => [
    { url, majorApiVersion, validFor: { start: "2026-01-01T00:00:00Z" }, operator: "example.com" },
  ];
  const config = {
    mediaType: "application/vnd.dev.sigstore.signingconfig.v0.2+json",
    caUrls: service("https://fulcio.example.com"),
    oidcUrls: service("https://oidc.example.com"),
    rekorTlogUrls: service("https://rekor.example.com", 2),
    tsaUrls: service("https://tsa.example.com/api/v1/timestamp"),
    rekorTlogConfig: { selector: "ANY" },
    tsaConfig: { selector: "ANY" },
  };
  return Buffer.from(`${JSON.stringify(config, undefined, 2)}\n`);
}

function base64(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString("base64");
}
