import { AssayError } from "../core/error.ts";
import type { Warning } from "../core/warning.ts";
import type { Manifest } from "../statement/manifest.ts";

/**
 * Throws DIGEST_PIN_MISMATCH unless the manifest is the one that the caller pinned; USAGE for a pin that is not a digest.
 * A root digest as pin is warned of: the same digests under other names have the same one.
 */
export function checkPin(manifest: Manifest, expected: string | undefined): Warning[] {
  if (expected === undefined) return [];
  const hex = expected.replace(/^sha256:/, "").toLowerCase();
  if (!/^[0-9a-f]{64}$/.test(hex)) {
    throw new AssayError("USAGE", `the expected digest ${JSON.stringify(expected)} is not sha256: and 64 hex digits`);
  }
  const { manifestDigest, rootDigest, serialization } = manifest;
  const pin = `sha256:${hex}`;
  if (pin === manifestDigest) return [];
  if (pin === rootDigest) {
    const message = `the expected digest is a root digest, which does not cover file names; the manifest digest does: ${manifestDigest}`;
    return [{ code: "PIN_WITHOUT_NAMES", message }];
  }
  const isUsual = serialization.method === "files" && serialization.hash === "sha256";
  throw new AssayError("DIGEST_PIN_MISMATCH", `the signature is for another model: manifest digest ${manifestDigest}, expected ${pin}`, {
    hint: isUsual
      ? undefined
      : `this signature is over ${describeHashing(serialization)}: a digest recorded in another way of hashing is not comparable`,
  });
}

function describeHashing(serialization: Manifest["serialization"]): string {
  const { method, hash } = serialization;
  return method === "files" ? `${hash} of whole files` : `${hash} of shards of ${serialization.shardSize} bytes`;
}
