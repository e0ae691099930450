import { generateKeyPairSync, type KeyObject } from "node:crypto";
import { ed25519ph } from "@noble/curves/ed25519.js";
import { httpClient, type HttpClient } from "../../../src/network/http.ts";
import { givenToken } from "../../../src/oidc/identity-source.ts";
import type { IdentityToken } from "../../../src/oidc/identity-token.ts";
import type { ContentToLog } from "../../../src/signing/sigstore/logged-content.ts";
import type { SignatureAlgorithm } from "../../../src/trust/envelope.ts";
import { preAuthenticationEncoding } from "../../../src/trust/pae.ts";
import type { TrustMaterial } from "../../../src/trust/sigstore/trust-source.ts";
import { readTrustedRoot } from "../../../src/trust/sigstore/trusted-root.ts";
import { PAYLOAD_TYPE, type TrustedRootRecipe } from "./instance.ts";
import type { SigstoreServers } from "./servers.ts";
import { digestOf, signWith } from "./signing-keys.ts";
import { newKey, spkiOf } from "../x509/make.ts";

/** No proxy of the machine that runs the tests, and no long waits. */
export const http: HttpClient = httpClient({ environment: {}, timeoutMs: 60_000 });

export const PAYLOAD = Buffer.from('{"_type":"https://in-toto.io/Statement/v1"}');

/** The token as an identity source would give it. */
export async function identityToken(raw: string): Promise<IdentityToken> {
  return givenToken(raw, { audience: "sigstore", now: () => new Date() }).token();
}

export function trustOf(
  servers: SigstoreServers,
  recipe: TrustedRootRecipe = {},
  source: Partial<TrustMaterial["source"]> = {},
): TrustMaterial {
  const root = readTrustedRoot(Buffer.from(JSON.stringify(servers.instance.trustedRoot(recipe))));
  return { root, source: { kind: "named", name: "trusted_root.json", date: undefined, isCurrent: true, ...source } };
}

/** A signature over an envelope by a fresh key, as a log takes it. */
export function envelopeBy(key: KeyObject, algorithm: SignatureAlgorithm): ContentToLog {
  const signature = signWith(key, preAuthenticationEncoding(PAYLOAD_TYPE, PAYLOAD));
  return { signed: { kind: "dsse", payloadType: PAYLOAD_TYPE, payload: PAYLOAD }, signature, algorithm, verifier: verifierOf(key) };
}

/** The same over a file. */
export function messageBy(key: KeyObject, algorithm: SignatureAlgorithm, hash: "sha256" | "sha384" | "sha512"): ContentToLog {
  const signed = { kind: "message", digest: digestOf(hash, PAYLOAD) } as const;
  return { signed, signature: signWith(key, PAYLOAD, hash), algorithm, verifier: verifierOf(key) };
}

export function envelopeByEd25519ph(): ContentToLog {
  const { privateKey } = generateKeyPairSync("ed25519");
  const secret = Buffer.from(privateKey.export({ format: "jwk" }).d ?? "", "base64url");
  const signature = ed25519ph.sign(preAuthenticationEncoding(PAYLOAD_TYPE, PAYLOAD), secret);
  return { ...envelopeBy(privateKey, "ed25519ph"), signature };
}

function verifierOf(key: KeyObject): ContentToLog["verifier"] {
  return { kind: "publicKey", der: spkiOf(key), spki: spkiOf(key) };
}

export const P256 = (): ContentToLog => envelopeBy(newKey("P-256"), "ecdsa-p256-sha256");
