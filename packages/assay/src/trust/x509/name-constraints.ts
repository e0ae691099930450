import { AssayError } from "../../error.ts";
import { contextTag, type DerReader, invalid, readDer, TAG } from "../../encoding/der.ts";
import { type GeneralName, hostOf, isHostName, isMailbox, readGeneralName } from "./general-name.ts";
import { isWithin } from "./name.ts";

/** The names below a CA: RFC 5280 section 4.2.1.10. */
export interface NameConstraints {
  readonly permitted: readonly GeneralName[];
  readonly excluded: readonly GeneralName[];
}

/** Reads NameConstraints. Throws DER_INVALID, also for minimum and maximum, which the profile does not use. */
export function readNameConstraints(value: Uint8Array): NameConstraints {
  const fields = readDer(value).in(TAG.sequence);
  const permitted = fields.optional(contextTag(0, true))?.children();
  const excluded = fields.optional(contextTag(1, true))?.children();
  fields.end();
  if (permitted === undefined && excluded === undefined) throw invalid("name constraints that constrain nothing");
  return { permitted: readSubtrees(permitted), excluded: readSubtrees(excluded) };
}

function readSubtrees(subtrees: DerReader | undefined): GeneralName[] {
  if (subtrees === undefined) return [];
  const bases = subtrees.rest().map((subtree) => {
    const fields = subtree.in(TAG.sequence);
    const base = readGeneralName(fields.next());
    fields.end();
    const why = constraintMalformation(base);
    if (why !== undefined) throw invalid(`the name constraint ${JSON.stringify(base.value)} ${why}`);
    return base;
  });
  if (bases.length === 0) throw invalid("an empty list of subtrees");
  return bases;
}

/** Why a constraint is none: wildcards and leading periods belong to other formats, addresses need a mask. */
function constraintMalformation(base: GeneralName): string | undefined {
  switch (base.type) {
    case "dns":
      return base.value === "" || isHostName(base.value) ? undefined : "is not a host name";
    case "email":
      return isMailbox(base.value) || isHostName(base.value.replace(/^\./, "")) ? undefined : "is neither a mailbox nor a host or domain";
    case "uri":
      return isHostName(base.value.replace(/^\./, "")) ? undefined : "is neither a host nor a domain";
    case "ip":
      return isAddressRange(base.bytes) ? undefined : "is not an address and a mask";
    default:
      return undefined;
  }
}

/** An address and a mask of the same length, the mask ones and then zeros (RFC 4632). */
function isAddressRange(bytes: Uint8Array): boolean {
  if (bytes.length !== 8 && bytes.length !== 32) return false;
  const mask = [...bytes.subarray(bytes.length / 2)].map((octet) => octet.toString(2).padStart(8, "0")).join("");
  return /^1*0*$/.test(mask);
}

/** Comparisons of names with constraints in one search for a path: a bound on what huge lists cost. */
export class ComparisonBudget {
  #left = 250_000;

  /** Throws CERTIFICATE_PATH_WORK when there is nothing left. */
  spend(comparisons: number): void {
    this.#left -= comparisons;
    if (this.#left < 0) throw new AssayError("CERTIFICATE_PATH_WORK", "the certificates hold too many names and name constraints to compare");
  }
}

/**
 * Throws CERTIFICATE_NAME_CONSTRAINT where a CA may not vouch for one of `names`. RFC 5280 section 6.1.4(g):
 * every name is outside every excluded subtree, and inside a permitted one if there are any of its form.
 */
export function checkNames(names: readonly GeneralName[], constraints: NameConstraints, budget: ComparisonBudget): void {
  budget.spend(names.length * (constraints.permitted.length + constraints.excluded.length));
  for (const name of names) {
    const forbidding = constraints.excluded.find((base) => base.type === name.type && overlaps(name, base));
    if (forbidding !== undefined) {
      throw new AssayError("CERTIFICATE_NAME_CONSTRAINT", `a CA on the path may not vouch for ${name.value}: ${forbidding.value || "everything"} is excluded`);
    }
    const bases = constraints.permitted.filter((base) => base.type === name.type);
    if (bases.length > 0 && !bases.some((base) => contains(base, name))) {
      throw new AssayError("CERTIFICATE_NAME_CONSTRAINT", `a CA on the path may not vouch for ${name.value}: it is in no permitted subtree`);
    }
  }
}

/** Whether every name that `name` stands for is in the subtree. */
function contains(base: GeneralName, name: GeneralName): boolean {
  if (base.type === "dns" && name.type === "dns") return isInDomain(name.value.replace(/^\*\./, ""), base.value);
  return matches(base, name, false);
}

/** Whether any name that `name` stands for is in the subtree: a wildcard stands for many. */
function overlaps(name: GeneralName, base: GeneralName): boolean {
  if (base.type === "dns" && name.type === "dns" && name.value.startsWith("*.")) {
    const domain = name.value.slice(2);
    return isInDomain(domain, base.value) || isInDomain(base.value, domain);
  }
  return matches(base, name, true);
}

/** `unclear` is the answer where a form is not understood: neither permitted nor allowed past an exclusion. */
function matches(base: GeneralName, name: GeneralName, unclear: boolean): boolean {
  if (base.type === "dns" && name.type === "dns") return isInDomain(name.value, base.value);
  if (base.type === "email" && name.type === "email") return mailboxMatches(name.value, base.value);
  if (base.type === "uri" && name.type === "uri") {
    const host = hostOf(name.value);
    return host === undefined ? unclear : hostMatches(host, base.value);
  }
  if (base.type === "ip" && name.type === "ip") return addressMatches(name.bytes, base.bytes);
  if (base.type === "directoryName" && name.type === "directoryName") return isWithin(name.name, base.name);
  return unclear;
}

/** The host itself or one below it; an empty base is every host. */
function isInDomain(host: string, base: string): boolean {
  const [lowerHost, lowerBase] = [host.toLowerCase(), base.toLowerCase()];
  return lowerBase === "" || lowerHost === lowerBase || lowerHost.endsWith(`.${lowerBase}`);
}

/** A base with a leading period is every host below it, else it is that one host. */
function hostMatches(host: string, base: string): boolean {
  const [lowerHost, lowerBase] = [host.toLowerCase(), base.toLowerCase()];
  return lowerBase.startsWith(".") ? lowerHost.endsWith(lowerBase) : lowerHost === lowerBase;
}

function mailboxMatches(mailbox: string, base: string): boolean {
  const [local, host] = splitAtLast(mailbox);
  if (!base.includes("@")) return hostMatches(host, base);
  const [baseLocal, baseHost] = splitAtLast(base);
  return local === baseLocal && host.toLowerCase() === baseHost.toLowerCase();
}

function splitAtLast(mailbox: string): [string, string] {
  const at = mailbox.lastIndexOf("@");
  return [mailbox.slice(0, at), mailbox.slice(at + 1)];
}

function addressMatches(address: Uint8Array, range: Uint8Array): boolean {
  if (range.length !== 2 * address.length) return false;
  return address.every((octet, index) => {
    const mask = range[address.length + index] ?? 0;
    return (octet & mask) === ((range[index] ?? 0) & mask);
  });
}
