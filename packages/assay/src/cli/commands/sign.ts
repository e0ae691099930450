import { AssayError } from "../../error.ts";
import { DEFAULT_SIGNATURE } from "../../files/find-signature.ts";
import type { Signer } from "../../index.ts";
import { sign } from "../../sign.ts";
import type { Invocation } from "../arguments.ts";
import type { CommandContext, CommandResult } from "../command.ts";
import { privateKeyWarnings, readCredential, readCredentials } from "../credentials.ts";
import { readHashOptions, readModelOptions } from "../model-options.ts";
import { signedJson } from "../output/documents.ts";
import { signReport } from "../output/sign-report.ts";

/** A person may mistype; a program that answers a prompt must not be able to try forever. */
const PASSWORD_ATTEMPTS = 3;

export async function run(invocation: Invocation, context: CommandContext): Promise<CommandResult> {
  const { values } = invocation;
  const [model = ""] = invocation.arguments;
  const modelOptions = readModelOptions(invocation, context, model);
  const hashOptions = readHashOptions(invocation);
  const privateKeyPath = values.text("private-key") ?? "";
  const signer = await openSigner(invocation, context, privateKeyPath);
  const signed = await sign(model, {
    ...modelOptions,
    ...hashOptions,
    signer,
    signature: values.text("signature") ?? DEFAULT_SIGNATURE,
    force: values.flag("force") ?? false,
  });
  const warnings = [...privateKeyWarnings(privateKeyPath, context.cwd), ...signed.warnings];
  return {
    exitCode: 0,
    report: signReport(signed, { model, privateKey: privateKeyPath, cwd: context.cwd, verbose: values.flag("verbose") === true }),
    json: signedJson(signed, warnings),
    warnings,
  };
}

async function openSigner({ spec, values }: Invocation, context: CommandContext, privateKeyPath: string): Promise<Signer> {
  const { cwd } = context;
  const privateKey = await readCredential(privateKeyPath, "private key", cwd);
  if (spec.words[1] === "key") {
    const { keySigner } = await import("../../signing/key-signer.ts");
    return withPassword(invocationPassword(), context, privateKeyPath, (password) => keySigner({ privateKey, password }));
  }
  const signingCertificate = await readCredential(values.text("signing-certificate") ?? "", "signing certificate", cwd);
  const certificateChain = await readCredentials(values.texts("certificate-chain"), "certificate chain", cwd);
  const { certificateSigner } = await import("../../signing/certificate-signer.ts");
  return withPassword(invocationPassword(), context, privateKeyPath, (password) =>
    certificateSigner({ privateKey, password, signingCertificate, certificateChain }),
  );

  function invocationPassword(): string | undefined {
    // A variable that is set to nothing says nothing.
    return values.text("password") ?? (context.environment["ASSAY_KEY_PASSWORD"] || undefined);
  }
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
