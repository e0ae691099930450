/** `email`: an address; `uri`: what an automated identity is called; `subject`: a name that only its issuer explains. */
export type IdentityKind = "email" | "uri" | "subject";

/** What an identity token says about its holder. */
export interface IdentityFacts {
  /** The claim `iss`: who vouches for the identity. */
  readonly issuer: string;
  /** What Fulcio wants signed as proof of possession of the key: the address of an e-mail identity, else `sub`. */
  readonly subject: string;
  readonly kind: IdentityKind;
  /** Who it is, for people: what the certificate will name, as far as that is known. */
  readonly identity: string;
  /** The name that the certificate will carry, where it can be told beforehand. */
  readonly expectedIdentity: string | undefined;
  /** The issuer that the certificate will carry; not `issuer` where a federation is between; undefined where unknown. */
  readonly expectedIssuer: string | undefined;
  readonly expires: Date;
}

const PLACEHOLDER = "[identity token]";

/**
 * An identity token (OpenID Connect Core 1.0, section 2) that was read but not proven: its server
 * checks the signature. Any holder of the text can sign in this identity's name until it expires, so
 * the text leaves this object by `bearer()` only, never by printing, inspecting or serializing it.
 */
export class IdentityToken implements IdentityFacts {
  readonly #raw: string;
  readonly issuer: string;
  readonly subject: string;
  readonly kind: IdentityKind;
  readonly identity: string;
  readonly expectedIdentity: string | undefined;
  readonly expectedIssuer: string | undefined;
  readonly expires: Date;

  constructor(raw: string, facts: IdentityFacts) {
    this.#raw = raw;
    this.issuer = facts.issuer;
    this.subject = facts.subject;
    this.kind = facts.kind;
    this.identity = facts.identity;
    this.expectedIdentity = facts.expectedIdentity;
    this.expectedIssuer = facts.expectedIssuer;
    this.expires = facts.expires;
  }

  /** The token itself, for the request that needs it and for nothing else. */
  bearer(): string {
    return this.#raw;
  }

  toJSON(): string {
    return PLACEHOLDER;
  }

  toString(): string {
    return PLACEHOLDER;
  }

  [Symbol.for("nodejs.util.inspect.custom")](): string {
    return PLACEHOLDER;
  }
}
