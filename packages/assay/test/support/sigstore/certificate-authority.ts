import { type KeyObject, randomBytes } from "node:crypto";
import { sequence, utf8 } from "../der-writer.ts";
import {
  type CertificateRecipe,
  email,
  makeCa,
  makeCertificate,
  type MadeCertificate,
  type MadeExtension,
  name,
  newKey,
  otherName,
  uri,
} from "../x509/make.ts";
import { type CtLog, sctList, type SctRecipe, serializeSct, signSct } from "./ct-log.ts";
import { sha256 } from "./octets.ts";

export interface CertificateAuthority {
  readonly root: MadeCertificate;
  readonly intermediate: MadeCertificate;
}

/** Whom a leaf names: an e-mail address, a URI, or the kind of name that Fulcio made up for user names. */
export type Identity = { readonly email: string } | { readonly uri: string } | { readonly otherName: string };

/** What Fulcio writes into a leaf: https://github.com/sigstore/fulcio/blob/main/docs/oid-info.md */
export interface LeafRequest {
  readonly identity: Identity;
  readonly issuer: string;
  readonly at: Date;
  /** The signer's key pair, or only its public half. */
  readonly key: KeyObject;
  /** Whether the issuer is in .1 (raw) and in .8 (UTF8String), or another text in one of them. */
  readonly issuerExtensions?: { readonly v1?: string | null; readonly v2?: string | null };
  /** More of Fulcio's extensions by their last arc, from 9 on, as UTF8String. */
  readonly claims?: Readonly<Record<number, string>>;
  /** One for each recipe, one without recipes; null leaves the extension out. */
  readonly scts?: readonly SctRecipe[] | null;
  readonly tamperSctList?: (list: Uint8Array) => Uint8Array;
  /** Laid over the leaf's own recipe: other names, purposes, times. `extra` comes before the SCTs. */
  readonly recipe?: CertificateRecipe;
}

const FULCIO = "1.3.6.1.4.1.57264.1";
export const FULCIO_OTHER_NAME = `${FULCIO}.7`;
const SCT_LIST = "1.3.6.1.4.1.11129.2.4.2";
const TEN_MINUTES = 600_000;

export interface AuthorityRecipe {
  readonly key?: Parameters<typeof newKey>[0];
  readonly root?: CertificateRecipe;
  readonly intermediate?: CertificateRecipe;
}

/** A root and an intermediate below it, for signing code, with Fulcio's names. */
export function makeCertificateAuthority({ key = "P-256", root = {}, intermediate = {} }: AuthorityRecipe = {}): CertificateAuthority {
  const named = (commonName: string): Uint8Array => name(["2.5.4.10", "sigstore.test"], ["2.5.4.3", commonName]);
  const top = makeCa({ subject: named("fulcio-root"), key: newKey(key), ...root });
  const below = { subject: named("fulcio-intermediate"), issuer: top, key: newKey(key), pathLength: 0 };
  return { root: top, intermediate: makeCa({ ...below, extendedKeyUsage: ["1.3.6.1.5.5.7.3.3"], ...intermediate }) };
}

/**
 * Issues a leaf as Fulcio does: ten minutes long, its one name critical, its subject empty, the SCT
 * embedded by way of a precertificate (RFC 6962 section 3.1, without the poison, as in section 3.2).
 */
export function issueLeaf({ intermediate }: CertificateAuthority, log: CtLog, request: LeafRequest): MadeCertificate {
  const { recipe = {}, scts = [{}] } = request;
  const whole: CertificateRecipe = {
    subject: sequence(),
    issuer: intermediate,
    serial: BigInt(`0x40${randomBytes(19).toString("hex")}`),
    notBefore: request.at,
    notAfter: new Date(request.at.getTime() + TEN_MINUTES),
    names: [generalName(request.identity)],
    namesCritical: true,
    ...keyOf(request.key, intermediate),
    ...recipe,
    extra: [...fulcioExtensions(request), ...(recipe.extra ?? [])],
  };
  if (scts === null) return makeCertificate(whole);
  const { tbs } = makeCertificate(whole);
  const signer = whole.issuer ?? intermediate;
  const list = sctList(scts.map((sct) => tampered(sct, serializeSct(signSct({ tbs, issuer: signer.privateKey }, log, request.at, sct)))));
  const extension = { oid: SCT_LIST, value: request.tamperSctList?.(list) ?? list };
  return makeCertificate({ ...whole, extra: [...(whole.extra ?? []), extension] });
}

const tampered = ({ tamper }: SctRecipe, sct: Uint8Array): Uint8Array => tamper?.(sct) ?? sct;

/** A client that keeps its private key sends only the SPKI. */
function keyOf(key: KeyObject, placeholder: MadeCertificate): CertificateRecipe {
  if (key.type === "private") return { key };
  const spki = new Uint8Array(key.export({ type: "spki", format: "der" }));
  return { key: placeholder.privateKey, spki, subjectKeyIdentifier: sha256(spki).subarray(0, 20) };
}

export function generalName(identity: Identity): Uint8Array {
  if ("email" in identity) return email(identity.email);
  return "uri" in identity ? uri(identity.uri) : otherName(FULCIO_OTHER_NAME, utf8(identity.otherName));
}

function fulcioExtensions({ issuer, issuerExtensions = {}, claims = {} }: LeafRequest): MadeExtension[] {
  const { v1 = issuer, v2 = issuer } = issuerExtensions;
  const extensions: MadeExtension[] = [];
  if (v1 !== null) extensions.push({ oid: `${FULCIO}.1`, value: Buffer.from(v1) });
  if (v2 !== null) extensions.push({ oid: `${FULCIO}.8`, value: utf8(v2) });
  for (const [arc, text] of Object.entries(claims)) extensions.push({ oid: `${FULCIO}.${arc}`, value: utf8(text) });
  return extensions;
}

/** Both certificates, the root last, as trusted roots and Fulcio's answers list them. */
export const chainOf = ({ intermediate, root }: CertificateAuthority): MadeCertificate[] => [intermediate, root];
