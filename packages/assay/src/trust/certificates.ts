import { contextTag, DerReader, TAG } from "../encoding/der.ts";
import { describeFile, type GivenFile, nameOf, readingFile } from "../encoding/given-file.ts";
import { recognizeFormat } from "../encoding/known-format.ts";
import { type BrokenBlock, decodePemBlocks } from "../encoding/pem.ts";
import { mistaken, mistakenFile } from "../encoding/mistaken-file.ts";
import { AssayError, reworded } from "../core/error.ts";
import type { Warning } from "../core/warning.ts";
import { type Certificate, parseCertificate } from "./x509/certificate.ts";
import { readName } from "./x509/name.ts";
import { readSigned } from "./x509/signed.ts";

/**
 * The certificates in a file, DER each: one DER certificate, or any number of PEM blocks in any order.
 * They are not parsed any further here. Blocks of other kinds are passed over; none at all is
 * CERTIFICATE_INVALID, and a damaged one PEM_INVALID.
 */
export function readCertificates(file: Uint8Array | string): Uint8Array[] {
  return certificateBlocks(file).map((block) => {
    if ("problem" in block) throw block.problem;
    return block.bytes;
  });
}

/** A certificate that cannot be read, and that others are not asked to pay for. */
export interface SkippedCertificate {
  /** Which it is: its place in its file, and its subject where that can be read. */
  readonly which: string;
  readonly problem: AssayError;
}

/** Certificates that were read, and those beside them that could not be. */
export interface CertificatePool {
  readonly certificates: readonly Certificate[];
  readonly skipped: readonly SkippedCertificate[];
}

/**
 * Reads the certificates of the caller's files. One that cannot be read is set aside, for a warning: it can
 * vouch for nothing, so that leaving it out takes trust away and never adds any. A file without any
 * certificate throws CERTIFICATE_INVALID or PEM_INVALID, with the outcome `usage`.
 */
export function readCertificateFiles(files: readonly GivenFile[], role: string): CertificatePool {
  const pools = files.map((file) => {
    const blocks = readingFile(role, file, (content) => certificateBlocks(content, nameOf(file)));
    return readPool(blocks, (place) => `certificate ${place} of ${blocks.length} in ${describeFile(role, file)}`);
  });
  return { certificates: pools.flatMap(({ certificates }) => certificates), skipped: pools.flatMap(({ skipped }) => skipped) };
}

/** The same for certificates that a bundle or trusted root carries; `where` says which list it is. */
export function readCarriedCertificates(certificates: readonly Uint8Array[], where: string): CertificatePool {
  return readPool(
    certificates.map((bytes) => ({ bytes })),
    (place) => `certificate ${place} of ${certificates.length} in ${where}`,
  );
}

/** Says of skipped certificates that they were. */
export function skippedWarnings(skipped: readonly SkippedCertificate[]): Warning[] {
  return skipped.map(({ which, problem }) => ({ code: "CERTIFICATE_SKIPPED", message: `${which} was skipped: ${problem.message}` }));
}

/**
 * Runs a search for a path. Where none is found, one of the skipped certificates may have been needed:
 * the error then names them.
 */
export async function namingSkipped<Value>(skipped: readonly SkippedCertificate[], search: () => Promise<Value>): Promise<Value> {
  try {
    return await search();
  } catch (error) {
    if (!(error instanceof AssayError) || error.code !== "CERTIFICATE_PATH_NOT_FOUND") throw error;
    throw addSkipped(error, skipped);
  }
}

/** The same error, with the certificates that were skipped at the end of its message; the first few of many. */
export function addSkipped(error: AssayError, skipped: readonly SkippedCertificate[]): AssayError {
  if (skipped.length === 0) return error;
  const named = skipped.slice(0, MAX_NAMED).map(({ which, problem }) => `${which} was skipped: ${problem.message}`);
  const more = skipped.length > named.length ? [`${skipped.length - named.length} more were skipped`] : [];
  return reworded(error, [error.message, ...named, ...more].join("; "));
}

const MAX_NAMED = 3;

type CertificateBlock = { readonly bytes: Uint8Array } | BrokenBlock;

const LABELS: ReadonlySet<string> = new Set(["CERTIFICATE", "X509 CERTIFICATE", "TRUSTED CERTIFICATE"]);

function certificateBlocks(file: Uint8Array | string, name?: string): CertificateBlock[] {
  const kind = recognizeFormat(file);
  if (kind !== undefined && kind !== "certificate" && !mayHoldCertificates(file)) {
    throw new AssayError("CERTIFICATE_INVALID", mistaken(kind, "certificate"), mistakenFile(kind, "certificate", name));
  }
  if (typeof file !== "string" && file[0] === TAG.sequence) return [{ bytes: file }];
  const blocks = decodePemBlocks(file).filter(({ label }) => LABELS.has(label));
  if (blocks.length > 0) return blocks;
  throw new AssayError("CERTIFICATE_INVALID", "it holds no certificate, neither PEM nor DER");
}

/** A PEM text may hold certificates beside what it begins with. */
function mayHoldCertificates(file: Uint8Array | string): boolean {
  const text = typeof file === "string" ? file : new TextDecoder().decode(file);
  return [...LABELS].some((label) => text.includes(`-----BEGIN ${label}-----`));
}

function readPool(blocks: readonly CertificateBlock[], describePlace: (place: number) => string): CertificatePool {
  const certificates: Certificate[] = [];
  const skipped: SkippedCertificate[] = [];
  for (const [index, block] of blocks.entries()) {
    try {
      if ("problem" in block) throw block.problem;
      certificates.push(parseCertificate(block.bytes));
    } catch (error) {
      if (!(error instanceof AssayError)) throw error;
      const subject = "problem" in block ? undefined : subjectOf(block.bytes);
      const name = subject === undefined ? "" : ` ("${subject}")`;
      skipped.push({ which: `${describePlace(index + 1)}${name}`, problem: error });
    }
  }
  return { certificates, skipped };
}

/** The subject of what cannot be read as a whole. What follows a certificate, as OpenSSL's trust settings do, is passed over. */
function subjectOf(der: Uint8Array): string | undefined {
  try {
    const { tbs } = readSigned(new DerReader(der).next().der, () => {});
    const fields = tbs.children();
    fields.optional(contextTag(0, true));
    for (const _ of ["serial number", "algorithm", "issuer", "validity"]) fields.next();
    return readName(fields.next()).rfc4514;
  } catch (error) {
    if (error instanceof AssayError) return undefined;
    throw error;
  }
}
