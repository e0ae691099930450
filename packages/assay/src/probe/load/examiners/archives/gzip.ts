import { hasSignature } from "../../../../formats/first-bytes.ts";
import { FormatError } from "../../../../formats/format-error.ts";
import { hasExtension } from "../../../../formats/format.ts";
import { crc32 } from "../../../../formats/zip/checksum.ts";
import { LittleEndian } from "../../../../formats/zip/little-endian.ts";
import { fileOf } from "../../../../formats/zip/member-content.ts";
import type { Examiner } from "../../examiner.ts";

const MAX_INFLATED_BYTES = 64 * 1024 * 1024;
/** Checksum and size of the content, at the end (RFC 1952). */
const TRAILER_BYTES = 8;

/** One compressed file, which is examined as a file of its own. */
export const GZIP_EXAMINER: Examiner = {
  format: "gzip",
  isNamed: hasExtension("gz", "tgz"),
  begins: (head) => hasSignature(head, "\u001f\u008b\u0008"),
  isDistinctive: true,
  async examine({ name, file, inflate, report, examineMember }) {
    if (file.size > MAX_INFLATED_BYTES) throw new FormatError("not-understood", "is larger than is decompressed");
    const bytes = await file.read(0, file.size);
    const content = inflate("gzip", bytes, MAX_INFLATED_BYTES);
    const trailer = new LittleEndian(bytes.subarray(-TRAILER_BYTES));
    if (trailer.length < TRAILER_BYTES || trailer.u32(0) !== crc32(content) || trailer.u32(4) !== content.length) {
      report("gzip/trailing-bytes", "has more than one compressed file in it");
    }
    await examineMember(innerName(name), fileOf(content));
  },
};

function innerName(name: string): string {
  const last = name.slice(name.lastIndexOf("/") + 1);
  if (/\.tgz$/i.test(last)) return last.replace(/\.tgz$/i, ".tar");
  return /\.gz$/i.test(last) ? last.slice(0, -3) : "content";
}
