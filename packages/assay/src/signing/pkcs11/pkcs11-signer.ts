import type { GivenFile } from "../../encoding/given-file.ts";
import { AssayError, stopped } from "../../core/error.ts";
import { outsideSigner, type SigningRequest } from "../outside-key.ts";
import { withCertificate, type CertificateFiles } from "../with-certificate.ts";
import type { Signer } from "../signer.ts";
import { inModule } from "./cryptoki.ts";
import { findModule } from "./find-module.ts";
import type { PinSources } from "./pin.ts";
import { inSession, type Session } from "./session.ts";
import { signDigest } from "./sign-digest.ts";
import { selectToken, type Token } from "./token.ts";
import { findPrivateKey, readCertificate, readTokenPublicKey, type TokenKey } from "./token-key.ts";
import { parsePkcs11Uri } from "./uri.ts";

/** A key on a PKCS#11 token, and the way to it. */
export interface Pkcs11Options {
  /** A PKCS#11 URI (RFC 7512) that names token and private key. */
  readonly uri: string;
  /** Files of PKCS#11 modules, or folders to look for `module-name` in; the usual folders by default. */
  readonly modulePaths?: readonly string[];
  /** Used where the URI has neither pin-value nor pin-source. */
  readonly pin?: string | undefined;
  /** Asks a person, at most once; undefined where no one can be asked. */
  readonly askPin?: ((question: string) => Promise<string>) | undefined;
  readonly signal?: AbortSignal | undefined;
}

/** A key on a PKCS#11 token, with its certificate. */
export interface Pkcs11CertificateOptions extends Pkcs11Options, Omit<CertificateFiles, "signingCertificate"> {
  /** By default the certificate on the token that has the key's id. */
  readonly signingCertificate?: GivenFile | undefined;
}

/**
 * A signer whose key is on a PKCS#11 token: a smart card, a security module, SoftHSM.
 *
 * The token is opened twice, now for the public key and later to sign, and closed each time: in between a model is
 * hashed, perhaps for minutes, and a session left open would keep others from the token. The PIN is
 * asked for once and kept in memory until then.
 *
 * Throws PKCS11_URI, PKCS11_MODULE, PKCS11_TOKEN, PKCS11_PIN, PKCS11_KEY, PKCS11_DEVICE, ABORTED, and what
 * `parsePublicKey` throws. No message holds the PIN.
 */
export async function pkcs11Signer(options: Pkcs11Options): Promise<Signer> {
  return (await open(options, false)).signer;
}

/**
 * The same for the method `certificate`. Throws CERTIFICATE_KEY_MISMATCH too, USAGE where there is a certificate
 * neither in a file nor on the token, and what reading certificates throws.
 */
export async function pkcs11CertificateSigner(options: Pkcs11CertificateOptions): Promise<Signer> {
  // A certificate that was named is the answer, however many the token holds.
  const { signer, certificate } = await open(options, options.signingCertificate === undefined);
  const signingCertificate = options.signingCertificate ?? certificate;
  if (signingCertificate === undefined) {
    throw new AssayError("USAGE", "no signing certificate: none was named, and none on the token has the key's id", {
      remedy: "name-certificate",
    });
  }
  return withCertificate(signer, { signingCertificate, certificateChain: options.certificateChain ?? [] });
}

interface OpenedKey {
  readonly signer: Signer;
  readonly certificate: Uint8Array | undefined;
}

async function open(options: Pkcs11Options, wantsCertificate: boolean): Promise<OpenedKey> {
  const { signal } = options;
  const uri = parsePkcs11Uri(options.uri);
  const modulePath = findModule(uri, options.modulePaths);
  throwIfAborted(signal);
  const asked = { uri, pin: options.pin, askPin: options.askPin };
  const opened = await withKey(modulePath, asked, signal, async (session, key) => ({
    publicKey: readTokenPublicKey(session, key),
    certificate: wantsCertificate ? readCertificate(session, key) : undefined,
    token: session.token,
    pin: session.pin,
  }));
  // A person is not asked again: not for the signature, and not after a PIN that was wrong.
  const sources = { uri: { ...uri, pinValue: opened.pin, pinSource: undefined }, pin: undefined, askPin: undefined };
  const sign = async ({ digest }: SigningRequest): Promise<Uint8Array> => {
    throwIfAborted(signal);
    try {
      return await withKey(modulePath, sources, signal, (session, key) => signDigest(session, key, digest));
    } catch (error) {
      throw asRemoval(error, opened.token);
    }
  };
  const holder = `the token ${opened.token.name}`;
  return {
    signer: await outsideSigner({ publicKey: opened.publicKey, holder, answerCode: "PKCS11_DEVICE", sign }),
    certificate: opened.certificate,
  };
}

function withKey<T>(
  modulePath: string,
  sources: PinSources,
  signal: AbortSignal | undefined,
  work: (session: Session, key: TokenKey) => Promise<T>,
): Promise<T> {
  return inModule(modulePath, (module) => {
    throwIfAborted(signal);
    return inSession(module, selectToken(module, sources.uri), sources, async (session) => {
      throwIfAborted(signal);
      return work(session, findPrivateKey(session, sources.uri));
    });
  });
}

/** A token that was there a moment ago and is not any more was removed, whatever the URI says. */
function asRemoval(error: unknown, token: Token): unknown {
  if (!(error instanceof AssayError) || error.code !== "PKCS11_TOKEN") return error;
  return new AssayError("PKCS11_DEVICE", `the token ${token.name} was there when the work began, and is gone: ${error.message}`, {
    hint: "put it back and sign again; nothing was written",
  });
}

function throwIfAborted(signal: AbortSignal | undefined): void {
  if (signal?.aborted === true) throw stopped("before the token signed");
}
