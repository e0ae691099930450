import { contextTag, type DerReader, type DerValue, invalid, readDer, TAG, refusingDer } from "../../encoding/der.ts";
import { readBoolean, readIntegerBytes, readOid, readSmallInteger } from "../../encoding/der-values.ts";
import { AssayError } from "../../core/error.ts";

/** An RFC 3161 time-stamp token, read and not verified: the CMS SignedData (RFC 5652) around a TSTInfo. */
export interface TimestampToken {
  /** Fractions of a second are kept, to the millisecond. */
  readonly time: Date;
  readonly serial: Uint8Array;
  /** What the authority echoes of the request; absent where it had none. */
  readonly nonce: Uint8Array | undefined;
  readonly imprint: { readonly algorithm: string; readonly digest: Uint8Array };
  /** The TSTInfo, as the signed attributes digest it. */
  readonly content: Uint8Array;
  /** DER, as the token has them; helpers on the way to a root, never trusted. */
  readonly certificates: readonly Uint8Array[];
  readonly signer: SignerInfo;
}

export interface SignerInfo {
  /** Which certificate signed: issuer (DER of the name) and serial number, or a subject key identifier. */
  readonly sid: { readonly issuer: Uint8Array; readonly serial: Uint8Array } | { readonly keyIdentifier: Uint8Array };
  readonly digestAlgorithm: string;
  /** The attributes as the signature is over them: DER of the SET. */
  readonly signedAttributes: Uint8Array;
  /** The values of the attributes, by object identifier. */
  readonly attributes: ReadonlyMap<string, DerValue>;
  readonly signatureAlgorithm: DerValue;
  readonly signature: Uint8Array;
}

const SIGNED_DATA = "1.2.840.113549.1.7.2";
export const TST_INFO = "1.2.840.113549.1.9.16.1.4";

const MAX_TIMESTAMP = 64 * 1024;
const MAX_CERTIFICATES = 16;
const GRANTED: ReadonlySet<number> = new Set([0, 1]);

/** Reads a TimeStampResp (RFC 3161 section 2.4.2) that grants a token. Throws TIMESTAMP_INVALID. */
export function readTimestampResponse(der: Uint8Array): TimestampToken {
  if (der.length > MAX_TIMESTAMP)
    throw new AssayError("TIMESTAMP_INVALID", `a timestamp has ${der.length} bytes; at most ${MAX_TIMESTAMP}`);
  return refusingDer("TIMESTAMP_INVALID", "a timestamp is", () => {
    const response = readDer(der).in(TAG.sequence);
    const status = readSmallInteger(response.next().in(TAG.sequence).next());
    if (!GRANTED.has(status)) throw new AssayError("TIMESTAMP_INVALID", `the authority granted no timestamp: its status is ${status}`);
    const token = response.next();
    response.end();
    return readToken(token);
  });
}

function readToken(token: DerValue): TimestampToken {
  const contentInfo = token.in(TAG.sequence);
  if (readOid(contentInfo.next()) !== SIGNED_DATA) throw invalid("the time-stamp token is not signed data");
  const wrapper = contentInfo.next(contextTag(0, true)).children();
  contentInfo.end();
  const signedData = wrapper.next().in(TAG.sequence);
  wrapper.end();
  if (readSmallInteger(signedData.next()) !== 3) throw invalid("signed data of a version other than 3");
  signedData.next(TAG.set);
  const content = readContent(signedData.next());
  const certificates = signedData.optional(contextTag(0, true))?.children().rest() ?? [];
  if (certificates.length > MAX_CERTIFICATES) throw invalid(`more than ${MAX_CERTIFICATES} certificates`);
  signedData.optional(contextTag(1, true));
  const signers = signedData.next().in(TAG.set);
  const signer = readSigner(signers.next());
  // RFC 3161 section 2.4.2: the authority's signature and no other.
  signers.end();
  signedData.end();
  return { ...readTstInfo(content), content, certificates: certificates.map(({ der }) => der), signer };
}

function readContent(value: DerValue): Uint8Array {
  const fields = value.in(TAG.sequence);
  if (readOid(fields.next()) !== TST_INFO) throw invalid("a time-stamp token that holds no TSTInfo");
  const wrapper = fields.next(contextTag(0, true)).children();
  fields.end();
  const { content } = wrapper.next(TAG.octetString);
  wrapper.end();
  return content;
}

function readTstInfo(der: Uint8Array): Pick<TimestampToken, "time" | "serial" | "nonce" | "imprint"> {
  const fields = readDer(der).in(TAG.sequence);
  if (readSmallInteger(fields.next()) !== 1) throw invalid("a TSTInfo of a version other than 1");
  readOid(fields.next());
  const imprint = fields.next().in(TAG.sequence);
  const algorithm = readAlgorithm(imprint.next());
  const digest = imprint.next(TAG.octetString).content;
  imprint.end();
  const serial = readIntegerBytes(fields.next());
  const time = readGenTime(fields.next());
  fields.optional(TAG.sequence);
  const ordering = fields.optional(TAG.boolean);
  if (ordering !== undefined) readBoolean(ordering);
  const nonce = fields.optional(TAG.integer);
  fields.optional(contextTag(0, true));
  // No extension is known here, and one that may not be overlooked says so (section 2.4.2).
  refuseCriticalExtensions(fields.optional(contextTag(1, true))?.children());
  fields.end();
  return { time, serial, nonce: nonce && readIntegerBytes(nonce), imprint: { algorithm, digest } };
}

function refuseCriticalExtensions(extensions: DerReader | undefined): void {
  for (const extension of extensions?.rest() ?? []) {
    const fields = extension.in(TAG.sequence);
    const oid = readOid(fields.next());
    const flag = fields.optional(TAG.boolean);
    if (flag !== undefined && readBoolean(flag)) throw invalid(`the critical extension ${oid} in a TSTInfo`);
  }
}

const GEN_TIME = /^(\d{4})(\d\d)(\d\d)(\d\d)(\d\d)(\d\d)(?:\.(\d{0,8}[1-9]))?Z$/;

/** GeneralizedTime in DER, with a fraction where there is one: RFC 3161 section 2.4.2. */
function readGenTime(value: DerValue): Date {
  const text = String.fromCharCode(...value.expect(TAG.generalizedTime).content.subarray(0, 32));
  const [, year = "", month = "", day = "", hour = "", minute = "", second = "", fraction = ""] = GEN_TIME.exec(text) ?? [];
  const iso = `${year}-${month}-${day}T${hour}:${minute}:${second}`;
  const time = new Date(`${iso}.${fraction.padEnd(3, "0").slice(0, 3)}Z`);
  if (year === "" || Number.isNaN(time.getTime()) || !time.toISOString().startsWith(iso)) throw invalid(`the time ${JSON.stringify(text)}`);
  return time;
}

function readSigner(value: DerValue): SignerInfo {
  const fields = value.in(TAG.sequence);
  const version = readSmallInteger(fields.next());
  const sid = readSid(fields.next());
  if (version !== ("issuer" in sid ? 1 : 3)) throw invalid("a signer of a version that does not fit how it is named");
  const digestAlgorithm = readAlgorithm(fields.next());
  const attributes = fields.next(contextTag(0, true));
  const signatureAlgorithm = fields.next(TAG.sequence);
  const signature = fields.next(TAG.octetString).content;
  fields.optional(contextTag(1, true));
  fields.end();
  // RFC 5652 section 5.4: the signature is over the attributes as a SET, whatever tag they travel under.
  const signedAttributes = new Uint8Array(attributes.der);
  signedAttributes[0] = TAG.set;
  return { sid, digestAlgorithm, signedAttributes, attributes: readAttributes(attributes), signatureAlgorithm, signature };
}

function readSid(value: DerValue): SignerInfo["sid"] {
  if (value.tag === contextTag(0, false)) return { keyIdentifier: value.content };
  const fields = value.in(TAG.sequence);
  const issuer = fields.next(TAG.sequence).der;
  const serial = readIntegerBytes(fields.next());
  fields.end();
  return { issuer, serial };
}

/** Each attribute once, each with one value: RFC 5652 section 11. */
function readAttributes(set: DerValue): Map<string, DerValue> {
  const attributes = new Map<string, DerValue>();
  for (const attribute of set.children().rest()) {
    const fields = attribute.in(TAG.sequence);
    const oid = readOid(fields.next());
    const values = fields.next().in(TAG.set);
    const value = values.next();
    values.end();
    fields.end();
    if (attributes.has(oid)) throw invalid(`the attribute ${oid} twice`);
    attributes.set(oid, value);
  }
  return attributes;
}

/** The object identifier of an AlgorithmIdentifier of a hash: parameters absent or NULL. */
export function readAlgorithm(value: DerValue): string {
  const fields = value.in(TAG.sequence);
  const oid = readOid(fields.next());
  if (!fields.isAtEnd) fields.next(TAG.null);
  fields.end();
  return oid;
}
