import { asAssayError, AssayError } from "../core/error.ts";
import type { Warning } from "../core/warning.ts";
import type { WorkOptions } from "../hashing/work-options.ts";
import type { WalkOptions } from "../source/options.ts";
import type { RemoteOptions } from "../source/remote/remote-options.ts";
import type { SourceFacts } from "../source/remote/remote-model.ts";
import type { FileDigests } from "../statement/manifest.ts";
import { digestWalked } from "./digest-walked.ts";
import type { DigestOptions } from "./digest.ts";
import { hashedAsSigned, type FolderCoverage } from "./folder-coverage.ts";
import { checkInspection, type WalkedInspection } from "./inspect-folder.ts";
import type { AnyModel } from "./opened/opened-model.ts";
import { withOpened } from "./opened/with-opened.ts";
import type { Digested } from "./results.ts";

/** The answer tied to bytes: an openness statement cannot be moved to another model. */
export interface FolderBinding {
  /** `sha256:` and hex, as every digest of a model. */
  readonly rootDigest: string;
  readonly manifestDigest: string;
  readonly fileCount: number;
  readonly totalBytes: number;
}

/** What happened to the model since it was inspected, before it is bound. */
export interface Meanwhile {
  /** A file that was written into it. */
  readonly written?: string | undefined;
  /** What `coverageOf` answered: the files that it hashed and found as signed need not be read again. */
  readonly coverage?: FolderCoverage | undefined;
}

type BindOptions = Pick<DigestOptions, "signature" | "cwd"> & WalkOptions & WorkOptions & RemoteOptions;

/** What binds an answer to bytes, and what must be said about it. */
interface Bound {
  readonly binding: FolderBinding | undefined;
  readonly warnings: readonly Warning[];
}

/**
 * Hashes the files that were walked, so that the answer is bound to their bytes, as `digest` does. Where the model has
 * no digest (links, pipes), the answer is not bound, and a warning says why.
 *
 * Throws FILE_CHANGED where a file that was read is another one by now; ABORTED.
 */
export async function bindInspection(
  folder: AnyModel,
  inspection: WalkedInspection,
  options: BindOptions,
  { written, coverage }: Meanwhile = {},
): Promise<Bound> {
  const { source } = inspection;
  if (source !== undefined && coverage?.verification.outcome !== "verified") {
    await checkInspection(inspection, options.signal);
    return { binding: undefined, warnings: [notReadWhole(source)] };
  }
  let digested: Digested;
  try {
    const known: Known = coverage === undefined ? new Map() : hashedAsSigned(coverage.verification);
    digested = written === undefined ? await inspection.digest(options, known) : await hashAnew(folder, written, options, known);
  } catch (thrown) {
    const error = asAssayError(thrown);
    if (error.code === "ABORTED" || error.code === "FILE_CHANGED") throw error;
    await checkInspection(inspection, options.signal, written);
    return {
      binding: undefined,
      warnings: [{ code: "EVIDENCE_NOT_BOUND", message: `the answer is not bound to the bytes of the model: ${error.message}` }],
    };
  }
  for (const { name, digests } of digested.files) {
    const seen = inspection.findings.read.get(name);
    if (seen === undefined || name === written || digests.length !== 1 || seen === digests[0]) continue;
    throw new AssayError("FILE_CHANGED", `${name} changed while the model was inspected`, {
      hint: "run it again when nothing writes to the model",
    });
  }
  if (written !== undefined) await checkInspection(inspection, options.signal, written);
  const { rootDigest, manifestDigest, files, totalBytes } = digested;
  return {
    binding: { rootDigest, manifestDigest, fileCount: files.length, totalBytes },
    warnings: digested.warnings.filter(isNew(inspection)),
  };
}

/** Weights are not fetched for an answer that does not rest on them. */
function notReadWhole({ pinned }: SourceFacts): Warning {
  const message = `the answer is about ${pinned} and has no digest of its bytes: only headers and small files were read`;
  return { code: "EVIDENCE_NOT_BOUND", message };
}

/** The inspection said the walk's warnings already. */
function isNew({ inventory }: WalkedInspection): (warning: Warning) => boolean {
  return ({ code, message }) => !inventory.warnings.some((said) => said.code === code && said.message === message);
}

type Known = ReadonlyMap<string, FileDigests>;

/** With the file that was written the model is another one: it is walked again. */
async function hashAnew(folder: AnyModel, written: string, options: BindOptions, known: Known): Promise<Digested> {
  return withOpened(folder, options, async (model) => {
    const { excludedFile, seen } = await model.signatureAside(options.signature);
    const inventory = await model.inventory({ ...options, signature: excludedFile, seen });
    return digestWalked(inventory, options, model, new Map([...known].filter(([name]) => name !== written)));
  });
}
