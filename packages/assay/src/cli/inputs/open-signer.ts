import type { GivenFile } from "../../encoding/given-file.ts";
import { AssayError } from "../../core/error.ts";
import type { Signer } from "../../index.ts";
import type { CommandContext, Invocation } from "../command.ts";
import { readCredential, readCredentials } from "./credentials.ts";

/** A person may mistype; a program that answers a prompt must not be able to try forever. */
const PASSWORD_ATTEMPTS = 3;

/** The signer that `sign key`, `sign certificate` and the methods for tokens are asked to use. */
export async function openSigner(invocation: Invocation, context: CommandContext): Promise<Signer> {
  const { spec, values } = invocation;
  const method = spec.words[1] ?? "";
  if (method.startsWith("pkcs11-")) return openToken(invocation, context, values.text("pkcs11-uri") ?? "", method === "pkcs11-certificate");
  const keyUri = values.text("key-uri");
  if (keyUri === undefined) return openKeyFile(invocation, context);
  if (values.text("private-key") !== undefined) {
    throw new AssayError("USAGE", "--private-key and --key-uri name two keys, and one signs");
  }
  return openKeyUri(invocation, context, keyUri, method === "certificate");
}

async function openKeyFile({ spec, values }: Invocation, context: CommandContext): Promise<Signer> {
  const path = values.text("private-key") ?? "";
  const privateKey = await readCredential(path, "private key", context.cwd);
  // A variable that is set to nothing says nothing.
  const given = values.text("password") ?? (context.environment["ASSAY_KEY_PASSWORD"] || undefined);
  if (spec.words[1] === "key") {
    const { keySigner } = await import("../../signing/key-signer.ts");
    return withPassword(given, context, path, (password) => keySigner({ privateKey, password }));
  }
  const files = await readCertificateFiles(values, context.cwd);
  const signingCertificate = files.signingCertificate ?? new Uint8Array();
  const { certificateSigner } = await import("../../signing/certificate-signer.ts");
  return withPassword(given, context, path, (password) => certificateSigner({ privateKey, password, ...files, signingCertificate }));
}

/** Opens a key with the password that was given; asks a person only where none was, and only if the key needs one. */
async function withPassword(
  given: string | undefined,
  { askSecret }: CommandContext,
  path: string,
  openKey: (password: string | undefined) => Promise<Signer>,
): Promise<Signer> {
  let password = given;
  for (let attempt = 0; ; attempt += 1) {
    try {
      return await openKey(password);
    } catch (error) {
      const mayAsk = error instanceof AssayError && error.code === "KEY_PASSWORD" && given === undefined && askSecret !== undefined;
      if (!mayAsk || attempt === PASSWORD_ATTEMPTS) throw error;
      password = await askSecret(attempt === 0 ? `Password of the private key ${path}: ` : "That did not open it. Password: ");
    }
  }
}

async function openToken(invocation: Invocation, context: CommandContext, uri: string, hasCertificate: boolean): Promise<Signer> {
  const { values } = invocation;
  const options = {
    uri,
    modulePaths: values.texts("module-path"),
    pin: context.environment["ASSAY_PKCS11_PIN"] || undefined,
    askPin: context.askSecret,
    signal: context.signal,
  };
  const { pkcs11CertificateSigner, pkcs11Signer } = await import("../../signing/pkcs11/pkcs11-signer.ts");
  return hasCertificate
    ? pkcs11CertificateSigner({ ...options, ...(await readCertificateFiles(values, context.cwd)) })
    : pkcs11Signer(options);
}

async function openKeyUri(invocation: Invocation, context: CommandContext, uri: string, hasCertificate: boolean): Promise<Signer> {
  const { keyUriKind } = await import("../../signing/plugin/key-uri.ts");
  const kind = keyUriKind(uri);
  if (kind === "pkcs11") return openToken(invocation, context, uri, hasCertificate);
  const signer = await openRemoteKey(kind, uri, context);
  if (!hasCertificate) return signer;
  const { withCertificate } = await import("../../signing/with-certificate.ts");
  const { signingCertificate = new Uint8Array(), ...chain } = await readCertificateFiles(invocation.values, context.cwd);
  return withCertificate(signer, { signingCertificate, ...chain });
}

async function openRemoteKey(kind: "vault" | "plugin", keyUri: string, { environment, signal, say }: CommandContext): Promise<Signer> {
  if (kind === "vault") {
    const { vaultSigner } = await import("../../signing/vault/vault-signer.ts");
    return vaultSigner({ keyUri, environment, signal });
  }
  const { pluginSigner } = await import("../../signing/plugin/plugin-signer.ts");
  return pluginSigner({ keyUri, environment, signal, onMessage: say });
}

async function readCertificateFiles(
  values: Invocation["values"],
  cwd: string,
): Promise<{ readonly signingCertificate?: GivenFile; readonly certificateChain: readonly GivenFile[] }> {
  const path = values.text("signing-certificate");
  const certificateChain = await readCredentials(values.texts("certificate-chain"), "certificate chain", cwd);
  if (path === undefined) return { certificateChain };
  return { signingCertificate: await readCredential(path, "signing certificate", cwd), certificateChain };
}
