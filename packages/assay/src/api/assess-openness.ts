import { AssayError } from "../core/error.ts";
import type { Warning } from "../core/warning.ts";
import type { WorkOptions } from "../hashing/work-options.ts";
import type { ModelFindings } from "../openness/folder/findings.ts";
import type { LicenseCatalog } from "../openness/license.ts";
import type { WrittenModelFile } from "../probe/model-file/write.ts";
import type { LeftOut } from "../source/inventory.ts";
import type { WalkOptions } from "../source/options.ts";
import type { RemoteOptions } from "../source/remote/remote-options.ts";
import type { SourceFacts } from "../source/remote/remote-model.ts";
import type { Trust } from "../trust/trust.ts";
import type { FolderBinding } from "./bind-inspection.ts";
import type { FolderCoverage } from "./folder-coverage.ts";
import type { FolderAnswer } from "./inspect-folder.ts";
import type { AnyModel } from "./opened/opened-model.ts";
import { withOpenedServer } from "./opened/with-opened.ts";

/** How a folder is assessed. */
export interface AssessOptions extends WalkOptions, WorkOptions, RemoteOptions {
  /** What relative paths are relative to. Default: the process's. */
  readonly cwd?: string;
  /** The Model Openness Tool's answer in every detail. Default false. */
  readonly strict?: boolean;
  /** What is known of licenses. Default: the data in this package. */
  readonly licenses?: LicenseCatalog;
  /** Whom the caller trusts to have signed; without it, no signature is asked about. */
  readonly trust?: Trust;
  /** The signature: its path or its bytes. Without it, it is looked for, as `verify` does. */
  readonly signature?: string | Uint8Array;
  /** Writes what the folder shows into its mof.yml, whole or not at all. Default false. */
  readonly write?: boolean;
}

/** How open a model is, what that rests on, and which bytes it is said of. */
export interface OpennessAssessment {
  /** The folder's name. */
  readonly name: string;
  /** Where it was read, of a model on a server. */
  readonly source: SourceFacts | undefined;
  /** Whether the answers are the Model Openness Tool's in every detail. */
  readonly strict: boolean;
  readonly findings: ModelFindings;
  /** By the files in the folder. */
  readonly asFound: FolderAnswer;
  /** If everything that its files claim is true. */
  readonly ifClaimsHold: FolderAnswer;
  /** In the folder and not read: what ignore rules hide, and the signature. */
  readonly notCovered: readonly LeftOut[];
  /** Where reading stopped at a bound, in words: what is not named as found or claimed may be there. Also among `warnings`. */
  readonly notRead: readonly string[];
  /** The digests of `digest`; undefined where the model has none, or is on a server and was not read whole: a warning says which. */
  readonly binding: FolderBinding | undefined;
  /** Whether the files that the answers rest on are signed; undefined where no `trust` was given. */
  readonly coverage: FolderCoverage | undefined;
  /** The mof.yml that was written; undefined where none was asked for. */
  readonly written: WrittenModelFile | undefined;
  readonly warnings: readonly Warning[];
}

/**
 * How open is the model in this folder, by the Model Openness Framework? Two answers: by the files in it, and if
 * what they claim is true; each with the components, their licenses and what to do for the next class. Both
 * are bound to the model's digest, and say nothing about safety or quality.
 *
 * `model` is a folder or the reference of a model on a server, and hostile input: nothing in it is executed, every read has a bound. The folder is
 * walked once; again only after `write`, as it then is, and for a signature that lists what the first walk did not follow.
 * For a mof.yml alone see `assessModelFile`.
 *
 * A signature that does not verify does not throw: `coverage.verification` says so. Throws FILE_NOT_FOUND, USAGE for
 * what is not a folder, FILE_CHANGED where it changes meanwhile, INTERNAL where the installation lacks its data,
 * ABORTED, for `write` USAGE, OUTPUT_EXISTS and OUTPUT_WRITE, and for the question about the signature what `verify` throws.
 */
export async function assessOpenness(model: AnyModel, options: AssessOptions = {}): Promise<OpennessAssessment> {
  return withOpenedServer(model, options, async (opened) => assess(opened, options));
}

async function assess(model: AnyModel, options: AssessOptions): Promise<OpennessAssessment> {
  // The reader of YAML and what is known of licenses are not for a program that only signs or verifies.
  const [{ checkInspection, inspectFolder }, { bindInspection }, { coverageOf }, { shippedLicenses }] = await Promise.all([
    import("./inspect-folder.ts"),
    import("./bind-inspection.ts"),
    import("./folder-coverage.ts"),
    import("../catalog/licenses.ts"),
  ]);
  const { licenses = shippedLicenses(), trust, signature, write = false, ...others } = options;
  const walking = { ...others, licenses, ...(typeof signature === "string" ? { signature } : {}) };
  const inspection = await inspectFolder(model, walking);
  const { name, source, findings, asFound, ifClaimsHold, notCovered } = inspection;
  if (write && source !== undefined) throw new AssayError("USAGE", "a mof.yml is written into a folder, and this model is on a server");
  const signed = { ...walking, ...(signature === undefined ? {} : { signature }) };
  const coverage = trust === undefined ? undefined : await coverageOf(model, inspection, trust, signed);
  if (write) await checkInspection(inspection, options.signal);
  const written = write ? await writeInto(inspection, options.signal) : undefined;
  const bound = await bindInspection(model, inspection, walking, { written: written?.name, coverage });
  return {
    name,
    source,
    strict: options.strict ?? false,
    findings,
    asFound,
    ifClaimsHold,
    notCovered,
    notRead: findings.warnings.filter(({ code }) => code === "EVIDENCE_NOT_ALL_READ").map(({ message }) => message),
    binding: bound.binding,
    coverage,
    written,
    warnings: [...inspection.warnings, ...bound.warnings, ...(coverage?.verification.warnings ?? [])],
  };
}

async function writeInto(
  { findings, asFound, ifClaimsHold }: Pick<OpennessAssessment, "findings" | "asFound" | "ifClaimsHold">,
  signal: AbortSignal | undefined,
): Promise<WrittenModelFile> {
  const { writeModelFile } = await import("../probe/model-file/write.ts");
  return writeModelFile(findings, asFound, ifClaimsHold.model, signal);
}
