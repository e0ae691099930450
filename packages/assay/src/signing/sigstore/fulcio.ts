import { encodeBase64 } from "../../encoding/base64.ts";
import { sameBytes } from "../../encoding/bytes.ts";
import type { JsonNode } from "../../encoding/json.ts";
import { decodePem, encodePem } from "../../encoding/pem.ts";
import { addition, AssayError } from "../../core/error.ts";
import type { HttpClient } from "../../network/http.ts";
import { jsonAnswer } from "../../network/json-answer.ts";
import { serverRefusal } from "../../network/refusal.ts";
import { plainServerText } from "../../network/server-text.ts";
import { urlUnder } from "../../network/url.ts";
import type { IdentityToken } from "../../oidc/identity-token.ts";
import { secureUrl } from "../../oidc/secure-url.ts";
import { type CertificateIdentity, readCertificateIdentity } from "../../trust/sigstore/fulcio-certificate.ts";
import { type Certificate, parseCertificate } from "../../trust/x509/certificate.ts";

export interface CertificateRequest {
  readonly token: IdentityToken;
  /** SubjectPublicKeyInfo, DER, of the key that is to be certified. */
  readonly publicKey: Uint8Array;
  /** That key's signature over the token's subject: shows that the token's holder holds the key. */
  readonly proofOfPossession: Uint8Array;
}

/** A certificate for a key and an identity, just issued. */
export interface IssuedCertificate {
  readonly leaf: Certificate;
  readonly identity: CertificateIdentity;
  /** The certificates above the leaf, upwards, as the authority gave them. */
  readonly chain: readonly Certificate[];
  /** Whether the timestamp of the certificate log came beside the certificate, where no bundle has room for it. */
  readonly isSctDetached: boolean;
}

/** Clock skew: how far our clock and the authority's may be apart. */
const CLOCK_TOLERANCE_MS = 5 * 60_000;
const MAX_CHAIN = 10;
const ANSWER = "answer of the certificate authority";

/**
 * Asks Fulcio for a certificate, and checks that it is for our key, for the identity of the token and for
 * now. Where a token's identity cannot be told beforehand, what the certificate says is in the result.
 * https://github.com/sigstore/fulcio/blob/main/fulcio.proto (CreateSigningCertificate)
 *
 * Throws SERVER_REFUSED where it does not accept the token, SERVER_ANSWER where what it issued is not what
 * was asked for, SERVER_UNREACHABLE, ABORTED, and USAGE for a URL to which the token would travel
 * without encryption. No message ever holds the token or the proof.
 */
export async function requestCertificate(http: HttpClient, url: string, asked: CertificateRequest, now: Date): Promise<IssuedCertificate> {
  secureUrl(url, "the certificate authority");
  const proof = encodeBase64(asked.proofOfPossession);
  const bearer = asked.token.bearer();
  const known = [asked.token.expectedIdentity, asked.token.expectedIssuer].filter((name) => name !== undefined);
  let isOpen = 0;
  const request = {
    url: urlUnder(url, "api/v2/signingCert"),
    method: "POST",
    headers: { "content-type": "application/json", accept: "application/json" },
    body: JSON.stringify({
      credentials: { oidcIdentityToken: bearer },
      publicKeyRequest: {
        publicKey: { algorithm: "ECDSA", content: encodePem("PUBLIC KEY", asked.publicKey) },
        proofOfPossession: proof,
      },
    }),
    isSecret: true,
    service: "the certificate authority",
    onSent: () => void isOpen++,
    onStatus: (status: number) => void (isRefusal(status) && isOpen--),
  } as const;
  const answer = await http.request(request).catch((error: unknown) => {
    throw isOpen > 0 ? doubtful(error, asked.token) : error;
  });
  if (answer.status !== 200 && answer.status !== 201) {
    const error = serverRefusal(request, answer, { known });
    throw isOpen > 0 || !isRefusal(answer.status) ? doubtful(error, asked.token) : error;
  }
  try {
    const issued = readCertificates(jsonAnswer(answer, ANSWER));
    check(issued, asked, now);
    return issued;
  } catch (error) {
    if (!(error instanceof AssayError)) throw error;
    // What a certificate says are the server's words too.
    const why = plainServerText(error.message, { known });
    const wrong = new AssayError("SERVER_ANSWER", `the certificate authority ${new URL(url).host} gave no usable certificate: ${why}`);
    throw doubtful(wrong, asked.token);
  }
}

/** A no to the request, after which nothing was issued. A server that fails may have issued, and failed behind that. */
function isRefusal(status: number): boolean {
  return status >= 400 && status < 500 && status !== 408;
}

/** A certificate is public once it is issued, whether its answer arrived or not. */
function doubtful(error: unknown, { expectedIdentity }: IdentityToken): unknown {
  if (!(error instanceof AssayError)) return error;
  const whose = `that names ${expectedIdentity ?? "you"}`;
  return addition(
    error,
    `; it is not known whether a certificate ${whose} was issued, which would then be in the public log of certificates`,
  );
}

function readCertificates(root: JsonNode): IssuedCertificate {
  const [embedded, detached] = [root.optional("signedCertificateEmbeddedSct"), root.optional("signedCertificateDetachedSct")];
  const signed = embedded ?? detached;
  if (signed === undefined || (embedded !== undefined && detached !== undefined)) {
    return root.fail("it should hold exactly one of signedCertificateEmbeddedSct and signedCertificateDetachedSct");
  }
  const list = signed.require("chain").require("certificates");
  const certificates: Certificate[] = [];
  for (const node of list.elements()) {
    if (certificates.length === MAX_CHAIN) list.fail(`it holds more than ${MAX_CHAIN} certificates`);
    certificates.push(readCertificate(node));
  }
  const [leaf, ...chain] = certificates;
  if (leaf === undefined) return list.fail("it holds no certificate");
  return { leaf, chain, identity: readCertificateIdentity(leaf), isSctDetached: detached !== undefined };
}

function readCertificate(node: JsonNode): Certificate {
  const [block, ...more] = decodePem(node.string());
  if (block?.label !== "CERTIFICATE" || more.length > 0) return node.fail(`"${node.path}" is not one certificate in PEM`);
  return parseCertificate(block.bytes);
}

function check({ leaf, identity }: IssuedCertificate, { token, publicKey }: CertificateRequest, now: Date): void {
  if (!sameBytes(leaf.spki, publicKey)) throw refused("it is for another key than the one that was sent");
  if (token.expectedIdentity !== undefined && token.expectedIdentity !== identity.identity) {
    throw refused(`it names another identity than the identity token, ${token.expectedIdentity}`);
  }
  if (token.expectedIssuer !== undefined && token.expectedIssuer !== identity.identityProvider) {
    throw refused(`it says that another issuer vouches for the identity than that of the token, ${token.expectedIssuer}`);
  }
  const time = now.getTime();
  if (time < leaf.notBefore.getTime() - CLOCK_TOLERANCE_MS || time > leaf.notAfter.getTime() + CLOCK_TOLERANCE_MS) {
    const period = `from ${leaf.notBefore.toISOString()} to ${leaf.notAfter.toISOString()}`;
    throw refused(`it is valid ${period}, and by this machine's clock it is ${now.toISOString()}`);
  }
}

function refused(why: string): AssayError {
  return new AssayError("SERVER_ANSWER", why);
}
