import { withCrew } from "../hashing/crew.ts";
import type { WorkOptions } from "../hashing/work-options.ts";
import type { FileInModel } from "../source/inventory.ts";
import type { WalkOptions } from "../source/options.ts";
import type { DigestOriginOptions, RemoteOptions } from "../source/remote/remote-options.ts";
import type { AnyModel, OpenedModel } from "./opened/opened-model.ts";
import { modelNameOf, withOpened } from "./opened/with-opened.ts";
import { proveSignature, type SignatureQuestion } from "./prove-signature.ts";
import type { Verification } from "./results.ts";
import { VerificationRecord } from "../verdict/record.ts";
import { verifyFiles } from "./verify-files.ts";

/** Whom the caller trusts, and what of the model must be covered. */
export interface VerifyOptions extends SignatureQuestion, WalkOptions, WorkOptions, RemoteOptions, DigestOriginOptions {
  /** Files that are neither signed nor ignored are listed instead of failing. Default false. */
  readonly ignoreUnsignedFiles?: boolean;
  /** Whatever is not covered by the signature fails, by whatever rule it was left out: ignore rules and `ignoreUnsignedFiles` too. Default false. */
  readonly requireAll?: boolean;
  /** What relative paths are relative to. Default: the process's. */
  readonly cwd?: string;
}

/**
 * Are these the bytes that a trusted signer signed? OMS specification, section 8.
 *
 * `model` is a directory, a file, one that was opened, or the reference of one on a hub (`hf:owner/name@revision`), which is
 * hashed while it arrives. The answer is one of three, and only `verified` is a yes:
 * see `Verification`. Throws only for the question itself: codes with the outcome `usage`, and ABORTED.
 */
export async function verify(model: AnyModel, options: VerifyOptions): Promise<Verification> {
  const record = new VerificationRecord(modelNameOf(model, options.cwd));
  return record.attempt(() => withOpened(model, options, async (opened) => verifyOpened(opened, options, record)));
}

async function verifyOpened<File extends FileInModel>(
  model: OpenedModel<File>,
  options: VerifyOptions,
  record: VerificationRecord,
): Promise<Verification> {
  if (model.source !== undefined) record.sourceKnown(model.source);
  return withCrew(options.threads, model.given, async (crew) => {
    const proven = await proveSignature(model, options, record);
    const { manifest: signed, source, seen } = proven;
    const inventory = await model.inventory({ ...options, signature: source.path, signed, seen });
    return verifyFiles(model, proven, inventory, { ...options, crew }, record);
  });
}
