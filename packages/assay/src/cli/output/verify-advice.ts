import { resolve } from "node:path";
import type { ErrorCode, Failed, Incomplete, Verification } from "../../index.ts";
import { displayPath } from "../places.ts";
import { adviceLines } from "../text/advice.ts";
import { command, placeholder, text, type Block, type Word } from "./report.ts";
import type { VerifyQuestion } from "./verify-question.ts";

/** What a person can do about a no, or about "could not tell". */
export function adviceBlocks({ error, signature }: Failed | Incomplete, question: VerifyQuestion): Block[] {
  const { bundleMethod } = question;
  if (error.remedy === "verify-by-signed-method" && bundleMethod !== undefined && bundleMethod !== question.method) {
    return [command("Verify it with:", fittingCommand(bundleMethod, signature, question))];
  }
  if (error.code === "TRUST_ROOT_STALE") {
    const instance = question.instance.filter((word) => word === "--use-staging");
    return [command("Refresh it:", ["assay", "trust", "update", ...instance]), text("Or name a current one with --trusted-root.")];
  }
  if (error.hint === undefined && question.method === "key" && WRONG_KEY_CODES.has(error.code)) {
    return [text("Either the signature was made with another key, or it was changed since.")];
  }
  return adviceLines(error);
}

/** With another key a signature may be invalid, or not even of the right length. */
const WRONG_KEY_CODES: ReadonlySet<ErrorCode> = new Set(["SIGNATURE_INVALID", "SIGNATURE_ENCODING"]);

function fittingCommand(method: string, signature: Verification["signature"], question: VerifyQuestion): Word[] {
  return ["assay", "verify", method, question.model, ...trustWords(method, question), ...signatureWords(signature, question)];
}

function trustWords(method: string, question: VerifyQuestion): Word[] {
  switch (method) {
    case "key":
      return ["--public-key", question.publicKey ?? placeholder("PUBLIC_KEY")];
    case "certificate":
      return ["--certificate-chain", question.certificateChain[0] ?? placeholder("ROOT_CERTIFICATE")];
    default:
      return ["--identity", placeholder("IDENTITY"), "--identity-provider", placeholder("URL")];
  }
}

/** `--signature`, where the command would not find the same file without it. */
function signatureWords(signature: Verification["signature"], question: VerifyQuestion): Word[] {
  if (signature?.path === undefined || signature.found) return [];
  const path = displayPath(signature.path, question.cwd);
  return path === "model.sig" ? [] : ["--signature", path];
}

/** The command that makes a signature like this one, for the model as it is now, at the same place. */
export function signAgain({ manifest, model, signature }: Failed, question: VerifyQuestion): Word[] {
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
    ...(path === "model.sig" ? [] : ["--signature", path]),
    ...ignored.flatMap((name) => ["--ignore-paths", name]),
    ...(signsGitFiles ? ["--no-ignore-git-paths"] : []),
    ...(manifest?.allowSymlinks === true ? ["--allow-symlinks"] : []),
    ...(serialization === undefined || serialization.hash === "sha256" ? [] : ["--hash", serialization.hash]),
    ...(serialization?.method === "shards" ? ["--shard-size", String(serialization.shardSize)] : []),
  ];
}

const GIT_DEFAULTS: ReadonlySet<string> = new Set([".git", ".gitignore", ".gitattributes", ".github"]);
