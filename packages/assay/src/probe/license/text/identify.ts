import type { IdentifiedText } from "../../../openness/folder/identified-text.ts";
import { appendedLicenses, beginning } from "./appended.ts";
import { describeChanges } from "./changes.ts";
import { matchLicense } from "./match.ts";
import { nearestLicense } from "./nearest.ts";
import { possibleLicenses } from "./probes.ts";
import { licenseTexts } from "./texts.ts";
import { namedByTitle, newerVersion } from "./titles.ts";
import { licenseWords } from "./words.ts";

/**
 * Says which license a text is, by the SPDX matching guidelines and SPDX's templates. A text with anything added,
 * changed or left out that counts is not the license, however small the change. Where a template allows any text,
 * a copyright notice or a name may be, and no sentence (see `notice.ts`).
 *
 * `text` may be anything; the caller bounds its size. Reads the package's own license texts. Throws INTERNAL without them.
 */
export function identifyLicense(text: string): IdentifiedText {
  const words = licenseWords(text);
  const texts = licenseTexts();
  const exact = possibleLicenses(words.letters, texts).filter((packed) => matchLicense(words, packed.unpack()).isWhole);
  const [first] = exact;
  if (first !== undefined) return { kind: "exact", ids: [...new Set(exact.flatMap(({ ids }) => ids))], name: first.name };
  const begun = beginning(words, texts);
  const appended = begun === undefined ? undefined : appendedLicenses(words, begun, texts);
  if (begun !== undefined && appended !== undefined) return { kind: "exact", ids: begun.template.ids, name: begun.template.name, appended };
  const named = namedByTitle(words.words);
  if (named?.isVariant === false) return { kind: "named", id: named.id, name: named.name };
  const nearest = nearestLicense(words.words, texts, begun?.template);
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
