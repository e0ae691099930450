import type { Bundle } from "../bundle/bundle.ts";
import { AssayError } from "../core/error.ts";
import type { Warning } from "../core/warning.ts";
import type { SignerIdentity } from "./envelope.ts";
import type { EnvelopeSignature } from "./envelope-signature.ts";
import type { Evidence, VerifiedTime } from "./sigstore/evidence.ts";
import type { Trust } from "./trust.ts";
import type { RevocationReport } from "./x509/revocation.ts";

/** What a method proves: the signature, and who made it. */
export interface MethodResult {
  readonly signature: EnvelopeSignature;
  readonly signer: SignerIdentity;
  readonly warnings: readonly Warning[];
  /** What logs and timestamp authorities prove; undefined where none was asked. */
  readonly evidence: Evidence | undefined;
  /** The time for which the signer's certificate was checked, where that was not the current time. */
  readonly verifiedAt: VerifiedTime | undefined;
  /** What revocation lists say; only where the caller gave some. */
  readonly revocation?: RevocationReport | undefined;
}

const SIGNED_WITH = {
  publicKey: "with a key",
  x509CertificateChain: "with a certificate chain",
  certificate: "with a single certificate, as keyless signing does",
} as const;

/** Which method each form is for, whatever the version. */
const METHODS = { publicKey: "key", x509CertificateChain: "certificate", certificate: "sigstore" } as const;

/** The method that a bundle was signed by, as far as its form tells. */
export function methodOf(bundle: Pick<Bundle, "material" | "version" | "tlogEntries">): Trust["method"] {
  if (bundle.material.kind === "publicKey") return "key";
  return mayBeKeyless(bundle) ? "sigstore" : "certificate";
}

/** Throws METHOD_MISMATCH, naming both methods, unless the bundle is of this one. */
export function requireMethod(bundle: Bundle, method: Trust["method"]): void {
  const { kind } = bundle.material;
  if (METHODS[kind] === method || (method === "sigstore" && mayBeKeyless(bundle))) return;
  // A Go client that was given no chain writes its leaf in the place of the keyless method (OMS section 11.1).
  const isChainless = method === "certificate" && kind === "certificate";
  throw new AssayError("METHOD_MISMATCH", `signed ${SIGNED_WITH[kind]}, but asked to verify by the method ${method}`, {
    remedy: isChainless ? "sign-with-chain" : "verify-by-signed-method",
    details: { asked: method, signedBy: methodOf(bundle) },
  });
}

/** Bundles of versions 0.1 and 0.2 had no place for a single certificate: a keyless one holds a chain, and is logged. */
function mayBeKeyless({ material, version, tlogEntries }: Pick<Bundle, "material" | "version" | "tlogEntries">): boolean {
  if (material.kind === "certificate") return true;
  return material.kind === "x509CertificateChain" && version !== "0.3" && tlogEntries.length > 0;
}
