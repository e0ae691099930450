import { type GivenBytes, readGivenFile } from "../../api/given-files.ts";
import { AssayError } from "../../core/error.ts";
import type { CertificateTrust, ExpectedName, KeyTrust, SigstoreTrust, Trust, TrustMaterial, WitnessTrust } from "../../index.ts";
import type { CommandContext, VerifyMethod } from "../command.ts";
import type { OptionValues } from "../command-line/tokens.ts";
import { chooseInstance } from "./instance.ts";
import { listedPaths } from "./places.ts";

/** Whom the options trust to have signed, by this method. Throws USAGE, IDENTITY_MISSING, and what reading files throws. */
export function readTrust(method: VerifyMethod, values: OptionValues, context: CommandContext): Promise<Trust> {
  switch (method) {
    case "sigstore":
      return readSigstoreTrust(values, context);
    case "key":
      return readKeyTrust(values, context.cwd);
    case "certificate":
      return readCertificateTrust(values, context.cwd);
  }
}

async function readKeyTrust(values: OptionValues, cwd: string): Promise<KeyTrust> {
  const publicKey = await readGivenFile(values.text("public-key") ?? "", "public key", cwd);
  const witnesses = await readWitnessTrust(values, cwd);
  return { method: "key", publicKey, ...(witnesses === undefined ? {} : { witnesses }) };
}

/** Lists of large authorities have tens of megabytes. */
const MAX_CRL = 64 * 1024 * 1024;

async function readCertificateTrust(values: OptionValues, cwd: string): Promise<CertificateTrust> {
  const [identity, fingerprint, lists] = [values.text("certificate-identity"), values.text("certificate-fingerprint"), values.texts("crl")];
  const certificates = await readFiles(values.texts("certificate-chain"), "certificate chain", cwd);
  const revocationLists = lists.length === 0 ? undefined : await readFiles(lists, "revocation list", cwd, MAX_CRL);
  const witnesses = await readWitnessTrust(values, cwd);
  return {
    method: "certificate",
    certificates,
    ...(identity === undefined ? {} : { identity }),
    ...(fingerprint === undefined ? {} : { fingerprint }),
    requireCodeSigning: values.flag("require-code-signing") === true,
    certificateProfile: values.flag("strict-certificates") === true ? "strict" : "default",
    ...(revocationLists === undefined ? {} : { revocationLists }),
    ...(witnesses === undefined ? {} : { witnesses }),
  };
}

async function readSigstoreTrust(values: OptionValues, context: CommandContext): Promise<SigstoreTrust> {
  const identity = await readExpected("identity", values);
  const identityProvider = await readExpected("identity-provider", values);
  if (identity === undefined || identityProvider === undefined) throw new AssayError("IDENTITY_MISSING", "no identity is named");
  // Read once the bundle is known to be keyless: fetching a newer root may use the network.
  const material = async (): Promise<TrustMaterial> => (await chooseInstance(values, context)).material;
  return { method: "sigstore", material, identity, identityProvider };
}

const EXPECTED = ["identity", "identity-provider"] as const;

/** Whether the options name the expected signer. */
export function namesIdentity(values: OptionValues): boolean {
  return EXPECTED.every((name) => values.text(name) !== undefined || values.text(`${name}-regexp`) !== undefined);
}

async function readExpected(name: (typeof EXPECTED)[number], values: OptionValues): Promise<ExpectedName | undefined> {
  const [exact, pattern] = [values.text(name), values.text(`${name}-regexp`)];
  if (pattern === undefined) return exact;
  const { compileIdentityPattern } = await import("../../api/instance.ts");
  return compileIdentityPattern(pattern);
}

/** The witnesses that count for a signature by key or certificate: `--tsa-chain`, `--trusted-root`. Undefined without either. */
export async function readWitnessTrust(values: OptionValues, cwd: string): Promise<WitnessTrust | undefined> {
  const chains = values.texts("tsa-chain");
  const trustedRoot = values.text("trusted-root");
  if (chains.length === 0 && trustedRoot === undefined) return undefined;
  return {
    ...(trustedRoot === undefined ? {} : { trustedRoot: await readNamedRoot(trustedRoot, cwd) }),
    ...(chains.length === 0 ? {} : { timestampAuthorities: await readFiles(chains, "certificate chain of the timestamp authority", cwd) }),
  };
}

async function readNamedRoot(trustedRoot: string, cwd: string): Promise<TrustMaterial> {
  const api = await import("../../api/instance.ts");
  return (await api.findInstance({ trustedRoot, offline: true, cwd })).material;
}

/** Reads the files of a repeatable option; `what` is their role in messages. Throws what `readGivenFile` throws. */
export function readFiles(texts: readonly string[], what: string, cwd: string, limit?: number): Promise<GivenBytes[]> {
  return Promise.all(listedPaths(texts, cwd).map((path) => readGivenFile(path, what, cwd, limit)));
}
