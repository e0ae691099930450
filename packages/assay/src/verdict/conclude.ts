import type { Comparison, VerifiedModel } from "../comparison/difference.ts";
import { AssayError } from "../core/error.ts";
import type { Manifest } from "../statement/manifest.ts";
import { notDownloadedError } from "./not-downloaded-error.ts";
import type { ProvenBundle } from "./prove.ts";
import type { VerificationRecord } from "./record.ts";
import type { Verification } from "./verification.ts";

const MISMATCH = "the files are not the ones that were signed";

/** Names in one message. */
const MAX_NAMES = 5;

/** `verified` exists only where nothing differs, and with `requireAll` nothing is uncovered. */
export type ComparisonOutcome =
  | { readonly verified: VerifiedModel; readonly comparison: Comparison }
  | { readonly verified: undefined; readonly comparison: Comparison };

/** What a whole comparison comes to. With `requireAll`, nothing may be uncovered. */
export function verdictOf(manifest: Manifest, comparison: Comparison, root: string, requireAll: boolean): ComparisonOutcome {
  const { differences, notCovered, unsigned, matchedFiles } = comparison;
  const isShort = requireAll && notCovered.length + unsigned.length > 0;
  if (differences.length > 0 || matchedFiles !== manifest.files.size || isShort) return { verified: undefined, comparison };
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- the one place that may say so: nothing differs
  return { verified: { ...comparison, manifest, root } as VerifiedModel, comparison };
}

/** The answer, of a model that was compared. */
export function conclude(
  { source, signer, manifest }: ProvenBundle,
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
