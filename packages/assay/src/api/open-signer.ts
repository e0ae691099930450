import type { GivenFile } from "../encoding/given-file.ts";
import { AssayError } from "../core/error.ts";
import type { Signer } from "../signing/signer.ts";
import { readGivenFile } from "./given-files.ts";

/** Which key signs, and with which certificate. Paths are as the caller names them. */
export interface SignerRequest {
  readonly key: KeyPlace;
  /** With it, the signature holds the certificate of the key. */
  readonly certificate?: CertificatePlace | undefined;
}

export type KeyPlace =
  /** A private key: PEM or DER; PKCS#8, SEC1 or PKCS#1. Without a password, a person is asked for it where that is possible. */
  | { readonly kind: "file"; readonly path: string; readonly password: string | undefined }
  /** A key on a token: an RFC 7512 URI. */
  | TokenKey
  /** A key somewhere else: `pkcs11:…`, `hashivault://NAME`, or `NAME://…` for a plug-in. */
  | (Omit<TokenKey, "kind"> & { readonly kind: "uri" });

interface TokenKey {
  readonly kind: "token";
  readonly uri: string;
  /** PKCS#11 modules, or folders to look for them in. */
  readonly modulePaths: readonly string[];
  readonly pin: string | undefined;
}

export interface CertificatePlace {
  /** Undefined where a token holds it. */
  readonly signingCertificate: string | undefined;
  readonly certificateChain: readonly string[];
}

/** What opening a key may use. */
export interface SignerContext {
  readonly cwd: string;
  /** For Vault and plug-ins. */
  readonly environment: Readonly<Record<string, string | undefined>>;
  readonly signal: AbortSignal;
  /** Asks a person for a secret; undefined where none can be asked. */
  readonly askSecret: ((question: string) => Promise<string>) | undefined;
  /** Shows a person what a plug-in says. */
  readonly say: (text: string) => void;
}

/** A person may mistype; a program that answers the prompt must not try forever. */
const PASSWORD_ATTEMPTS = 3;

/**
 * Opens the key that is to sign, and reads its certificate. Throws what reading files throws, KEY_PASSWORD, KEY_URI,
 * and what `keySigner`, `pkcs11Signer`, `vaultSigner`, `pluginSigner` and `withCertificate` throw.
 */
export async function openSigner({ key, certificate }: SignerRequest, context: SignerContext): Promise<Signer> {
  if (key.kind === "file") return openKeyFile(key, certificate, context);
  if (key.kind === "token") return openToken(key, certificate, context);
  const { keyUriKind } = await import("../signing/plugin/key-uri.ts");
  const kind = keyUriKind(key.uri);
  if (kind === "pkcs11") return openToken({ ...key, kind: "token" }, certificate, context);
  const signer = await openRemoteKey(kind, key.uri, context);
  if (certificate === undefined) return signer;
  const { withCertificate } = await import("../signing/with-certificate.ts");
  const { signingCertificate = new Uint8Array(), certificateChain } = await readCertificates(certificate, context.cwd);
  return withCertificate(signer, { signingCertificate, certificateChain });
}

async function openKeyFile(
  { path, password }: Extract<KeyPlace, { kind: "file" }>,
  certificate: CertificatePlace | undefined,
  context: SignerContext,
): Promise<Signer> {
  const privateKey = await readGivenFile(path, "private key", context.cwd);
  if (certificate === undefined) {
    const { keySigner } = await import("../signing/key-signer.ts");
    return withPassword(password, path, context, (given) => keySigner({ privateKey, password: given }));
  }
  const { signingCertificate = new Uint8Array(), certificateChain } = await readCertificates(certificate, context.cwd);
  const { certificateSigner } = await import("../signing/certificate-signer.ts");
  return withPassword(password, path, context, (given) =>
    certificateSigner({ privateKey, password: given, signingCertificate, certificateChain }),
  );
}

/** Opens a key with the password that was given; asks a person only where none was, and only if the key needs one. */
async function withPassword(
  given: string | undefined,
  path: string,
  { askSecret }: SignerContext,
  openKey: (password: string | undefined) => Promise<Signer>,
): Promise<Signer> {
  let password = given;
  for (let attempt = 0; ; attempt += 1) {
    try {
      return await openKey(password);
    } catch (error) {
      const mayAsk = error instanceof AssayError && error.code === "KEY_PASSWORD" && given === undefined && askSecret !== undefined;
      if (!mayAsk || attempt === PASSWORD_ATTEMPTS) throw error;
      password = await askSecret(attempt === 0 ? `Password of the private key ${path}: ` : "Wrong password. Password: ");
    }
  }
}

async function openToken(
  { uri, modulePaths, pin }: TokenKey,
  certificate: CertificatePlace | undefined,
  { askSecret, signal, cwd }: SignerContext,
): Promise<Signer> {
  const options = { uri, modulePaths, pin, askPin: askSecret, signal };
  const { pkcs11CertificateSigner, pkcs11Signer } = await import("../signing/pkcs11/pkcs11-signer.ts");
  return certificate === undefined
    ? pkcs11Signer(options)
    : pkcs11CertificateSigner({ ...options, ...(await readCertificates(certificate, cwd)) });
}

async function openRemoteKey(kind: "vault" | "plugin", keyUri: string, { environment, signal, say }: SignerContext): Promise<Signer> {
  if (kind === "vault") {
    const { vaultSigner } = await import("../signing/vault/vault-signer.ts");
    return vaultSigner({ keyUri, environment, signal });
  }
  const { pluginSigner } = await import("../signing/plugin/plugin-signer.ts");
  return pluginSigner({ keyUri, environment, signal, onMessage: say });
}

async function readCertificates(
  place: CertificatePlace,
  cwd: string,
): Promise<{ readonly signingCertificate?: GivenFile; readonly certificateChain: readonly GivenFile[] }> {
  const certificateChain = await Promise.all(place.certificateChain.map((path) => readGivenFile(path, "certificate chain", cwd)));
  if (place.signingCertificate === undefined) return { certificateChain };
  return { signingCertificate: await readGivenFile(place.signingCertificate, "signing certificate", cwd), certificateChain };
}
