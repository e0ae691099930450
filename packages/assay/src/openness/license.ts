import type { ComponentKind } from "./components.ts";

/** Why a license is not open. */
export type RestrictionKind =
  /** Use for money is excluded or needs another license. */
  | "non-commercial"
  /** Some uses or users are excluded. */
  | "field-of-use"
  /** Free only below a number of users or an amount of revenue. */
  | "user-cap"
  /** Changed versions must not be made or given on. */
  | "no-derivatives"
  /** Using, changing or giving on is not granted at all. */
  | "no-grant"
  /** None of these applies, and no list of licenses calls it open. */
  | "not-approved";

/** Why a known license is not open. */
export interface Restriction {
  readonly kind: RestrictionKind;
  /** One line: what it forbids or demands. */
  readonly reason: string;
  /** Where the license says so: `section 2`. */
  readonly clause: string;
}

/** What is known of one license. */
export interface LicenseFacts {
  /** SPDX identifier; for a license that SPDX does not list, `LicenseRef-` and a name. */
  readonly id: string;
  readonly name: string;
  readonly isSpdx: boolean;
  readonly isDeprecated: boolean;
  /** Who calls it open. */
  readonly osi: boolean;
  readonly fsf: boolean;
  readonly openData: boolean;
  readonly openMdw: boolean;
  /** Any of the four. */
  readonly isOpen: boolean;
  /** Kinds of component that it is made for. */
  readonly fitFor: readonly ComponentKind[];
  /** The Model Openness Tool's view; undefined where it does not know the license. */
  readonly mot: { readonly isOpen: boolean; readonly fitFor: readonly ComponentKind[] } | undefined;
  /** Why it is not open; undefined where it is, or where nothing is recorded. */
  readonly restriction: Restriction | undefined;
  /** Where its text is. */
  readonly url: string | undefined;
}

/** Where licenses are looked up. Built by `licenseCatalog` from the data that ships apart. */
export interface LicenseCatalog {
  /** By exact identifier, as the Model Openness Tool compares them. */
  exact(id: string): LicenseFacts | undefined;
  /** By identifier in any case, by full name, or by a name that hubs and papers use (`llama3`, `Apache 2.0`). */
  find(name: string): LicenseFacts | undefined;
  /** The identifier that a mistyped one most likely meant, if one is near enough. */
  near(name: string): string | undefined;
  /** Whether SPDX lists it for use behind WITH. */
  isException(id: string): boolean;
  /** Whether the Model Openness Tool takes this name for open, letter by letter, although it knows no license of that name. */
  isOpenToTool(name: string): boolean;
  /** All identifiers. */
  readonly ids: readonly string[];
}
