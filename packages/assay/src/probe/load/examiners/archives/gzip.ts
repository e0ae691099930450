import { hasSignature } from "../../../../formats/first-bytes.ts";
import { FormatError } from "../../../../formats/format-error.ts";
import { hasExtension } from "../../../../formats/format.ts";
import { isOneGzipFile, startOfGzipData } from "../../../../formats/gzip.ts";
import { fileOf } from "../../../../formats/zip/member-content.ts";
import type { Examiner } from "../../examiner.ts";

const MAX_INFLATED_BYTES = 64 * 1024 * 1024;

/** One compressed file, which is examined as a file of its own. */
export const GZIP_EXAMINER: Examiner = {
  format: "gzip",
  isNamed: hasExtension("gz", "tgz"),
  begins: (head) => hasSignature(head, "\u001f\u008b\u0008"),
  isDistinctive: true,
  async examine({ name, file, inflate, report, examineMember }) {
    if (file.size > MAX_INFLATED_BYTES) throw new FormatError("not-understood", "is larger than is decompressed");
    const bytes = await file.read(0, file.size);
    // Without its header, so that what follows the first compressed file does not keep it from being examined.
    const content = inflate("deflate-raw", bytes.subarray(startOfGzipData(bytes)), MAX_INFLATED_BYTES);
    if (!isOneGzipFile(bytes, content)) report("gzip/trailing-bytes", "is not one compressed file and nothing more");
    await examineMember(innerName(name), fileOf(content));
  },
};

function innerName(name: string): string {
  const last = name.slice(name.lastIndexOf("/") + 1);
  if (/\.tgz$/i.test(last)) return last.replace(/\.tgz$/i, ".tar");
  return /\.gz$/i.test(last) ? last.slice(0, -3) : "content";
}
