import type { FolderAnswer, FolderBinding, FolderCoverage } from "./assess-openness.ts";
import type { ModelFindings } from "../openness/folder/findings.ts";
import type { LeftOut } from "../source/inventory.ts";
import type { WalkOptions } from "../source/options.ts";
import type { WorkOptions } from "../hashing/work-options.ts";
import type { LicenseCatalog } from "../openness/license.ts";
import type { Trust } from "../trust/trust.ts";
import type { Warning } from "../core/warning.ts";

/** How a folder is assessed. */
export interface AssessOptions extends WalkOptions, WorkOptions {
  /** What relative paths are relative to. Default: the process's. */
  readonly cwd?: string;
  /** The Model Openness Tool's answer in every detail. Default false. */
  readonly strict?: boolean;
  /** What is known of licenses. Default: what ships with this package. */
  readonly licenses?: LicenseCatalog;
  /** Whom the caller trusts to have signed; without it, no signature is asked about. */
  readonly trust?: Trust;
  /** The signature's path. Without it, it is looked for, as `verify` does. */
  readonly signature?: string;
}

/** How open a model is, what that rests on, and which bytes it is said of. */
export interface OpennessAssessment {
  /** The folder's name. */
  readonly name: string;
  readonly findings: ModelFindings;
  /** By what lies in the folder. */
  readonly asFound: FolderAnswer;
  /** If everything that its files say is true. */
  readonly ifClaimsHold: FolderAnswer;
  /** In the folder, and not looked at: what ignore rules hide, and the signature. */
  readonly notCovered: readonly LeftOut[];
  /** The digests of `digest`; undefined where the model has none, and then a warning says why. */
  readonly binding: FolderBinding | undefined;
  /** Whether the files that the answers rest on are signed; undefined where no `trust` was given. */
  readonly coverage: FolderCoverage | undefined;
  readonly warnings: readonly Warning[];
}

/**
 * How open is the model in this folder, by the Model Openness Framework? Two answers: by what is in it, and if
 * what its files claim is true; each with the components, their licenses and what to do for the next class. Both
 * are bound to the model's digest, and say nothing about safety or quality.
 *
 * `model` is a folder, and hostile input: nothing in it is executed, every read has a bound. A `mof.yml` alone is
 * read by `readModelFile` of `assay/openness/yaml` and evaluated by `evaluate` of `assay/openness`.
 *
 * A signature that does not hold does not throw: `coverage.verification` says so. Throws FILE_NOT_FOUND, USAGE for
 * anything but a folder, FILE_CHANGED where it changes meanwhile, INTERNAL where the installation lacks its data,
 * ABORTED, and for the question about the signature what `verify` throws.
 */
export async function assessOpenness(model: string, options: AssessOptions = {}): Promise<OpennessAssessment> {
  // The reader of YAML and what is known of licenses are not for a program that only signs or verifies.
  const [{ bindInspection, coverageOf, inspectFolder }, { shippedLicenses }] = await Promise.all([
    import("./assess-openness.ts"),
    import("../catalog/licenses.ts"),
  ]);
  const { licenses = shippedLicenses(), trust, ...others } = options;
  const folderOptions = { ...others, licenses };
  const inspection = await inspectFolder(model, folderOptions);
  const coverage = trust === undefined ? undefined : await coverageOf(model, inspection, trust, folderOptions);
  const bound = await bindInspection(model, inspection, others, { coverage });
  const { name, findings, asFound, ifClaimsHold } = inspection;
  return {
    name,
    findings,
    asFound,
    ifClaimsHold,
    notCovered: inspection.notCovered,
    binding: bound.binding,
    coverage,
    warnings: [...inspection.warnings, ...bound.warnings, ...(coverage?.verification.warnings ?? [])],
  };
}
