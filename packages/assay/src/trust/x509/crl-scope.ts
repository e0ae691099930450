import { AssayError } from "../../core/error.ts";
import { contextTag, type DerReader, type DerValue, invalid, type NoteDeparture, readDer, TAG, refusingDer } from "../../encoding/der.ts";
import { readFlag, readNamedBits } from "../../encoding/der-values.ts";
import type { Certificate } from "./certificate.ts";
import { type GeneralName, readGeneralName } from "./general-name.ts";
import { sameName } from "./name.ts";

/** Which of its issuer's certificates a list speaks of: RFC 5280 section 5.2.5. */
export interface ListScope {
  /** Names of the one place that the list is for; undefined: it is for all. */
  readonly distributionPoint: readonly GeneralName[] | undefined;
  readonly certificates: "all" | "users" | "authorities" | "attributes";
  /** The list holds only what was revoked for some of the reasons. */
  readonly isOfSomeReasons: boolean;
}

export const UNLIMITED: ListScope = { distributionPoint: undefined, certificates: "all", isOfSomeReasons: false };

/** Reads IssuingDistributionPoint. Throws DER_INVALID, and CRL_INVALID for indirect lists and for relative names. */
export function readIssuingDistributionPoint(value: Uint8Array, note?: NoteDeparture): ListScope {
  const fields = readDer(value, note).in(TAG.sequence);
  if (fields.isAtEnd) throw invalid("an issuing distribution point that says nothing");
  const point = fields.optional(contextTag(0, true));
  const ofUsers = readTaggedFlag(fields, 1);
  const ofAuthorities = readTaggedFlag(fields, 2);
  const reasons = fields.optional(contextTag(3, false));
  if (reasons !== undefined) readReasons(reasons);
  const isIndirect = readTaggedFlag(fields, 4);
  const ofAttributes = readTaggedFlag(fields, 5);
  fields.end();
  if ([ofUsers, ofAuthorities, ofAttributes].filter(Boolean).length > 1) throw invalid("a list that is only for two different things");
  if (isIndirect) {
    throw new AssayError("CRL_INVALID", "a revocation list is indirect: it speaks for other issuers, which is not supported", {
      hint: "give the list that the certificate's own issuer signs",
    });
  }
  const distributionPoint = point && readPointName(point);
  if (point !== undefined && distributionPoint === undefined) {
    throw new AssayError("CRL_INVALID", "a revocation list names its distribution point relative to its issuer, which is not supported");
  }
  const certificates = ofUsers ? "users" : ofAuthorities ? "authorities" : ofAttributes ? "attributes" : "all";
  return { distributionPoint, certificates, isOfSomeReasons: reasons !== undefined };
}

/**
 * Why a list does not speak of a certificate of its issuer, undefined where it does: section 6.3.3 (b).
 * Reasons aside. Throws CERTIFICATE_INVALID where the certificate's distribution points are malformed.
 */
export function whyOutOfScope({ certificates, distributionPoint }: ListScope, certificate: Certificate): string | undefined {
  const isAuthority = certificate.basicConstraints?.isCa === true;
  if (certificates === "attributes") return "is for attribute certificates only";
  if (certificates === "users" && isAuthority) return "is not for certificates of authorities";
  if (certificates === "authorities" && !isAuthority) return "is for certificates of authorities only";
  if (distributionPoint === undefined) return undefined;
  const places = distributionPointsOf(certificate);
  if (distributionPoint.some((name) => places.some((place) => sameGeneralName(name, place)))) return undefined;
  return `is for the distribution point ${distributionPoint.map(({ value }) => value).join(", ")} only, which the certificate does not name`;
}

/** What names a certificate's lists: CRLDistributionPoints (section 4.2.1.13), and its issuer's own name (the end of section 6.3.3). */
function distributionPointsOf({ extensions, issuer }: Certificate): GeneralName[] {
  const own: GeneralName = { type: "directoryName", value: issuer.rfc4514, name: issuer };
  const extension = extensions.get("2.5.29.31");
  if (extension === undefined) return [own];
  return refusingDer("CERTIFICATE_INVALID", "a certificate's distribution points are", () => [
    own,
    // What departs from DER here was not looked at when the certificate was read, and decides no signature.
    ...readDer(extension.value, () => {})
      .in(TAG.sequence)
      .rest()
      .flatMap(readDistributionPoint),
  ]);
}

/** The names of a point where the issuer itself publishes lists for all reasons: other lists do not count here. */
function readDistributionPoint(value: DerValue): readonly GeneralName[] {
  const fields = value.in(TAG.sequence);
  const point = fields.optional(contextTag(0, true));
  const names = point && readPointName(point);
  const reasons = fields.optional(contextTag(1, false));
  if (reasons !== undefined) readReasons(reasons);
  const otherIssuer = fields.optional(contextTag(2, true));
  fields.end();
  return reasons === undefined && otherIssuer === undefined ? (names ?? []) : [];
}

/** DistributionPointName, a CHOICE, so that the tag around it is explicit. Undefined for a relative name. */
function readPointName(value: DerValue): readonly GeneralName[] | undefined {
  const fields = value.children();
  const choice = fields.next();
  fields.end();
  if (choice.tag === contextTag(1, true)) return undefined;
  const names = choice.in(contextTag(0, true)).rest().map(readGeneralName);
  if (names.length === 0) throw invalid("a distribution point without a name");
  return names;
}

function sameGeneralName(a: GeneralName, b: GeneralName): boolean {
  if (a.type === "directoryName" && b.type === "directoryName") return sameName(a.name, b.name);
  return a.type === b.type && a.value === b.value;
}

/** An implicitly tagged BOOLEAN DEFAULT FALSE. */
function readTaggedFlag(fields: DerReader, number: number): boolean {
  return readFlag(fields.optional(contextTag(number, false))?.retagged(TAG.boolean));
}

/** ReasonFlags, implicitly tagged. */
function readReasons(value: DerValue): void {
  if (readNamedBits(value.retagged(TAG.bitString)).size === 0) throw invalid("a list of reasons without a reason");
}
