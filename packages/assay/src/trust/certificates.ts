import { decodePem } from "../encoding/pem.ts";
import { AssayError } from "../error.ts";

/**
 * The certificates in a file, DER each: one DER certificate, or any number of PEM blocks in any order.
 * They are not parsed any further here. Blocks of other kinds are passed over; none at all is
 * CERTIFICATE_INVALID.
 */
export function readCertificates(file: Uint8Array | string): Uint8Array[] {
  if (typeof file !== "string" && file[0] === 0x30) return [file];
  const certificates = decodePem(file)
    .filter(({ label }) => label === "CERTIFICATE" || label === "X509 CERTIFICATE" || label === "TRUSTED CERTIFICATE")
    .map(({ bytes }) => bytes);
  if (certificates.length === 0) throw new AssayError("CERTIFICATE_INVALID", "there is no certificate in the file, neither PEM nor DER");
  return certificates;
}
