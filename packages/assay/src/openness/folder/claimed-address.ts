import type { ComponentFindings } from "./findings.ts";

/** Where a file says that a component is. */
export interface Claim {
  /** The file that says it. */
  readonly file: string;
  /** A URL; undefined where the file gives none. */
  readonly address: string | undefined;
}

/** The claim that says most of a component: one with an address first. Undefined for what is found, or unknown. */
export function claimOf(component: ComponentFindings | undefined): Claim | undefined {
  if (component?.state !== "claimed") return undefined;
  const sign = component.signs.find(({ target }) => isAddress(target)) ?? component.signs[0];
  return sign === undefined ? undefined : { file: sign.file, address: isAddress(sign.target) ? sign.target : undefined };
}

/** The name of a library or data set is neither a path nor an address. */
export function isAddress(target: string | undefined): target is string {
  return target !== undefined && /^[a-z][a-z0-9+.-]{1,20}:/i.test(target);
}
