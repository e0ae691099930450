import { resolve } from "node:path";
import { MAX_BUNDLE_BYTES } from "../bundle/limits.ts";
import { parseBundle } from "../bundle/parse.ts";
import { claimedLogEntries, claimedSigner, claimedTimes } from "./claimed-signer.ts";
import { readBounded } from "../files/read-bounded.ts";
import { Seen } from "../source/seen.ts";
import { sourceOf, type AnyModel, type OpeningOptions } from "./opened/opened-model.ts";
import { withOpened } from "./opened/with-opened.ts";
import type { Inspection, SignatureSource } from "./results.ts";
import { readUnverifiedManifest } from "../statement/read.ts";
import { methodOf } from "../trust/method.ts";

/**
 * What a signature says, with nothing of it verified: the result says so in its type.
 *
 * `signature` is a path or the bundle's bytes. Throws FILE_NOT_FOUND, FILE_UNREADABLE, and what parsing
 * the bundle, its statement and its leaf certificate throws.
 */
export async function inspect(signature: string | Uint8Array, options: { readonly cwd?: string } = {}): Promise<Inspection> {
  const path = typeof signature === "string" ? resolve(options.cwd ?? process.cwd(), signature) : undefined;
  const bytes =
    typeof signature === "string" ? readBounded(path ?? signature, "signature", MAX_BUNDLE_BYTES, "BUNDLE_TOO_LARGE") : signature;
  const source: SignatureSource = { path, found: false, bytes: bytes.length };
  const bundle = parseBundle(bytes);
  const manifest = await readUnverifiedManifest(bundle);
  return {
    verified: false,
    signature: source,
    mediaVersion: bundle.version,
    method: methodOf(bundle),
    claimed: await claimedSigner(bundle),
    logEntries: claimedLogEntries(bundle),
    timestamps: claimedTimes(bundle),
    manifest,
    warnings: manifest.warnings,
  };
}

/**
 * The same for the signature of a model, here or on a hub, found as `verify` finds it. Throws SIGNATURE_NOT_FOUND, SIGNATURE_AMBIGUOUS,
 * FILE_NOT_FOUND, and what `inspect` throws.
 */
export async function inspectModel(model: AnyModel, options: OpeningOptions = {}): Promise<Inspection> {
  return withOpened(model, options, async (opened) => {
    const { bytes, source } = await opened.readSignature(undefined, new Seen());
    return { ...(await inspect(bytes)), ...sourceOf(opened), signature: source };
  });
}
