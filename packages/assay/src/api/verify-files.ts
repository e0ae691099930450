import { AssayError } from "../core/error.ts";
import type { Inventory } from "../source/inventory.ts";
import type { LocalModel } from "../source/open-model.ts";
import { compareModel, type CompareOptions, type ComparisonOutcome } from "./compare-model.ts";
import { notDownloadedError } from "./lfs-pointers.ts";
import { otherSignatures } from "./other-signatures.ts";
import type { ProvenSignature } from "./prove-signature.ts";
import type { Verification } from "./results.ts";
import type { VerificationRecord } from "./verification-record.ts";

const MISMATCH = "the files are not the ones that were signed";

/** Names in one message. */
const MAX_NAMES = 5;

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

/** The answer, of a model that was compared. */
export function conclude(
  { source, signer, manifest }: Pick<ProvenSignature, "source" | "signer" | "manifest">,
  { verified, comparison }: ComparisonOutcome,
  requireAll: boolean,
  record: VerificationRecord,
): Verification {
  if (verified !== undefined) return record.verified(source, signer, manifest, verified);
  const { differences, unsigned, notCovered, notDownloaded } = comparison;
  if (differences.length > notDownloaded.length) return record.failed(new AssayError("MODEL_MISMATCH", MISMATCH), comparison);
  const uncovered = [...unsigned, ...notCovered];
  if (requireAll && uncovered.length > 0) return record.failed(notAllCovered(uncovered), comparison);
  if (notDownloaded.length === 0) return record.failed(new AssayError("MODEL_MISMATCH", MISMATCH), comparison);
  return record.incomplete(notDownloadedError(notDownloaded), notDownloaded);
}

function notAllCovered(paths: readonly { readonly name: string }[]): AssayError {
  const shown = paths.slice(0, MAX_NAMES).map(({ name }) => name);
  const more = paths.length > MAX_NAMES ? ` and ${paths.length - MAX_NAMES} more` : "";
  const count = paths.length === 1 ? "1 path in the model is" : `${paths.length} paths in the model are`;
  return new AssayError("MODEL_NOT_COVERED", `${count} not covered by the signature: ${shown.join(", ")}${more}`);
}
