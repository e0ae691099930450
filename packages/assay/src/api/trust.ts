import { createHash } from "node:crypto";
import { resolve } from "node:path";
import { AssayError } from "../core/error.ts";
import { openTarget, type OutputTarget } from "../files/output-target.ts";
import { writeAtomically } from "../files/write-atomically.ts";
import { findTrust, type FoundTrust } from "../roots/find.ts";
import { changesBetween, membersOf, type TrustChange, type TrustMember } from "../roots/members.ts";
import { parseTrust, withSigningConfig } from "../roots/named.ts";
import { describeInstance, type PrivateInstance } from "../roots/private-instance.ts";
import { readSigningConfig } from "../signing/sigstore/signing-config.ts";
import type { TrustSource } from "../trust/sigstore/trust-source.ts";
import { openOnce, trustQuestion, type InstanceQuestion, type ServerAccess } from "./instance.ts";

/** Where a file is written, and over what. */
export interface TrustFileOptions {
  /** What relative paths are relative to. Default: the process's. */
  readonly cwd?: string | undefined;
  /** Replaces any regular file. Default false: an existing file is an error. */
  readonly force?: boolean | undefined;
  readonly signal?: AbortSignal | undefined;
}

/** A trusted root: where it comes from, and every log and authority in it. */
export interface ShownTrust {
  readonly source: TrustSource;
  readonly members: readonly TrustMember[];
}

/** A trusted root after a refresh, and what changed in it. */
export interface UpdatedTrust extends ShownTrust {
  /** Whether the root was fetched. Where not, `source` is the one in use, and `source.problem` the reason. */
  readonly isUpdated: boolean;
  /** True without an earlier root, so that nothing can be compared. */
  readonly isFirst: boolean;
  readonly changes: readonly TrustChange[];
  /** Why a later offline verification will not use it; undefined where it will. */
  readonly notKept: string | undefined;
}

/** A file with a trusted root that was written. */
export interface WrittenTrust {
  /** Absolute. */
  readonly path: string;
  /** In bytes. */
  readonly size: number;
  /** `sha256:` and hex of the file. */
  readonly digest: string;
  readonly isReplaced: boolean;
  /** Whether it has a signing configuration beside the trusted root. */
  readonly canSign: boolean;
}

/** A trusted root that was written to a file. */
export interface ExportedTrust extends ShownTrust {
  readonly written: WrittenTrust;
}

/** The description of a private instance that was written to a file. */
export interface InitializedTrust {
  readonly members: readonly TrustMember[];
  readonly written: WrittenTrust;
}

/**
 * Which keys and authorities count for keyless signatures? The trusted root that a verification without a network
 * uses: a named file, else the cached or the shipped one, whichever is newer. Uses no network.
 *
 * Throws TRUST_UNAVAILABLE, TRUSTED_ROOT_INVALID, CACHE_UNSAFE, FILE_NOT_FOUND, FILE_UNREADABLE, USAGE.
 */
export async function showTrust(question: InstanceQuestion & ServerAccess = {}): Promise<ShownTrust> {
  const { material } = await findTrust({ ...trustQuestion(question), offline: true });
  return { source: material.source, members: await membersOf(material.root) };
}

/**
 * Fetches the newest trusted root from the instance's TUF repository, keeps it for later verifications, and says what
 * changed. Metadata that does not verify changes nothing: `isUpdated` is then false.
 *
 * Throws what `findTrust` throws.
 */
export async function updateTrust(question: InstanceQuestion & ServerAccess = {}): Promise<UpdatedTrust> {
  const { material, notKept, previous } = await findTrust({
    ...trustQuestion(question),
    maxAge: 0,
    http: question.http ?? openOnce(question),
  });
  const members = await membersOf(material.root);
  const isUpdated = material.source.kind === "refreshed";
  const before = previous?.();
  const changes = before === undefined ? [] : changesBetween(await membersOf(before.root), members);
  return { source: material.source, members, isUpdated, isFirst: isUpdated && before === undefined, changes, notKept };
}

/**
 * Writes the newest trusted root to `file`, for a machine without a network; with `offline` the cached or
 * bundled one. The root of a private TUF repository comes with its signing configuration.
 *
 * Throws TRUST_UNAVAILABLE where no newer root can be fetched, OUTPUT_EXISTS, OUTPUT_WRITE, ABORTED, and what
 * `findTrust` throws.
 */
export async function exportTrust(
  file: string,
  question: InstanceQuestion & ServerAccess & TrustFileOptions & { readonly offline?: boolean } = {},
): Promise<ExportedTrust> {
  const { offline = false } = question;
  const target = openFile(file, question);
  const http = offline ? undefined : (question.http ?? openOnce(question));
  const found = await findTrust({ ...trustQuestion(question), offline, http, maxAge: 0 });
  const { source } = found.material;
  if (!offline && !source.isCurrent) throw notFresh(source);
  const { members, written } = await write(target, bytesOf(found, question), question.signal);
  return { source, members, written };
}

/**
 * Writes a file that describes a private Sigstore instance: a trusted root, or with an identity provider a trust
 * configuration, which can sign too. Keys and chains are checked before anything is written. Uses no network.
 *
 * Throws OUTPUT_EXISTS, OUTPUT_WRITE, ABORTED, and for the description what `describeInstance` throws: USAGE for a
 * URL, key or chain that cannot serve.
 */
export async function initTrust(
  file: string,
  instance: PrivateInstance,
  options: TrustFileOptions & { readonly now?: Date } = {},
): Promise<InitializedTrust> {
  const target = openFile(file, options);
  return write(target, await describeInstance(instance, options.now ?? new Date()), options.signal);
}

/** The file of a public instance verifies elsewhere; the file of a private repository can sign too. */
function bytesOf(found: FoundTrust, { repository }: InstanceQuestion): Uint8Array {
  return repository === undefined ? found.trustedRoot : withSigningConfig(found);
}

/** The root in use may be as old as the last refresh: it is written only where the caller asks for that. */
function notFresh({ name, date, problem }: TrustSource): AssayError {
  const old = date === undefined ? "" : `; the one in use is of ${date.toISOString()}`;
  return new AssayError(
    "TRUST_UNAVAILABLE",
    `the trusted root of ${name} could not be refreshed: ${problem ?? "no server was asked"}${old}`,
    { remedy: "export-older-root" },
  );
}

/** Looked at before the work, so that a refusal comes before it. */
function openFile(file: string, { cwd = process.cwd(), force = false }: TrustFileOptions): OutputTarget {
  return openTarget(resolve(cwd, file), { what: "trusted root", force });
}

/** Writes the file, and reads what the disk gives back as a later verification will. */
async function write(target: OutputTarget, bytes: Uint8Array, signal: AbortSignal | undefined): Promise<InitializedTrust> {
  const { members, canSign } = await writeAtomically(target, bytes, readBack, signal);
  const digest = `sha256:${createHash("sha256").update(bytes).digest("hex")}`;
  return { members, written: { path: target.path, size: bytes.length, digest, isReplaced: target.existing !== undefined, canSign } };
}

async function readBack(bytes: Uint8Array): Promise<{ readonly members: readonly TrustMember[]; readonly canSign: boolean }> {
  const { root, signingConfig } = parseTrust(bytes, "file just written");
  if (signingConfig !== undefined) readSigningConfig(signingConfig);
  return { members: await membersOf(root), canSign: signingConfig !== undefined };
}
