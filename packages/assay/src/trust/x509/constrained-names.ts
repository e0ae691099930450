import { AssayError } from "../../core/error.ts";
import { type GeneralName, hostOf, isMailbox, malformation } from "./general-name.ts";
import { isWithin, type Name } from "./name.ts";
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
  /** One list for every CA that permits: a name must lie in each, where the list speaks of its form. */
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
  check(subject: Name, alternatives: readonly GeneralName[], budget: WorkBudget): void {
    if (this.#size === 0) return;
    const names = [...subjectNames(subject), ...alternatives];
    budget.spendNames(names.length * this.#size);
    for (const name of names) {
      const { form, liesIn, canLieIn } = constrainable(name);
      const crossing = this.#excluded.find(({ base, isMalformed }) => base.type === form && (isMalformed || canLieIn(base)));
      if (crossing !== undefined) throw outside(name, `is excluded by ${show(crossing.base)}`);
      for (const permitted of this.#permitted) {
        const bases = permitted.filter(({ base }) => base.type === form);
        if (bases.length > 0 && !bases.some(({ base, isMalformed }) => !isMalformed && liesIn(base)))
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

function subjectNames(subject: Name): GeneralName[] {
  if (subject.keys.length === 0) return [];
  const mailboxes = subject.rdns.flat().filter(({ oid }) => oid === EMAIL_ADDRESS);
  return [
    { type: "directoryName", value: subject.rfc4514, name: subject },
    // A string type that is not compared as text holds no mailbox that can be judged.
    ...mailboxes.map(({ text, isComparedAsText }) => ({ type: "email" as const, value: isComparedAsText ? (text ?? "") : "" })),
  ];
}

/** A name taken apart once, for comparing it with any number of subtrees. */
interface Constrainable {
  /** The form of the subtrees that the name falls under. */
  readonly form: GeneralName["type"];
  /** Whether the name surely lies in a subtree of its form. */
  readonly liesIn: (base: GeneralName) => boolean;
  /** Whether it may: also where that cannot be judged, for then the certificate must be refused (section 4.2.1.10). */
  readonly canLieIn: (base: GeneralName) => boolean;
}

function constrainable(name: GeneralName): Constrainable {
  // What is not a name of its form cannot be compared with one.
  if (malformation(name) !== undefined) return judged(name.type, undefined);
  switch (name.type) {
    case "dns":
      return constrainableHost(name.value.toLowerCase());
    case "email":
      return constrainableMailbox(name.value);
    case "uri": {
      const host = hostOf(name.value)?.toLowerCase();
      return judged("uri", host === undefined ? undefined : (base) => hostLiesIn(host, base.value.toLowerCase()));
    }
    case "ip":
      return judged("ip", (base) => base.type === "ip" && addressLiesIn(name.bytes, base.bytes));
    case "directoryName":
      return judged("directoryName", (base) => base.type === "directoryName" && isWithin(name.name, base.name));
    case "otherName":
      return judged(name.oid === SMTP_UTF8_MAILBOX ? "email" : "otherName", undefined);
    default:
      return judged(name.type, undefined);
  }
}

/** `liesIn` undefined: nobody here can compare such names, so they lie in no permitted and in every excluded subtree. */
function judged(form: GeneralName["type"], liesIn: ((base: GeneralName) => boolean) | undefined): Constrainable {
  return { form, liesIn: liesIn ?? (() => false), canLieIn: liesIn ?? (() => true) };
}

/** Section 4.2.1.10: a DNS subtree is its base and whatever has more labels on the left. */
function constrainableHost(host: string): Constrainable {
  const isWildcard = host.startsWith("*.");
  // Whatever a wildcard stands for lies where its parent does, and one label below the parent.
  const parent = isWildcard ? host.slice(2) : host;
  const liesIn = ({ value }: GeneralName): boolean => {
    const base = value.toLowerCase();
    return base === "" || parent === base || parent.endsWith(`.${base}`);
  };
  const stands = ({ value }: GeneralName): boolean => isWildcard && value.toLowerCase().replace(/^[^.]+/, "") === `.${parent}`;
  return { form: "dns", liesIn, canLieIn: (base) => liesIn(base) || stands(base) };
}

/** The local part is compared as it is, the host without case. */
function constrainableMailbox(mailbox: string): Constrainable {
  if (!isMailbox(mailbox)) return judged("email", undefined);
  const [local = "", host = ""] = mailbox.split("@");
  const lowHost = host.toLowerCase();
  return judged("email", ({ value }) => {
    const at = value.indexOf("@");
    const baseHost = value.slice(at + 1).toLowerCase();
    return at < 0 ? hostLiesIn(lowHost, baseHost) : value.slice(0, at) === local && baseHost === lowHost;
  });
}

/** For mail and URIs: with a leading dot every host below, without it that one host. */
function hostLiesIn(host: string, base: string): boolean {
  return base.startsWith(".") ? host.endsWith(base) : host === base;
}

function addressLiesIn(address: Uint8Array, range: Uint8Array): boolean {
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
