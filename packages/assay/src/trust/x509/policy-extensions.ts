import { contextTag, readDer, TAG } from "../../encoding/der.ts";
import { readOid, readSmallInteger } from "../../encoding/der-values.ts";
import { EXTENSION, type Extension } from "./extensions.ts";

/** What a certificate says about policies: RFC 5280 sections 4.2.1.4, 4.2.1.5, 4.2.1.11 and 4.2.1.14. */
export interface PolicyExtensions {
  /** Object identifiers; empty where there is no such extension. */
  readonly policies: ReadonlySet<string>;
  /** The policies of the issuer's domain that are mapped to others. */
  readonly mapped: ReadonlySet<string>;
  /** After how many certificates a policy must hold, and anyPolicy stops to count. */
  readonly requireExplicit: number | undefined;
  readonly inhibitAny: number | undefined;
}

/** Throws DER_INVALID. */
export function readPolicyExtensions(extensions: ReadonlyMap<string, Extension>): PolicyExtensions {
  const read = (oid: string): Uint8Array | undefined => extensions.get(oid)?.value;
  const inhibit = read(EXTENSION.inhibitAnyPolicy);
  return {
    policies: firstIdentifiers(read(EXTENSION.certificatePolicies)),
    mapped: firstIdentifiers(read(EXTENSION.policyMappings)),
    requireExplicit: readRequireExplicit(read(EXTENSION.policyConstraints)),
    inhibitAny: inhibit === undefined ? undefined : readSmallInteger(readDer(inhibit)),
  };
}

/** The first identifier of every entry of a sequence of sequences: a policy, or the left side of a mapping. */
function firstIdentifiers(value: Uint8Array | undefined): ReadonlySet<string> {
  if (value === undefined) return new Set();
  const entries = readDer(value).in(TAG.sequence).rest();
  return new Set(entries.map((entry) => readOid(entry.in(TAG.sequence).next())));
}

function readRequireExplicit(value: Uint8Array | undefined): number | undefined {
  if (value === undefined) return undefined;
  const fields = readDer(value).in(TAG.sequence);
  const explicit = fields.optional(contextTag(0, false));
  fields.optional(contextTag(1, false));
  fields.end();
  return explicit === undefined ? undefined : readSmallInteger(explicit, contextTag(0, false));
}
