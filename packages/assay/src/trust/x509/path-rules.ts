import { AssayError } from "../../error.ts";
import type { Certificate } from "./certificate.ts";
import type { GeneralName } from "./general-name.ts";
import { checkNames, type ComparisonBudget } from "./name-constraints.ts";
import { checkPolicies } from "./policies.ts";

const ANY_EXTENDED_KEY_USAGE = "2.5.29.37.0";
const EMAIL_ADDRESS = "1.2.840.113549.1.9.1";

/**
 * What RFC 5280 section 6.1 asks of the certificates of a path together, their signatures and each one's
 * own rules aside. `path` is leaf first, anchor last.
 *
 * Throws CERTIFICATE_PATH_LENGTH, CERTIFICATE_NAME_CONSTRAINT, CERTIFICATE_EXTENDED_KEY_USAGE,
 * CERTIFICATE_POLICY, CERTIFICATE_PATH_WORK.
 */
export function checkPathRules(path: readonly Certificate[], purpose: string | undefined, budget: ComparisonBudget): void {
  checkPathLengths(path);
  checkNameConstraints(path, budget);
  if (purpose !== undefined) checkPurpose(path.slice(0, -1), purpose);
  checkPolicies(path.slice(0, -1).toReversed());
}

/** 6.1.4(l) and (m): how many intermediates, self-issued ones not counted, are between a CA and the leaf. */
function checkPathLengths(path: readonly Certificate[]): void {
  let below = 0;
  for (const ca of path.slice(1)) {
    const limit = ca.basicConstraints?.pathLength;
    if (limit !== undefined && below > limit) {
      throw new AssayError("CERTIFICATE_PATH_LENGTH", `${ca.subject.rfc4514} allows ${limit} CAs below it, and the path has ${below}`);
    }
    if (!ca.isSelfIssued) below += 1;
  }
}

/** 6.1.3(b) and (c): every CA's constraints hold for all that is below it, save self-issued intermediates. */
function checkNameConstraints(path: readonly Certificate[], budget: ComparisonBudget): void {
  for (const [index, ca] of path.entries()) {
    if (ca.nameConstraints === undefined) continue;
    for (const [below, certificate] of path.slice(0, index).entries()) {
      if (below === 0 || !certificate.isSelfIssued) checkNames(namesOf(certificate), ca.nameConstraints, budget);
    }
  }
}

/** The subject and the alternative names; where there are none, mailboxes in the subject (section 4.2.1.10). */
function namesOf({ subject, subjectAlternativeNames }: Certificate): GeneralName[] {
  const names: GeneralName[] = [...subjectAlternativeNames];
  if (subject.keys.length > 0) names.push({ type: "directoryName", value: subject.rfc4514, name: subject });
  if (subjectAlternativeNames.length > 0) return names;
  const mailboxes = subject.attributes.filter(({ oid }) => oid === EMAIL_ADDRESS);
  return [...names, ...mailboxes.map(({ text = "" }): GeneralName => ({ type: "email", value: text }))];
}

/** Section 4.2.1.12 for every certificate below the anchor that says what it is for: a CA limits what is below it. */
export function checkPurpose(certificates: readonly Certificate[], purpose: string): void {
  for (const certificate of certificates) {
    const allowed = certificate.extendedKeyUsage;
    if (allowed === undefined || allowed.includes(purpose) || allowed.includes(ANY_EXTENDED_KEY_USAGE)) continue;
    throw new AssayError(
      "CERTIFICATE_EXTENDED_KEY_USAGE",
      `the certificate of ${certificate.subject.rfc4514} is for other purposes than ${purpose}: ${allowed.join(", ")}`,
    );
  }
}
