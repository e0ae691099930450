import { asAssayError, AssayError } from "../../error.ts";
import { type Certificate, isSignedBy } from "./certificate.ts";
import type { Issuer, Issuers } from "./issuers.ts";

export interface SearchRules {
  readonly issuers: Issuers;
  readonly maxIntermediates: number;
  /** Throws where a certificate may not issue others. */
  readonly acceptIssuer: (certificate: Certificate, isAnchor: boolean) => Promise<void>;
  /** Throws where the certificates of a whole path do not go together. */
  readonly acceptPath: (path: readonly Certificate[]) => void;
}

/** Bounds on hostile candidates: no honest set of certificates comes near. A signature check takes up to 2 ms. */
const MAX_SIGNATURE_CHECKS = 200;
const MAX_STEPS = 2000;
const MAX_PATH_LENGTH = 64;

/** How much a failure tells: a whole path that fails a rule most, then the deeper ones, then the more specific. */
const WHOLE_PATH = 1_000_000;
const RULE = 3;
const SIGNATURE = 2;
const NO_ISSUER = 1;

/** Looks for a path, depth first, from a leaf upwards. One use each. */
export class PathSearch {
  readonly #rules: SearchRules;
  readonly #accepted = new Map<Issuer, Promise<void>>();
  readonly #signatures = new Map<string, Promise<boolean>>();
  readonly #numbers = new Map<unknown, number>();
  #steps = 0;
  #best: { readonly telling: number; readonly error: AssayError } | undefined;

  constructor(rules: SearchRules) {
    this.#rules = rules;
  }

  /** The first path that holds, leaf first, anchor last. Throws the most telling reason where none does. */
  async from(leaf: Certificate): Promise<readonly Certificate[]> {
    const path = await this.#extend([leaf], []);
    if (path !== undefined) return path;
    throw this.#best?.error ?? new AssayError("CERTIFICATE_PATH_NOT_FOUND", "no path leads from the certificate to an anchor");
  }

  /** `above` are the CAs over the leaf, which is the first of `path`. */
  async #extend(path: readonly Certificate[], above: readonly Issuer[]): Promise<readonly Certificate[] | undefined> {
    const current = path.at(-1);
    if (current === undefined) return undefined;
    const issuers = this.#rules.issuers.of(current);
    if (issuers.length === 0) this.#note(above.length, NO_ISSUER, noIssuer(current));
    for (const issuer of issuers) {
      // A CA that is on the path already would only make a detour back to itself.
      if (above.some(({ identity }) => identity === issuer.identity)) continue;
      this.#steps += 1;
      if (this.#steps > MAX_STEPS) throw tooMuch("ways through the certificates");
      const found = await this.#tryIssuer(path, above, current, issuer);
      if (found !== undefined) return found;
    }
    return undefined;
  }

  async #tryIssuer(
    path: readonly Certificate[],
    above: readonly Issuer[],
    current: Certificate,
    issuer: Issuer,
  ): Promise<readonly Certificate[] | undefined> {
    const depth = above.length;
    try {
      if (!issuer.isAnchor) this.#checkLength(path, above, issuer);
      await this.#accept(issuer);
      if (!(await this.#isSigned(current, issuer))) {
        this.#note(depth, SIGNATURE, badSignature(current, issuer));
        return undefined;
      }
    } catch (error) {
      this.#note(depth, RULE, rethrowIfFinal(error));
      return undefined;
    }
    const longer = [...path, issuer.certificate];
    if (!issuer.isAnchor) return this.#extend(longer, [...above, issuer]);
    try {
      this.#rules.acceptPath(longer);
      return longer;
    } catch (error) {
      this.#note(depth, WHOLE_PATH, rethrowIfFinal(error));
      return undefined;
    }
  }

  #checkLength(path: readonly Certificate[], above: readonly Issuer[], issuer: Issuer): void {
    const counted = [...above, issuer].filter(({ certificate }) => !certificate.isSelfIssued).length;
    if (counted > this.#rules.maxIntermediates || path.length >= MAX_PATH_LENGTH) {
      throw new AssayError("CERTIFICATE_PATH_LENGTH", `the path has over ${this.#rules.maxIntermediates} CAs between the leaf and an anchor`);
    }
  }

  #accept(issuer: Issuer): Promise<void> {
    const known = this.#accepted.get(issuer);
    if (known !== undefined) return known;
    const answer = this.#rules.acceptIssuer(issuer.certificate, issuer.isAnchor);
    this.#accepted.set(issuer, answer);
    return answer;
  }

  #isSigned(certificate: Certificate, issuer: Issuer): Promise<boolean> {
    const key = `${this.#number(certificate)} ${this.#number(issuer.identity)}`;
    const known = this.#signatures.get(key);
    if (known !== undefined) return known;
    if (this.#signatures.size >= MAX_SIGNATURE_CHECKS) throw tooMuch("signatures to check between the certificates");
    const answer = isSignedByIssuer(certificate, issuer);
    this.#signatures.set(key, answer);
    return answer;
  }

  #number(thing: unknown): number {
    const number = this.#numbers.get(thing) ?? this.#numbers.size;
    this.#numbers.set(thing, number);
    return number;
  }

  #note(depth: number, weight: number, error: AssayError): void {
    const telling = depth * 10 + weight;
    if (this.#best === undefined || telling > this.#best.telling) this.#best = { telling, error };
  }
}

async function isSignedByIssuer(certificate: Certificate, issuer: Issuer): Promise<boolean> {
  return isSignedBy(certificate, issuer.publicKey());
}

/** A used-up bound ends the search: it must not look like one more way that did not work. */
function rethrowIfFinal(thrown: unknown): AssayError {
  const error = asAssayError(thrown);
  if (error.code === "CERTIFICATE_PATH_WORK" || error.code === "INTERNAL" || error.code === "USAGE") throw error;
  return error;
}

function noIssuer({ issuer, subject, authorityKeyIdentifier }: Certificate): AssayError {
  const key = authorityKeyIdentifier === undefined ? "" : ", with the key that it asks for,";
  return new AssayError(
    "CERTIFICATE_PATH_NOT_FOUND",
    `the certificate of ${subject.rfc4514 || "nobody"} was issued by ${issuer.rfc4514}, and that one${key} is not among the certificates given`,
    { hint: "add it with --certificate-chain; it is trusted only if it is a root" },
  );
}

function badSignature({ subject }: Certificate, issuer: Issuer): AssayError {
  return new AssayError(
    "CERTIFICATE_SIGNATURE",
    `the certificate of ${subject.rfc4514 || "nobody"} names ${issuer.certificate.subject.rfc4514} as its issuer, whose key did not sign it`,
  );
}

function tooMuch(what: string): AssayError {
  return new AssayError("CERTIFICATE_PATH_WORK", `there are too many ${what}: the search for a path was given up`);
}
