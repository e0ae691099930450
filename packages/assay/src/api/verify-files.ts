import type { FileInModel, Inventory } from "../source/inventory.ts";
import { attestedWarnings } from "./attested-warning.ts";
import { compareModel, type CompareOptions } from "./compare-model.ts";
import type { OpenedModel } from "./opened/opened-model.ts";
import type { ProvenSignature } from "./prove-signature.ts";
import type { Verification } from "./results.ts";
import { conclude } from "../verdict/conclude.ts";
import type { VerificationRecord } from "../verdict/record.ts";

/**
 * The last gate: are the files of a model that was walked the ones that a proven signature covers? Throws what
 * `compareModel` throws.
 */
export async function verifyFiles<File extends FileInModel>(
  model: OpenedModel<File>,
  { source, signer, manifest }: ProvenSignature,
  inventory: Inventory<File>,
  options: CompareOptions,
  record: VerificationRecord,
): Promise<Verification> {
  if (model.digestOrigins !== undefined) record.digestsFrom(model.digestOrigins());
  const outcome = await compareModel(manifest, inventory, options, model);
  record.warnings.push(...attestedWarnings(model));
  record.warnings.push(...outcome.comparison.warnings, ...(await model.otherSignatures(manifest, outcome.comparison, source.path)));
  return conclude({ source, signer, manifest }, outcome, options.requireAll === true, record);
}
