import { AssayError } from "../core/error.ts";
import { readCarriedCertificates } from "../trust/certificates.ts";
import { checkLeafUsage, CODE_SIGNING } from "../trust/leaf.ts";
import { type Certificate, isSelfSigned, parseCertificate } from "../trust/x509/certificate.ts";
import { sameName } from "../trust/x509/name.ts";
import { validateCertificatePath } from "../trust/x509/path.ts";
import { breachWarnings } from "../trust/x509/profile.ts";
import type { Warning } from "../core/warning.ts";

/**
 * Checks the certificates of a signature just made by the code that verifies any other, with the leaf first.
 *
 * A leaf that no verification accepts is refused: throws LEAF_USAGE, and what `validateCertificatePath`
 * throws. What the chain alone gets wrong is a warning, in the same words, as a verifier may have another
 * way to a root; so is what only the strict profile refuses. Which root a verifier trusts is not known
 * here: without one in the chain, it is checked up to its last certificate.
 */
export async function checkOwnCertificates(leafDer: Uint8Array, chain: readonly Uint8Array[], at: Date): Promise<Warning[]> {
  const leaf = parseCertificate(leafDer);
  const request = { leaf: leafDer, at, extendedKeyUsage: CODE_SIGNING };
  const alone = await validateCertificatePath({ ...request, candidates: [], anchors: [leafDer] });
  checkLeafUsage(leaf, "any");
  const others = readCarriedCertificates(chain, "the chain").certificates;
  const anchors = await topsOf(leaf, others);
  if (anchors.length === 0) return breachWarnings(alone.breaches);
  try {
    const path = await validateCertificatePath({
      ...request,
      candidates: others.map(({ der }) => der),
      anchors: anchors.map(({ der }) => der),
    });
    return breachWarnings(path.breaches);
  } catch (error) {
    if (!(error instanceof AssayError)) throw error;
    const message = `a verification by this chain alone is refused: ${error.message}`;
    return [...breachWarnings(alone.breaches), { code: "CERTIFICATE_CHAIN_REFUSED", message }];
  }
}

/** The roots among the certificates; without a root, those that no other one of them issued. */
async function topsOf(leaf: Certificate, others: readonly Certificate[]): Promise<Certificate[]> {
  const roots: Certificate[] = [];
  for (const certificate of [leaf, ...others]) if (await isSelfSigned(certificate)) roots.push(certificate);
  if (roots.length > 0) return roots;
  return others.filter(({ issuer }) => !others.some(({ subject }) => sameName(subject, issuer)));
}
