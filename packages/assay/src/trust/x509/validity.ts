import type { Certificate } from "./certificate.ts";
import { certificateRefusal } from "./refusal.ts";

/** The validity at a time in milliseconds; both ends count, and fractions of a second do not (section 4.1.2.5). */
export function checkValidity(certificate: Certificate, at: number): void {
  const { notBefore, notAfter } = certificate;
  const second = Math.floor(at / 1000) * 1000;
  if (second < notBefore.getTime()) {
    throw certificateRefusal(
      certificate,
      "CERTIFICATE_NOT_YET_VALID",
      `is valid only from ${shown(notBefore.getTime())}; the time of verification is ${shown(second)}`,
    );
  }
  if (second > notAfter.getTime()) {
    throw certificateRefusal(
      certificate,
      "CERTIFICATE_EXPIRED",
      `expired at ${shown(notAfter.getTime())}; the time of verification is ${shown(second)}`,
    );
  }
}

function shown(milliseconds: number): string {
  return new Date(milliseconds).toISOString().replace(".000Z", "Z");
}
