import type { LicenseCatalog } from "../../openness/license.ts";
import type { LicenseRule } from "../policy.ts";
import { finding, type LintFinding } from "./finding.ts";

/**
 * Names that no license has and that are close to one: `GPL3`, `CC-BY-NC`. In `deny` such a name lets everything through. A name
 * that is close to none is taken for a license of one's own, which a model's card may use.
 */
export function lintLicenseNames(
  scope: string,
  { allow = [], deny = [], place }: LicenseRule,
  licenses: LicenseCatalog,
): readonly LintFinding[] {
  const lists = [
    ["allow", allow, "allows"],
    ["deny", deny, "denies"],
  ] as const;
  return lists.flatMap(([list, terms, does]) =>
    terms.flatMap((term) => {
      const meant = term.kind === "license" ? meantBy(term.id, licenses) : undefined;
      if (term.kind !== "license" || meant === undefined) return [];
      return [
        finding("license/unknown", place, `${scope}: no license has the name ${term.id}, which ${list} ${does}: did you mean ${meant}?`),
      ];
    }),
  );
}

/** The license whose identifier was probably meant; undefined for one that is known, and where none is close. */
function meantBy(name: string, licenses: LicenseCatalog): string | undefined {
  const [base = name] = name.split(/ with /i);
  if (/^LicenseRef-/i.test(base) || licenses.exact(base) !== undefined || licenses.find(base) !== undefined) return undefined;
  const near = licenses.near(base);
  if (near !== undefined) return near;
  const letters = lettersOf(base);
  if (letters.length < MIN_LETTERS) return undefined;
  return licenses.ids
    .filter((id) => lettersOf(id).startsWith(letters) && licenses.exact(id)?.isDeprecated !== true)
    .toSorted((a, b) => a.length - b.length || (a < b ? 1 : -1))
    .at(0);
}

/** Fewer begin the identifiers of many licenses. */
const MIN_LETTERS = 3;

function lettersOf(id: string): string {
  return id.toLowerCase().replace(/[^a-z0-9]/g, "");
}
