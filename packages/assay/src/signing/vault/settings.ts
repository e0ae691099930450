import { join } from "node:path";
import { AssayError } from "../../core/error.ts";
import { readBounded } from "../../files/read-bounded.ts";
import { urlUnder, webUrl } from "../../network/url.ts";
import { splitKeyUri } from "../plugin/key-uri.ts";

export type VaultEnvironment = Readonly<Record<string, string | undefined>>;

/** Where a key is, and what opens the way to it. */
export interface VaultSettings {
  readonly keyName: string;
  /** The version that signs; undefined is the newest at the time of reading. */
  readonly version: number | undefined;
  /** `https://vault.example.com:8200/v1/transit`, without a slash at its end. */
  readonly transitUrl: string;
  readonly token: string;
  readonly namespace: string | undefined;
}

const NAME = /^\w(?:[\w.-]*\w)?$/;
const VERSION = /^[1-9]\d{0,8}$/;
/** What fits in an HTTP header; a token is far shorter. */
const TOKEN = /^[!-~]{1,16384}$/;
const TOKEN_FILE = ".vault-token";

/**
 * Reads `hashivault://NAME[?version=N]` (`openbao://` means the same) and the variables that Vault's and
 * OpenBao's own commands and cosign read: VAULT_ADDR, VAULT_TOKEN, VAULT_NAMESPACE or the same with BAO_,
 * TRANSIT_SECRET_ENGINE_PATH (default `transit`); without a token, the file ~/.vault-token that `vault login`
 * leaves behind.
 *
 * Throws KEY_URI, USAGE for settings that are missing or malformed, and what reading a file throws. No message
 * holds the token.
 */
export function vaultSettings(keyUri: string, environment: VaultEnvironment): VaultSettings {
  const address = first(environment, "VAULT_ADDR", "BAO_ADDR");
  if (address === undefined) {
    throw new AssayError("USAGE", "no Vault address: neither VAULT_ADDR nor BAO_ADDR is set", {
      hint: "for example: export VAULT_ADDR=https://vault.example.com:8200",
    });
  }
  const url = webUrl(address);
  // A query would end up behind the path of every request, a password in none of Vault's own requests.
  if (url.search !== "" || url.hash !== "" || url.username !== "" || url.password !== "") {
    throw new AssayError("USAGE", "the address of the Vault has a user name, query or fragment, which no Vault's has");
  }
  return {
    ...readKeyUri(keyUri),
    transitUrl: urlUnder(address, `v1/${enginePath(environment)}`),
    token: readToken(environment),
    namespace: readNamespace(environment),
  };
}

function readKeyUri(uri: string): Pick<VaultSettings, "keyName" | "version"> {
  const { scheme, rest } = splitKeyUri(uri);
  const [keyName = "", query, ...others] = rest.split("?");
  if (!NAME.test(keyName) || others.length > 0) {
    throw new AssayError("KEY_URI", "a Vault key's name is of letters, digits, _, . and -, with a letter or digit at each end", {
      hint: `for example ${scheme}://models or ${scheme}://models?version=2`,
    });
  }
  if (query === undefined) return { keyName, version: undefined };
  const version = query.startsWith("version=") ? query.slice("version=".length) : "";
  if (!VERSION.test(version)) {
    throw new AssayError("KEY_URI", "a Vault key's URI has version=N, with N from 1, behind the ?, and nothing else");
  }
  return { keyName, version: Number(version) };
}

function enginePath(environment: VaultEnvironment): string {
  const path = (environment["TRANSIT_SECRET_ENGINE_PATH"] || "transit").replaceAll(/^\/+|\/+$/g, "");
  const isPlain = path.split("/").every((part) => /^[\w.~-]+$/.test(part) && part !== "." && part !== "..");
  if (isPlain) return path;
  throw new AssayError("USAGE", "TRANSIT_SECRET_ENGINE_PATH is not the path of a secrets engine, such as transit or team/transit");
}

function readToken(environment: VaultEnvironment): string {
  const token = first(environment, "VAULT_TOKEN", "BAO_TOKEN") ?? tokenFromFile(environment);
  if (token === undefined) {
    throw new AssayError("USAGE", `no Vault token: neither in VAULT_TOKEN or BAO_TOKEN, nor in ~/${TOKEN_FILE}`, {
      hint: "log in first: vault login, or bao login",
    });
  }
  if (!TOKEN.test(token)) throw new AssayError("USAGE", "the token for the Vault holds blanks or characters that no token has");
  return token;
}

function tokenFromFile(environment: VaultEnvironment): string | undefined {
  const home = first(environment, "HOME", "USERPROFILE");
  if (home === undefined) return undefined;
  try {
    const token = new TextDecoder().decode(readBounded(join(home, TOKEN_FILE), "token file", 64 * 1024)).trim();
    return token === "" ? undefined : token;
  } catch (error) {
    if (error instanceof AssayError && error.code === "FILE_NOT_FOUND") return undefined;
    throw error;
  }
}

function readNamespace(environment: VaultEnvironment): string | undefined {
  const namespace = first(environment, "VAULT_NAMESPACE", "BAO_NAMESPACE");
  if (namespace === undefined || /^[!-~]{1,1024}$/.test(namespace)) return namespace;
  throw new AssayError("USAGE", "VAULT_NAMESPACE holds blanks or characters that no namespace has");
}

/** The first of these variables that says something: one that is set to nothing does not. */
function first(environment: VaultEnvironment, ...names: readonly string[]): string | undefined {
  return names.map((name) => environment[name]).find((value) => value !== undefined && value !== "");
}
