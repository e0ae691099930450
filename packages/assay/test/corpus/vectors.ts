import assert from "node:assert/strict";
import { cpSync, existsSync, readdirSync, readFileSync, rmSync, statSync, symlinkSync, writeFileSync } from "node:fs";
import { basename, dirname, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";

/** One public vector: what its config.json says, paths resolved. */
export interface Vector {
  /** Such as `negative/key-simple-wrong-key_fail`. */
  readonly name: string;
  readonly method: "key" | "certificate" | "sigstore";
  readonly expect: "pass" | "fail";
  readonly bundle: string;
  readonly model: string;
  readonly publicKey: string | undefined;
  readonly certificates: readonly string[];
  /** Of the signer and of who vouches for him; empty where the method is another. */
  readonly identity: string;
  readonly identityProvider: string;
  /** Relative to the model. */
  readonly ignorePaths: readonly string[];
  readonly ignoreUnsignedFiles: boolean;
  /** Names that the bundle must list; absent where the config says nothing. */
  readonly signedFiles: readonly string[] | undefined;
  readonly changes: ModelChanges;
}

interface ModelChanges {
  readonly tamper?: Readonly<Record<string, string>>;
  readonly inject?: Readonly<Record<string, string>>;
  readonly symlinks?: Readonly<Record<string, string>>;
  readonly delete?: readonly string[];
}

/** The fields of config.json that are read here. */
interface Config {
  readonly method: Vector["method"];
  readonly model: string;
  readonly model_relative_to?: "assets" | "test_dir";
  readonly expect?: Vector["expect"];
  readonly expected_signed_files?: readonly string[];
  readonly model_modifications?: ModelChanges;
  readonly verify?: {
    readonly public_key?: string;
    readonly cert_chain?: readonly string[];
    readonly identity?: string;
    readonly identity_provider?: string;
    readonly ignore_paths?: readonly string[];
    readonly ignore_unsigned_files?: boolean;
  };
}

/** Where the public vectors lie: `$ASSAY_CORPUS`, else `../shared` beside the repository. */
export function corpusFolder(): string {
  const named = process.env["ASSAY_CORPUS"];
  return named === undefined || named === "" ? fileURLToPath(new URL("../../../../../shared", import.meta.url)) : resolve(named);
}

/** Every vector under the folder, by name. Throws where there is none: a corpus that is not there proves nothing. */
export function loadVectors(corpus: string): Vector[] {
  const root = join(corpus, "oms", "vectors");
  if (!existsSync(root)) {
    throw new Error(`the public vectors are not there: ${root}\nPut them beside the repository or name their folder in ASSAY_CORPUS.`);
  }
  const configs = readdirSync(root, { recursive: true, encoding: "utf8" }).filter((path) => basename(path) === "config.json");
  if (configs.length === 0) throw new Error(`no vector lies under ${root}`);
  return configs.sort().map((path) => readVector(join(corpus, "oms"), dirname(path)));
}

function readVector(oms: string, name: string): Vector {
  const folder = join(oms, "vectors", name);
  const assets = join(oms, "assets");
  const config: unknown = JSON.parse(readFileSync(join(folder, "config.json"), "utf8"));
  assertConfig(config);
  const { verify = {} } = config;
  return {
    name,
    method: config.method,
    expect: config.expect ?? "pass",
    bundle: join(folder, "bundle.sig"),
    model: join(config.model_relative_to === "test_dir" ? folder : assets, config.model),
    publicKey: verify.public_key === undefined ? undefined : join(assets, verify.public_key),
    certificates: (verify.cert_chain ?? []).map((path) => join(assets, path)),
    identity: verify.identity ?? "",
    identityProvider: verify.identity_provider ?? "",
    ignorePaths: verify.ignore_paths ?? [],
    ignoreUnsignedFiles: verify.ignore_unsigned_files ?? false,
    signedFiles: config.expected_signed_files,
    changes: config.model_modifications ?? {},
  };
}

/** Only what every config has; the rest is optional, and a wrong type there makes its vector fail. */
function assertConfig(value: unknown): asserts value is Config {
  assert.ok(typeof value === "object" && value !== null && "method" in value && "model" in value && typeof value.model === "string");
  assert.ok(value.method === "key" || value.method === "certificate" || value.method === "sigstore");
}

/** Copies the vector's model into the folder, changes it as the config says, and returns where it is. */
export function prepareModel(vector: Vector, folder: string): string {
  const isFile = statSync(vector.model).isFile();
  const copy = join(folder, isFile ? basename(vector.model) : "model");
  cpSync(vector.model, copy, { recursive: true });
  const base = isFile ? folder : copy;
  for (const [path, text] of Object.entries({ ...vector.changes.tamper, ...vector.changes.inject })) writeFileSync(join(base, path), text);
  for (const path of vector.changes.delete ?? []) rmSync(join(base, path), { force: true });
  for (const [path, target] of Object.entries(vector.changes.symlinks ?? {})) symlinkSync(target, join(base, path));
  return copy;
}
