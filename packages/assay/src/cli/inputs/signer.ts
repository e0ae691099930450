import { serverAccess } from "./model-options.ts";
import { openSigner, type CertificatePlace, type KeyPlace, type SignerRequest } from "../../api/open-signer.ts";
import type { ModelSigner, WitnessRequest } from "../../index.ts";
import type { CommandContext, Environment, SignMethod } from "../command.ts";
import type { OptionValues } from "../command-line/tokens.ts";
import { listedPaths } from "./places.ts";
import { readWitnessTrust } from "./trust.ts";

/** Opens the signer by this method, and asks the witnesses that the options name whether they can serve. */
export async function openModelSigner(
  method: SignMethod,
  values: OptionValues,
  context: CommandContext,
): Promise<{ readonly signer: ModelSigner; readonly witnesses?: WitnessRequest | undefined }> {
  if (method === "sigstore") {
    const { chooseKeylessSigner } = await import("./keyless-signer.ts");
    return { signer: await chooseKeylessSigner(values, context) };
  }
  const signer = await openSigner(readSignerRequest(method, values, context), context);
  return { signer, witnesses: await readWitnessRequest(values, context) };
}

/** Which key signs by this method, and with which certificate. */
function readSignerRequest(
  method: Exclude<SignMethod, "sigstore">,
  values: OptionValues,
  { cwd, environment }: Pick<CommandContext, "cwd" | "environment">,
): SignerRequest {
  switch (method) {
    case "key":
      return { key: keyPlace(values, environment) };
    case "certificate":
      return { key: keyPlace(values, environment), certificate: certificatePlace(values, cwd) };
    case "pkcs11-key":
      return { key: tokenKey("token", values.text("pkcs11-uri") ?? "", values, environment) };
    case "pkcs11-certificate":
      return { key: tokenKey("token", values.text("pkcs11-uri") ?? "", values, environment), certificate: certificatePlace(values, cwd) };
  }
}

function keyPlace(values: OptionValues, environment: Environment): KeyPlace {
  const [path, uri] = [values.text("private-key"), values.text("key-uri")];
  if (uri !== undefined) return tokenKey("uri", uri, values, environment);
  // An empty variable counts as unset.
  const password = values.text("password") ?? (environment["ASSAY_KEY_PASSWORD"] || undefined);
  return { kind: "file", path: path ?? "", password };
}

function tokenKey(kind: "token" | "uri", uri: string, values: OptionValues, environment: Environment): KeyPlace {
  return { kind, uri, modulePaths: values.texts("module-path"), pin: environment["ASSAY_PKCS11_PIN"] || undefined };
}

function certificatePlace(values: OptionValues, cwd: string): CertificatePlace {
  return {
    signingCertificate: values.text("signing-certificate"),
    certificateChain: listedPaths(values.texts("certificate-chain"), cwd),
  };
}

/** The servers that are to witness a signature by key or certificate: `--tsa-url`, `--rekor-url`. Undefined without either. */
async function readWitnessRequest(values: OptionValues, context: CommandContext): Promise<WitnessRequest | undefined> {
  const [timestampUrl, logUrl] = [values.text("tsa-url"), values.text("rekor-url")];
  if (timestampUrl === undefined && logUrl === undefined) return undefined;
  const { openWitnesses } = await import("../../api/witnesses.ts");
  return openWitnesses({
    ...serverAccess(context),
    timestampUrl,
    logUrl,
    trust: await readWitnessTrust(values, context.cwd),
    onStep: (step) => context.onStage(`waiting for the ${step === "log" ? "transparency log" : "timestamp authority"}`),
  });
}
