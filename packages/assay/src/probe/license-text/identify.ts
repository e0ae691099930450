import { describeChanges, type TextChange } from "./changes.ts";
import { matchLicense } from "./match.ts";
import { nearestLicense } from "./nearest.ts";
import { possibleLicenses } from "./probes.ts";
import { licenseTexts } from "./texts.ts";
import { namedByTitle, newerVersion } from "./titles.ts";
import { licenseWords } from "./words.ts";

/** What a license file holds. Only `exact` is a license that the file grants. */
export type IdentifiedText =
  /** A license of the list, whole, and nothing else. */
  | { readonly kind: "exact"; readonly ids: readonly string[]; readonly name: string }
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
  | { readonly kind: "unknown"; readonly words: number };

/**
 * Says which license a text is, by the SPDX matching guidelines and SPDX's templates. A text with anything added,
 * changed or left out that counts is not the license, however small the change. Where a template lets any text stand,
 * a copyright notice or a name may stand, and no sentence (see `notice.ts`).
 *
 * `text` may be anything; the caller bounds its size. Reads the package's own license texts. Throws INTERNAL without them.
 */
export function identifyLicense(text: string): IdentifiedText {
  const words = licenseWords(text);
  const texts = licenseTexts();
  const exact = possibleLicenses(words.letters, texts).filter((packed) => matchLicense(words, packed.unpack()).isWhole);
  const [first] = exact;
  if (first !== undefined) return { kind: "exact", ids: [...new Set(exact.flatMap(({ ids }) => ids))], name: first.name };
  const named = namedByTitle(words.words);
  if (named?.isVariant === false) return { kind: "named", id: named.id, name: named.name };
  const nearest = nearestLicense(words.words, texts);
  if (nearest === undefined) {
    return named === undefined ? { kind: "unknown", words: words.words.length } : { kind: "named", id: named.id, name: named.name };
  }
  const { template, similarity } = nearest;
  const newer = newerVersion(words.words, template, (id) => texts.some(({ ids }) => ids.some((one) => one.startsWith(id))));
  return {
    kind: "near",
    ids: template.ids,
    name: template.name,
    ...(named === undefined ? {} : { title: named.name }),
    similarity,
    changes: describeChanges(words, template),
    ...(newer === undefined ? {} : { newerVersion: newer }),
  };
}
