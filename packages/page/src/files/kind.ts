import { MAX_BUNDLE_BYTES } from "../../../assay/src/bundle/limits.ts";
import { recognizeFormat } from "../../../assay/src/encoding/known-format.ts";
import { isModelBundle, isSignatureName } from "../../../assay/src/source/signature-names.ts";
import { readSmall } from "./read-small.ts";

/** What a file is for, that was dropped beside a model or instead of one. */
export type FileKind = "signature" | "key" | "certificate" | "trusted-root" | "other";

/** Keys, certificates and trusted roots are smaller. */
const MAX_TRUST_BYTES = 1024 * 1024;

/** Tells by content, and for large files by name, what a file is for. */
export async function kindOf(file: File): Promise<FileKind> {
  if (file.size > MAX_TRUST_BYTES) return isSignatureName(file.name) && file.size <= MAX_BUNDLE_BYTES ? "signature" : "other";
  const { content } = await readSmall(file, MAX_TRUST_BYTES);
  if (isModelBundle(content)) return "signature";
  switch (recognizeFormat(content)) {
    case "public-key":
    case "pkcs1-public":
    case "openssh-public":
      return "key";
    case "certificate":
      return "certificate";
    case "trusted-root":
      return "trusted-root";
    case "sigstore-bundle":
      return "signature";
    default:
      return isSignatureName(file.name) ? "signature" : "other";
  }
}
