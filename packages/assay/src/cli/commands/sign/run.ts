import { resolve } from "node:path";
import { DEFAULT_SIGNATURE, sign } from "../../../api/sign.ts";
import { isRemoteReference } from "../../../api/opened/with-opened.ts";
import { AssayError } from "../../../core/error.ts";
import type { Warning } from "../../../core/warning.ts";
import { signDocument } from "../../../report/json/sign.ts";
import type { CommandContext, CommandResult, Invocation, MethodSpec, SignMethod } from "../../command.ts";
import type { OptionValues } from "../../command-line/tokens.ts";
import { instanceWords } from "../../inputs/instance.ts";
import { readHashOptions, readModelOptions, readRemoteOptions, serverAccess } from "../../inputs/model-options.ts";
import { glanceAt } from "../../inputs/places.ts";
import { STANDARD_STREAM } from "../../inputs/signature.ts";
import { openModelSigner } from "../../inputs/signer.ts";
import { shellQuote } from "../../text/shell-quote.ts";
import { signReport } from "./report.ts";

export async function run(
  { spec, values, arguments: [model = ""] }: Invocation<MethodSpec<SignMethod>>,
  context: CommandContext,
): Promise<CommandResult> {
  const { cwd } = context;
  const attach = values.flag("attach") ?? false;
  if (attach && !model.startsWith("oci:")) {
    throw new AssayError("USAGE", "--attach is for a model in a registry", { hint: "name it as oci:REGISTRY/REPOSITORY:TAG" });
  }
  if (isRemoteReference(model) && values.text("signature") === undefined && !attach) {
    throw new AssayError("USAGE", "the model is on a server, and no file for its signature is named", {
      hint: model.startsWith("oci:")
        ? "attach it to the model in its registry with --attach, or name a file to write: --signature FILE"
        : "name the file to write: --signature FILE; then put it into the model, for example with hf upload",
    });
  }
  const modelOptions = readModelOptions(values, context, model);
  const hashOptions = readHashOptions(values);
  const { signer, witnesses } = await openModelSigner(spec.method, values, context);
  const signature = values.text("signature") ?? (attach ? undefined : DEFAULT_SIGNATURE);
  const isStandardOutput = signature === STANDARD_STREAM;
  if (isStandardOutput && values.flag("json") === true && values.text("output-file") === undefined) {
    throw new AssayError("USAGE", "--json and --signature - both write to standard output", {
      hint: "write one of them to a file: --output-file FILE, or --signature FILE",
    });
  }
  const signed = await sign(model, {
    ...modelOptions,
    ...hashOptions,
    ...readRemoteOptions(values),
    ...serverAccess(context),
    signer,
    ...(witnesses === undefined ? {} : { witnesses }),
    ...(isStandardOutput || signature === undefined ? {} : { signature }),
    attach,
    force: values.flag("force") ?? false,
  });
  const warnings: Warning[] = [...privateKeyWarnings(values.text("private-key"), cwd), ...signed.warnings];
  const question = { model, key: keyName(values), instance: instanceWords(values), cwd, verbose: values.flag("verbose") === true };
  return {
    exitCode: 0,
    report: signReport(signed, question),
    json: signDocument(signed, warnings),
    warnings,
    ...(isStandardOutput ? { output: signed.bundle } : {}),
  };
}

/** Warns of a private key that other users of this machine can read. */
function privateKeyWarnings(path: string | undefined, cwd: string): Warning[] {
  if (path === undefined || process.platform === "win32") return [];
  const stats = glanceAt(resolve(cwd, path));
  if (stats?.isFile() !== true || (stats.mode & 0o044) === 0) return [];
  const message = `other users can read the private key ${path}: restrict it with chmod 600 ${shellQuote(path)}`;
  return [{ code: "PRIVATE_KEY_READABLE", message }];
}

/** How the report names the key: as the caller did. */
function keyName(values: OptionValues): string {
  const uri = values.text("pkcs11-uri") ?? values.text("key-uri");
  // The query of a PKCS#11 URI may hold a PIN, and does not say which key it is.
  return uri?.replace(/\?.*$/s, "") ?? values.text("private-key") ?? "";
}
