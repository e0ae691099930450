import { AssayError } from "../../core/error.ts";
import { contextTag, invalid, type NoteDeparture, readDer, TAG } from "../../encoding/der.ts";
import { readOid, readSmallInteger } from "../../encoding/der-values.ts";

/** What a certificate says of the policies it was issued under: RFC 5280 sections 4.2.1.4, .5, .11 and .14. */
export interface Policies {
  readonly policies: readonly string[] | undefined;
  /** From the issuer's policy to those of the subject that are equivalent to it. */
  readonly mappings: ReadonlyMap<string, ReadonlySet<string>> | undefined;
  readonly requireExplicitPolicy?: number;
  readonly inhibitPolicyMapping?: number;
  readonly inhibitAnyPolicy: number | undefined;
}

const ANY_POLICY = "2.5.29.32.0";
/** id-qt-cps and id-qt-unotice: texts for people, the only qualifiers that the profile has. */
const QUALIFIERS = new Set(["1.3.6.1.5.5.7.2.1", "1.3.6.1.5.5.7.2.2"]);

/** Throws DER_INVALID; `critical` makes an unknown qualifier one too, as it would have to be understood. */
export function readCertificatePolicies(value: Uint8Array, critical: boolean, note?: NoteDeparture): readonly string[] {
  const list = readDer(value, note);
  const policies = list
    .in(TAG.sequence)
    .rest()
    .map((information) => {
      const fields = information.in(TAG.sequence);
      const policy = readOid(fields.next());
      const qualifiers = fields.optional(TAG.sequence)?.children().rest() ?? [];
      fields.end();
      for (const qualifier of qualifiers) {
        const oid = readOid(qualifier.in(TAG.sequence).next());
        if (critical && !QUALIFIERS.has(oid)) throw invalid(`a critical policy with the unknown qualifier ${oid}`);
      }
      return policy;
    });
  if (policies.length === 0) throw invalid("an empty list of certificate policies");
  if (new Set(policies).size !== policies.length) list.depart("a certificate policy twice");
  return policies;
}

/** Throws DER_INVALID, also for a mapping from or to anyPolicy (section 6.1.4 (a)). */
export function readPolicyMappings(value: Uint8Array, note?: NoteDeparture): ReadonlyMap<string, ReadonlySet<string>> {
  const mappings = new Map<string, Set<string>>();
  for (const mapping of readDer(value, note).in(TAG.sequence).rest()) {
    const fields = mapping.in(TAG.sequence);
    const [from, to] = [readOid(fields.next()), readOid(fields.next())];
    fields.end();
    if (from === ANY_POLICY || to === ANY_POLICY) throw invalid("a policy mapping from or to anyPolicy");
    mappings.set(from, (mappings.get(from) ?? new Set()).add(to));
  }
  if (mappings.size === 0) throw invalid("an empty list of policy mappings");
  return mappings;
}

export function readPolicyConstraints(
  value: Uint8Array,
  note?: NoteDeparture,
): { requireExplicitPolicy?: number; inhibitPolicyMapping?: number } {
  const list = readDer(value, note);
  const fields = list.in(TAG.sequence);
  const [explicit, mapping] = [fields.optional(contextTag(0, false)), fields.optional(contextTag(1, false))];
  fields.end();
  if (explicit === undefined && mapping === undefined) list.depart("policy constraints that constrain nothing");
  return {
    ...(explicit && { requireExplicitPolicy: readSmallInteger(explicit, contextTag(0, false)) }),
    ...(mapping && { inhibitPolicyMapping: readSmallInteger(mapping, contextTag(1, false)) }),
  };
}

export function readInhibitAnyPolicy(value: Uint8Array, note?: NoteDeparture): number {
  return readSmallInteger(readDer(value, note));
}

/**
 * Policy processing of section 6.1, for a caller who accepts any policy.
 *
 * Then only one thing can go wrong: a CA demands that some policy be valid along the whole path, and
 * none is. So instead of the tree, whose size an attacker could choose, only the policies that the next
 * certificate may name are carried along (RFC 9618 shows that nothing more is needed).
 */
export class ValidPolicies {
  /** The expected policies of the deepest level. Empty is the tree NULL. */
  #expected: ReadonlySet<string> = new Set([ANY_POLICY]);
  #explicitPolicy = Infinity;
  #policyMapping = Infinity;
  #inhibitAnyPolicy = Infinity;

  /** Sections 6.1.3 (d) to (f): a certificate below the anchor. Throws CERTIFICATE_POLICY. */
  enter({ policies }: Policies, exempt: boolean): void {
    this.#expected = policies === undefined ? new Set() : this.#narrow(policies, exempt);
    if (this.#explicitPolicy <= 0) this.#demand();
  }

  /** Section 6.1.4 (a), (b) and (h) to (j): on the way from a CA, the anchor too, to what it issued. */
  leave({ policies, mappings, ...constraints }: Policies, { isAnchor, isSelfIssued }: { isAnchor: boolean; isSelfIssued: boolean }): void {
    if (isAnchor && policies !== undefined) this.#expected = new Set(policies);
    if (mappings !== undefined) this.#map(mappings);
    if (!isSelfIssued && !isAnchor) {
      this.#explicitPolicy = Math.max(0, this.#explicitPolicy - 1);
      this.#policyMapping = Math.max(0, this.#policyMapping - 1);
      this.#inhibitAnyPolicy = Math.max(0, this.#inhibitAnyPolicy - 1);
    }
    this.#explicitPolicy = Math.min(this.#explicitPolicy, constraints.requireExplicitPolicy ?? Infinity);
    this.#policyMapping = Math.min(this.#policyMapping, constraints.inhibitPolicyMapping ?? Infinity);
    this.#inhibitAnyPolicy = Math.min(this.#inhibitAnyPolicy, constraints.inhibitAnyPolicy ?? Infinity);
  }

  /** Section 6.1.5 (a), (b) and (g): after the leaf was entered. Throws CERTIFICATE_POLICY. */
  conclude({ requireExplicitPolicy }: Policies): void {
    if (this.#explicitPolicy <= 1 || requireExplicitPolicy === 0) this.#demand();
  }

  #demand(): void {
    if (this.#expected.size > 0) return;
    throw new AssayError("CERTIFICATE_POLICY", "no certificate policy holds along the whole path, as a CA requires");
  }

  #narrow(policies: readonly string[], exempt: boolean): ReadonlySet<string> {
    const isAnyExpected = this.#expected.has(ANY_POLICY);
    const valid = new Set(policies.filter((policy) => policy !== ANY_POLICY && (isAnyExpected || this.#expected.has(policy))));
    if (policies.includes(ANY_POLICY) && (this.#inhibitAnyPolicy > 0 || exempt)) for (const policy of this.#expected) valid.add(policy);
    return valid;
  }

  #map(mappings: ReadonlyMap<string, ReadonlySet<string>>): void {
    const expected = new Set(this.#expected);
    const isAnyExpected = expected.has(ANY_POLICY);
    for (const from of mappings.keys()) expected.delete(from);
    if (this.#policyMapping > 0) {
      for (const [from, to] of mappings) {
        if (isAnyExpected || this.#expected.has(from)) for (const policy of to) expected.add(policy);
      }
    }
    this.#expected = expected;
  }
}
