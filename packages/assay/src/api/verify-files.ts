import type { Inventory } from "../source/inventory.ts";
import type { LocalModel } from "../source/open-model.ts";
import { compareModel, type CompareOptions } from "./compare-model.ts";
import { otherSignatures } from "./other-signatures.ts";
import type { ProvenSignature } from "./prove-signature.ts";
import type { Verification } from "./results.ts";
import { conclude } from "../verdict/conclude.ts";
import type { VerificationRecord } from "../verdict/record.ts";

/**
 * The last gate: are the files of a model that was walked the ones that a proven signature covers? Throws what
 * `compareModel` throws.
 */
export async function verifyFiles(
  { place }: LocalModel,
  { source, signer, manifest }: ProvenSignature,
  inventory: Inventory,
  options: CompareOptions,
  record: VerificationRecord,
): Promise<Verification> {
  const outcome = await compareModel(manifest, inventory, options);
  record.warnings.push(...outcome.comparison.warnings, ...otherSignatures(place, manifest, outcome.comparison, source.path));
  return conclude({ source, signer, manifest }, outcome, options.requireAll === true, record);
}
