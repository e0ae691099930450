import { isDeepStrictEqual } from "node:util";
import { dirname } from "node:path";
import { AssayError, asAssayError } from "../core/error.ts";
import type { Warning } from "../core/warning.ts";
import { openTarget, type OutputTarget } from "../files/output-target.ts";
import { writeAtomically } from "../files/write-atomically.ts";
import type { Decision } from "../policy/decision.ts";
import type { Lock, LockedModel } from "../policy/lock.ts";
import { pinChanges, type PinChange } from "../policy/pin-changes.ts";
import { pinModel } from "../policy/pin-model.ts";
import { writeLock } from "../policy/write-lock.ts";
import { check, type Check, type CheckOptions } from "./check.ts";
import { loadPolicy } from "./check/load-policy.ts";
import { LOCK_NAME, lockPath, readLockBytes } from "./check/read-lock-file.ts";

/** How models are pinned. */
export interface PinOptions extends Omit<CheckOptions, "lock"> {
  /** The lock file, which need not be there yet. Default: `assay.lock` beside the policy. */
  readonly lock?: string;
  /** Records what the policy does not allow, and a change that no honest new version makes. Default false. */
  readonly force?: boolean;
  /** Writes nothing, and says what pinning would change. Default false. */
  readonly isCompared?: boolean;
}

/** What became of a lock file. */
export interface Pinning {
  /** Absolute path of the lock file. */
  readonly lock: string;
  /** Whether it was written: not where nothing changed, where a model is refused, or where it is only compared. */
  readonly isWritten: boolean;
  /** In the order given. */
  readonly models: readonly PinnedModel[];
  /** Whether it was only compared. */
  readonly isCompared: boolean;
  /** Whether what is refused is recorded all the same. */
  readonly isForced: boolean;
  /** Names that the lock file has and that none of the models has; only where it is compared. */
  readonly vanished: readonly string[];
  readonly warnings: readonly Warning[];
}

/** One model, and its pin. */
export interface PinnedModel {
  /** As in the lock file. */
  readonly name: string;
  readonly check: Check;
  /** With the new pin as the pin: a policy that requires one is satisfied by it. */
  readonly decision: Decision;
  readonly before: LockedModel | undefined;
  /** What is recorded, or would be; undefined where the model could not be read. */
  readonly entry: LockedModel | undefined;
  readonly changes: readonly PinChange[];
  /** Why it is not recorded without `force`; undefined where it is. */
  readonly refused: "decision" | "change" | "unreadable" | undefined;
}

/**
 * Decides about models by a policy, as `check` does, and records each in the lock file: manifest digest, signer, revision,
 * signing time, decision, policy. All or none: where one is refused, nothing is written. Other entries stay as they are; an
 * entry that would say the same but for the date stays too.
 *
 * Throws what `check` and `loadPolicy` throw for the question, LOCK_SYNTAX, OUTPUT_EXISTS and OUTPUT_WRITE for the lock file,
 * FILE_CHANGED where another process wrote it meanwhile, USAGE for two models of one name.
 */
export async function pin(models: readonly string[], policy: string, options: PinOptions = {}): Promise<Pinning> {
  const { cwd = process.cwd(), force = false, isCompared = false } = options;
  const loaded = await loadPolicy(policy, cwd);
  const path = lockPath(options.lock, dirname(loaded.path), cwd);
  const target = isCompared ? undefined : openTarget(path, { what: "lock file", force: false, isSameKind: () => true });
  const bytes = readLockBytes(path);
  const what = options.lock ?? LOCK_NAME;
  if (isCompared && bytes === undefined) throw new AssayError("FILE_NOT_FOUND", `the lock file ${what} does not exist`);
  const { readLock } = await import("../policy/read-lock.ts");
  const lock: Lock = bytes === undefined ? { models: new Map() } : readLock(bytes, what);

  const { shippedLicenses } = await import("../catalog/licenses.ts");
  const question = { ...options, at: options.at ?? new Date(), lock: { lock: bytes === undefined ? undefined : lock } };
  const pinned: PinnedModel[] = [];
  for (const model of models) {
    const checked = await check(model, loaded, question);
    pinned.push(pinnedModel(checked, lock, question, shippedLicenses()));
  }
  checkNames(pinned);
  const isRefused = !force && pinned.some(({ refused }) => refused !== undefined);
  const next = {
    models: new Map([...lock.models, ...pinned.flatMap(({ name, entry }) => (entry === undefined ? [] : [[name, entry] as const]))]),
  };
  const isChanged = bytes === undefined || !isDeepStrictEqual(next, lock);
  const isWritten = target !== undefined && isChanged && !isRefused && pinned.every(({ entry }) => entry !== undefined);
  const warnings = pinned.flatMap((one) => one.check.warnings);
  if (isWritten) {
    await putInPlace(target, next, bytes, options.signal);
    const text = bytes === undefined ? "" : new TextDecoder().decode(bytes);
    const { hasComments } = await import("../encoding/yaml-comments.ts");
    if (hasComments(text)) warnings.push({ code: "LOCK_COMMENTS_LOST", message: `the comments of ${what} are not kept` });
  }
  const names = new Set(pinned.map(({ name }) => name));
  const vanished = isCompared ? [...lock.models.keys()].filter((name) => !names.has(name)).toSorted() : [];
  return { lock: path, isWritten, models: pinned, isCompared, isForced: force, vanished, warnings };
}

function pinnedModel(
  checked: Check,
  lock: Lock,
  { at, failOnWarn = false }: { readonly at: Date; readonly failOnWarn?: boolean },
  licenses: Parameters<typeof pinModel>[3]["licenses"],
): PinnedModel {
  const { facts, policy, reference } = checked;
  const { name } = reference;
  const before = lock.models.get(name);
  if (facts === undefined) {
    return { name, check: checked, decision: checked.decision, before, entry: undefined, changes: [], refused: "unreadable" };
  }
  const terms = { policyDigest: policy.digest, revision: reference.revision, at };
  const { entry, decision } = pinModel(facts, policy.policy, terms, { licenses }, { failOnWarn });
  const changes = pinChanges(before, entry);
  const isSame = before !== undefined && isDeepStrictEqual({ ...before, pinned: "" }, { ...entry, pinned: "" });
  const refused = decision.decision !== "allow" ? "decision" : changes.some(({ isSuspicious }) => isSuspicious) ? "change" : undefined;
  return { name, check: checked, decision, before, entry: isSame ? before : entry, changes, refused };
}

function checkNames(models: readonly PinnedModel[]): void {
  const seen = new Set<string>();
  for (const { name } of models) {
    if (seen.has(name)) throw new AssayError("USAGE", `two of the models are called ${name}: a lock file has one entry for each name`);
    seen.add(name);
  }
}

/** Another process may have pinned another model meanwhile: its entry must not be lost. */
async function putInPlace(
  target: OutputTarget,
  lock: Lock,
  before: Uint8Array | undefined,
  signal: AbortSignal | undefined,
): Promise<void> {
  const bytes = new TextEncoder().encode(writeLock(lock));
  await writeAtomically(
    target,
    bytes,
    async (written) => {
      if (!(await isReadAs(written, lock)))
        throw new AssayError("USAGE", "a model of this name cannot be recorded: its characters do not fit in a lock file");
      const now = readLockBytes(target.path);
      if (!isDeepStrictEqual(now && Buffer.from(now), before && Buffer.from(before))) {
        throw new AssayError("FILE_CHANGED", `the lock file ${target.path} changed while the models were read`);
      }
    },
    signal,
  );
}

async function isReadAs(bytes: Uint8Array, lock: Lock): Promise<boolean> {
  const { readLock } = await import("../policy/read-lock.ts");
  try {
    return isDeepStrictEqual(readLock(bytes, "the new lock file"), lock);
  } catch (thrown) {
    if (asAssayError(thrown).code !== "LOCK_SYNTAX") throw thrown;
    return false;
  }
}
