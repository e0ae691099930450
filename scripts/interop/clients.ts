import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import type { Case } from "./case.ts";
import { PASSWORD, type Authority, type KeyFiles } from "./keys.ts";

/** A case made real: where its files are. */
interface Scene {
  readonly case: Case;
  readonly model: string;
  readonly bundle: string;
  readonly key: KeyFiles;
  readonly authority: Authority;
}

/** Worked, perhaps not with the command but through the client's library; or why not, in the client's own words. */
export type Attempt = { readonly worked: true; readonly byLibrary?: true } | { readonly worked: false; readonly why: string };

export interface Client {
  readonly name: string;
  sign(scene: Scene): Attempt;
  verify(scene: Scene): Attempt;
}

const COMMAND = fileURLToPath(new URL("../../packages/assay/dist/bin/assay.js", import.meta.url));

export const assay: Client = {
  name: "Assay",
  sign(scene) {
    const { hash, shardSize } = scene.case.signing ?? {};
    const own = [...(hash === undefined ? [] : ["--hash", hash]), ...(shardSize === undefined ? [] : ["--shard-size", String(shardSize)])];
    return run(process.execPath, [COMMAND, ...signWords(scene, dashed), ...own]);
  },
  verify: (scene) => run(process.execPath, [COMMAND, ...verifyWords(scene, dashed)]),
};

/** The Python client's command; what it has no option for, through its library. */
export function python(file: string): Client {
  const interpreter = join(dirname(file), "python");
  return {
    name: "Python",
    sign(scene) {
      const { hash, shardSize } = scene.case.signing ?? {};
      if (hash === undefined && shardSize === undefined) return run(file, signWords(scene, underscored));
      if (!existsSync(interpreter)) return { worked: false, why: "its command has no option for it" };
      const given = [
        scene.model,
        scene.bundle,
        scene.key.privateKey,
        hash?.replace("blake2b", "blake2") ?? "sha256",
        String(shardSize ?? 0),
      ];
      return byLibrary(run(interpreter, ["-c", PYTHON_SIGN, ...given]));
    },
    verify(scene) {
      const answer = run(file, verifyWords(scene, underscored));
      const isOwnOption = scene.case.signing?.hash !== undefined || scene.case.signing?.shardSize !== undefined;
      if (answer.worked || !isOwnOption || !existsSync(interpreter)) return answer;
      // The command hashes whole files with SHA-256 whatever the bundle says; the library alone looks there.
      const again = run(interpreter, ["-c", PYTHON_VERIFY, scene.model, scene.bundle, scene.key.publicKey]);
      return again.worked ? byLibrary(again) : { worked: false, why: `(its library) ${again.why}` };
    },
  };
}

function byLibrary(attempt: Attempt): Attempt {
  return attempt.worked ? { worked: true, byLibrary: true } : attempt;
}

const PYTHON_VERIFY = `
import sys
from model_signing import verifying
model, bundle, key = sys.argv[1:]
verifying.Config().use_elliptic_key_verifier(public_key=key).verify(model, bundle)
`;

const PYTHON_SIGN = `
import sys
from model_signing import hashing, signing
model, bundle, key, algorithm, shard_size = sys.argv[1:]
config = hashing.Config()
if int(shard_size):
    config.use_shard_serialization(hashing_algorithm=algorithm, shard_size=int(shard_size))
else:
    config.use_file_serialization(hashing_algorithm=algorithm)
signing.Config().use_elliptic_key_signer(private_key=key).set_hashing_config(config).sign(model, bundle)
`;

/** The Go client's command; what it has no option for, through the adapter that its repository has for the conformance suite. */
export function go(file: string, adapter: string | undefined): Client {
  return {
    name: "Go",
    sign(scene) {
      const { hash, shardSize } = scene.case.signing ?? {};
      if (hash === undefined && shardSize === undefined) return run(file, signWords(scene, dashed, "relative"));
      if (adapter === undefined) return { worked: false, why: "its command has no option for it" };
      const flags = ["--model-path", scene.model, "--output-bundle", scene.bundle, "--private-key", scene.key.privateKey];
      if (hash !== undefined) flags.push("--hash-algorithm", hash);
      if (shardSize !== undefined) flags.push("--shard-size", String(shardSize));
      return byLibrary(run(adapter, ["sign-model", "--method", "key", ...flags]));
    },
    verify: (scene) => run(file, verifyWords(scene, dashed, "relative")),
  };
}

type Spelling = (option: string) => string;

function dashed(option: string): string {
  return `--${option}`;
}

/** The options that the Python client has with underscores. */
function underscored(option: string): string {
  return /^(ignore-paths|(no-)?ignore-git-paths)$/.test(option) ? `--${option}` : `--${option.replaceAll("-", "_")}`;
}

function signWords(
  { case: { method, signing = {} }, model, bundle, key, authority }: Scene,
  spell: Spelling,
  ignored = "absolute",
): string[] {
  const words = ["sign", method, spell("signature"), bundle];
  words.push(spell("private-key"), signing.encryptedKey === true ? key.encryptedKey : key.privateKey);
  if (signing.encryptedKey === true) words.push(spell("password"), PASSWORD);
  if (method === "certificate") {
    words.push(spell("signing-certificate"), key.certificate);
    if (signing.leafOnly !== true)
      words.push(spell("certificate-chain"), authority.intermediate, spell("certificate-chain"), authority.root);
  }
  for (const path of signing.ignorePaths ?? []) words.push(spell("ignore-paths"), ignored === "relative" ? path : join(model, path));
  if (signing.allowSymlinks === true) words.push(spell("allow-symlinks"));
  if (signing.includeGitPaths === true) words.push(...withGitPaths(spell, ignored));
  return [...words, model];
}

function verifyWords(
  { case: { method, signing = {}, verifying = {} }, model, bundle, key, authority }: Scene,
  spell: Spelling,
  flags = "absolute",
): string[] {
  const words = ["verify", method, spell("signature"), bundle];
  if (method === "key") words.push(spell("public-key"), key.publicKey);
  else words.push(spell("certificate-chain"), authority.root);
  if (signing.leafOnly === true) words.push(spell("certificate-chain"), authority.intermediate);
  if (verifying.ignoreUnsignedFiles === true) words.push(spell("ignore-unsigned-files"));
  if (verifying.allowSymlinks === true) words.push(spell("allow-symlinks"));
  if (verifying.includeGitPaths === true) words.push(...withGitPaths(spell, flags));
  return [...words, model];
}

/** Go has values for its switches where the others have a second switch. */
function withGitPaths(spell: Spelling, dialect: string): string[] {
  return dialect === "relative" ? ["--ignore-git-paths=false"] : [spell("no-ignore-git-paths")];
}

function run(file: string, words: readonly string[]): Attempt {
  const { status, stdout, stderr, error } = spawnSync(file, words, { encoding: "utf8" });
  if (error) return { worked: false, why: error.message };
  if (status === 0) return { worked: true };
  return { worked: false, why: lastWords(`${stdout}\n${stderr}`) || `exit status ${status} and not a word` };
}

/** The line that says why: the last error line, as usage may follow it; and the next one where it only begins there. */
function lastWords(text: string): string {
  const lines = text
    .split("\n")
    .map((line) => line.trim())
    .filter((line) => line !== "");
  const last = lines.findLastIndex((line) => /^✘|error|cannot|fail/i.test(line));
  const said = lines[last] ?? lines.at(-1) ?? "";
  const goesOn = said.endsWith(":") || said.startsWith("✘ ");
  const whole = goesOn ? `${said} ${lines[last + 1] ?? ""}` : said;
  // The Python client prints digests as byte strings, some hundred characters each.
  return whole.replace(/^✘ /, "").replaceAll(/, digest_value=b(['"])(?:\\.|(?!\1).)*\1/g, "");
}
