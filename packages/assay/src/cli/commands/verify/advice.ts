import { resolve } from "node:path";
import { type AssayError, detailsOf } from "../../../core/error.ts";
import type { ErrorCode, Failed, Incomplete, Verification } from "../../../index.ts";
import { displayPath } from "../../inputs/places.ts";
import { adviceLines } from "../../text/advice.ts";
import { command, placeholder, text, type Block, type Word } from "../../text/report.ts";
import type { VerifyMethod } from "../../command.ts";

/** What was asked, in the asker's words. */
export interface VerifyQuestion {
  readonly model: string;
  readonly method: VerifyMethod;
  readonly publicKey: string | undefined;
  readonly certificateChain: readonly string[];
  /** The identity that was named, or the pattern for one. */
  readonly identity: string | undefined;
  /** The options that named the instance of a keyless signature. */
  readonly instance: readonly string[];
  readonly cwd: string;
  readonly verbose: boolean;
}

/**
 * What to do about a no, or about "could not tell". Most people who verify downloaded the model: the first advice is
 * not to use it; what only the signer can do comes last, and says so.
 */
export function adviceBlocks({ outcome, error, signature }: Failed | Incomplete, question: VerifyQuestion): Block[] {
  if (outcome === "incomplete") return [...incompleteAdvice(error, question), text("Until this is settled, the model is not verified.")];
  const signedBy = detailsOf(error, "METHOD_MISMATCH")?.signedBy;
  if (error.remedy === "verify-by-signed-method" && signedBy !== undefined) {
    return [command(`If you trust ${TRUSTED[signedBy]}, verify it with:`, fittingCommand(signedBy, signature, question))];
  }
  if (ASKED_WRONGLY.has(error.code)) return adviceLines(error);
  return [text(doNotUse(error, question)), ...adviceLines(error)];
}

const HUB_DOWNLOAD_FOLDER = ".cache/huggingface";

/** The files are not the signed ones: fetch them again. Only a signer has made changes on purpose. */
export function mismatchAdvice(failed: Failed, question: VerifyQuestion): Block[] {
  const isAllExtra = failed.differences.every(({ kind }) => kind === "extra");
  const isHubDownload = failed.warnings.some(({ code }) => code === "HUB_DOWNLOAD_FOLDER");
  if (isHubDownload && isAllExtra && failed.differences.every(({ name }) => name.startsWith(`${HUB_DOWNLOAD_FOLDER}/`))) {
    return [text(`They are notes that hf download keeps inside the model: leave them out with --ignore-paths ${HUB_DOWNLOAD_FOLDER}`)];
  }
  return [
    text(
      isAllExtra
        ? "Do not use the files that are not signed: remove them, or fetch the model again from its publisher, and verify again."
        : "Do not use these files: fetch them again from their publisher, and verify again.",
    ),
    command("Only if you are the signer and made these changes, sign again:", signAgain(failed, question)),
    ...(isAllExtra ? [text("Only if you added these files yourself, accept them unchecked with --ignore-unsigned-files.")] : []),
  ];
}

function incompleteAdvice(error: AssayError, question: VerifyQuestion): Block[] {
  if (error.code !== "TRUST_ROOT_STALE") return adviceLines(error);
  const instance = question.instance.filter((word) => word === "--use-staging");
  return [command("Refresh it:", ["assay", "trust", "update", ...instance]), text("Or name a current one with --trusted-root.")];
}

/** Here the question does not fit the signature, and nothing is known against the model. */
const ASKED_WRONGLY: ReadonlySet<ErrorCode> = new Set(["METHOD_MISMATCH", "MODEL_MISMATCH"]);

/** The signature may be good, and by another signer than the one that was named. */
const OTHER_SIGNER: ReadonlySet<ErrorCode> = new Set([
  "SIGNATURE_INVALID",
  "SIGNATURE_ENCODING",
  "IDENTITY_MISMATCH",
  "ISSUER_MISMATCH",
  "CERTIFICATE_PATH_NOT_FOUND",
]);

function doNotUse(error: AssayError, { method }: VerifyQuestion): string {
  if (!OTHER_SIGNER.has(error.code)) return "Do not use this model: fetch it and its signature again from its publisher, and verify again.";
  const named = { key: "the key is", certificate: "the root is", sigstore: "the identity is" }[method];
  return `Do not use this model: fetch it and its signature again from its publisher, and check that ${named} the one that the publisher names.`;
}

/** What the asker needs from the signer, by method. */
const TRUSTED: Readonly<Record<VerifyMethod, string>> = {
  key: "its signer and have the public key",
  certificate: "its signer and have the root certificate",
  sigstore: "its signer and know the identity",
};

function fittingCommand(method: VerifyMethod, signature: Verification["signature"], question: VerifyQuestion): Word[] {
  return ["assay", "verify", method, question.model, ...trustWords(method, question), ...signatureWords(signature, question)];
}

function trustWords(method: VerifyMethod, question: VerifyQuestion): Word[] {
  switch (method) {
    case "key":
      return ["--public-key", question.publicKey ?? placeholder("PUBLIC_KEY")];
    case "certificate":
      return ["--certificate-chain", question.certificateChain[0] ?? placeholder("ROOT_CERTIFICATE")];
    case "sigstore":
      return ["--identity", placeholder("IDENTITY"), "--identity-provider", placeholder("URL")];
  }
}

/** `--signature`, where the asker named it: without it, another one might be found first. */
function signatureWords(signature: Verification["signature"], question: VerifyQuestion): Word[] {
  if (signature?.path === undefined || signature.found) return [];
  return ["--signature", displayPath(signature.path, question.cwd)];
}

/** The command that makes a signature like this one, for the model as it is now, at the same place. */
function signAgain({ manifest, model, source, signature }: Failed, question: VerifyQuestion): Word[] {
  const path = signature?.path === undefined ? "model.sig" : displayPath(signature.path, question.cwd);
  const serialization = manifest?.serialization;
  // The reference records the signature's own name; git's files are left out by default.
  const ignored = manifest?.ignorePaths.filter((name) => !GIT_DEFAULTS.has(name) && resolve(model, name) !== signature?.path) ?? [];
  const signsGitFiles = [...(manifest?.files.keys() ?? [])].some((name) => GIT_DEFAULTS.has(name.split("/", 1)[0] ?? ""));
  return [
    "assay",
    "sign",
    question.method,
    question.model,
    // Without them, what belongs to an organization would go into the public instance's log.
    ...(question.method === "sigstore" ? question.instance : ["--private-key", placeholder("KEY")]),
    ...(question.method === "certificate"
      ? ["--signing-certificate", placeholder("CERTIFICATE"), "--certificate-chain", placeholder("CHAIN")]
      : []),
    // Of a model on a server, the signature is written here, and where is always named.
    ...(path === "model.sig" && source === undefined ? [] : ["--signature", path]),
    ...ignored.flatMap((name) => ["--ignore-paths", name]),
    ...(signsGitFiles ? ["--no-ignore-git-paths"] : []),
    ...(manifest?.allowSymlinks === true ? ["--allow-symlinks"] : []),
    ...(serialization === undefined || serialization.hash === "sha256" ? [] : ["--hash", serialization.hash]),
    ...(serialization?.method === "shards" ? ["--shard-size", String(serialization.shardSize)] : []),
  ];
}

const GIT_DEFAULTS: ReadonlySet<string> = new Set([".git", ".gitignore", ".gitattributes", ".github"]);
