import { DEFAULT_SIGNATURE } from "../../../source/find-signature.ts";
import { AssayError } from "../../../core/error.ts";
import type { ModelSigner, WitnessRequest } from "../../../index.ts";
import { sign } from "../../../api/sign.ts";
import type { Warning } from "../../../core/warning.ts";
import type { CommandContext, CommandResult, Invocation } from "../../command.ts";
import { privateKeyWarnings } from "../../inputs/credentials.ts";
import { instanceWords } from "../../inputs/instance-words.ts";
import { readHashOptions, readModelOptions } from "../../inputs/model-options.ts";
import { signedJson } from "../../../report/documents.ts";
import { signReport } from "./report.ts";
import { STANDARD_STREAM } from "../../inputs/signature-input.ts";

export async function run(invocation: Invocation, context: CommandContext): Promise<CommandResult> {
  const { values } = invocation;
  const [model = ""] = invocation.arguments;
  const modelOptions = readModelOptions(invocation, context, model);
  const hashOptions = readHashOptions(invocation);
  const { signer, witnesses } = await openAny(invocation, context);
  const signature = values.text("signature") ?? DEFAULT_SIGNATURE;
  const isStandardOutput = signature === STANDARD_STREAM;
  if (isStandardOutput && values.flag("json") === true && values.text("output-file") === undefined) {
    throw new AssayError("USAGE", "--json and --signature - both write to standard output", {
      hint: "send one of them to a file: --output-file FILE, or --signature FILE",
    });
  }
  const signed = await sign(model, {
    ...modelOptions,
    ...hashOptions,
    signer,
    ...(witnesses === undefined ? {} : { witnesses }),
    ...(isStandardOutput ? {} : { signature }),
    force: values.flag("force") ?? false,
  });
  const privateKey = values.text("private-key");
  const warnings: Warning[] = [...(privateKey === undefined ? [] : privateKeyWarnings(privateKey, context.cwd)), ...signed.warnings];
  const question = {
    model,
    key: keyName(invocation),
    instance: instanceWords(invocation),
    cwd: context.cwd,
    verbose: values.flag("verbose") === true,
  };
  const output = isStandardOutput ? { output: signed.bundle } : {};
  return { exitCode: 0, report: signReport(signed, question), json: signedJson(signed, warnings), warnings, ...output };
}

async function openAny(
  invocation: Invocation,
  context: CommandContext,
): Promise<{ readonly signer: ModelSigner; readonly witnesses?: WitnessRequest | undefined }> {
  if (invocation.spec.words[1] === "sigstore") {
    const { openKeylessSigner } = await import("../../inputs/open-keyless-signer.ts");
    return { signer: await openKeylessSigner(invocation, context) };
  }
  const { openSigner } = await import("../../inputs/open-signer.ts");
  const signer = await openSigner(invocation, context);
  if (invocation.values.text("tsa-url") === undefined && invocation.values.text("rekor-url") === undefined) return { signer };
  const { readWitnessRequest } = await import("../../inputs/witness-options.ts");
  return { signer, witnesses: await readWitnessRequest(invocation, context) };
}

/** How the report names the key: as the caller did. */
function keyName({ values }: Invocation): string {
  const uri = values.text("pkcs11-uri") ?? values.text("key-uri");
  // A PIN may stand in a PKCS#11 URI: in its query, which says nothing about which key it is.
  return uri?.replace(/\?.*$/s, "") ?? values.text("private-key") ?? "";
}
