import { join, resolve } from "node:path";
import { parseBundle } from "../bundle/parse.ts";
import { asAssayError, AssayError } from "../core/error.ts";
import { findSignature, isBundle, isSignatureName } from "../source/find-signature.ts";
import { readBounded } from "../files/read-bounded.ts";
import { notDownloadedError } from "./lfs-pointers.ts";
import { compareModel } from "./compare-model.ts";
import type { Comparison } from "../comparison/difference.ts";
import type { ModelPlace } from "../source/model-place.ts";
import { withModel, type LocalModel } from "../source/open-model.ts";
import { Crew } from "../hashing/crew.ts";
import type { WalkOptions } from "../source/options.ts";
import type { WorkOptions } from "../hashing/work-options.ts";
import { Seen } from "../source/seen.ts";
import { signatureEntry } from "../source/signature-entry.ts";
import type { Failed, SignatureSource, Verification } from "./results.ts";
import type { Manifest } from "../statement/manifest.ts";
import { readManifest } from "../statement/read.ts";
import type { SignerIdentity, VerifiedEnvelope } from "../trust/envelope.ts";
import type { Trust } from "../trust/trust.ts";
import { verifyEnvelope } from "../trust/verify-envelope.ts";
import { MAX_BUNDLE_BYTES } from "../bundle/limits.ts";
import type { Warning } from "../core/warning.ts";

/** Whom the caller trusts, and what of the model must be covered. */
export interface VerifyOptions extends WalkOptions, WorkOptions {
  /** Whom the caller trusts to have signed. */
  readonly trust: Trust;
  /** The bundle: a path or its bytes. Without it, it is looked for: see `findSignature`. */
  readonly signature?: string | Uint8Array;
  /** Files that are neither signed nor ignored are listed instead of failing. Default false. */
  readonly ignoreUnsignedFiles?: boolean;
  /** Whatever is not covered by the signature fails, whoever left it out: ignore rules and `ignoreUnsignedFiles` too. Default false. */
  readonly requireAll?: boolean;
  /**
   * Only this model will do: the manifest digest that was recorded of it earlier, `sha256:hex` or bare hex.
   * A root digest is accepted with a warning: it does not cover names.
   */
  readonly expectDigest?: string;
  /** The time at which certificates are judged. Default: the system's clock. */
  readonly now?: () => Date;
  /** What relative paths are relative to. Default: the process's. */
  readonly cwd?: string;
}

const MISMATCH = "the files are not the ones that were signed";

/** Names in one message. */
const MAX_NAMES = 5;

/**
 * Are these the bytes that somebody whom the caller trusts has signed? OMS specification, section 8.
 *
 * `model` is a directory or a file, or one that was opened. The answer is one of three, and only `verified` is a yes: see
 * `Verification`. Throws only for the question itself: codes with the outcome `usage`, and ABORTED.
 */
export async function verify(model: string | LocalModel, options: VerifyOptions): Promise<Verification> {
  const cwd = options.cwd ?? process.cwd();
  const proven: Proven = { warnings: [] };
  const path = typeof model === "string" ? resolve(cwd, model) : model.place.given;
  try {
    return await withModel(model, cwd, async (opened) => verifyOpened(opened, path, options, proven));
  } catch (thrown) {
    return answerFor(asAssayError(thrown), path, proven);
  }
}

async function verifyOpened(
  model: LocalModel,
  path: string,
  { trust, now = () => new Date(), expectDigest, signature, ...comparing }: VerifyOptions,
  proven: Proven,
): Promise<Verification> {
  const { place, cwd } = model;
  const seen = new Seen();
  const crew = new Crew(comparing.threads);
  try {
    if (place.kind === "directory") await crew.startEarly(place.root);
    const read = (): ReadSignature => readSignature(place, signature, cwd, { seen, warnings: proven.warnings });
    const { source, signer, manifest } = await proveManifest(read, trust, now(), proven);
    proven.warnings.push(...checkPin(manifest, expectDigest));
    const inventory = await model.inventory({ ...comparing, signature: source.path, signed: manifest, seen });
    const outcome = await compareModel(manifest, inventory, { ...comparing, crew });
    proven.warnings.push(...outcome.comparison.warnings, ...otherSignatures(place, manifest, outcome.comparison, source.path));
    if (outcome.verified !== undefined) {
      return { outcome: "verified", ...facts(path, proven), signature: source, signer, manifest, verifiedModel: outcome.verified };
    }
    const { differences, unsigned, notCovered, notDownloaded, matchedFiles } = outcome.comparison;
    const failed = (error: AssayError): Verification => {
      return { outcome: "failed", ...facts(path, proven), error, differences, unsigned, notCovered, notDownloaded, matchedFiles };
    };
    if (differences.length > notDownloaded.length) return failed(new AssayError("MODEL_MISMATCH", MISMATCH));
    const uncovered = [...unsigned, ...notCovered];
    if (comparing.requireAll === true && uncovered.length > 0) return failed(notAllCovered(uncovered));
    if (notDownloaded.length === 0) return failed(new AssayError("MODEL_MISMATCH", MISMATCH));
    return { outcome: "incomplete", ...facts(path, proven), error: notDownloadedError(notDownloaded), notDownloaded };
  } finally {
    await crew.stop();
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
  read: () => ReadSignature,
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

const NO_COMPARISON = { differences: [], unsigned: [], notCovered: [], notDownloaded: [], matchedFiles: 0 } as const;

function answerFor(error: AssayError, model: string, proven: Proven): Verification {
  if (error.outcome === "usage" || error.code === "ABORTED") throw error;
  const known = facts(model, proven);
  return error.outcome === "failed"
    ? { outcome: "failed", ...known, error, ...NO_COMPARISON }
    : { outcome: "incomplete", ...known, error, notDownloaded: [] };
}

interface ReadSignature {
  readonly bytes: Uint8Array;
  readonly source: SignatureSource;
}

function readSignature(
  place: ModelPlace,
  signature: string | Uint8Array | undefined,
  cwd: string,
  { seen, warnings }: { readonly seen: Seen; readonly warnings: Warning[] },
): ReadSignature {
  if (signature instanceof Uint8Array) {
    return { bytes: signature, source: { path: undefined, found: false, bytes: signature.length } };
  }
  const { path, passedOver } =
    signature === undefined ? findSignature(place.given, cwd) : { path: resolve(cwd, signature), passedOver: undefined };
  if (passedOver !== undefined) {
    const message = `the signature in the model comes first: took ${path}, and not ${passedOver} in the current directory`;
    warnings.push({ code: "SIGNATURE_PASSED_OVER", message });
  }
  // Refused before it is read: what a link in the model leads to is no signature.
  signatureEntry(place, path);
  seen.signature(path);
  const bytes = readBounded(path, "signature", MAX_BUNDLE_BYTES, "BUNDLE_TOO_LARGE");
  return { bytes, source: { path, found: signature === undefined, bytes: bytes.length } };
}

/** Signatures in the model besides the one that was verified: each is said, and whether that one covers it. */
function otherSignatures(
  place: ModelPlace,
  { files }: Manifest,
  { unsigned, notCovered }: Comparison,
  path: string | undefined,
): Warning[] {
  if (place.kind === "file") return [];
  const used = path === undefined ? undefined : signatureEntry(place, path);
  const isOther = (name: string): boolean => isSignatureName(name) && name !== used && isBundle(join(place.root, name));
  const signed = [...files.keys()].filter(isOther);
  const others = [...unsigned, ...notCovered].map(({ name }) => name).filter(isOther);
  return [
    ...signed.map((name) => otherSignature(name, "it is one of the signed files")),
    ...others.map((name) => otherSignature(name, "it is not covered by this signature")),
  ];
}

function otherSignature(name: string, coverage: string): Warning {
  return { code: "SIGNATURE_IN_MODEL", message: `the model holds another signature, ${name}, which was not verified; ${coverage}` };
}

function notAllCovered(paths: readonly { readonly name: string }[]): AssayError {
  const shown = paths.slice(0, MAX_NAMES).map(({ name }) => name);
  const more = paths.length > MAX_NAMES ? ` and ${paths.length - MAX_NAMES} more` : "";
  const count = paths.length === 1 ? "1 path in the model is" : `${paths.length} paths in the model are`;
  return new AssayError("MODEL_NOT_COVERED", `${count} not covered by the signature: ${shown.join(", ")}${more}`);
}

/**
 * Throws DIGEST_PIN_MISMATCH unless the manifest is the one that the caller pinned; USAGE for a pin that is no digest.
 * A root digest as pin is warned of: the same digests under other names have the same one.
 */
function checkPin(manifest: Manifest, expected: string | undefined): Warning[] {
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
