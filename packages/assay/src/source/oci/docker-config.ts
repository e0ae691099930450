import { join } from "node:path";
import { asAssayError, AssayError } from "../../core/error.ts";
import { parseJson, type JsonNode } from "../../encoding/json.ts";
import { homeFolder } from "../../files/home-folder.ts";
import { readBounded } from "../../files/read-bounded.ts";
import type { Account, FoundAccount } from "./account.ts";
import { accountOfHelper } from "./credential-helper.ts";
import { accountNames, type Registry } from "./registry.ts";

type Environment = Readonly<Record<string, string | undefined>>;

const MAX_BYTES = 4 * 1024 * 1024;

/**
 * Finds the account for a registry where `docker login`, `podman login` and `oras login` leave it: config.json in DOCKER_CONFIG or
 * ~/.docker, then REGISTRY_AUTH_FILE or containers/auth.json in XDG_RUNTIME_DIR. A helper program for the registry comes first, then
 * the general one, then what the file itself has.
 *
 * Where a helper fails, the registry is asked without an account, as it may need none. Throws USAGE for a file that is not such a configuration,
 * FILE_UNREADABLE, ABORTED.
 */
export async function findAccount(registry: Registry, environment: Environment, signal?: AbortSignal): Promise<FoundAccount> {
  let problem: string | undefined;
  for (const path of configurationFiles(environment)) {
    const configuration = readConfiguration(path);
    if (configuration === undefined) continue;
    const names = accountNames(registry);
    for (const [helper, server] of helpersOf(configuration, names)) {
      try {
        const account = await accountOfHelper(helper, server, environment, signal);
        if (account !== undefined) return { account, problem: undefined };
      } catch (thrown) {
        const error = asAssayError(thrown);
        if (error.code !== "REMOTE_DENIED") throw error;
        problem ??= error.message;
      }
    }
    const account = accountInFile(configuration, names, path);
    if (account !== undefined) return { account, problem: undefined };
  }
  return { account: undefined, problem };
}

function configurationFiles(environment: Environment): readonly string[] {
  const home = homeFolder(environment);
  const docker = environment["DOCKER_CONFIG"] || (home === undefined ? undefined : join(home, ".docker"));
  const runtime = environment["XDG_RUNTIME_DIR"];
  const containers =
    environment["REGISTRY_AUTH_FILE"] || (runtime === undefined || runtime === "" ? undefined : join(runtime, "containers", "auth.json"));
  return [...(docker === undefined ? [] : [join(docker, "config.json")]), ...(containers === undefined ? [] : [containers])];
}

/** Undefined where the file is missing. What is wrong with it is said without its content. */
function readConfiguration(path: string): JsonNode | undefined {
  let bytes: Uint8Array;
  try {
    bytes = readBounded(path, "configuration of registries", MAX_BYTES);
  } catch (thrown) {
    if (asAssayError(thrown).code === "FILE_NOT_FOUND") return undefined;
    throw thrown;
  }
  return strictly(path, () => parseJson(bytes, { what: `file ${path}`, shapeCode: "USAGE", maxDepth: 16, maxValues: 1 << 18 }).object());
}

function helpersOf(configuration: JsonNode, names: readonly string[]): (readonly [helper: string, server: string])[] {
  const found: (readonly [string, string])[] = [];
  const helpers = configuration.optional("credHelpers");
  for (const name of names) {
    const helper = helpers?.get(name);
    if (helper !== undefined) found.push([helper.string(), name]);
  }
  const general = configuration.optional("credsStore")?.string() ?? "";
  // Such a helper knows whole hosts.
  const hosts = names.filter((name) => name.includes("://") || !name.includes("/"));
  if (general !== "") found.push(...hosts.map((host) => [general, host] as const));
  return found;
}

function accountInFile(configuration: JsonNode, names: readonly string[], path: string): Account | undefined {
  const accounts = configuration.optional("auths");
  if (accounts === undefined) return undefined;
  return strictly(path, () => {
    const entries = new Map<string, JsonNode>();
    for (const [name, entry] of accounts.members()) {
      entries.set(name, entry);
      const host = hostOf(name);
      if (!entries.has(host)) entries.set(host, entry);
    }
    for (const name of names) {
      const entry = entries.get(name);
      const account = entry === undefined ? undefined : accountOf(entry);
      if (account !== undefined) return account;
    }
    return undefined;
  });
}

/** Older clients wrote whole addresses: `https://ghcr.io/v2/`. */
function hostOf(name: string): string {
  return name.replace(/^https?:\/\//, "").replace(/\/(?:v1|v2)?\/?$/, "");
}

function accountOf(entry: JsonNode): Account | undefined {
  const field = (name: string): string => entry.optional(name)?.string() ?? "";
  const identity = field("identitytoken");
  if (identity !== "") return { kind: "identity", token: identity };
  const token = field("registrytoken");
  if (token !== "") return { kind: "bearer", token };
  const auth = field("auth");
  const [user, password] = auth === "" ? [field("username"), field("password")] : splitAuth(auth);
  return user === "" && password === "" ? undefined : { kind: "password", user, password };
}

/** Docker ends a password with NUL in old files. */
function splitAuth(auth: string): readonly [string, string] {
  const text = Buffer.from(auth, "base64").toString("utf8");
  const colon = text.indexOf(":");
  return colon < 0 ? ["", ""] : [text.slice(0, colon), text.slice(colon + 1).replace(/\0+$/, "")];
}

/** The reader's words could quote a password. */
function strictly<Result>(path: string, read: () => Result): Result {
  try {
    return read();
  } catch (thrown) {
    const why = asAssayError(thrown).code === "USAGE" ? "a value in it has another type" : "it is not strict JSON";
    throw new AssayError("USAGE", `${path} is not a configuration of registries: ${why}`);
  }
}
