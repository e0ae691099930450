import { contextTag, type DerReader, invalid, type NoteDeparture, readDer, TAG } from "../../encoding/der.ts";
import { readSmallInteger } from "../../encoding/der-values.ts";
import { type GeneralName, isHostName, isMailbox, readGeneralName } from "./general-name.ts";

/** Subtrees that the names below a CA must, or must not, be within: RFC 5280 section 4.2.1.10. */
export interface NameConstraints {
  readonly permitted: readonly GeneralName[];
  readonly excluded: readonly GeneralName[];
}

/**
 * Reads the extension. Throws DER_INVALID, also for subtrees with a minimum or maximum, which the profile does
 * not have. A minimum of 0 is the default, and spelled out a departure for `note`.
 */
export function readNameConstraints(value: Uint8Array, note?: NoteDeparture): NameConstraints {
  const fields = readDer(value, note).in(TAG.sequence);
  const permitted = readSubtrees(fields, 0);
  const excluded = readSubtrees(fields, 1);
  fields.end();
  if (permitted === undefined && excluded === undefined) throw invalid("name constraints that constrain nothing");
  return { permitted: permitted ?? [], excluded: excluded ?? [] };
}

function readSubtrees(fields: DerReader, number: number): GeneralName[] | undefined {
  const bases = fields
    .optional(contextTag(number, true))
    ?.children()
    .rest()
    .map((subtree) => {
      const parts = subtree.in(TAG.sequence);
      const base = readGeneralName(parts.next());
      const minimum = parts.optional(contextTag(0, false));
      const isDefault = minimum !== undefined && readSmallInteger(minimum, contextTag(0, false)) === 0;
      if (isDefault) minimum.depart("name constraints with a minimum of 0, a default that is spelled out");
      if (!parts.isAtEnd || (minimum !== undefined && !isDefault)) throw invalid("name constraints with a minimum or maximum");
      return base;
    });
  if (bases?.length === 0) throw invalid("name constraints with an empty list of subtrees");
  return bases;
}

/** Why a subtree cannot be one, undefined where it can. An empty DNS subtree holds every DNS name, an empty directory name every name. */
export function subtreeMalformation(base: GeneralName): string | undefined {
  switch (base.type) {
    case "dns":
      return base.value === "" || isHostName(base.value) ? undefined : "is not a host name (no wildcard, no leading dot)";
    case "email":
      return isMailbox(base.value) || isHostOrDomain(base.value) ? undefined : "is not a mailbox, host, or domain with a leading dot";
    case "uri":
      return isHostOrDomain(base.value) ? undefined : "is not a host, or domain with a leading dot";
    case "ip":
      return isAddressRange(base.bytes) ? undefined : "is not an address with a contiguous mask";
    default:
      return undefined;
  }
}

function isHostOrDomain(text: string): boolean {
  return isHostName(text.startsWith(".") ? text.slice(1) : text);
}

function isAddressRange(range: Uint8Array): boolean {
  if (range.length !== 8 && range.length !== 32) return false;
  const mask = [...range.subarray(range.length / 2)].map((octet) => octet.toString(2).padStart(8, "0")).join("");
  return /^1*0*$/.test(mask);
}
