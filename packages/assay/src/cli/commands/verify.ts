import type { Trust, Verification } from "../../index.ts";
import { verify } from "../../verify.ts";
import type { Invocation } from "../arguments.ts";
import type { CommandContext, CommandResult } from "../command.ts";
import type { ExitCode } from "../exit-codes.ts";
import { readCredential, readCredentials } from "../credentials.ts";
import { readModelOptions } from "../model-options.ts";
import { verificationJson } from "../output/documents.ts";
import type { VerifyQuestion } from "../output/verify-question.ts";
import { verifyReport } from "../output/verify-report.ts";

const EXIT_CODES: Record<Verification["outcome"], ExitCode> = { verified: 0, failed: 1, incomplete: 3 };

export async function run(invocation: Invocation, context: CommandContext): Promise<CommandResult> {
  const { values } = invocation;
  const [model = ""] = invocation.arguments;
  const signature = values.text("signature");
  const expectDigest = values.text("expect-digest");
  const verification = await verify(model, {
    ...readModelOptions(invocation, context, model),
    trust: await readTrust(invocation, context),
    ignoreUnsignedFiles: values.flag("ignore-unsigned-files") ?? false,
    ...(signature === undefined ? {} : { signature }),
    ...(expectDigest === undefined ? {} : { expectDigest }),
  });
  const question: VerifyQuestion = {
    model,
    method: invocation.spec.words[1] ?? "",
    publicKey: values.text("public-key"),
    certificateChain: values.texts("certificate-chain"),
    cwd: context.cwd,
    verbose: values.flag("verbose") === true,
    bundleMethod: await methodOfOtherBundle(verification),
  };
  const exitCode = EXIT_CODES[verification.outcome];
  return {
    exitCode,
    report: verifyReport(verification, question),
    json: verificationJson(verification, exitCode, verification.warnings),
    warnings: verification.warnings,
    notes: values.flag("log-fingerprints") === true ? fingerprints(verification) : [],
  };
}

async function readTrust({ spec, values }: Invocation, { cwd }: CommandContext): Promise<Trust> {
  if (spec.words[1] === "key") {
    return { method: "key", publicKey: await readCredential(values.text("public-key") ?? "", "public key", cwd) };
  }
  const identity = values.text("certificate-identity");
  const fingerprint = values.text("certificate-fingerprint");
  return {
    method: "certificate",
    certificates: await readCredentials(values.texts("certificate-chain"), "certificate chain", cwd),
    ...(identity === undefined ? {} : { identity }),
    ...(fingerprint === undefined ? {} : { fingerprint }),
  };
}

/** Where the method was the wrong one: which it should have been, so that the advice is a command that works. */
async function methodOfOtherBundle(verification: Verification): Promise<string | undefined> {
  if (verification.outcome !== "failed" || verification.error.code !== "METHOD_MISMATCH") return undefined;
  const path = verification.signature?.path;
  if (path === undefined) return undefined;
  // The signature may have changed or be broken further on; then the error's own hint must do.
  const { inspect } = await import("../../inspect.ts");
  return inspect(path).then(
    ({ method }) => method,
    () => undefined,
  );
}

function fingerprints({ signer }: Verification): string[] {
  if (signer?.method !== "certificate") return [];
  return signer.path.map((fingerprint, index) => {
    const role = index === 0 ? "signer" : index === signer.path.length - 1 ? "root" : "intermediate";
    return `sha256 fingerprint of the ${role}'s certificate: ${fingerprint}`;
  });
}
