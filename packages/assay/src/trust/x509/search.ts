import { AssayError, reworded } from "../../core/error.ts";
import { parsePublicKey } from "../public-key.ts";
import { type Certificate, isSignedBy } from "./certificate.ts";
import { checkIssuerRules, type PathContext } from "./issuer-rules.ts";
import type { Issuer, Issuers } from "./issuers.ts";
import { checkPathRules } from "./path-rules.ts";
import { describeCertificate, certificateRefusal } from "./refusal.ts";

/** Self-issued CAs do not count as intermediates, so that the path itself needs a bound. */
const MAX_PATH = 50;

/** How much a failure tells: a complete path that breaks a rule most, then the longer ones, then the more specific. */
const COMPLETE = 10 * (MAX_PATH + 1);
const TELLING = { noIssuer: 0, otherKey: 1, badSignature: 2, ownIssuer: 3, rule: 4 } as const;

/**
 * Looks depth first for a path from a leaf up to an anchor that holds: RFC 4158 sections 2.4 and 5.2.
 * One use each.
 */
export class PathSearch {
  readonly #issuers: Issuers;
  readonly #context: PathContext;
  readonly #maxIntermediates: number;
  readonly #checked = new Map<Issuer, Promise<AssayError | undefined>>();
  readonly #signatures = new Map<Certificate, Map<Issuer, Promise<AssayError | undefined>>>();
  #best: { readonly telling: number; readonly error: AssayError } | undefined;
  /** Whether namesakes of an issuer are tried that say themselves that they have another key, and whether there were any. */
  #triesOtherKeys = false;
  #hasOtherKeys = false;

  constructor(issuers: Issuers, context: PathContext, maxIntermediates: number) {
    this.#issuers = issuers;
    this.#context = context;
    this.#maxIntermediates = maxIntermediates;
  }

  /** The first path that holds, leaf first, anchor last. Throws the most telling reason where none does. */
  async from(leaf: Certificate): Promise<readonly Certificate[]> {
    const path = (await this.#extend([leaf], [])) ?? (await this.#pastKeyIdentifiers(leaf));
    if (path !== undefined) return path;
    const error = this.#best?.error ?? new AssayError("CERTIFICATE_PATH_NOT_FOUND", "no path leads from the certificate to an anchor");
    const { unreadable } = this.#issuers;
    if (error.code !== "CERTIFICATE_PATH_NOT_FOUND" || unreadable === undefined) throw error;
    throw reworded(error, `${error.message}; one that was given cannot be read: ${unreadable.message}`);
  }

  /**
   * The same without regard to key identifiers: they are there to find a path, and section 6 does not ask for
   * them. A failure on the way, at the limits on the work too, explains nothing better than the first search does.
   */
  async #pastKeyIdentifiers(leaf: Certificate): Promise<readonly Certificate[] | undefined> {
    if (!this.#hasOtherKeys || this.#context.profile === "strict") return undefined;
    this.#triesOtherKeys = true;
    try {
      return await this.#extend([leaf], []);
    } catch (error) {
      if (error instanceof AssayError) return undefined;
      throw error;
    }
  }

  /** `above` are the CAs over the leaf, which is the first of `path`. */
  async #extend(path: readonly Certificate[], above: readonly Issuer[]): Promise<readonly Certificate[] | undefined> {
    const last = path.at(-1);
    if (last === undefined) return undefined;
    const { fitting, otherKeys } = this.#issuers.of(last);
    // RFC 4158 section 2.4.1: the same CA again leads nowhere that was not open before.
    this.#hasOtherKeys ||= otherKeys.length > 0;
    const open = [...fitting, ...(this.#triesOtherKeys ? otherKeys : [])].filter(({ ca }) => !above.some((other) => other.ca === ca));
    let isSigned = false;
    for (const issuer of open) {
      this.#context.budget.spendStep();
      // The signature first: what is wrong with a namesake that signed nothing is of no interest.
      const problem = (await this.#checkSignature(last, issuer)) ?? (await this.#checkIssuer(issuer));
      isSigned ||= problem?.code !== "CERTIFICATE_SIGNATURE";
      if (problem !== undefined) {
        this.#note(10 * path.length + (problem.code === "CERTIFICATE_SIGNATURE" ? TELLING.badSignature : TELLING.rule), problem);
        continue;
      }
      const found = await this.#follow([...path, issuer.certificate], [...above, issuer], issuer);
      if (found !== undefined) return found;
    }
    if (open.length === 0) this.#noteDeadEnd(last, path.length, otherKeys.length > 0 && fitting.length === 0);
    else if (last.isSelfIssued && !isSigned) this.#noteOwnIssuer(last, path.length);
    return undefined;
  }

  async #follow(
    path: readonly Certificate[],
    above: readonly Issuer[],
    { certificate, isAnchor }: Issuer,
  ): Promise<readonly Certificate[] | undefined> {
    if (isAnchor) return this.#conclude(path);
    const counted = above.filter((issuer) => !issuer.certificate.isSelfIssued).length;
    if (counted <= this.#maxIntermediates && path.length < MAX_PATH) return this.#extend(path, above);
    const problem = `is below more than ${this.#maxIntermediates} intermediate certificates, and no anchor before it`;
    this.#note(10 * path.length + TELLING.rule, certificateRefusal(certificate, "CERTIFICATE_PATH_LENGTH", problem));
    return undefined;
  }

  #conclude(path: readonly Certificate[]): readonly Certificate[] | undefined {
    this.#context.budget.spendPath();
    try {
      checkPathRules(path, this.#context.budget);
      return path;
    } catch (error) {
      this.#note(COMPLETE, orRethrow(error));
      return undefined;
    }
  }

  /** Why an issuer may not be on any path; every one is checked once. */
  #checkIssuer(issuer: Issuer): Promise<AssayError | undefined> {
    const known = this.#checked.get(issuer) ?? problemOf(() => checkIssuerRules(issuer, this.#context));
    this.#checked.set(issuer, known);
    return known;
  }

  /** Why the issuer's key does not verify the certificate; every pair is verified once. */
  #checkSignature(certificate: Certificate, issuer: Issuer): Promise<AssayError | undefined> {
    const known = this.#signatures.get(certificate) ?? new Map<Issuer, Promise<AssayError | undefined>>();
    this.#signatures.set(certificate, known);
    const result = known.get(issuer) ?? problemOf(() => this.#verify(certificate, issuer.certificate));
    known.set(issuer, result);
    return result;
  }

  async #verify(certificate: Certificate, issuer: Certificate): Promise<void> {
    const key = parsePublicKey(issuer.spki);
    this.#context.budget.spendSignature(key);
    const problem = `is not signed by the key of its issuer ${describeCertificate(issuer)}`;
    try {
      if (await isSignedBy(certificate, key)) return;
    } catch (error) {
      // What is not even encoded as a signature by such a key was made by another one, or by none.
      const isOther = error instanceof AssayError && (error.code === "SIGNATURE_ENCODING" || error.code === "SIGNATURE_INVALID");
      throw isOther ? certificateRefusal(certificate, "CERTIFICATE_SIGNATURE", `${problem}: ${error.message}`) : error;
    }
    throw certificateRefusal(certificate, "CERTIFICATE_SIGNATURE", problem);
  }

  #noteDeadEnd(certificate: Certificate, depth: number, isOtherKey: boolean): void {
    if (certificate.isSelfIssued && !isOtherKey) {
      this.#noteOwnIssuer(certificate, depth);
      return;
    }
    const others = isOtherKey ? "with another key than the certificates of that name hold" : "which is not among the certificates given";
    const problem = `was issued by "${certificate.issuer.rfc4514}", ${others}`;
    const telling = isOtherKey ? TELLING.otherKey : TELLING.noIssuer;
    this.#note(
      10 * depth + telling,
      certificateRefusal(certificate, "CERTIFICATE_PATH_NOT_FOUND", problem, { remedy: "add-chain-certificate" }),
    );
  }

  /** Namesakes that did not sign it do not explain a certificate that names itself. */
  #noteOwnIssuer(certificate: Certificate, depth: number): void {
    const problem = "is self-issued, and is not among the trusted certificates";
    this.#note(10 * depth + TELLING.ownIssuer, certificateRefusal(certificate, "CERTIFICATE_PATH_NOT_FOUND", problem));
  }

  #note(telling: number, error: AssayError): void {
    if (this.#triesOtherKeys) return;
    if (this.#best === undefined || telling > this.#best.telling) this.#best = { telling, error };
  }
}

async function problemOf(check: () => Promise<void>): Promise<AssayError | undefined> {
  try {
    await check();
    return undefined;
  } catch (error) {
    return orRethrow(error);
  }
}

/** A limit that is used up ends the search: it must not look like one more way that did not work. */
function orRethrow(error: unknown): AssayError {
  if (!(error instanceof AssayError) || error.code === "CERTIFICATE_PATH_WORK") throw error;
  return error;
}
