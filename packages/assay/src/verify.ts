import { resolve } from "node:path";
import { parseBundle } from "./bundle/parse.ts";
import { asAssayError, AssayError } from "./error.ts";
import { findSignature } from "./files/find-signature.ts";
import { readBounded } from "./files/read-bounded.ts";
import { compareModel } from "./model/compare.ts";
import type { WalkOptions, WorkOptions } from "./model/options.ts";
import { Seen } from "./model/seen.ts";
import type { Failed, SignatureSource, Verification } from "./results.ts";
import type { Manifest } from "./statement/manifest.ts";
import { readManifest } from "./statement/read.ts";
import type { SignerIdentity, VerifiedEnvelope } from "./trust/envelope.ts";
import type { Trust } from "./trust/trust.ts";
import { verifyEnvelope } from "./trust/verify-envelope.ts";
import { MAX_BUNDLE_BYTES } from "./bundle/limits.ts";
import type { Warning } from "./warning.ts";

export interface VerifyOptions extends WalkOptions, WorkOptions {
  /** Whom the caller trusts to have signed. */
  readonly trust: Trust;
  /** The bundle: a path or its bytes. Without it, it is looked for: see `findSignature`. */
  readonly signature?: string | Uint8Array;
  /** Files that are neither signed nor ignored are listed instead of failing. Default false. */
  readonly ignoreUnsignedFiles?: boolean;
  /** Only this model will do: a manifest or root digest, `sha256:hex` or bare hex. */
  readonly expectDigest?: string;
  /** The time at which certificates are judged. Default: the system's clock. */
  readonly now?: () => Date;
  /** What relative paths are relative to. Default: the process's. */
  readonly cwd?: string;
}

/**
 * Are these the bytes that somebody whom the caller trusts has signed? OMS specification, section 8.
 *
 * `model` is a directory or a file. The answer is one of three, and only `verified` is a yes: see
 * `Verification`. Throws only for the question itself: codes with the outcome `usage`, and ABORTED.
 */
export async function verify(model: string, options: VerifyOptions): Promise<Verification> {
  const { trust, now = () => new Date(), expectDigest, cwd = process.cwd(), signature, ...comparing } = options;
  const proven: Proven = { warnings: [] };
  const path = resolve(cwd, model);
  const seen = new Seen();
  try {
    const { source, signer, manifest } = await proveManifest(() => readSignature(path, signature, cwd, seen), trust, now(), proven);
    checkPin(manifest, expectDigest);
    const outcome = await compareModel(manifest, path, { ...comparing, cwd, excludedFile: source.path, seen });
    proven.warnings.push(...outcome.comparison.warnings);
    if (outcome.verified !== undefined) {
      return { outcome: "verified", ...facts(path, proven), signature: source, signer, manifest, verifiedModel: outcome.verified };
    }
    const { differences, unsigned, notCovered, matchedFiles } = outcome.comparison;
    const error = new AssayError("MODEL_MISMATCH", "the files are not the ones that were signed");
    return { outcome: "failed", ...facts(path, proven), error, differences, unsigned, notCovered, matchedFiles };
  } catch (thrown) {
    return answerFor(asAssayError(thrown), path, proven);
  }
}

/** What was proven before the gate that said no: the answer tells it. */
interface Proven {
  signature?: SignatureSource;
  signer?: SignerIdentity;
  verifiedAt?: VerifiedEnvelope["verifiedAt"];
  evidence?: VerifiedEnvelope["evidence"];
  revocation?: VerifiedEnvelope["revocation"];
  manifest?: Manifest;
  readonly warnings: Warning[];
}

/**
 * The gates from bytes to manifest. A function of its own, so that the bundle and its payload, tens of
 * megabytes for a hundred thousand files, are gone before the files are hashed.
 */
async function proveManifest(
  read: () => { readonly bytes: Uint8Array; readonly source: SignatureSource },
  trust: Trust,
  now: Date,
  proven: Proven,
): Promise<{ readonly source: SignatureSource; readonly signer: SignerIdentity; readonly manifest: Manifest }> {
  const { bytes, source } = read();
  proven.signature = source;
  const envelope = await verifyEnvelope(parseBundle(bytes), trust, now);
  const { signer, verifiedAt, evidence, revocation } = envelope;
  Object.assign(proven, { signer, verifiedAt, evidence, revocation });
  proven.warnings.push(...envelope.warnings);
  const manifest = await readManifest(envelope, { platform: process.platform === "win32" ? "windows" : "posix" });
  proven.manifest = manifest;
  proven.warnings.push(...manifest.warnings);
  return { source, signer, manifest };
}

function facts(
  model: string,
  { signature, signer, manifest, verifiedAt, evidence, revocation, warnings }: Proven,
): Omit<Failed, "outcome" | keyof typeof NO_COMPARISON | "error"> {
  return { model, signature, signer, manifest, verifiedAt, evidence, revocation, warnings };
}

const NO_COMPARISON = { differences: [], unsigned: [], notCovered: [], matchedFiles: 0 } as const;

function answerFor(error: AssayError, model: string, proven: Proven): Verification {
  if (error.outcome === "usage" || error.code === "ABORTED") throw error;
  const known = facts(model, proven);
  return error.outcome === "failed" ? { outcome: "failed", ...known, error, ...NO_COMPARISON } : { outcome: "incomplete", ...known, error };
}

function readSignature(
  model: string,
  signature: string | Uint8Array | undefined,
  cwd: string,
  seen: Seen,
): { readonly bytes: Uint8Array; readonly source: SignatureSource } {
  if (signature instanceof Uint8Array) {
    return { bytes: signature, source: { path: undefined, found: false, bytes: signature.length } };
  }
  const path = signature === undefined ? findSignature(model, cwd) : resolve(cwd, signature);
  seen.signature(path);
  const bytes = readBounded(path, "signature", MAX_BUNDLE_BYTES, "BUNDLE_TOO_LARGE");
  return { bytes, source: { path, found: signature === undefined, bytes: bytes.length } };
}

/** Throws DIGEST_PIN_MISMATCH unless the manifest is the one that the caller pinned; USAGE for a pin that is no digest. */
function checkPin(manifest: Manifest, expected: string | undefined): void {
  if (expected === undefined) return;
  const hex = expected.replace(/^sha256:/, "").toLowerCase();
  if (!/^[0-9a-f]{64}$/.test(hex)) {
    throw new AssayError("USAGE", `the expected digest ${JSON.stringify(expected)} is not sha256: and 64 hex digits`);
  }
  if (hex === manifest.manifestDigest || hex === manifest.rootDigest) return;
  throw new AssayError("DIGEST_PIN_MISMATCH", `the signature is for another model: sha256:${manifest.rootDigest}, expected sha256:${hex}`);
}
