import type { Verification } from "../../../index.ts";
import { detailsOf } from "../../../core/error.ts";
import { verify } from "../../../api/verify.ts";
import type { CommandContext, CommandResult, Invocation } from "../../command.ts";
import { instanceWords } from "../../inputs/instance-words.ts";
import { readModelOptions } from "../../inputs/model-options.ts";
import { verificationJson } from "../../../report/documents.ts";
import type { VerifyQuestion } from "./question.ts";
import { verifyReport } from "./report.ts";
import { namesIdentity, readTrust } from "../../inputs/read-trust.ts";
import { readSignatureInput } from "../../inputs/signature-input.ts";
import { EXIT_CODE_OF_VERIFICATION } from "../../command-line/exit-codes.ts";

export async function run(invocation: Invocation, context: CommandContext): Promise<CommandResult> {
  const { values, spec } = invocation;
  const [model = ""] = invocation.arguments;
  const signature = values.text("signature");
  if (spec.words[1] === "sigstore" && !namesIdentity(invocation)) {
    const { askForIdentity } = await import("../../inputs/ask-for-identity.ts");
    throw await askForIdentity(invocation, context.cwd);
  }
  const expectDigest = values.text("expect-digest");
  const verification = await verify(model, {
    ...readModelOptions(invocation, context, model),
    trust: await readTrust(invocation, context),
    ignoreUnsignedFiles: values.flag("ignore-unsigned-files") ?? false,
    requireAll: values.flag("require-all") ?? false,
    ...(signature === undefined ? {} : { signature: await readSignatureInput(signature) }),
    ...(expectDigest === undefined ? {} : { expectDigest }),
  });
  const question: VerifyQuestion = {
    model,
    method: spec.words[1] ?? "",
    publicKey: values.text("public-key"),
    certificateChain: values.texts("certificate-chain"),
    identity: values.text("identity") ?? values.text("identity-regexp"),
    instance: instanceWords(invocation),
    cwd: context.cwd,
    verbose: values.flag("verbose") === true,
    bundleMethod: verification.outcome === "failed" ? detailsOf(verification.error, "METHOD_MISMATCH")?.signedBy : undefined,
  };
  const exitCode = EXIT_CODE_OF_VERIFICATION[verification.outcome];
  return {
    exitCode,
    report: verifyReport(verification, question),
    json: verificationJson(verification, exitCode, verification.warnings),
    warnings: verification.warnings,
    notes: values.flag("log-fingerprints") === true ? fingerprints(verification) : [],
  };
}

function fingerprints({ signer }: Verification): string[] {
  if (signer === undefined || signer.method === "key") return [];
  return signer.path.map((fingerprint, index) => {
    const role = index === 0 ? "signer" : index === signer.path.length - 1 ? "root" : "intermediate";
    return `sha256 fingerprint of the ${role}'s certificate: ${fingerprint}`;
  });
}
