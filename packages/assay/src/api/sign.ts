import { join, resolve } from "node:path";
import { MAX_BUNDLE_BYTES } from "../bundle/limits.ts";
import { parseBundle, parseSigstoreBundle } from "../bundle/parse.ts";
import { PAYLOAD_TYPE } from "../bundle/payload-type.ts";
import { writeBundle } from "../bundle/write.ts";
import { addition, AssayError, stopped } from "../core/error.ts";
import { openTarget, type OutputTarget } from "../files/output-target.ts";
import { temporariesBeside } from "../files/temporary-name.ts";
import { writeAtomically } from "../files/write-atomically.ts";
import { withCrew } from "../hashing/crew.ts";
import { hasOwnLinksOnly } from "../source/hub-cache.ts";
import { hashAll } from "../hashing/hash.ts";
import { refusePointers } from "./lfs-pointers.ts";
import { readPointers } from "../source/read-pointers.ts";
import type { WalkOptions } from "../source/options.ts";
import type { WorkOptions } from "../hashing/work-options.ts";
import { withModel, type LocalModel } from "../source/open-model.ts";
import { halfWrittenWarning, recordedIgnorePaths, signable } from "../source/signable.ts";
import { setEmptyFilesAside } from "../source/empty-files.ts";
import type { Inventory } from "../source/inventory.ts";
import { checkUnchanged } from "../source/second-look.ts";
import { Turns } from "../source/turns.ts";
import type { Signed } from "./results.ts";
import { olderSignatures } from "../source/signature-aside.ts";
import { checkOwnSignature, type OwnSignature } from "../signing/check-own-signature.ts";
import { type ModelSigner, type Seal, sealStatement, type WitnessRequest } from "../signing/seal.ts";
import { serializationFor, type SerializationOptions } from "../statement/serialization.ts";
import { writeStatement } from "../statement/write.ts";
import type { Warning } from "../core/warning.ts";

/** Who signs a model, where the signature goes, and how the model is hashed. */
export interface SignOptions extends WalkOptions, WorkOptions, SerializationOptions {
  readonly signer: ModelSigner;
  /** Logs and timestamp authorities that are to see a signature by a key or certificate; keyless ones name their own. */
  readonly witnesses?: WitnessRequest;
  /** Where to write the bundle. Without it, nothing is written and the caller takes the bytes. */
  readonly signature?: string;
  /** Replace a file at `signature` that is not a Sigstore bundle. Default false. */
  readonly force?: boolean;
  /** What relative paths are relative to. Default: the process's. */
  readonly cwd?: string;
}

/**
 * Puts the signer's name to the bytes of a model. OMS specification, section 6.
 *
 * `model` is a directory or a file, or one that was opened. The bundle is Sigstore bundle v0.3; it is verified by the same code
 * as any other before it replaces an older one, and a failed or stopped run leaves that as it was.
 * The model is hashed before the signer is asked, so that nobody's ten minutes are lost on hashing.
 * Throws what walking, hashing, the signer, its servers and writing throw.
 */
export async function sign(model: string | LocalModel, options: SignOptions): Promise<Signed> {
  const { signer, signal, witnesses } = options;
  const cwd = options.cwd ?? process.cwd();
  const target = options.signature === undefined ? undefined : openSignature(resolve(cwd, options.signature), options.force ?? false);

  const { payload, ...found } = await withModel(model, cwd, async (opened) => describeModel(opened, target, options));
  const { signature, ...seal } = await sealStatement(payload, signer, witnesses, signal);
  if (signal?.aborted === true) {
    throw addition(stopped("before the signature was written"), publicBy(seal));
  }
  const bundle = writeBundle({ ...seal, envelope: { payloadType: PAYLOAD_TYPE, payload, signature } });

  const check = (bytes: Uint8Array): Promise<OwnSignature> => checkOwnSignature(parseBundle(bytes), signer, new Date(), witnesses?.trust);
  const { identity, evidence, manifest, warnings } = await sayingWhatIsPublic(seal, () =>
    target === undefined ? check(bundle) : writeAtomically(target, bundle, check, signal),
  );
  return {
    model: found.path,
    path: target?.path,
    bundle,
    replaced: target?.isSameKind ?? false,
    algorithm: signer.algorithm,
    signer: identity,
    evidence,
    manifest,
    totalBytes: found.totalBytes,
    notCovered: found.notCovered,
    warnings: [...found.warnings, ...warnings, ...found.temporaries, ...severalEntries(seal.tlogEntries.length), ...found.older],
  };
}

/** What is signed of a model, and what the answer says beside it. */
interface Description {
  /** Of the model, absolute. */
  readonly path: string;
  readonly payload: Uint8Array;
  readonly totalBytes: number;
  readonly notCovered: Inventory["leftOut"];
  readonly warnings: readonly Warning[];
  readonly temporaries: readonly Warning[];
  readonly older: readonly Warning[];
}

/** Walks and hashes a model, and writes the statement. Of 100,000 files the digests are gone when it returns. */
async function describeModel(model: LocalModel, target: OutputTarget | undefined, options: SignOptions): Promise<Description> {
  const serialization = serializationFor(options);
  const { files, statement, ...found } = await withCrew(options.threads, model.place.given, async (crew) => {
    const walked = signable(await model.inventory({ ...options, signature: target?.path }));
    const inventory = setEmptyFilesAside(walked, serialization, "sign");
    const hashed = await hashAll(inventory.files, serialization, { ...options, root: inventory.root, crew });
    refusePointers(readPointers(hashed.mayBePointers));
    await checkUnchanged(walked, new Turns(options.signal), hashed.look);
    // Not the inventory itself: of 100,000 files it is as large as their digests.
    return {
      path: model.place.given,
      files: hashed.digests,
      statement: {
        modelName: inventory.modelName,
        serialization,
        allowSymlinks: options.allowSymlinks === true && !hasOwnLinksOnly(inventory),
        ignorePaths: recordedIgnorePaths(inventory),
      },
      totalBytes: inventory.files.reduce((sum, { size }) => sum + size, 0),
      notCovered: inventory.leftOut,
      warnings: inventory.warnings,
      temporaries: temporaryFiles(target, inventory),
      older: olderSignatures(inventory),
    };
  });
  return { payload: await writeStatement({ ...statement, files }), ...found };
}

function severalEntries(count: number): Warning[] {
  if (count < 2) return [];
  const message = `the signature holds ${count} log entries: Assay verifies each, and Python clients (sigstore, model_signing) refuse more than one`;
  return [{ code: "SEVERAL_LOG_ENTRIES", message }];
}

/** Half-written files beside the signature and outside the model, where the walk does not meet them. */
function temporaryFiles(target: OutputTarget | undefined, { root, leftOut }: Inventory): Warning[] {
  const named = new Set(leftOut.map(({ name }) => join(root, name)));
  const beside = target === undefined ? [] : temporariesBeside(target.path);
  return beside.filter((path) => !named.has(path)).map((path) => halfWrittenWarning(path, "it is not a signature"));
}

/** The place for the signature: an older bundle there is replaced, and nothing else but by force. */
function openSignature(path: string, force: boolean): OutputTarget {
  return openTarget(path, {
    what: "signature",
    force,
    isSameKind: isBundle,
    maxBytes: MAX_BUNDLE_BYTES,
  });
}

/** Whether the whole of a file is a Sigstore bundle, of a model or of something else. */
function isBundle(bytes: Uint8Array): boolean {
  try {
    parseSigstoreBundle(bytes);
    return true;
  } catch (error) {
    if (error instanceof AssayError) return false;
    throw error;
  }
}

/** What is in a log stays there, whatever becomes of the bundle: an error must not hide that. */
async function sayingWhatIsPublic<Value>(seal: Pick<Seal, "tlogEntries">, work: () => Promise<Value>): Promise<Value> {
  try {
    return await work();
  } catch (error) {
    if (!(error instanceof AssayError) || seal.tlogEntries.length === 0) throw error;
    throw addition(error, publicBy(seal));
  }
}

function publicBy({ tlogEntries }: Pick<Seal, "tlogEntries">): string {
  if (tlogEntries.length === 0) return "";
  const indexes = tlogEntries.map(({ logIndex }) => logIndex).join(" and ");
  return `; the signature is in the transparency log already, under the index ${indexes}`;
}
