import type { ComponentKind } from "./components.ts";

/** Why a license is not open. */
export type RestrictionKind =
  /** Commercial use is forbidden or needs another license. */
  | "non-commercial"
  /** Some uses or users are forbidden. */
  | "field-of-use"
  /** Free only below a number of users or an amount of revenue. */
  | "user-cap"
  /** Modified versions must not be made or distributed. */
  | "no-derivatives"
  /** Use, modification or distribution is not granted. */
  | "no-grant"
  /** None of these, and no list of open licenses has it. */
  | "not-approved";

/** Why a known license is not open. */
export interface Restriction {
  readonly kind: RestrictionKind;
  /** Other kinds that it is of as well: a license may forbid commercial use and changed versions too. */
  readonly also?: readonly RestrictionKind[];
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
  /** The organizations whose lists of open licenses have it. */
  readonly osi: boolean;
  readonly fsf: boolean;
  readonly openData: boolean;
  readonly openMdw: boolean;
  /** Any of the four. */
  readonly isOpen: boolean;
  /** Kinds of component that it is made for. */
  readonly fitFor: readonly ComponentKind[];
  /** What the Model Openness Tool says of it; undefined for a license that the tool does not know. */
  readonly mot: { readonly isOpen: boolean; readonly fitFor: readonly ComponentKind[] } | undefined;
  /** Why it is not open; undefined for an open license, and where no reason is recorded. */
  readonly restriction: Restriction | undefined;
  /** The address of its text. */
  readonly url: string | undefined;
}

/** Whether a restriction is of this kind, be it the first that is said of it or another. */
export function isOfKind({ kind, also = [] }: Restriction, asked: RestrictionKind): boolean {
  return kind === asked || also.includes(asked);
}

/** Looks up licenses. Made by `licenseCatalog` from data files, which are not part of this module. */
export interface LicenseCatalog {
  /** By exact identifier, as the Model Openness Tool compares them. */
  exact(id: string): LicenseFacts | undefined;
  /** By identifier in any case, by full name, or by a name that hubs and papers use (`llama3`, `Apache 2.0`). */
  find(name: string): LicenseFacts | undefined;
  /** The known identifier nearest to a mistyped one; undefined where none is near enough. */
  near(name: string): string | undefined;
  /** Whether SPDX lists it for use behind WITH. */
  isException(id: string): boolean;
  /** Whether the Model Openness Tool accepts exactly this name as open without knowing a license of that name. */
  isOpenToTool(name: string): boolean;
  /** All identifiers. */
  readonly ids: readonly string[];
}
