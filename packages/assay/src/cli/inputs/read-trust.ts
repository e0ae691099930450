import { AssayError } from "../../core/error.ts";
import type { ExpectedName, SigstoreTrust, Trust, TrustMaterial } from "../../index.ts";
import type { CommandContext, Invocation } from "../command.ts";
import { readCredential, readCredentials } from "./credentials.ts";
import { chooseInstance } from "./instance-options.ts";

/** Whom the options of a verification trust. */
export async function readTrust(invocation: Invocation, context: CommandContext): Promise<Trust> {
  switch (invocation.spec.words[1]) {
    case "sigstore":
      return readSigstoreTrust(invocation, context);
    case "key":
      return {
        method: "key",
        publicKey: await readCredential(invocation.values.text("public-key") ?? "", "public key", context.cwd),
        ...(await readWitnesses(invocation, context)),
      };
    default:
      return readCertificateTrust(invocation, context);
  }
}

async function readCertificateTrust(invocation: Invocation, context: CommandContext): Promise<Trust> {
  const { values } = invocation;
  const [identity, fingerprint, lists] = [values.text("certificate-identity"), values.text("certificate-fingerprint"), values.texts("crl")];
  return {
    method: "certificate",
    certificates: await readCredentials(values.texts("certificate-chain"), "certificate chain", context.cwd),
    ...(identity === undefined ? {} : { identity }),
    ...(fingerprint === undefined ? {} : { fingerprint }),
    requireCodeSigning: values.flag("require-code-signing") === true,
    certificateProfile: values.flag("strict-certificates") === true ? "strict" : "default",
    ...(lists.length === 0 ? {} : { revocationLists: await readCredentials(lists, "revocation list", context.cwd, MAX_CRL) }),
    ...(await readWitnesses(invocation, context)),
  };
}

/** Lists of large authorities have tens of megabytes. */
const MAX_CRL = 64 * 1024 * 1024;

async function readWitnesses(
  invocation: Invocation,
  context: CommandContext,
): Promise<Pick<Extract<Trust, { method: "key" }>, "witnesses">> {
  const { values } = invocation;
  if (values.texts("tsa-chain").length === 0 && values.text("trusted-root") === undefined) return {};
  const { readWitnessTrust } = await import("./witness-options.ts");
  const witnesses = await readWitnessTrust(invocation, context);
  return witnesses === undefined ? {} : { witnesses };
}

async function readSigstoreTrust(invocation: Invocation, context: CommandContext): Promise<SigstoreTrust> {
  const identity = await readExpected(invocation, "identity");
  const identityProvider = await readExpected(invocation, "identity-provider");
  if (identity === undefined || identityProvider === undefined) throw new AssayError("IDENTITY_MISSING", "no identity is named");
  // Asked for when the bundle is known to be keyless: looking for a newer root may ask the network.
  const material = async (): Promise<TrustMaterial> => (await chooseInstance(invocation, context)).material;
  return { method: "sigstore", material, identity, identityProvider };
}

/** Whether the options say whose signature is expected. */
export function namesIdentity({ values }: Invocation): boolean {
  return EXPECTED.every((name) => values.text(name) !== undefined || values.text(`${name}-regexp`) !== undefined);
}

const EXPECTED = ["identity", "identity-provider"] as const;

async function readExpected({ values }: Invocation, name: (typeof EXPECTED)[number]): Promise<ExpectedName | undefined> {
  const [exact, pattern] = [values.text(name), values.text(`${name}-regexp`)];
  if (exact !== undefined && pattern !== undefined) {
    throw new AssayError("USAGE", `--${name} and --${name}-regexp say two things; one of them decides`);
  }
  if (pattern === undefined) return exact;
  const { compileIdentityPattern } = await import("../../api/instance.ts");
  return compileIdentityPattern(pattern);
}
