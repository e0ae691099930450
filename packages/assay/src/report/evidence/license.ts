import type { LicenseCatalog } from "../../openness/license.ts";
import { parseExpression, type LicenseExpression } from "../../openness/spdx-expression.ts";
import { isUnavailable } from "../../policy/facts.ts";
import type { CheckedModel } from "./question.ts";

/** The license of a model's weights, as bills of materials write it. */
export interface WrittenLicense {
  /** `id`: one license that SPDX lists. `expression`: several. `name`: anything else, as it was written. */
  readonly kind: "id" | "expression" | "name";
  readonly text: string;
  /** `concluded`: by a text that was recognized. `declared`: as a card, mof.yml or header says. */
  readonly basis: "concluded" | "declared";
}

/** Undefined where no license is known, or a text holds for the weights that was not recognized. */
export function writtenLicense({ facts: { license } }: CheckedModel, catalog: LicenseCatalog): WrittenLicense | undefined {
  if (isUnavailable(license)) return undefined;
  const { found, claimed, hasUnknownText } = license;
  // Whatever a card says: the text counts.
  if (hasUnknownText) return undefined;
  if (found !== undefined) return { ...kindOf(found, catalog), basis: "concluded" };
  return claimed === undefined ? undefined : { ...kindOf(claimed, catalog), basis: "declared" };
}

function kindOf(text: string, catalog: LicenseCatalog): Pick<WrittenLicense, "kind" | "text"> {
  if (isListed(text, catalog)) return { kind: "id", text };
  const expression = parseExpression(text);
  return { kind: expression !== undefined && isAllListed(expression, catalog) ? "expression" : "name", text };
}

function isAllListed(expression: LicenseExpression, catalog: LicenseCatalog): boolean {
  if (expression.kind !== "license") return expression.parts.every((part) => isAllListed(part, catalog));
  return isListed(expression.id, catalog) && (expression.exception === undefined || catalog.isException(expression.exception));
}

function isListed(id: string, catalog: LicenseCatalog): boolean {
  return catalog.exact(id)?.isSpdx === true;
}
