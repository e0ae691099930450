import { AssayError, type AssayErrorOptions } from "../../core/error.ts";
import type { ErrorCode } from "../../core/error-codes.ts";
import type { Certificate } from "./certificate.ts";

/** An error about one certificate, which it names. */
export function certificateRefusal(
  certificate: Certificate,
  code: ErrorCode,
  problem: string,
  advice: Pick<AssayErrorOptions, "hint" | "remedy"> = {},
): AssayError {
  return new AssayError(code, `the certificate ${describeCertificate(certificate)} ${problem}`, advice);
}

export function describeCertificate({ subject }: Pick<Certificate, "subject">): string {
  return subject.rfc4514 === "" ? "without a subject" : `"${subject.rfc4514}"`;
}
