import type { ComponentKind } from "./components.ts";
import type { Restriction } from "./license.ts";

/**
 * Facts about licenses, the format of packages/assay/data/openness/licenses*.json. Fields that are false or empty
 * are omitted.
 */
export interface LicenseData {
  readonly sources: readonly LicenseSource[];
  readonly licenses: Readonly<Record<string, LicenseEntry>>;
  /** What SPDX lists for use behind WITH. */
  readonly exceptions?: readonly string[];
  /** What the Model Openness Tool takes for open by its list of names for data, while its table has no such license. */
  readonly toolNames?: readonly string[];
  /** Why licenses of the other file are not open. */
  readonly restrictions?: Readonly<Record<string, Restriction>>;
  /** Other names of licenses of the other file: what hubs and papers write. */
  readonly names?: Readonly<Record<string, string>>;
}

/** The source of data on licenses or models. */
export interface LicenseSource {
  readonly name: string;
  readonly version?: string;
  /** YYYY-MM-DD. */
  readonly date: string;
  readonly url: string;
  /** The license of the source; absent where only facts were taken. */
  readonly license?: string;
  /** The fields taken from it. */
  readonly gives: string;
}

/** One license of the data. */
export interface LicenseEntry {
  readonly name: string;
  readonly osi?: true;
  readonly fsf?: true;
  readonly openData?: true;
  readonly openMdw?: true;
  readonly deprecated?: true;
  readonly fitFor?: readonly ComponentKind[];
  /** Whether the Model Openness Tool calls it open; absent where it does not know it. */
  readonly mot?: boolean;
  readonly url?: string;
  /** Other names for it, compared by `licenseKey`. */
  readonly names?: readonly string[];
  readonly restriction?: Restriction;
}
