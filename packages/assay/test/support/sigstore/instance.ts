import type { KeyObject } from "node:crypto";
import { preAuthenticationEncoding } from "../../../src/trust/pae.ts";
import { type MadeCertificate, newKey } from "../x509/make.ts";
import {
  type AuthorityRecipe,
  type CertificateAuthority,
  chainOf,
  type Identity,
  issueLeaf,
  type LeafRequest,
  makeCertificateAuthority,
} from "./certificate-authority.ts";
import { type CtLog, makeCtLog } from "./ct-log.ts";
import { type EntryKind, type SignedThing } from "./entry-bodies.ts";
import { base64 } from "./octets.ts";
import { makeRekorV1, type RekorV1 } from "./rekor-v1.ts";
import { makeRekorV2, type RekorV2 } from "./rekor-v2.ts";
import { digestOf, type HashName, hashOf, keyDetailsOf, protobufHash, signPrehashed, signWith } from "./signing-keys.ts";
import { type ServiceUrls, signingConfigJson, trustConfigJson } from "./signing-config.ts";
import {
  makeTimestampAuthority,
  timestamp,
  type TimestampAuthority,
  type TimestampAuthorityRecipe,
  type TimestampRecipe,
} from "./timestamp-authority.ts";
import type { EntryRecipe, LogEntryJson } from "./transparency-log.ts";
import { authorityJson, emptyTrustedRoot, logJson, type TrustedRootJson, type Validity } from "./trusted-root.ts";

export interface InstanceOptions {
  readonly ca?: AuthorityRecipe;
  readonly ctKey?: Parameters<typeof newKey>[0];
  readonly rekorV1Key?: Parameters<typeof newKey>[0];
  /** Entries of Rekor v1 before its present tree; 1000 by default, so that indexes in log and tree differ. */
  readonly entriesOfOlderTrees?: number;
  readonly rekorV2Key?: Parameters<typeof newKey>[0];
  readonly tsa?: TimestampAuthorityRecipe;
}

export type SignedContent =
  | { readonly kind: "dsse"; readonly payload: Uint8Array; readonly payloadType?: string }
  | { readonly kind: "message"; readonly artifact: Uint8Array };

/** What to sign, and what shall be unusual about it. Without anything: Alice, in 2026, on Rekor v1, everything right. */
export interface SignRequest extends Partial<Omit<LeafRequest, "identity">> {
  readonly content?: SignedContent;
  /** An e-mail address, or another kind of name. */
  readonly identity?: Identity | string;
  /** The log, with the kind of entry that clients of today make there; a kind of entry; several; or none. */
  readonly rekor?: "v1" | "v2" | EntryKind | readonly EntryKind[];
  /** Whether there is a timestamp, and of what kind. By default where the log gives no time. */
  readonly timestamp?: boolean | TimestampRecipe | readonly TimestampRecipe[];
  readonly entry?: EntryRecipe;
  /** What is logged, where that should not be what was signed. */
  readonly tamperLogged?: (thing: SignedThing) => SignedThing;
  readonly bundleVersion?: "0.1" | "0.2" | "0.3";
  /** What makes the signature, where that should not be the leaf's key. */
  readonly signingKey?: KeyObject;
  readonly hash?: HashName;
  /** An Ed25519 key signs by Ed25519ph. */
  readonly isPrehashed?: boolean;
  readonly tamperSigned?: (bytes: Uint8Array) => Uint8Array;
  readonly tamperSignature?: (signature: Uint8Array) => Uint8Array;
  /** The finished bundle. */
  readonly tamperBundle?: (bundle: BundleJson) => unknown;
}

export interface BundleJson {
  mediaType: string;
  verificationMaterial: {
    certificate?: { rawBytes: string };
    x509CertificateChain?: { certificates: { rawBytes: string }[] };
    tlogEntries: LogEntryJson[];
    timestampVerificationData?: { rfc3161Timestamps: { signedTimestamp: string }[] };
  };
  dsseEnvelope?: { payload: string; payloadType: string; signatures: { sig: string; keyid?: string }[] };
  messageSignature?: { messageDigest: { algorithm: string; digest: string }; signature: string };
}

export interface Signed {
  readonly bundle: BundleJson;
  /** The bundle's JSON. */
  readonly bytes: Uint8Array;
  readonly leaf: MadeCertificate;
  readonly signature: Uint8Array;
}

export interface TrustedRootRecipe {
  /** When each kind of service may be believed. */
  readonly validFor?: { readonly tlogs?: Validity; readonly ctlogs?: Validity; readonly ca?: Validity; readonly tsa?: Validity };
  /** Others beside this one. */
  readonly besides?: readonly SigstoreInstance[];
  readonly change?: (root: TrustedRootJson) => unknown;
}

/** A whole Sigstore in memory. */
export interface SigstoreInstance {
  readonly ca: CertificateAuthority;
  readonly ctLog: CtLog;
  readonly rekorV1: RekorV1;
  readonly rekorV2: RekorV2;
  readonly tsa: TimestampAuthority;
  sign(request?: SignRequest): Signed;
  trustedRoot(recipe?: TrustedRootRecipe): TrustedRootJson;
  signingConfig(urls: ServiceUrls): Record<string, unknown>;
  trustConfig(urls: ServiceUrls, recipe?: TrustedRootRecipe): Record<string, unknown>;
}

export const ALICE = "alice@example.com";
export const ISSUER = "https://issuer.example.com";
export const SIGNED_AT = new Date("2026-06-15T12:00:00Z");
export const PAYLOAD_TYPE = "application/vnd.in-toto+json";
export const STATEMENT: SignedContent = { kind: "dsse", payload: Buffer.from('{"_type":"https://in-toto.io/Statement/v1"}') };

/** Makes an instance with fresh keys. Its certificates are valid from 2025 to 2035. */
export function makeInstance(options: InstanceOptions = {}): SigstoreInstance {
  const instance = {
    ca: makeCertificateAuthority(options.ca),
    ctLog: makeCtLog(options.ctKey),
    rekorV1: makeRekorV1(options.rekorV1Key, options.entriesOfOlderTrees),
    rekorV2: makeRekorV2(options.rekorV2Key),
    tsa: makeTimestampAuthority(options.tsa),
  };
  return {
    ...instance,
    sign: (request = {}) => sign(instance, request),
    trustedRoot: (recipe = {}) => trustedRoot(instance, recipe),
    signingConfig: signingConfigJson,
    trustConfig: (urls, recipe = {}) => trustConfigJson(trustedRoot(instance, recipe), urls),
  };
}

type Services = Pick<SigstoreInstance, "ca" | "ctLog" | "rekorV1" | "rekorV2" | "tsa">;

function sign(instance: Services, request: SignRequest): Signed {
  const { content = STATEMENT, at = SIGNED_AT, identity = ALICE, key = newKey("P-256") } = request;
  const named = typeof identity === "string" ? { email: identity } : identity;
  const leaf = issueLeaf(instance.ca, instance.ctLog, { issuer: ISSUER, ...request, identity: named, at, key });
  const signer = request.signingKey ?? key;
  const hash = request.hash ?? hashOf(signer);
  const signedBytes = bytesToSign(content);
  const { isPrehashed = false, tamperSigned } = request;
  const toSign = tamperSigned?.(signedBytes) ?? signedBytes;
  const made = isPrehashed ? signPrehashed(signer, toSign) : signWith(signer, toSign, hash);
  const signature = request.tamperSignature?.(made) ?? made;
  const digest = digestOf(hash, signedBytes);
  const thing = {
    signature,
    verifier: { certificate: leaf.der },
    keyDetails: isPrehashed ? "PKIX_ED25519_PH" : keyDetailsOf(signer),
    hash,
    digest,
    ...payloadOf(content),
  };
  const material = {
    ...certificateMember(request.bundleVersion ?? "0.3", leaf, instance.ca),
    tlogEntries: entryKinds(request).map((kind) => log(instance, kind, request.tamperLogged?.(thing) ?? thing, at, request.entry)),
    ...timestamps(instance, request, signature, at),
  };
  const plain = { mediaType: mediaType(request.bundleVersion), verificationMaterial: material, ...contentMember(content, signature, hash) };
  const bundle = (request.tamperBundle?.(plain) ?? plain) as BundleJson;
  return { bundle, bytes: new TextEncoder().encode(JSON.stringify(bundle)), leaf, signature };
}

export function bytesToSign(content: SignedContent): Uint8Array {
  if (content.kind === "message") return content.artifact;
  return preAuthenticationEncoding(content.payloadType ?? PAYLOAD_TYPE, content.payload);
}

function payloadOf(content: SignedContent): Pick<SignedThing, "payload" | "payloadType"> {
  return content.kind === "message"
    ? { payload: content.artifact, payloadType: PAYLOAD_TYPE }
    : { payload: content.payload, payloadType: content.payloadType ?? PAYLOAD_TYPE };
}

function contentMember(
  content: SignedContent,
  signature: Uint8Array,
  hash: HashName,
): Pick<BundleJson, "dsseEnvelope" | "messageSignature"> {
  if (content.kind === "message") {
    const messageDigest = { algorithm: protobufHash(hash), digest: base64(digestOf(hash, content.artifact)) };
    return { messageSignature: { messageDigest, signature: base64(signature) } };
  }
  const { payload, payloadType = PAYLOAD_TYPE } = content;
  return { dsseEnvelope: { payload: base64(payload), payloadType, signatures: [{ sig: base64(signature) }] } };
}

function mediaType(version: SignRequest["bundleVersion"] = "0.3"): string {
  return version === "0.3"
    ? "application/vnd.dev.sigstore.bundle.v0.3+json"
    : `application/vnd.dev.sigstore.bundle+json;version=${version}`;
}

/** Before 0.3 a bundle held the chain up to the root, which it must leave out. */
function certificateMember(version: string, leaf: MadeCertificate, { intermediate }: CertificateAuthority): object {
  const rawBytes = ({ der }: MadeCertificate): { rawBytes: string } => ({ rawBytes: base64(der) });
  return version === "0.3"
    ? { certificate: rawBytes(leaf) }
    : { x509CertificateChain: { certificates: [leaf, intermediate].map(rawBytes) } };
}

function entryKinds({ rekor = "v1", content = STATEMENT }: SignRequest): readonly EntryKind[] {
  if (typeof rekor !== "string") return rekor;
  if (rekor === "v2") return ["hashedrekord 0.0.2"];
  return [rekor !== "v1" ? rekor : content.kind === "dsse" ? "dsse 0.0.1" : "hashedrekord 0.0.1"];
}

const isOfVersion2 = (kind: EntryKind): boolean => kind === "hashedrekord 0.0.2" || kind === "dsse 0.0.2";

function log({ rekorV1, rekorV2 }: Services, kind: EntryKind, thing: SignedThing, at: Date, recipe?: EntryRecipe): LogEntryJson {
  return (isOfVersion2(kind) ? rekorV2 : rekorV1).add(kind, thing, at, recipe);
}

function timestamps({ tsa }: Services, request: SignRequest, signature: Uint8Array, at: Date): object {
  const { timestamp: wanted = !entryKinds(request).some((kind) => !isOfVersion2(kind)) } = request;
  const recipes = wanted === true ? [{}] : wanted === false ? [] : "length" in wanted ? wanted : [wanted];
  if (recipes.length === 0) return {};
  const rfc3161Timestamps = recipes.map((recipe) => ({ signedTimestamp: base64(timestamp(tsa, signature, at, recipe)) }));
  return { timestampVerificationData: { rfc3161Timestamps } };
}

function trustedRoot(instance: Services, { validFor = {}, besides = [], change }: TrustedRootRecipe): TrustedRootJson {
  const root = emptyTrustedRoot();
  for (const { ca, ctLog, rekorV1, rekorV2, tsa } of [instance, ...besides]) {
    root.tlogs.push(logJson("https://rekor.test", rekorV1.log.key, rekorV1.log.logId, validFor.tlogs));
    root.tlogs.push(logJson("https://rekor2.test", rekorV2.log.key, rekorV2.log.logId, validFor.tlogs));
    root.ctlogs.push(logJson("https://ct.test", ctLog.key, ctLog.logId, validFor.ctlogs));
    root.certificateAuthorities.push(authorityJson("https://fulcio.test", chainOf(ca), "fulcio-root", validFor.ca));
    root.timestampAuthorities.push(authorityJson("https://tsa.test", [tsa.leaf, tsa.root], "tsa-root", validFor.tsa));
  }
  return (change?.(root) ?? root) as TrustedRootJson;
}
