import { parseBundle } from "../../../assay/src/bundle/parse.ts";
import { AssayError } from "../../../assay/src/core/error.ts";
import type { NamedContent } from "../../../assay/src/encoding/given-file.ts";
import { methodOf } from "../../../assay/src/trust/method.ts";
import { readTrustedRoot } from "../../../assay/src/trust/sigstore/trusted-root.ts";
import { readCertificateIdentity } from "../../../assay/src/trust/sigstore/fulcio-certificate.ts";
import type { TrustMaterial } from "../../../assay/src/trust/sigstore/trust-source.ts";
import type { Trust } from "../../../assay/src/trust/trust.ts";
import { parseCertificate } from "../../../assay/src/trust/x509/certificate.ts";
import { TRUSTED_ROOT, TRUSTED_ROOT_DATE } from "../embedded.ts";

export type Method = Trust["method"];

/** Who must have signed, as far as a person has said it. */
export interface SignerQuestion {
  readonly method: Method;
  readonly key: NamedContent | undefined;
  readonly certificates: readonly NamedContent[];
  readonly certificateIdentity: string;
  readonly identity: string;
  readonly identityProvider: string;
  /** Instead of the root that this page carries. */
  readonly trustedRoot: NamedContent | undefined;
}

export const NOTHING_ASKED: SignerQuestion = {
  method: "key",
  key: undefined,
  certificates: [],
  certificateIdentity: "",
  identity: "",
  identityProvider: "",
  trustedRoot: undefined,
};

/** Whether all is said that the method needs. */
export function isComplete(signer: SignerQuestion): boolean {
  switch (signer.method) {
    case "key":
      return signer.key !== undefined;
    case "certificate":
      return signer.certificates.length > 0;
    case "sigstore":
      return signer.identity.trim() !== "" && signer.identityProvider.trim() !== "";
  }
}

/** The trust that a question comes to; undefined where it is not complete. Throws TRUSTED_ROOT_INVALID and what reading it throws. */
export function trustOf(question: SignerQuestion): Trust | undefined {
  switch (question.method) {
    case "key":
      return question.key === undefined ? undefined : { method: "key", publicKey: question.key };
    case "certificate": {
      const identity = question.certificateIdentity.trim();
      if (question.certificates.length === 0) return undefined;
      return { method: "certificate", certificates: question.certificates, ...(identity === "" ? {} : { identity }) };
    }
    case "sigstore": {
      const [identity, identityProvider] = [question.identity.trim(), question.identityProvider.trim()];
      if (identity === "" || identityProvider === "") return undefined;
      return { method: "sigstore", material: material(question.trustedRoot), identity, identityProvider };
    }
  }
}

function material(given: NamedContent | undefined): TrustMaterial {
  if (given === undefined) {
    const source = { kind: "shipped", name: "sigstore.dev", date: new Date(TRUSTED_ROOT_DATE), isCurrent: false } as const;
    return { root: readTrustedRoot(new TextEncoder().encode(TRUSTED_ROOT)), source };
  }
  const { name, content } = given;
  const bytes = typeof content === "string" ? new TextEncoder().encode(content) : content;
  return { root: readTrustedRoot(bytes), source: { kind: "named", name, date: undefined, isCurrent: true } };
}

/** What a signature says of its signer, unproven: which method, and of a keyless one whom it names. */
export interface ClaimedSigner {
  readonly method: Method;
  readonly claim: string | undefined;
}

/** Undefined for what is not a bundle: the verification says why. */
export function claimOf(bytes: Uint8Array): ClaimedSigner | undefined {
  try {
    const bundle = parseBundle(bytes);
    const method = methodOf(bundle);
    const { material } = bundle;
    if (method === "key" || material.kind === "publicKey") return { method, claim: undefined };
    const leafDer = material.kind === "certificate" ? material.certificate : material.certificates[0];
    if (leafDer === undefined) return { method, claim: undefined };
    const leaf = parseCertificate(leafDer);
    if (method === "certificate") return { method, claim: leaf.subject.rfc4514 };
    const { identity, identityProvider } = readCertificateIdentity(leaf);
    return { method, claim: `${identity}, by ${identityProvider}` };
  } catch (error) {
    if (error instanceof AssayError) return undefined;
    throw error;
  }
}
