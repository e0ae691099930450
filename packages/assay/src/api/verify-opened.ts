import { withCrew } from "../hashing/crew.ts";
import type { WorkOptions } from "../hashing/work-options.ts";
import type { FileInModel } from "../source/inventory.ts";
import type { WalkOptions } from "../source/options.ts";
import type { VerificationRecord } from "../verdict/record.ts";
import type { OpenedModel } from "./opened/opened-model.ts";
import { proveSignature, type SignatureQuestion } from "./prove-signature.ts";
import type { Verification } from "./results.ts";
import { verifyFiles } from "./verify-files.ts";

/** Whom the caller trusts, and what of an opened model must be covered. */
export interface OpenedQuestion extends SignatureQuestion, WalkOptions, WorkOptions {
  /** Files that are neither signed nor ignored are listed instead of failing. Default false. */
  readonly ignoreUnsignedFiles?: boolean;
  /** Whatever is not covered by the signature fails, by whatever rule it was left out: ignore rules and `ignoreUnsignedFiles` too. Default false. */
  readonly requireAll?: boolean;
}

/** Verifies a model that was opened. Throws what is about the model, too. */
export async function verifyOpened<File extends FileInModel>(
  model: OpenedModel<File>,
  options: OpenedQuestion,
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
