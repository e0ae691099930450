import { AssayError } from "../../core/error.ts";
import { parseJson } from "../../encoding/json.ts";
import { classOfAddress, type AddressClass } from "../../network/addresses.ts";
import type { StreamClient } from "../../network/stream.ts";
import { isLoopback } from "../../network/url.ts";
import { basicOf, type Account } from "./account.ts";
import { isKnownRealm } from "./known-realms.ts";

/** What a registry asks for in a Bearer challenge, and by whom it is given. */
export interface RegistryTokenQuestion {
  readonly registry: URL;
  /** Of the challenge: where tokens are given, and for which service. */
  readonly realm: string;
  readonly service: string | undefined;
  /** This program's own: what a server asks for beside it is not asked for. */
  readonly scope: string;
  readonly account: Account | undefined;
  /** The class of the registry's own address; undefined behind a proxy. */
  readonly addressClass: AddressClass | undefined;
  readonly allowHosts: readonly string[];
  readonly client: StreamClient;
}

const MAX_ANSWER_BYTES = 256 * 1024;
const TOKEN = /^[\x21-\x7e]{1,65536}$/;

/**
 * Asks for a token by the token specifications of distribution (Bearer, and OAuth 2.0 for a refresh token). An account is used only at
 * the registry's own origin, at the one that the registry is known to use, and at a host that the caller allows.
 *
 * Throws REMOTE_REDIRECT, REMOTE_DENIED, REMOTE_LIMIT, SERVER_ANSWER, and what the client throws.
 */
export async function requestToken(question: RegistryTokenQuestion): Promise<string> {
  const { registry, client, account, scope, service } = question;
  const { realm, isTrusted } = checkRealm(question);
  const { host } = registry;
  const parameters: [string, string][] = [...(service === undefined ? [] : [["service", service] as [string, string]]), ["scope", scope]];
  const isRefresh = account?.kind === "identity";
  const url = new URL(realm);
  const form = new URLSearchParams(parameters);
  if (isRefresh) {
    form.set("grant_type", "refresh_token");
    form.set("refresh_token", account.token);
    form.set("client_id", "assay");
  } else {
    for (const [name, value] of form) url.searchParams.append(name, value);
  }
  const answer = await client.open({
    url: url.href,
    service: "the registry's token server",
    isSecret: account !== undefined,
    ...(isRefresh ? { method: "POST", body: new TextEncoder().encode(form.toString()) } : {}),
    headers: {
      accept: "application/json",
      ...(isRefresh ? { "content-type": "application/x-www-form-urlencoded" } : {}),
      ...(account?.kind === "password" ? { authorization: `Basic ${basicOf(account)}` } : {}),
    },
    mayConnect: isTrusted
      ? undefined
      : (address) => mayConnect(address, question.addressClass ?? (isLoopback(registry) ? "loopback" : "public")),
  });
  const { status } = answer;
  if (status !== 200) {
    answer.discard();
    throw refused(host, realm.host, status, account !== undefined);
  }
  const pieces: Uint8Array[] = [];
  let length = 0;
  for await (const piece of answer.body) {
    length += piece.length;
    if (length > MAX_ANSWER_BYTES)
      throw new AssayError("SERVER_ANSWER", `the token server of ${host} sends over ${MAX_ANSWER_BYTES} bytes`);
    pieces.push(piece);
  }
  return tokenIn(Buffer.concat(pieces, length), host);
}

function checkRealm({ registry, realm: text, account, allowHosts }: RegistryTokenQuestion): {
  readonly realm: URL;
  readonly isTrusted: boolean;
} {
  const realm = URL.parse(text);
  const { host } = registry;
  if (realm === null || (realm.protocol !== "https:" && realm.protocol !== "http:") || realm.username !== "" || realm.password !== "") {
    throw new AssayError("SERVER_ANSWER", `${host} names a token server that is not a plain http or https address`);
  }
  realm.hash = "";
  if (registry.protocol === "https:" && realm.protocol === "http:") {
    throw new AssayError("REMOTE_REDIRECT", `${host} names a token server without TLS, ${realm.host}, which is not asked`);
  }
  const isTrusted = isKnownRealm(registry, realm) || allowHosts.includes(realm.hostname) || allowHosts.includes(realm.host);
  if (account !== undefined && !isTrusted) {
    const message = `${host} names ${realm.host} for its tokens, which it is not known to use: the account for ${host} is not sent there`;
    throw new AssayError("REMOTE_REDIRECT", message, { remedy: "allow-host" });
  }
  if (account !== undefined && realm.protocol === "http:" && !isLoopback(realm)) {
    throw new AssayError("REMOTE_REDIRECT", `${host} names a token server without TLS, ${realm.host}: no account is sent there`);
  }
  return { realm, isTrusted };
}

function mayConnect(address: string, own: AddressClass): boolean {
  const found = classOfAddress(address);
  return found === "public" || (found === own && found !== "reserved");
}

function refused(host: string, server: string, status: number, hasAccount: boolean): AssayError {
  const who = server === host ? host : `${server}, which gives the tokens of ${host},`;
  if (status === 429) return new AssayError("REMOTE_LIMIT", `${who} limits requests (status 429)`, { remedy: "wait-for-registry" });
  if (status >= 500) return new AssayError("SERVER_UNREACHABLE", `${who} cannot answer now (status ${status})`);
  if (status >= 400) {
    const why = hasAccount ? "refuses the account" : "gives no token without an account: the model is private, or does not exist";
    return new AssayError("REMOTE_DENIED", `${who} ${why} (status ${status})`, { remedy: "log-in-to-registry" });
  }
  return new AssayError("SERVER_ANSWER", `${who} answers the request for a token with status ${status}`);
}

function tokenIn(bytes: Uint8Array, host: string): string {
  try {
    const document = parseJson(bytes, { what: "answer", shapeCode: "SERVER_ANSWER", maxDepth: 8, maxValues: 1024 });
    const token = (document.optional("token") ?? document.optional("access_token"))?.string() ?? "";
    if (TOKEN.test(token)) return token;
  } catch {
    // Its reader's words could quote the token.
  }
  throw new AssayError("SERVER_ANSWER", `the answer of the token server of ${host} holds no token`);
}
