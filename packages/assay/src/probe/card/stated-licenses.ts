import type { CardFacts } from "./card.ts";
import { licenseOfLink } from "./license-link.ts";

/** Which licenses a card states, and the field that does. */
export interface StatedLicenses {
  /** As written; of a link, the license that it is the address of. They hold together. */
  readonly names: readonly string[];
  readonly field: "license" | "license_name" | "license_link";
}

/**
 * Hubs write `other` for what they have no tag for: then the name beside it counts, and only without a name the
 * address, if it is that of one license and of nothing else. Undefined where the card leaves it open.
 */
export function statedLicenses({
  licenses,
  licenseName,
  licenseLink,
}: Pick<CardFacts, "licenses" | "licenseName" | "licenseLink">): StatedLicenses | undefined {
  if (licenses.some((name) => !isOther(name))) return { names: licenses, field: "license" };
  if (licenseName !== undefined && !isOther(licenseName)) return { names: [licenseName], field: "license_name" };
  const linked = licenseLink === undefined ? undefined : licenseOfLink(licenseLink);
  return linked === undefined ? undefined : { names: [linked], field: "license_link" };
}

function isOther(name: string): boolean {
  return name.toLowerCase() === "other";
}
