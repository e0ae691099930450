import { resolve } from "node:path";
import { MAX_BUNDLE_BYTES } from "../bundle/limits.ts";
import type { Warning } from "../core/warning.ts";
import { readBounded } from "../files/read-bounded.ts";
import { findSignature } from "../source/find-signature.ts";
import type { ModelPlace } from "../source/model-place.ts";
import { seeSignature } from "../source/see.ts";
import type { Seen } from "../source/seen.ts";
import { signatureEntry } from "../source/signature-entry.ts";
import type { ReadSignature } from "../verdict/prove.ts";

/**
 * Reads the signature of a model: the one that is named, the bytes that are given, else the one that is found.
 * What it was before it was read is noted in `seen`, for the second look.
 *
 * Throws what `findSignature` and `signatureEntry` throw, FILE_NOT_FOUND, FILE_UNREADABLE, BUNDLE_TOO_LARGE.
 */
export function readModelSignature(place: ModelPlace, signature: string | Uint8Array | undefined, cwd: string, seen: Seen): ReadSignature {
  if (signature instanceof Uint8Array) {
    return { bytes: signature, source: { path: undefined, found: false, bytes: signature.length }, warnings: [] };
  }
  const { path, passedOver } =
    signature === undefined ? findSignature(place.given, cwd) : { path: resolve(cwd, signature), passedOver: undefined };
  // Rejected before it is read: what a link in the model leads to is not a signature.
  signatureEntry(place, path);
  seeSignature(seen, path);
  const bytes = readBounded(path, "signature", MAX_BUNDLE_BYTES, "BUNDLE_TOO_LARGE");
  const warnings = passedOver === undefined ? [] : [signaturePassedOver(path, passedOver)];
  return { bytes, source: { path, found: signature === undefined, bytes: bytes.length }, warnings };
}

function signaturePassedOver(path: string, passedOver: string): Warning {
  const message = `the signature in the model comes first: took ${path}, and not ${passedOver} in the current folder`;
  return { code: "SIGNATURE_PASSED_OVER", message };
}
