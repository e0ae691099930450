import { resolve } from "node:path";
import { asAssayError, AssayError, detailsOf } from "../../core/error.ts";
import { formatSize } from "../../core/sizes.ts";
import { PartialFolder } from "../../files/partial-folder.ts";
import { DEFAULT_SIGNATURE } from "../../source/signature-names.ts";
import type { RemoteModel } from "../../source/remote/remote-model.ts";
import { VerificationRecord } from "../../verdict/record.ts";
import type { ReadSignature } from "../../verdict/prove.ts";
import type { SavedModel, Verification } from "../../verdict/verification.ts";
import type { OpeningOptions } from "../opened/opened-model.ts";
import { verifyOpened, type OpenedQuestion } from "../verify-opened.ts";
import { onServer } from "./on-server.ts";
import { openRemote } from "./open-remote.ts";
import { savingModel } from "./saving-model.ts";

type SaveOptions = OpenedQuestion & OpeningOptions;

/**
 * Verifies a model on a server, as `verify` does, and saves the files that were signed, with the signature: the folder `save` comes
 * to be only where the answer is `verified`. What arrived until a run is stopped, or the server fails, is kept beside it, and the
 * next run for the same pinned reference continues: every byte is hashed again, and only the rest is fetched. After a no, nothing is kept.
 *
 * Throws for the question: USAGE for attested digests, OUTPUT_EXISTS where the folder is
 * there, OUTPUT_WRITE where it cannot be, and ABORTED, which says what is kept.
 */
export async function verifyAndSave(reference: string, save: string, options: SaveOptions): Promise<Verification> {
  if (options.digests === "attested") throw new AssayError("USAGE", "what is saved is read, and its digests are computed, not attested");
  const path = resolve(options.cwd ?? process.cwd(), save);
  PartialFolder.check(path);
  const record = new VerificationRecord(reference);
  return record.attempt(async () => {
    const model = await openRemote(reference, options);
    try {
      return await saveOpened(model, path, options);
    } finally {
      await model.close();
    }
  });
}

async function saveOpened(model: RemoteModel, path: string, options: SaveOptions): Promise<Verification> {
  const folder = PartialFolder.open(path, model.source);
  try {
    folder.checkRoom(model.files.reduce((sum, { size }) => sum + size, 0));
    let answer = await verifySaving(model, folder, options);
    // What an earlier run left may be wrong: it is fetched anew, once.
    if (forgetDoubtful(folder, answer.verification)) answer = await verifySaving(model, folder, options);
    return { ...answer.verification, saved: settle(model, folder, answer) };
  } catch (thrown) {
    const error = asAssayError(thrown);
    throw error.code === "ABORTED" ? stoppedWithRest(error, folder) : error;
  }
}

interface Answer {
  readonly verification: Verification;
  /** Undefined where none was read. */
  readonly signature: ReadSignature | undefined;
}

async function verifySaving(model: RemoteModel, folder: PartialFolder, options: SaveOptions): Promise<Answer> {
  const record = new VerificationRecord(model.source.pinned);
  const opened = onServer(savingModel(model, folder, options.signal), options);
  let signature: ReadSignature | undefined;
  const readSignature: typeof opened.readSignature = async (...asked) => (signature = await opened.readSignature(...asked));
  const verification = await record.attempt(async () => verifyOpened({ ...opened, readSignature }, options, record));
  return { verification, signature };
}

/** Forgets the files that an earlier run left and that may be why the answer is a no. Whether there were any. */
function forgetDoubtful(folder: PartialFolder, verification: Verification): boolean {
  if (verification.outcome === "verified" || folder.continued.size === 0) return false;
  const differing = verification.outcome === "failed" ? new Set(verification.differences.map(({ name }) => name)) : new Set<string>();
  const isOfSome = verification.error.code === "REMOTE_DIGEST" || verification.warnings.some(({ code }) => code === "FILE_NOT_COMPARED");
  const doubtful = [...folder.continued].filter((name) => isOfSome || differing.has(name));
  for (const name of doubtful) folder.forget(name);
  return doubtful.length > 0;
}

function settle(model: RemoteModel, folder: PartialFolder, { verification, signature }: Answer): SavedModel {
  if (verification.outcome === "failed") {
    folder.discard();
    return { state: "nothing", folder: folder.folder, files: 0, bytes: 0 };
  }
  if (verification.outcome === "incomplete") return { state: "kept", folder: folder.partial, files: 0, bytes: folder.keptBytes() };
  const { manifest, verifiedModel } = verification;
  const more = signatureFile(model, signature).filter(({ name }) => !manifest.files.has(name));
  folder.complete(manifest.files.keys(), more);
  return {
    state: "saved",
    folder: folder.folder,
    files: manifest.files.size + more.length,
    bytes: verifiedModel.matchedBytes + more.reduce((sum, { bytes }) => sum + bytes.length, 0),
  };
}

/** One that was found: in the model under its name there, and one that is attached under the usual name. The caller's own is the caller's. */
function signatureFile(
  model: RemoteModel,
  signature: ReadSignature | undefined,
): readonly { readonly name: string; readonly bytes: Uint8Array }[] {
  if (signature === undefined) return [];
  const { bytes, source } = signature;
  const file = model.files.find(({ name }) => name === source.path);
  if (file !== undefined) return [{ name: file.name, bytes }];
  return source.found ? [{ name: DEFAULT_SIGNATURE, bytes }] : [];
}

function stoppedWithRest(error: AssayError, folder: PartialFolder): AssayError {
  const { when = "while files were fetched", aftermath = "" } = detailsOf(error, "ABORTED") ?? {};
  const kept = `${aftermath}; ${formatSize(folder.keptBytes())} are kept in ${folder.partial}, and the same command continues there`;
  return new AssayError("ABORTED", `stopped ${when}${kept}`, { cause: error, details: { when, aftermath: kept, isKept: true } });
}
