import { join } from "node:path";
import { asAssayError, AssayError } from "../../core/error.ts";
import { homeFolder } from "../../files/home-folder.ts";
import { readBounded } from "../../files/read-bounded.ts";
import { isLoopback, webUrl } from "../../network/url.ts";

const PUBLIC_HUB = "https://huggingface.co";

/** The hub that is asked, and the token for it. */
export interface HubAccount {
  readonly endpoint: URL;
  /** Sent to the endpoint's own origin and to no other server, and never without TLS but on this machine. */
  readonly token: string | undefined;
}

type Environment = Readonly<Record<string, string | undefined>>;

/**
 * Finds the hub and its token as huggingface_hub does: HF_ENDPOINT, else huggingface.co; HF_TOKEN, else the file of
 * HF_TOKEN_PATH or `token` in HF_HOME. A file holds the token of huggingface.co, and is not sent to another endpoint.
 *
 * Throws USAGE for an endpoint that is not a URL, and for a token that cannot be one.
 */
export function hubAccount(environment: Environment): HubAccount {
  const given = environment["HF_ENDPOINT"];
  const endpoint = webUrl(given === undefined || given === "" ? PUBLIC_HUB : given);
  endpoint.search = "";
  endpoint.hash = "";
  endpoint.username = "";
  endpoint.password = "";
  const token = tokenOf(environment, endpoint);
  const mayTravel = endpoint.protocol === "https:" || isLoopback(endpoint);
  return { endpoint, token: mayTravel ? token : undefined };
}

function tokenOf(environment: Environment, endpoint: URL): string | undefined {
  const given = environment["HF_TOKEN"]?.trim() || environment["HUGGING_FACE_HUB_TOKEN"]?.trim();
  if (given !== undefined && given !== "") return checked(given, "HF_TOKEN");
  if (endpoint.origin !== PUBLIC_HUB) return undefined;
  const path = environment["HF_TOKEN_PATH"] || usualTokenFile(environment);
  if (path === undefined) return undefined;
  try {
    const text = new TextDecoder().decode(readBounded(path, "token of the hub", 64 * 1024)).trim();
    return text === "" ? undefined : checked(text, path);
  } catch (thrown) {
    if (asAssayError(thrown).code === "FILE_NOT_FOUND") return undefined;
    throw thrown;
  }
}

/** Where `huggingface-cli login` leaves the token. */
function usualTokenFile(environment: Environment): string | undefined {
  const named = environment["HF_HOME"];
  if (named) return join(named, "token");
  const home = homeFolder(environment);
  const caches = environment["XDG_CACHE_HOME"] || (home === undefined ? undefined : join(home, ".cache"));
  return caches === undefined ? undefined : join(caches, "huggingface", "token");
}

/** What would break a header cannot be a token; it is never shown. */
function checked(token: string, where: string): string {
  if (/^[\x21-\x7e]{1,4096}$/.test(token)) return token;
  throw new AssayError("USAGE", `the token in ${where} is not one: it has blanks or control characters`);
}
