import { verify } from "../../../api/verify.ts";
import type { Verification } from "../../../index.ts";
import { verifyDocument } from "../../../report/json/verify.ts";
import type { CommandContext, CommandResult, Invocation, MethodSpec, VerifyMethod } from "../../command.ts";
import { instanceWords } from "../../inputs/instance.ts";
import { readDigestOrigin, readModelOptions, readRemoteOptions, serverAccess } from "../../inputs/model-options.ts";
import { readNamedSignature } from "../../inputs/signature.ts";
import { namesIdentity, readTrust } from "../../inputs/trust.ts";
import { adviceText } from "../../text/advice.ts";
import type { VerifyQuestion } from "./advice.ts";
import { savedBlocks } from "./saved-blocks.ts";
import { verifyReport } from "./report.ts";

export async function run(
  { spec, values, arguments: [model = ""] }: Invocation<MethodSpec<VerifyMethod>>,
  context: CommandContext,
): Promise<CommandResult> {
  const { method } = spec;
  if (method === "sigstore" && !namesIdentity(values)) {
    const { askForIdentity } = await import("./ask-for-identity.ts");
    throw await askForIdentity(model, values, context);
  }
  const [signature, expectDigest] = [values.text("signature"), values.text("expect-digest")];
  const save = values.text("save");
  const verification = await verify(model, {
    ...readModelOptions(values, context, model),
    ...readRemoteOptions(values),
    ...readDigestOrigin(values),
    ...serverAccess(context),
    trust: await readTrust(method, values, context),
    ignoreUnsignedFiles: values.flag("ignore-unsigned-files") ?? false,
    requireAll: values.flag("require-all") ?? false,
    ...(signature === undefined ? {} : { signature: await readNamedSignature(signature) }),
    ...(expectDigest === undefined ? {} : { expectDigest }),
    ...(save === undefined ? {} : { save }),
  });
  const question: VerifyQuestion = {
    model,
    method,
    publicKey: values.text("public-key"),
    certificateChain: values.texts("certificate-chain"),
    identity: values.text("identity") ?? values.text("identity-regexp"),
    instance: instanceWords(values),
    cwd: context.cwd,
    verbose: values.flag("verbose") === true,
  };
  const json = verifyDocument(verification, { hintOf: adviceText });
  return {
    exitCode: json.exitCode,
    report: [...verifyReport(verification, question), ...savedBlocks(verification, context.cwd)],
    json,
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
