import { AssayError } from "../core/error.ts";
import { VerificationRecord } from "../verdict/record.ts";
import type { DigestOriginOptions, RemoteOptions } from "../source/remote/remote-options.ts";
import type { AnyModel } from "./opened/opened-model.ts";
import { isRemoteReference, modelNameOf, withOpened } from "./opened/with-opened.ts";
import type { Verification } from "./results.ts";
import { verifyOpened, type OpenedQuestion } from "./verify-opened.ts";

/** Whom the caller trusts, and what of the model must be covered. */
export interface VerifyOptions extends OpenedQuestion, RemoteOptions, DigestOriginOptions {
  /**
   * A new folder for the signed files of a model on a server, and its signature, which comes to be only where the answer is
   * `verified`. What arrived until a run is stopped is kept beside it, and the next run for the same pinned reference continues.
   */
  readonly save?: string;
  /** What relative paths are relative to. Default: the process's. */
  readonly cwd?: string;
}

/**
 * Are these the bytes that a trusted signer signed? OMS specification, section 8.
 *
 * `model` is a directory, a file, one that was opened, or the reference of one on a hub (`hf:owner/name@revision`), which is
 * hashed while it arrives. The answer is one of three, and only `verified` is a yes:
 * see `Verification`. Throws only for the question itself: codes with the outcome `usage`, and ABORTED.
 * With `save`: USAGE for a model that is not on a server, OUTPUT_EXISTS where the folder is there.
 */
export async function verify(model: AnyModel, options: VerifyOptions): Promise<Verification> {
  const { save } = options;
  if (save !== undefined) {
    if (typeof model !== "string" || !isRemoteReference(model)) {
      throw new AssayError("USAGE", `${modelNameOf(model, options.cwd)} is on this machine already: only a model on a server is saved`);
    }
    const { verifyAndSave } = await import("./remote/verify-and-save.ts");
    return verifyAndSave(model, save, options);
  }
  const record = new VerificationRecord(modelNameOf(model, options.cwd));
  return record.attempt(() =>
    withOpened(model, { ...options, remoteCache: options.cache }, async (opened) => verifyOpened(opened, options, record)),
  );
}
