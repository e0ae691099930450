import type { Handle } from "pkcs11js";
import { encodeHex } from "../../encoding/hex.ts";
import { sameBytes } from "../../encoding/bytes.ts";
import { AssayError } from "../../core/error.ts";
import { cleanText } from "../../network/server-text.ts";
import { parseCertificate } from "../../trust/x509/certificate.ts";
import { CK, NOT_TOLD, quietly, returnValue } from "./cryptoki.ts";
import type { Session } from "./session.ts";
import { ecPublicKey, rsaPublicKey } from "./spki.ts";
import { readNumber } from "./token.ts";
import type { Pkcs11Uri } from "./uri.ts";

/** A private key on a token. The handle is good for one session. */
export interface TokenKey {
  readonly handle: Handle;
  readonly label: string;
  readonly id: Uint8Array;
  readonly kind: "ec" | "rsa";
  /** It wants the PIN again at every signature. */
  readonly alwaysAuthenticate: boolean;
}

/** More objects of one kind than any token for signing holds. */
const MAX_OBJECTS = 4096;

/**
 * The one private key that is as the URI says. Throws PKCS11_KEY where none or more than one is, and lists labels
 * and identifiers of what is there; also for a key that may not sign, or is of a kind that cannot sign models.
 */
export function findPrivateKey(session: Session, uri: Pkcs11Uri): TokenKey {
  const present = findObjects(session, CK.classPrivateKey).map((handle) => readNames(session, handle));
  const found = present.filter(
    ({ label, id }) => (uri.object === undefined || uri.object === label) && (uri.id === undefined || sameBytes(uri.id, id)),
  );
  const [only] = found;
  const { name } = session.token;
  if (only === undefined) {
    const there = present.length === 0 ? "the token has no private key" : `the token has ${present.map(show).join(", ")}`;
    throw new AssayError("PKCS11_KEY", `no private key on the token ${name} is as the URI says`, { hint: there });
  }
  if (found.length > 1) {
    throw new AssayError(
      "PKCS11_KEY",
      `${found.length} private keys on the token ${name} are as the URI says: ${found.map(show).join(", ")}`,
      {
        hint: "say which with id=… beside object=… in the URI",
      },
    );
  }
  if (attribute(session, only.handle, CK.attributeSign)?.[0] === 0) {
    throw new AssayError("PKCS11_KEY", `the key ${show(only)} on the token ${name} may not sign: it was made for another use`);
  }
  const alwaysAuthenticate = attribute(session, only.handle, CK.attributeAlwaysAuthenticate)?.[0] === 1;
  return { ...only, kind: kindOf(session, only), alwaysAuthenticate };
}

/**
 * The public half of a private key, SPKI DER: the public key object with its identifier (or label), else the
 * certificate with its identifier, else for RSA what the private key object tells. Throws PKCS11_KEY, KEY_INVALID.
 */
export function readTokenPublicKey(session: Session, key: TokenKey): Uint8Array {
  const halves = findObjects(session, CK.classPublicKey).map((handle) => readNames(session, handle));
  const sameKind = halves.filter(({ handle }) => keyType(session, handle) === (key.kind === "ec" ? CK.keyEc : CK.keyRsa));
  const byId = sameKind.filter(({ id }) => id.length > 0 && sameBytes(id, key.id));
  const byBoth = byId.filter(({ label }) => label === key.label);
  const byLabel = sameKind.filter(({ label }) => key.id.length === 0 && label !== "" && label === key.label);
  const candidates = [byBoth, byId, byLabel].find((list) => list.length > 0) ?? [];
  const [first, ...others] = candidates.flatMap(({ handle }) => readHalf(session, handle, key.kind));
  if (first !== undefined && others.every((other) => sameBytes(other, first))) return first;
  if (first !== undefined) {
    throw new AssayError("PKCS11_KEY", `several different public keys on the token ${session.token.name} match the key ${show(key)}`);
  }
  // A certificate and the one that renewed it are for one key.
  const [ofCertificate, ...ofOthers] = readCertificates(session, key).map((der) => parseCertificate(der).spki);
  if (ofCertificate !== undefined) {
    if (ofOthers.every((other) => sameBytes(other, ofCertificate))) return ofCertificate;
    throw new AssayError(
      "PKCS11_KEY",
      `several certificates on the token ${session.token.name} match the key ${show(key)}, for different keys`,
      { hint: "store its public key there, under the same id" },
    );
  }
  const [ofPrivate] = readHalf(session, key.handle, key.kind);
  if (ofPrivate !== undefined) return ofPrivate;
  throw new AssayError("PKCS11_KEY", `the public half of the key ${show(key)} is not on the token ${session.token.name}`, {
    hint: "store its public key or its certificate there, under the same id",
  });
}

/** The certificate on the token with the key's identifier, DER; undefined where it is missing. Several different ones are PKCS11_KEY. */
export function readCertificate(session: Session, key: TokenKey): Uint8Array | undefined {
  const [first, ...others] = readCertificates(session, key);
  if (first !== undefined && others.some((other) => !sameBytes(other, first))) {
    throw new AssayError("PKCS11_KEY", `several certificates on the token ${session.token.name} match the key ${show(key)}`, {
      remedy: "choose-certificate",
    });
  }
  return first;
}

function readCertificates(session: Session, key: TokenKey): Uint8Array[] {
  if (key.id.length === 0) return [];
  return findObjects(session, CK.classCertificate)
    .filter((handle) => sameBytes(readNames(session, handle).id, key.id))
    .map((handle) => new Uint8Array(attribute(session, handle, CK.attributeValue) ?? []))
    .filter(({ length }) => length > 0);
}

interface NamedObject {
  readonly handle: Handle;
  readonly label: string;
  readonly id: Uint8Array;
}

function findObjects({ module, handle }: Session, objectClass: number): Handle[] {
  module.C_FindObjectsInit(handle, [{ type: CK.attributeClass, value: objectClass }]);
  try {
    const found: Handle[] = [];
    while (found.length < MAX_OBJECTS) {
      const more = module.C_FindObjects(handle, 64);
      if (more.length === 0) break;
      found.push(...more);
    }
    return found;
  } finally {
    quietly(() => module.C_FindObjectsFinal(handle));
  }
}

function readNames(session: Session, handle: Handle): NamedObject {
  const label = attribute(session, handle, CK.attributeLabel);
  const id = attribute(session, handle, CK.attributeId);
  return { handle, label: label === undefined ? "" : new TextDecoder().decode(label), id: new Uint8Array(id ?? []) };
}

function readHalf(session: Session, handle: Handle, kind: "ec" | "rsa"): Uint8Array[] {
  const of = (type: number): Buffer | undefined => attribute(session, handle, type);
  const [first, second] =
    kind === "ec" ? [of(CK.attributeEcParameters), of(CK.attributeEcPoint)] : [of(CK.attributeModulus), of(CK.attributePublicExponent)];
  if (first === undefined || second === undefined || first.length === 0 || second.length === 0) return [];
  return [kind === "ec" ? ecPublicKey(first, second) : rsaPublicKey(first, second)];
}

function kindOf(session: Session, key: NamedObject): "ec" | "rsa" {
  switch (keyType(session, key.handle)) {
    case CK.keyEc:
      return "ec";
    case CK.keyRsa:
      return "rsa";
    case CK.keyEdwards:
      throw new AssayError("PKCS11_KEY", `the key ${show(key)} is an Ed25519 key, which tokens use in a form that does not sign models`, {
        hint: "use an ECDSA key (P-256, P-384, P-521) or RSA from 2048 bits",
      });
    default:
      throw new AssayError("PKCS11_KEY", `the key ${show(key)} is of a kind that cannot sign models`, {
        hint: "use an ECDSA key (P-256, P-384, P-521) or RSA from 2048 bits",
      });
  }
}

function keyType(session: Session, handle: Handle): number | undefined {
  const type = attribute(session, handle, CK.attributeKeyType);
  return type === undefined ? undefined : readNumber(type);
}

function attribute({ module, handle }: Session, object: Handle, type: number): Buffer | undefined {
  try {
    return module.C_GetAttributeValue(handle, object, [{ type }])[0]?.value;
  } catch (error) {
    if (NOT_TOLD.has(returnValue(error) ?? 0)) return undefined;
    throw error;
  }
}

/** `"models" (id=%01)`, as the URI would write the identifier. */
function show({ label, id }: Pick<NamedObject, "label" | "id">): string {
  const written = encodeHex(id).replaceAll(/../g, "%$&");
  return `"${cleanText(label)}"${written === "" ? "" : ` (id=${written})`}`;
}
