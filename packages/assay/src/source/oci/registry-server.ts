import { AssayError } from "../../core/error.ts";
import { classOfAddress } from "../../network/addresses.ts";
import type { StreamClient, StreamedAnswer } from "../../network/stream.ts";
import { isLoopback } from "../../network/url.ts";
import { clientFor } from "../remote/remote-client.ts";
import type { OwnRequest, Refusal, RemoteAccess, RemoteServer } from "../remote/remote-server.ts";
import { basicOf, secretsOf, type Account, type FoundAccount } from "./account.ts";
import { parseChallenges, type Challenge } from "./challenge.ts";
import { findAccount } from "./docker-config.ts";
import type { Registry } from "./registry.ts";
import { requestToken } from "./token.ts";

/** What of a repository is asked for. */
export type Right = "pull" | "pull,push";

/**
 * A registry (OCI distribution specification). It is asked without credentials first; the account of Docker's configuration is read
 * when it asks for one, and is used without TLS only on this machine.
 */
export function registryServer(registry: Registry, access: RemoteAccess, right: Right = "pull"): RemoteServer {
  return new RegistryServer(registry, access, right);
}

class RegistryServer implements RemoteServer {
  readonly endpoint: URL;
  readonly title = "the registry";
  readonly fileServer = "the registry's file server";
  readonly limitRemedy = "wait-for-registry";
  readonly #registry: Registry;
  readonly #access: RemoteAccess;
  readonly #right: Right;
  readonly #client: StreamClient;
  readonly #secrets: string[] = [];
  #account: Promise<FoundAccount> | undefined;
  #problem: string | undefined;
  #authorization: string | undefined;
  /** One question for a token at a time: several files are asked for at once. */
  #asking: Promise<boolean> | undefined;

  constructor(registry: Registry, access: RemoteAccess, right: Right) {
    this.#registry = registry;
    this.#access = access;
    this.#right = right;
    this.endpoint = registry.endpoint;
    this.#client = clientFor(access);
  }

  async credentials(_request: OwnRequest): Promise<Readonly<Record<string, string>>> {
    return this.#authorization === undefined ? {} : { authorization: this.#authorization };
  }

  secrets(): readonly string[] {
    return this.#secrets;
  }

  async answerChallenge(answer: StreamedAnswer, what: string): Promise<boolean> {
    this.#asking ??= this.#answer(answer, what).finally(() => {
      this.#asking = undefined;
    });
    return this.#asking;
  }

  refusal({ status, what, body }: Refusal): AssayError | undefined {
    const { host } = this.endpoint;
    const code = errorCodeIn(body);
    const problem = this.#problem === undefined ? "" : `; ${this.#problem}`;
    if (status === 401 || status === 403) {
      const why = status === 401 ? "it is private, or does not exist" : "it is private, does not exist, or the account may not read it";
      return new AssayError("REMOTE_DENIED", `${host} does not give ${what} (status ${status}): ${why}${problem}`, {
        remedy: "log-in-to-registry",
      });
    }
    if (status !== 404) return undefined;
    if (code === "BLOB_UNKNOWN") return new AssayError("REMOTE_CHANGED", `${host} lists ${what}, and does not have it (status 404)`);
    if (code === "MANIFEST_UNKNOWN") return new AssayError("REMOTE_REVISION", `${host} has no such tag or digest: ${what} (status 404)`);
    return undefined;
  }

  async #answer({ headers, address }: StreamedAnswer, what: string): Promise<boolean> {
    const challenge = chosen(headers.get("www-authenticate"), this.endpoint.host);
    if (challenge === undefined) return false;
    this.#account ??= findAccount(this.#registry, this.#access.environment ?? process.env, this.#access.signal);
    const { account, problem } = await this.#account;
    this.#problem = problem;
    this.#keepSecret(...secretsOf(account));
    const isSafe = this.endpoint.protocol === "https:" || isLoopback(this.endpoint);
    if (account !== undefined && !isSafe) {
      const message = `${this.endpoint.host} asks for an account to give ${what}, which is not sent without TLS`;
      throw new AssayError("REMOTE_DENIED", message, { remedy: "log-in-to-registry" });
    }
    const authorization = challenge.scheme === "basic" ? basicFor(account) : await this.#bearer(challenge, account, address);
    // The same one as before is worth a try: this request may have left before it was known.
    if (authorization === undefined) return false;
    this.#authorization = authorization;
    return true;
  }

  async #bearer({ parameters }: Challenge, account: Account | undefined, address: string | undefined): Promise<string | undefined> {
    if (account?.kind === "bearer") return `Bearer ${account.token}`;
    const token = await requestToken({
      registry: this.endpoint,
      realm: parameters.get("realm") ?? "",
      service: parameters.get("service"),
      scope: `repository:${this.#registry.repository}:${this.#right}`,
      account,
      addressClass: address === undefined ? undefined : classOfAddress(address),
      allowHosts: this.#access.allowHosts ?? [],
      client: this.#client,
    });
    this.#keepSecret(token);
    return `Bearer ${token}`;
  }

  #keepSecret(...secrets: readonly string[]): void {
    this.#secrets.push(...secrets.filter((secret) => !this.#secrets.includes(secret)));
  }
}

/** The challenge that is answered: a token rather than the password itself. Undefined where the registry says none. Throws SERVER_ANSWER. */
function chosen(header: string | undefined, host: string): Challenge | undefined {
  if (header === undefined) return undefined;
  const challenges = parseChallenges(header);
  if (challenges === undefined)
    throw new AssayError("SERVER_ANSWER", `${host} asks for credentials in a way that is not HTTP's (WWW-Authenticate)`);
  return challenges.find(({ scheme }) => scheme === "bearer") ?? challenges.find(({ scheme }) => scheme === "basic");
}

function basicFor(account: Account | undefined): string | undefined {
  if (account?.kind === "bearer") return `Bearer ${account.token}`;
  return account?.kind === "password" ? `Basic ${basicOf(account)}` : undefined;
}

/** The first code of a registry's error (distribution specification, "Error Codes"). */
function errorCodeIn(body: Uint8Array): string | undefined {
  return /"code"\s*:\s*"([A-Z_]{1,40})"/.exec(new TextDecoder().decode(body.subarray(0, 4096)))?.[1];
}
