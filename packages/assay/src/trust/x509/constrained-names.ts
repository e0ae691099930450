import { AssayError } from "../../core/error.ts";
import { type GeneralName, hostOf, isMailbox, malformation } from "./general-name.ts";
import { isWithinName, type DistinguishedName } from "./name.ts";
import { type NameConstraints, subtreeMalformation } from "./name-constraints.ts";
import type { WorkBudget } from "./work-budget.ts";

/**
 * A subtree of names. One that is malformed means nothing certain: as a permitted subtree it holds no
 * name of its form, as an excluded one all of them.
 */
interface Subtree {
  readonly base: GeneralName;
  readonly isMalformed: boolean;
}

/** The constraints of all CAs above a certificate, as section 6.1 carries them down a path. */
export class ConstrainedNames {
  /** One list for every CA that permits: a name must be within each that constrains its form. */
  readonly #permitted: (readonly Subtree[])[] = [];
  readonly #excluded: Subtree[] = [];
  #size = 0;

  /** Section 6.1.4 (g). */
  add({ permitted, excluded }: NameConstraints): void {
    if (permitted.length > 0) this.#permitted.push(permitted.map(subtree));
    for (const base of excluded) this.#excluded.push(subtree(base));
    this.#size += permitted.length + excluded.length;
  }

  /**
   * Section 6.1.3 (b) and (c), for the subject and the alternative names of one certificate. Mail
   * addresses in the subject count too, also beside alternative names, where RFC 5280 leaves it open.
   *
   * Throws CERTIFICATE_NAME_CONSTRAINT, and CERTIFICATE_PATH_WORK where names times constraints are too many.
   */
  check(subject: DistinguishedName, alternatives: readonly GeneralName[], budget: WorkBudget): void {
    if (this.#size === 0) return;
    const names = [...subjectNames(subject), ...alternatives];
    budget.spendNames(names.length * this.#size);
    for (const name of names) {
      const { form, isInSubtree, canBeInSubtree } = constrainable(name);
      const crossing = this.#excluded.find(({ base, isMalformed }) => base.type === form && (isMalformed || canBeInSubtree(base)));
      if (crossing !== undefined) throw outside(name, `is excluded by ${show(crossing.base)}`);
      for (const permitted of this.#permitted) {
        const bases = permitted.filter(({ base }) => base.type === form);
        if (bases.length > 0 && !bases.some(({ base, isMalformed }) => !isMalformed && isInSubtree(base)))
          throw outside(name, "is not among the names that its issuers may certify");
      }
    }
  }
}

function subtree(base: GeneralName): Subtree {
  return { base, isMalformed: subtreeMalformation(base) !== undefined };
}

const EMAIL_ADDRESS = "1.2.840.113549.1.9.1";
/** Mail addresses beyond ASCII: RFC 9598 puts them under the constraints on mail addresses. */
const SMTP_UTF8_MAILBOX = "1.3.6.1.5.5.7.8.9";

function subjectNames(subject: DistinguishedName): GeneralName[] {
  if (subject.keys.length === 0) return [];
  const mailboxes = subject.rdns.flat().filter(({ oid }) => oid === EMAIL_ADDRESS);
  return [
    { type: "directoryName", value: subject.rfc4514, name: subject },
    // A string type that is not compared as text holds no mailbox that can be compared.
    ...mailboxes.map(({ text, isComparedAsText }) => ({ type: "email" as const, value: isComparedAsText ? (text ?? "") : "" })),
  ];
}

/** A name taken apart once, for comparing it with any number of subtrees. */
interface Constrainable {
  /** The form of the subtrees that the name falls under. */
  readonly form: GeneralName["type"];
  /** Whether the name is surely within a subtree of its form. */
  readonly isInSubtree: (base: GeneralName) => boolean;
  /** Whether it may be: also where that cannot be told, as the certificate must then be refused (section 4.2.1.10). */
  readonly canBeInSubtree: (base: GeneralName) => boolean;
}

function constrainable(name: GeneralName): Constrainable {
  // What is not a name of its form cannot be compared with one.
  if (malformation(name) !== undefined) return comparable(name.type, undefined);
  switch (name.type) {
    case "dns":
      return constrainableHost(name.value.toLowerCase());
    case "email":
      return constrainableMailbox(name.value);
    case "uri": {
      const host = hostOf(name.value)?.toLowerCase();
      return comparable("uri", host === undefined ? undefined : (base) => isHostWithin(host, base.value.toLowerCase()));
    }
    case "ip":
      return comparable("ip", (base) => base.type === "ip" && isAddressWithin(name.bytes, base.bytes));
    case "directoryName":
      return comparable("directoryName", (base) => base.type === "directoryName" && isWithinName(name.name, base.name));
    case "otherName":
      return comparable(name.oid === SMTP_UTF8_MAILBOX ? "email" : "otherName", undefined);
    default:
      return comparable(name.type, undefined);
  }
}

/** `isInSubtree` undefined: such names cannot be compared, so they are within no permitted and within every excluded subtree. */
function comparable(form: GeneralName["type"], isInSubtree: ((base: GeneralName) => boolean) | undefined): Constrainable {
  return { form, isInSubtree: isInSubtree ?? (() => false), canBeInSubtree: isInSubtree ?? (() => true) };
}

/** Section 4.2.1.10: a DNS subtree is its base and whatever has more labels on the left. */
function constrainableHost(host: string): Constrainable {
  const isWildcard = host.startsWith("*.");
  // Whatever a wildcard matches is one label below its parent, and in the same subtrees.
  const parent = isWildcard ? host.slice(2) : host;
  const isInSubtree = ({ value }: GeneralName): boolean => {
    const base = value.toLowerCase();
    return base === "" || parent === base || parent.endsWith(`.${base}`);
  };
  const coversWildcard = ({ value }: GeneralName): boolean => isWildcard && value.toLowerCase().replace(/^[^.]+/, "") === `.${parent}`;
  return { form: "dns", isInSubtree, canBeInSubtree: (base) => isInSubtree(base) || coversWildcard(base) };
}

/** The local part is compared as it is, the host without case. */
function constrainableMailbox(mailbox: string): Constrainable {
  if (!isMailbox(mailbox)) return comparable("email", undefined);
  const [local = "", host = ""] = mailbox.split("@");
  const lowHost = host.toLowerCase();
  return comparable("email", ({ value }) => {
    const at = value.indexOf("@");
    const baseHost = value.slice(at + 1).toLowerCase();
    return at < 0 ? isHostWithin(lowHost, baseHost) : value.slice(0, at) === local && baseHost === lowHost;
  });
}

/** For mail and URIs: with a leading dot every host below, without it that one host. */
function isHostWithin(host: string, base: string): boolean {
  return base.startsWith(".") ? host.endsWith(base) : host === base;
}

function isAddressWithin(address: Uint8Array, range: Uint8Array): boolean {
  if (range.length !== 2 * address.length) return false;
  return address.every((octet, index) => {
    const mask = range[address.length + index] ?? 0;
    return (octet & mask) === ((range[index] ?? 0) & mask);
  });
}

function outside(name: GeneralName, why: string): AssayError {
  return new AssayError("CERTIFICATE_NAME_CONSTRAINT", `the name ${show(name)} in a certificate ${why}`);
}

function show({ type, value }: GeneralName): string {
  return `${type}:${value}`;
}
