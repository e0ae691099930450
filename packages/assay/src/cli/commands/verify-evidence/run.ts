import { resolve } from "node:path";
import { readUri } from "../../../api/evidence/uris.ts";
import { verifyEvidence } from "../../../api/evidence/verify-evidence.ts";
import { AssayError } from "../../../core/error.ts";
import type { Trust } from "../../../index.ts";
import { verifyEvidenceDocument } from "../../../report/json/verify-evidence.ts";
import type { CommandContext, CommandResult, Invocation, VerifyMethod } from "../../command.ts";
import type { OptionName } from "../../command-line/options.ts";
import type { OptionValues } from "../../command-line/tokens.ts";
import { readAge } from "../../command-line/values.ts";
import { readModelOptions, readRemoteOptions, serverAccess } from "../../inputs/model-options.ts";
import { glanceAt } from "../../inputs/places.ts";
import { namesIdentity, readTrust } from "../../inputs/trust.ts";
import { adviceText } from "../../text/advice.ts";
import { shellCommand } from "../../text/shell-quote.ts";
import { evidenceReport } from "./report.ts";

export async function run({ values, arguments: [file = "", model] }: Invocation, context: CommandContext): Promise<CommandResult> {
  refuseFolder(resolve(context.cwd, file), file);
  const [verifierId, resourceUri, maxAge] = [values.text("verifier-id"), values.text("resource-uri"), values.text("max-age")];
  const { ignorePaths: _paths, ignoreGitPaths: _git, ...work } = readModelOptions(values, context, model ?? "");
  const verification = await verifyEvidence(file, {
    ...work,
    ...readRemoteOptions(values),
    ...serverAccess(context),
    trust: await chosenTrust(values, context),
    verifierId: verifierId === undefined ? undefined : readUri("verifier's id", verifierId),
    resourceUri: resourceUri === undefined ? undefined : readUri("resource", resourceUri),
    policy: values.text("policy"),
    model,
    signature: values.text("signature"),
    maxAge: maxAge === undefined ? undefined : readAge("max-age", maxAge),
  });
  const json = verifyEvidenceDocument(verification, { hintOf: adviceText });
  return {
    exitCode: json.exitCode,
    report: evidenceReport(verification, { file, model, cwd: context.cwd, isVerbose: values.flag("verbose") === true }),
    json,
    warnings: verification.warnings,
  };
}

/** A caller who names the folder of `check --evidence` means the decision in it. */
function refuseFolder(path: string, named: string): void {
  if (glanceAt(path)?.isDirectory() !== true) return;
  const summary = `${named.replace(/\/+$/, "")}/${SUMMARY}`;
  throw new AssayError("USAGE", `${named} is a folder; assay verify evidence takes one signed statement`, {
    suggestion: { lead: "for example", line: shellCommand(["assay", "verify", "evidence", summary]) },
  });
}

const SUMMARY = "verification-summary.sigstore.json";

/** The options that name a signer, by the method that they are for. */
const SIGNERS: readonly (readonly [VerifyMethod, readonly OptionName[]])[] = [
  ["key", ["public-key"]],
  ["certificate", ["certificate-chain", "certificate-identity", "certificate-fingerprint", "crl"]],
  ["sigstore", ["identity", "identity-provider", "identity-regexp", "identity-provider-regexp"]],
];

/** Whom the options trust, by one method; undefined where they name no signer. Throws USAGE for signers of two methods. */
async function chosenTrust(values: OptionValues, context: CommandContext): Promise<Trust | undefined> {
  const given = values.names();
  const named = SIGNERS.flatMap(([method, options]) => {
    const option = options.find((name) => given.includes(name));
    return option === undefined ? [] : [{ method, option }];
  });
  const [first, second] = named;
  if (first === undefined) return undefined;
  if (second !== undefined) {
    throw new AssayError("USAGE", `--${first.option} and --${second.option} name signers of two methods: give one of them`);
  }
  if (first.method === "certificate" && !given.includes("certificate-chain")) {
    throw new AssayError("USAGE", `--certificate-chain is missing: --${first.option} needs the root certificate that you trust`);
  }
  if (first.method === "sigstore" && !namesIdentity(values)) {
    throw new AssayError("USAGE", "an identity is named by --identity and --identity-provider together, or by their patterns");
  }
  return readTrust(first.method, values, context);
}
