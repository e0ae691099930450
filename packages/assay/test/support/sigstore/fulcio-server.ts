import { createPublicKey, type KeyObject, verify } from "node:crypto";
import { decodePem } from "../../../src/encoding/pem.ts";
import { type CertificateAuthority, chainOf, issueLeaf, type LeafRequest } from "./certificate-authority.ts";
import { type CtLog, signSct } from "./ct-log.ts";
import { children } from "./der-children.ts";
import type { Claims, IdentityProvider } from "./identity-provider.ts";
import { type Answer, json, LoopbackServer, type Received } from "./loopback-server.ts";
import { base64 } from "./octets.ts";
import { hashOf } from "./signing-keys.ts";

/** What the authority may do otherwise than asked. */
export interface CertificateRecipeOfServer {
  /** What is issued in place of what was asked for: to another key, another identity. */
  readonly leaf?: (request: LeafRequest) => LeafRequest;
  /** The SCT beside the certificate instead of in it, as older instances have it. */
  readonly isSctDetached?: boolean;
  /** PEM, the leaf first. */
  readonly chain?: (certificates: string[]) => string[];
}

/** POST /api/v2/signingCert: https://github.com/sigstore/fulcio/blob/main/fulcio.proto */
export function fulcioServer(
  services: { readonly ca: CertificateAuthority; readonly ctLog: CtLog },
  provider: IdentityProvider,
  record: Received[],
  recipe: () => CertificateRecipeOfServer,
  now: () => Date,
): LoopbackServer {
  return new LoopbackServer("fulcio", record, (request) => {
    if (request.method !== "POST" || request.url.pathname !== "/api/v2/signingCert") return json(404, { code: 5, message: "Not Found" });
    const asked = readRequest(request);
    if (typeof asked === "string") return refused(asked);
    const claims = provider.read(asked.token, now());
    if (typeof claims === "string") return refused("There was an error processing the identity token");
    const key = provenKey(asked, claims);
    if (key === undefined) return refused("The signature supplied in the request could not be verified");
    return issue(services, { identity: identityOf(claims), issuer: String(claims["iss"]), at: wholeSecond(now()), key }, recipe());
  });
}

/** A bad request of any kind is 400 with gRPC's code 3. */
const refused = (message: string): Answer => json(400, { code: 3, message, details: [] });

const wholeSecond = (at: Date): Date => new Date(Math.floor(at.getTime() / 1000) * 1000);

function identityOf(claims: Claims): LeafRequest["identity"] {
  return typeof claims["email"] === "string" ? { email: claims["email"] } : { uri: String(claims["sub"]) };
}

interface Asked {
  readonly token: string;
  /** The key, and what proves that the client holds it. */
  readonly proof: { readonly spki: KeyObject; readonly signature: Uint8Array } | { readonly request: Uint8Array };
}

interface RequestJson {
  credentials?: { oidcIdentityToken?: string };
  publicKeyRequest?: { publicKey?: { content?: string }; proofOfPossession?: string };
  certificateSigningRequest?: string;
}

function readRequest({ body, headers }: Received): Asked | string {
  try {
    const asked = JSON.parse(body.toString()) as RequestJson;
    const token = asked.credentials?.oidcIdentityToken ?? (headers.authorization ?? "").replace(/^Bearer /, "");
    if (token === "") return "The identity token is missing";
    if (asked.certificateSigningRequest !== undefined) {
      const [request] = decodePem(Buffer.from(asked.certificateSigningRequest, "base64"));
      return { token, proof: { request: request!.bytes } };
    }
    const { publicKey, proofOfPossession = "" } = asked.publicKeyRequest ?? {};
    return { token, proof: { spki: createPublicKey(publicKey?.content ?? ""), signature: Buffer.from(proofOfPossession, "base64") } };
  } catch {
    return "The request is malformed";
  }
}

/** The proof signs the e-mail address, or without one the subject; a CSR (RFC 2986) signs itself. */
function provenKey({ proof }: Asked, claims: Claims): KeyObject | undefined {
  if ("spki" in proof) {
    const subject = typeof claims["email"] === "string" ? claims["email"] : String(claims["sub"]);
    return isSigned(proof.spki, Buffer.from(subject), proof.signature) ? proof.spki : undefined;
  }
  const [info, , signature] = children(proof.request);
  const [, , spki] = children(info!);
  const key = createPublicKey({ key: Buffer.from(spki!), format: "der", type: "spki" });
  // A BIT STRING's content begins with the number of unused bits, its header here is two octets, or three or four for RSA.
  const content = signature!.subarray(signature!.length - contentLength(signature!) + 1);
  return isSigned(key, info!, content) ? key : undefined;
}

function contentLength(der: Uint8Array): number {
  const first = der[1]!;
  return first < 0x80 ? first : der.subarray(2, 2 + (first & 0x7f)).reduce((sum, octet) => sum * 256 + octet, 0);
}

/** Clients sign with the hash that suits their key, or with SHA-256 whatever it is. */
function isSigned(key: KeyObject, bytes: Uint8Array, signature: Uint8Array): boolean {
  if (key.asymmetricKeyType === "ed25519") return verify(null, bytes, key, signature);
  return verify(hashOf(key), bytes, key, signature) || verify("sha256", bytes, key, signature);
}

function issue(
  { ca, ctLog }: { readonly ca: CertificateAuthority; readonly ctLog: CtLog },
  asked: LeafRequest,
  { leaf: change, isSctDetached = false, chain: changeChain }: CertificateRecipeOfServer,
): Answer {
  const request = change?.(asked) ?? asked;
  const leaf = issueLeaf(ca, ctLog, isSctDetached ? { ...request, scts: null } : request);
  const pems = [leaf, ...chainOf(ca)].map(({ pem }) => pem);
  const chain = { certificates: changeChain?.(pems) ?? pems };
  if (!isSctDetached) return json(200, { signedCertificateEmbeddedSct: { chain } });
  const sct = signSct({ certificate: leaf.der }, ctLog, request.at);
  const answer = {
    sct_version: sct.version,
    id: base64(sct.logId),
    timestamp: sct.at.getTime(),
    extensions: base64(sct.extensions),
    signature: base64(sct.signed),
  };
  return json(200, { signedCertificateDetachedSct: { chain, signedCertificateTimestamp: base64(JSON.stringify(answer)) } });
}
