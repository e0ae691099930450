import { AssayError } from "../../error.ts";
import type { Certificate } from "./certificate.ts";

/** RFC 5280 section 4.1.2.5: from notBefore to notAfter, both included, in whole seconds. */
export function checkValidity({ subject, notBefore, notAfter }: Certificate, at: Date): void {
  const who = `the certificate of ${subject.rfc4514 || "nobody"}`;
  if (Number.isNaN(at.getTime())) throw new AssayError("USAGE", "the time at which certificates are judged is not a time");
  if (at < notBefore) {
    throw new AssayError("CERTIFICATE_NOT_YET_VALID", `${who} is valid from ${iso(notBefore)}, and it is ${iso(at)}`);
  }
  if (Math.floor(at.getTime() / 1000) > notAfter.getTime() / 1000) {
    throw new AssayError("CERTIFICATE_EXPIRED", `${who} expired on ${iso(notAfter)}, and it is ${iso(at)}`);
  }
}

function iso(time: Date): string {
  return `${time.toISOString().slice(0, 19)}Z`;
}
