import { resolve } from "node:path";
import { AssayError } from "../../error.ts";
import { findSignature } from "../../files/find-signature.ts";
import type { Inspection, Verification } from "../../index.ts";
import { inspect } from "../../inspect.ts";
import type { Invocation } from "../arguments.ts";
import type { CommandContext, CommandResult } from "../command.ts";
import { nearest } from "../nearest.ts";
import { verificationJson } from "../output/documents.ts";
import { shellQuote } from "../output/shell-quote.ts";
import { verifyReport } from "../output/verify-report.ts";

const METHODS = ["key", "certificate"];

/**
 * Answers for the methods that this release does not have: never with a yes, and with the command
 * that does the job where there is one.
 */
export async function run(invocation: Invocation, context: CommandContext): Promise<CommandResult> {
  if (invocation.spec.words[0] === "sign") throw cannotSign(invocation);
  const { values } = invocation;
  const [model = ""] = invocation.arguments;
  const inspection = await readSignature(invocation, context);
  const verification = answerFor(inspection, resolve(context.cwd, model));
  const exitCode = verification.outcome === "failed" ? 1 : 3;
  return {
    exitCode,
    report: verifyReport(verification, {
      model,
      method: "sigstore",
      publicKey: values.text("public-key"),
      certificateChain: values.texts("certificate-chain"),
      cwd: context.cwd,
      verbose: false,
      bundleMethod: inspection.method,
    }),
    json: verificationJson(verification, exitCode, []),
    warnings: [],
  };
}

async function readSignature(invocation: Invocation, { cwd }: CommandContext): Promise<Inspection> {
  const [model = ""] = invocation.arguments;
  const named = invocation.values.text("signature");
  try {
    const path = named ?? findSignature(resolve(cwd, model), cwd);
    const inspection = await inspect(path, { cwd });
    return { ...inspection, signature: { ...inspection.signature, found: named === undefined } };
  } catch (error) {
    // `assay verify kye`: the word was read as MODEL.
    const method = invocation.methodNamed ? undefined : nearest(model, METHODS);
    if (method === undefined || !(error instanceof AssayError) || error.code !== "FILE_NOT_FOUND") throw error;
    throw new AssayError("FILE_NOT_FOUND", error.message, { cause: error, hint: `did you mean: assay verify ${method} MODEL` });
  }
}

function answerFor(inspection: Inspection, model: string): Verification {
  const known = {
    model,
    signature: inspection.signature,
    signer: undefined,
    manifest: undefined,
    verifiedAt: undefined,
    evidence: undefined,
    warnings: [],
  };
  if (inspection.method === "sigstore") {
    const error = new AssayError(
      "METHOD_NOT_AVAILABLE",
      "this is a keyless (Sigstore) signature, and this release verifies signatures by key and by certificate only",
      {
        hint: "a later release of Assay, or the reference (model_signing verify sigstore), can tell",
      },
    );
    return { outcome: "incomplete", ...known, error };
  }
  const holds = inspection.method === "key" ? "a key's signature" : "a certificate chain";
  const error = new AssayError("METHOD_MISMATCH", `asked to verify with the method sigstore, but the bundle holds ${holds}`);
  return { outcome: "failed", ...known, error, differences: [], unsigned: [], notCovered: [], matchedFiles: 0 };
}

function cannotSign({ spec, methodNamed, arguments: [model = "MODEL"] }: Invocation): AssayError {
  const method = spec.words[1] ?? "";
  const key = `assay sign key ${shellQuote(model)} --private-key key.pem`;
  const near = methodNamed ? undefined : nearest(model, METHODS);
  if (near !== undefined) {
    return new AssayError("USAGE", `MODEL is missing, or the method is misspelled: "${model}"`, {
      hint: `did you mean: assay sign ${near} MODEL`,
    });
  }
  if (method === "sigstore") {
    const meant = methodNamed ? "sigstore (keyless signing)" : "no method was named, which means sigstore (keyless signing), and that";
    return new AssayError("USAGE", `${meant} is not in this release`, {
      hint: `sign with a key or a certificate, for example: ${key}`,
    });
  }
  return new AssayError("USAGE", `${method} (a key in hardware) is not in this release`, {
    hint: `sign with a key in a file, for example: ${key}`,
  });
}
