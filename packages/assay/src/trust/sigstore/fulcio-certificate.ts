import { readDer, TAG } from "../../encoding/der.ts";
import { decodeUtf8 } from "../../encoding/utf8.ts";
import { AssayError } from "../../core/error.ts";
import type { Certificate } from "../x509/certificate.ts";
import type { GeneralName } from "../x509/general-name.ts";

/** Who a keyless certificate was issued to, in its own words: proven only when the certificate is. */
export interface CertificateIdentity {
  /** An e-mail address, a URI, or the name that the issuer gives its user. */
  readonly identity: string;
  readonly identityType: "email" | "uri" | "username";
  /** The identity provider that vouched for it: its OIDC issuer. */
  readonly identityProvider: string;
  /** What else the provider said of the build, by the names of Fulcio's documentation. */
  readonly claims: ReadonlyMap<string, string>;
}

/** https://github.com/sigstore/fulcio/blob/main/docs/oid-info.md: everything is under this arc. */
const FULCIO = "1.3.6.1.4.1.57264.1";
const OTHER_NAME = `${FULCIO}.7`;
const ISSUER_V1 = `${FULCIO}.1`;
const ISSUER_V2 = `${FULCIO}.8`;

/** Extensions of which the value is the bare text; the ones after the eighth are DER. */
const OLD_CLAIMS = new Map([
  [`${FULCIO}.2`, "githubWorkflowTrigger"],
  [`${FULCIO}.3`, "githubWorkflowSha"],
  [`${FULCIO}.4`, "githubWorkflowName"],
  [`${FULCIO}.5`, "githubWorkflowRepository"],
  [`${FULCIO}.6`, "githubWorkflowRef"],
]);
const CLAIMS = new Map([
  [`${FULCIO}.9`, "buildSignerURI"],
  [`${FULCIO}.10`, "buildSignerDigest"],
  [`${FULCIO}.11`, "runnerEnvironment"],
  [`${FULCIO}.12`, "sourceRepositoryURI"],
  [`${FULCIO}.13`, "sourceRepositoryDigest"],
  [`${FULCIO}.14`, "sourceRepositoryRef"],
  [`${FULCIO}.15`, "sourceRepositoryIdentifier"],
  [`${FULCIO}.16`, "sourceRepositoryOwnerURI"],
  [`${FULCIO}.17`, "sourceRepositoryOwnerIdentifier"],
  [`${FULCIO}.18`, "buildConfigURI"],
  [`${FULCIO}.19`, "buildConfigDigest"],
  [`${FULCIO}.20`, "buildTrigger"],
  [`${FULCIO}.21`, "runInvocationURI"],
  [`${FULCIO}.22`, "sourceRepositoryVisibilityAtSigning"],
  [`${FULCIO}.23`, "deploymentEnvironment"],
]);

/**
 * The one identity and the one provider that a keyless certificate names. Throws CERTIFICATE_IDENTITY for
 * none, for several, and for a provider that is said twice in two ways.
 */
export function readCertificateIdentity(certificate: Certificate): CertificateIdentity {
  try {
    return { ...readName(certificate), identityProvider: readIdentityProvider(certificate), claims: readClaims(certificate) };
  } catch (error) {
    if (!(error instanceof AssayError) || error.code !== "DER_INVALID") throw error;
    throw refused(`an extension of it is ${error.message}`);
  }
}

function readName({ subjectAlternativeNames: names }: Certificate): Pick<CertificateIdentity, "identity" | "identityType"> {
  const [name, ...more] = names;
  if (name === undefined || more.length > 0) throw refused(`it names ${names.length} identities, expected exactly one`);
  const read = readIdentity(name);
  if (read === undefined) throw refused(`its name is of the form ${name.type}, which is not a signer identity`);
  return read;
}

function readIdentity(name: GeneralName): Pick<CertificateIdentity, "identity" | "identityType"> | undefined {
  if (name.type === "email" || name.type === "uri") return { identity: name.value, identityType: name.type };
  if (name.type !== "otherName" || name.oid !== OTHER_NAME) return undefined;
  return { identity: utf8String(name.bytes), identityType: "username" };
}

function readIdentityProvider({ extensions }: Certificate): string {
  const [first, second] = [extensions.get(ISSUER_V1), extensions.get(ISSUER_V2)];
  const older = first && bareText(first.value);
  const newer = second && utf8String(second.value);
  if (older !== undefined && newer !== undefined && older !== newer) {
    throw refused(`it names two identity providers, ${JSON.stringify(older)} and ${JSON.stringify(newer)}`);
  }
  return newer ?? older ?? fail("it names no identity provider: not a Sigstore certificate");
}

function readClaims({ extensions }: Certificate): Map<string, string> {
  const claims = new Map<string, string>();
  for (const [oid, { value }] of extensions) {
    const [old, claim] = [OLD_CLAIMS.get(oid), CLAIMS.get(oid)];
    if (old !== undefined) claims.set(old, bareText(value));
    if (claim !== undefined) claims.set(claim, utf8String(value));
  }
  return claims;
}

function bareText(bytes: Uint8Array): string {
  return decodeUtf8(bytes, "CERTIFICATE_IDENTITY", "an extension of the certificate");
}

function utf8String(der: Uint8Array): string {
  return bareText(readDer(der).expect(TAG.utf8String).content);
}

function fail(why: string): never {
  throw refused(why);
}

function refused(why: string): AssayError {
  return new AssayError("CERTIFICATE_IDENTITY", `the certificate is refused: ${why}`);
}
