import { after } from "node:test";
import type { ErrorCode } from "../../../src/core/error-codes.ts";
import { httpClient } from "../../../src/network/http.ts";
import { interactiveSource } from "../../../src/oidc/identity-source.ts";
import type { IdentityToken } from "../../../src/oidc/identity-token.ts";
import { browse, type Page } from "./browsing.ts";
import { json, type Manners, type Provider, startProvider } from "./provider.ts";

export interface LogInRun {
  readonly provider: Provider;
  /** What was said at the terminal. */
  readonly shown: string[];
  /** What the browser got in the end. */
  readonly pages: Page[];
  readonly token: (signal?: AbortSignal) => Promise<IdentityToken>;
}

interface RunOptions {
  readonly clientId?: string;
  readonly clientSecret?: string;
  readonly timeLimitMs?: number;
  readonly timeoutMs?: number;
  readonly forceOob?: boolean;
  /** What the browser does with the address; opens it by default. */
  readonly browser?: (url: string) => Promise<unknown>;
  readonly now?: () => Date;
  /** What is typed at the terminal. */
  readonly typed?: (shown: string) => Promise<string>;
}

export const CLIENT_SECRET = "client-secret of the client/+%";

/** A log-in at a provider with these manners; `close` it with the provider. */
export async function logIn(manners: Manners = {}, options: RunOptions = {}): Promise<LogInRun> {
  const provider = await startProvider(manners);
  const shown: string[] = [];
  const pages: Page[] = [];
  const browser = options.browser ?? (async (url: string) => pages.push(await browse(url)));
  const { typed } = options;
  const visits: Promise<unknown>[] = [];
  const source = interactiveSource({
    issuer: provider.issuer,
    clientId: options.clientId ?? "sigstore",
    clientSecret: options.clientSecret,
    http: httpClient({ environment: {}, timeoutMs: options.timeoutMs ?? 5000 }),
    now: options.now ?? (() => new Date()),
    openBrowser: async (url) => {
      // A browser runs by itself: it is not waited for.
      visits.push(browser(url).catch(() => undefined));
      return true;
    },
    show: (text) => void shown.push(text),
    askSecret: typed === undefined ? undefined : () => typed(shown.join("")),
    forceOob: options.forceOob,
    timeLimitMs: options.timeLimitMs ?? 5000,
  });
  const token = async (signal?: AbortSignal): Promise<IdentityToken> => {
    try {
      return await source.token(signal);
    } finally {
      await Promise.all(visits);
    }
  };
  return { provider, shown, pages, token };
}

export interface FailingLogIn extends RunOptions {
  readonly what: string;
  readonly code: ErrorCode;
  readonly manners?: Manners;
  readonly message?: RegExp;
}

const metadata = (change: (issuer: string) => Record<string, unknown>): Manners => ({
  metadata: (good, issuer) => ({ ...good, ...change(issuer) }),
});

/** Everything that a provider, or a server in its place, can do to a log-in. */
export const FAILING_LOGINS: readonly FailingLogIn[] = [
  {
    what: "the person says no",
    code: "LOGIN_FAILED",
    manners: { callback: ({ state }) => ({ state, error: "access_denied", error_description: "The user said no" }) },
    message: /ended the log-in: access_denied The user said no/,
  },
  {
    what: "the provider says no, and repeats what it must not",
    code: "LOGIN_FAILED",
    manners: {
      callback: ({ state, code }) => ({ state, code, error: "server_error", error_description: `code ${code} and ${CLIENT_SECRET}` }),
    },
    clientSecret: CLIENT_SECRET,
  },
  { what: "the browser brings no code", code: "SERVER_ANSWER", manners: { callback: ({ state }) => ({ state }) } },
  {
    what: "the browser brings two codes",
    code: "SERVER_ANSWER",
    browser: async (url) => {
      const first = await fetch(url, { redirect: "manual" });
      const location = first.headers.get("location") ?? "";
      await fetch(`${location}&code=another`);
    },
  },
  { what: "the browser brings a token instead", code: "SERVER_ANSWER", manners: { callback: (good) => ({ ...good, id_token: "x" }) } },
  {
    what: "the answer is of another issuer",
    code: "SERVER_ANSWER",
    manners: { callback: (good) => ({ ...good, iss: "https://evil.example" }) },
  },
  {
    what: "the state is wrong",
    code: "LOGIN_FAILED",
    manners: { callback: (good) => ({ ...good, state: "wrong" }) },
    timeLimitMs: 300,
    message: /no log-in within 0.3 s; what did come belonged to another log-in/,
  },
  { what: "the state is missing", code: "LOGIN_FAILED", manners: { callback: ({ code }) => ({ code }) }, timeLimitMs: 300 },
  { what: "no answer comes back", code: "LOGIN_FAILED", browser: async () => undefined, timeLimitMs: 200, message: /within 0.2 s$/ },
  {
    what: "the provider finds the code verifier wrong, and repeats all it got",
    code: "SERVER_REFUSED",
    manners: {
      token: (response, form) =>
        json(response, 400, { error: "invalid_grant", error_description: `${form.get("code_verifier")} does not fit ${form.get("code")}` }),
    },
    message: /status 400/,
  },
  {
    what: "the provider wants a client secret",
    code: "SERVER_REFUSED",
    manners: { clientSecret: "one that was not given" },
    message: /invalid_client/,
  },
  {
    what: "the client secret is wrong, and comes back in the answer",
    code: "SERVER_REFUSED",
    clientSecret: "another secret",
    manners: {
      token: (response, form, _, authorization) =>
        json(response, 401, { error: form.toString(), error_description: `another secret another+secret ${authorization}` }),
    },
  },
  {
    what: "the token endpoint breaks",
    code: "SERVER_UNREACHABLE",
    manners: { token: (response, form, good) => json(response, 500, { ...good, message: form.toString() }) },
  },
  { what: "the token endpoint hangs up", code: "SERVER_UNREACHABLE", manners: { token: (response) => void response.destroy() } },
  { what: "the token endpoint never answers", code: "SERVER_UNREACHABLE", manners: { token: () => undefined }, timeoutMs: 300 },
  {
    what: "the token endpoint sends us elsewhere",
    code: "SERVER_ANSWER",
    manners: { token: (response, form) => void response.writeHead(307, { location: `http://192.0.2.1/?${form.toString()}` }).end() },
  },
  {
    what: "the tokens come with garbage before them",
    code: "SERVER_ANSWER",
    manners: {
      token: (response, _, good) => void response.writeHead(200, { "content-type": "application/json" }).end(`x${JSON.stringify(good)}`),
    },
  },
  {
    what: "the tokens are a page",
    code: "SERVER_ANSWER",
    manners: {
      token: (response, _, good) => void response.writeHead(200, { "content-type": "text/html" }).end(`<html>${JSON.stringify(good)}`),
    },
  },
  {
    what: "the identity token is there twice",
    code: "SERVER_ANSWER",
    manners: {
      token: (response, _, good) =>
        void response.writeHead(200, { "content-type": "application/json" }).end(JSON.stringify(good).replace("{", '{"id_token":"x",')),
    },
    message: /duplicate|twice/i,
  },
  { what: "the tokens are a list", code: "SERVER_ANSWER", manners: { token: (response, _, good) => json(response, 200, [good]) } },
  {
    what: "the answer is huge",
    code: "SERVER_ANSWER",
    manners: { token: (response, _, good) => json(response, 200, { ...good, filler: "x".repeat(500_000) }) },
  },
  {
    what: "the answer is in an unknown type of token",
    code: "SERVER_ANSWER",
    manners: { token: (response, _, good) => json(response, 200, { ...good, token_type: "mac" }) },
  },
  {
    what: "the identity token is missing",
    code: "SERVER_ANSWER",
    manners: { token: (response, _, good) => json(response, 200, { ...good, id_token: undefined }) },
  },
  {
    what: "the identity token is garbage",
    code: "SERVER_ANSWER",
    manners: { token: (response, _, good) => json(response, 200, { ...good, id_token: `${String(good["id_token"])}.x` }) },
  },
  {
    what: "the nonce is wrong",
    code: "SERVER_ANSWER",
    manners: { claims: (good) => ({ ...good, nonce: "wrong" }) },
    message: /another log-in \(nonce\)/,
  },
  { what: "the nonce is missing", code: "SERVER_ANSWER", manners: { claims: (good) => ({ ...good, nonce: undefined }) } },
  {
    what: "the token is for another audience",
    code: "SERVER_ANSWER",
    manners: { claims: (good) => ({ ...good, aud: "kubernetes" }) },
    message: /another client \(aud\)/,
  },
  {
    what: "the token is another issuer's",
    code: "SERVER_ANSWER",
    manners: { claims: (good) => ({ ...good, iss: "https://accounts.google.com" }) },
    message: /another issuer's \(iss\)/,
  },
  { what: "the token has expired", code: "TOKEN_EXPIRED", manners: { claims: (good) => ({ ...good, exp: Number(good["exp"]) - 600 }) } },
  { what: "the token has just expired", code: "TOKEN_EXPIRED", manners: { claims: (good) => ({ ...good, exp: Number(good["iat"]) - 5 }) } },
  {
    what: "our clock is an hour fast",
    code: "TOKEN_EXPIRED",
    now: () => new Date(Date.now() + 3_600_000),
    message: /this machine's clock/,
  },
  {
    what: "the e-mail address is not verified",
    code: "TOKEN_INVALID",
    manners: { claims: (good) => ({ ...good, email_verified: false }) },
  },
  { what: "the token has no subject", code: "SERVER_ANSWER", manners: { claims: (good) => ({ ...good, sub: undefined }) } },
  { what: "the token is unsigned", code: "SERVER_ANSWER", manners: { make: { header: { alg: "none" } } } },
  { what: "the token is signed in another way than announced", code: "SERVER_ANSWER", manners: { make: { header: { alg: "HS256" } } } },
  {
    what: "the token's signature is wrong",
    code: "SERVER_ANSWER",
    manners: {
      token: (response, _, good) => {
        const [header = "", payload = "", signature = ""] = String(good["id_token"]).split(".");
        const wrong = (signature.startsWith("A") ? "B" : "A") + signature.slice(1);
        json(response, 200, { ...good, id_token: [header, payload, wrong].join(".") });
      },
    },
    message: /signature is wrong/,
  },
  {
    what: "the token is signed by an unknown key",
    code: "SERVER_ANSWER",
    manners: { make: { header: { kid: "two" } } },
    message: /none of its keys/,
  },
  { what: "the provider has no keys", code: "SERVER_ANSWER", manners: { keys: () => ({ keys: [] }) } },
  { what: "the provider's keys are garbage", code: "SERVER_ANSWER", manners: { keys: () => "garbage" } },
  {
    what: "the metadata are of another issuer",
    code: "SERVER_ANSWER",
    manners: metadata(() => ({ issuer: "https://accounts.google.com" })),
    message: /another issuer than the one that was asked/,
  },
  { what: "the metadata name no issuer", code: "SERVER_ANSWER", manners: metadata(() => ({ issuer: undefined })) },
  { what: "the metadata are a list", code: "SERVER_ANSWER", manners: { metadata: () => [] } },
  { what: "the metadata are huge", code: "SERVER_ANSWER", manners: metadata(() => ({ filler: "x".repeat(500_000) })) },
  {
    what: "the metadata send the browser to a script",
    code: "SERVER_ANSWER",
    manners: metadata(() => ({ authorization_endpoint: "javascript:alert(1)" })),
    message: /authorization_endpoint/,
  },
  {
    what: "the metadata send the browser to a file",
    code: "SERVER_ANSWER",
    manners: metadata(() => ({ authorization_endpoint: "file:///etc/passwd" })),
  },
  {
    what: "the metadata send the code over an open line",
    code: "SERVER_ANSWER",
    manners: metadata(() => ({ token_endpoint: "http://192.0.2.1/token" })),
    message: /token_endpoint/,
  },
  {
    what: "the metadata name keys over an open line",
    code: "SERVER_ANSWER",
    manners: metadata(() => ({ jwks_uri: "http://192.0.2.1/keys" })),
  },
  { what: "the metadata lack an endpoint", code: "SERVER_ANSWER", manners: metadata(() => ({ token_endpoint: undefined })) },
  {
    what: "a code is typed that the provider did not give",
    code: "SERVER_REFUSED",
    forceOob: true,
    typed: async () => "typed-code-that-is-wrong",
    message: /invalid_grant|PKCE/,
  },
  { what: "no code is typed", code: "LOGIN_FAILED", forceOob: true, typed: async () => "  ", message: /no code was given/ },
  { what: "what is typed is not a code", code: "LOGIN_FAILED", forceOob: true, typed: async () => "typed-secret typed-secret" },
  { what: "what is typed has no end", code: "LOGIN_FAILED", forceOob: true, typed: async () => "x".repeat(5000) },
];

/** `logIn` for a file of tests, at whose end every provider is closed. */
export function closingLogIns(): typeof logIn {
  const runs: LogInRun[] = [];
  after(async () => {
    for (const { provider } of runs) await provider.close();
  });
  return async (...parameters) => {
    const run = await logIn(...parameters);
    runs.push(run);
    return run;
  };
}
