import { AssayError } from "../../core/error.ts";
import { CODE_SIGNING, checkLeafUsage } from "../../trust/leaf.ts";
import { verifyCertificateLogged } from "../../trust/sigstore/sct.ts";
import type { TrustMaterial } from "../../trust/sigstore/trust-source.ts";
import { covers } from "../../trust/sigstore/validity.ts";
import type { Certificate } from "../../trust/x509/certificate.ts";
import { validateCertificatePath } from "../../trust/x509/path.ts";
import { plainServerText } from "../../network/server-text.ts";
import type { IssuedCertificate } from "./fulcio.ts";

/**
 * Checks a certificate just issued as a verifier will: that it leads to an authority of the trusted root
 * and is in a known log of certificates. Before anything is signed: what fails here would fail for
 * everybody, and nothing of the signature is public yet.
 *
 * Throws SERVER_ANSWER; TRUST_ROOT_STALE where the trusted root may just be too old.
 */
export async function checkAgainstRoot({ leaf, isSctDetached }: IssuedCertificate, trust: TrustMaterial): Promise<void> {
  if (isSctDetached) {
    throw new AssayError(
      "SERVER_ANSWER",
      "nothing was signed: the certificate authority gave the certificate log's timestamp beside the certificate, where a bundle has no room for it",
    );
  }
  try {
    checkLeafUsage(leaf, "codeSigning");
    await verifyCertificateLogged(leaf, await issuerOf(leaf, trust), trust.root.ctLogs);
  } catch (error) {
    if (!(error instanceof AssayError)) throw error;
    const { source } = trust;
    const root = `the trusted root ${source.name}${source.date === undefined ? "" : ` of ${source.date.toISOString().slice(0, 10)}`}`;
    const message = `nothing was signed: the new certificate does not hold by ${root}: ${plainServerText(error.message) || "it is malformed"}`;
    if (source.isCurrent)
      throw new AssayError("SERVER_ANSWER", message, {
        hint: "the trusted root and the certificate authority's URL may be of different instances",
      });
    throw new AssayError("TRUST_ROOT_STALE", message, { hint: "the trusted root may be out of date: refresh it" });
  }
}

/** The certificate above the leaf on a path to one of the root's authorities. */
async function issuerOf(leaf: Certificate, { root }: TrustMaterial): Promise<Certificate> {
  const at = leaf.notBefore;
  let failure: unknown = new AssayError("CERTIFICATE_PATH_NOT_FOUND", "it lists no certificate authority for this time");
  for (const { certificates, validFor } of root.certificateAuthorities) {
    const anchor = certificates.at(-1);
    if (anchor === undefined || !covers(validFor, at)) continue;
    try {
      const path = await validateCertificatePath({
        leaf: leaf.der,
        candidates: certificates,
        anchors: [anchor],
        at,
        extendedKeyUsage: CODE_SIGNING,
      });
      const issuer = path.certificates[1];
      if (issuer !== undefined) return issuer;
    } catch (error) {
      failure = error;
    }
  }
  throw failure;
}
