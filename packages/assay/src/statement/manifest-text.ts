import { encodeUtf8Into } from "../encoding/utf8.ts";
import { DIGEST_BYTES } from "./algorithms.ts";
import type { HashAlgorithm } from "./manifest.ts";

/** Names and lowercase hex digests of resources, side by side. */
export interface ResourceColumns {
  readonly names: readonly string[];
  readonly digests: readonly string[];
}

/** What every manifest begins with. */
export const MANIFEST_HEAD = "assay-manifest-v1\n";

/** What the platform's encoder is given at once; single lines would cost more in calls than in work. */
const CHUNK = 1 << 14;

/**
 * The manifest of a model, UTF-8: the line `assay-manifest-v1` and then, in code-point order of names,
 * `name NUL algorithm:hex LF` for every resource. No name holds NUL, so that no two manifests spell
 * the same bytes. Its SHA-256 identifies the model.
 *
 * @param resources in code-point order
 */
export function manifestText({ names, digests }: ResourceColumns, hash: HashAlgorithm): Uint8Array<ArrayBuffer> {
  let bytes = new Uint8Array(64 + names.length * (DIGEST_BYTES[hash] * 2 + 64));
  let length = 0;
  const write = (text: string): void => {
    // Three bytes are the most that UTF-8 needs for one of UTF-16's units.
    if (length + 3 * text.length > bytes.length) {
      const larger = new Uint8Array(2 * bytes.length + 3 * text.length);
      larger.set(bytes.subarray(0, length));
      bytes = larger;
    }
    length += encodeUtf8Into(text, bytes.subarray(length));
  };
  let text = MANIFEST_HEAD;
  for (let index = 0; index < names.length; index++) {
    text += `${names[index]}\0${hash}:${digests[index]}\n`;
    if (text.length < CHUNK) continue;
    write(text);
    text = "";
  }
  write(text);
  return bytes.subarray(0, length);
}
