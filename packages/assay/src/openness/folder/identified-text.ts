/** What a license file holds. Only `exact` is a license that the file grants. */
export type IdentifiedText =
  /** A license of the list, whole, and nothing else that counts. */
  | {
      readonly kind: "exact";
      readonly ids: readonly string[];
      readonly name: string;
      /** Licenses of others' parts, whole, that are in the file behind it under headings of their own; the first of each one's identifiers. */
      readonly appended?: readonly string[];
    }
  /** Like one, and not it: a clause was changed, added or left out. */
  | {
      readonly kind: "near";
      readonly ids: readonly string[];
      readonly name: string;
      /** What the text calls itself, where that is another name, such as "Modified MIT License". */
      readonly title?: string;
      /** Percent of word pairs that both have, at most 99. */
      readonly similarity: number;
      /** The first places where the two differ; at least one. */
      readonly changes: readonly TextChange[];
      /** The text says that it is this version of the license, and only older ones are known. */
      readonly newerVersion?: string;
    }
  /** It calls itself by the name of a known license that SPDX has no text of. None of these is open. */
  | { readonly kind: "named"; readonly id: string; readonly name: string }
  | {
      readonly kind: "unknown";
      readonly words: number;
      /** The text is nothing but the address of another, which was not read. */
      readonly pointsTo?: string;
    };

/** One place where a text departs from a license; one side may be empty, never both. */
export interface TextChange {
  /** Words of the license that the text lacks. */
  readonly missing: string;
  /** Words of the text that the license lacks. */
  readonly added: string;
}
