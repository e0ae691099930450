import { sameBytes } from "../encoding/bytes.ts";
import { contentOf, type GivenFile } from "../encoding/given-file.ts";
import { AssayError } from "../core/error.ts";
import type { ErrorCode } from "../core/error-codes.ts";
import { readCertificates } from "../trust/certificates.ts";
import { CODE_SIGNING, isForTimestampsOnly, TIME_STAMPING } from "../trust/leaf.ts";
import { type Certificate, isSelfSigned, parseCertificate } from "../trust/x509/certificate.ts";
import { sameName } from "../trust/x509/name.ts";
import { validateCertificatePath } from "../trust/x509/path.ts";

/**
 * The chain of a certificate authority, from the certificate that signs to the root, out of files
 * with exactly these in any order. It must be a CA's, and be valid now.
 *
 * Throws CERTIFICATE_INVALID, CERTIFICATE_BASIC_CONSTRAINTS, CERTIFICATE_KEY_USAGE, ROOT_MISSING,
 * PEM_INVALID, and what `validateCertificatePath` throws.
 */
export async function readIssuingChain(files: readonly GivenFile[], now: Date): Promise<readonly Certificate[]> {
  const { end, others } = splitChain(files);
  if (end.basicConstraints?.isCa !== true) {
    throw refuse("CERTIFICATE_BASIC_CONSTRAINTS", end, "is not a CA", "give the CA's own chain, not that of a certificate which it issued");
  }
  if (end.keyUsage?.has("keyCertSign") === false) {
    throw refuse("CERTIFICATE_KEY_USAGE", end, "may not sign certificates, by its key usage");
  }
  if (others.length === 0 && (await isSelfSigned(end))) {
    throw refuse(
      "CERTIFICATE_INVALID",
      end,
      "is the root alone: the certificate that issues is missing",
      "add the intermediate certificate that the authority signs with",
    );
  }
  return completeChain(end, others, now, CODE_SIGNING);
}

/**
 * The chain of a timestamp authority, its own certificate first. That one must be for timestamps alone,
 * and say so critically: RFC 3161 section 2.3. Throws what `readIssuingChain` throws, and
 * CERTIFICATE_EXTENDED_KEY_USAGE.
 */
export async function readTimestampingChain(files: readonly GivenFile[], now: Date): Promise<readonly Certificate[]> {
  const { end, others } = splitChain(files);
  if (end.basicConstraints?.isCa === true) {
    throw refuse("CERTIFICATE_BASIC_CONSTRAINTS", end, "is a CA; the authority's own certificate is missing");
  }
  if (!isForTimestampsOnly(end)) {
    throw refuse(
      "CERTIFICATE_EXTENDED_KEY_USAGE",
      end,
      "is not for timestamps alone: its only extended key usage, critical, must be timeStamping",
    );
  }
  return completeChain(end, others, now, TIME_STAMPING);
}

/** The certificate that signs is the one that issued none of the others. */
function splitChain(files: readonly GivenFile[]): { readonly end: Certificate; readonly others: readonly Certificate[] } {
  const all: Certificate[] = [];
  for (const der of files.flatMap((file) => readCertificates(contentOf(file)))) {
    if (!all.some((known) => sameBytes(known.der, der))) all.push(parseCertificate(der));
  }
  const ends = all.filter((one) => !all.some((other) => other !== one && sameName(other.issuer, one.subject)));
  const [end] = ends;
  if (end === undefined) throw new AssayError("CERTIFICATE_INVALID", "the certificates issued one another in a circle");
  if (ends.length > 1) {
    const names = ends.map(({ subject }) => subject.rfc4514).join("; ");
    throw new AssayError("CERTIFICATE_INVALID", `there is more than one chain, ending in ${names}`, {
      hint: "give one chain, and nothing else",
    });
  }
  return { end, others: all.filter((certificate) => certificate !== end) };
}

async function completeChain(
  end: Certificate,
  others: readonly Certificate[],
  now: Date,
  purpose: string,
): Promise<readonly Certificate[]> {
  const all = [end, ...others];
  const isRoot = await Promise.all(all.map(isSelfSigned));
  const anchors = all.filter((_, index) => isRoot[index] === true).map(({ der }) => der);
  if (anchors.length === 0) {
    throw new AssayError("ROOT_MISSING", "the chain does not reach its root: none of its certificates is signed by its own key");
  }
  const path = await validateCertificatePath({
    leaf: end.der,
    candidates: others.map(({ der }) => der),
    anchors,
    at: now,
    extendedKeyUsage: purpose,
  });
  const extra = all.length - path.certificates.length;
  if (extra > 0) throw new AssayError("CERTIFICATE_INVALID", `there are ${extra} more certificates than the way to the root takes`);
  return path.certificates;
}

function refuse(code: ErrorCode, { subject }: Certificate, why: string, hint?: string): AssayError {
  return new AssayError(code, `the certificate ${subject.rfc4514} ${why}`, { hint });
}
