import { AssayError } from "../core/error.ts";
import { abortable } from "./abortable.ts";
import { beginAuthorization } from "./authorization.ts";
import { type Callback, listenForCallback } from "./callback-server.ts";
import type { IdentityProvider, LogIn } from "./identity-provider.ts";
import type { IdentityToken } from "./identity-token.ts";
import type { OpenBrowser } from "./system-browser.ts";

export interface BrowserLogIn extends LogIn {
  readonly openBrowser: OpenBrowser;
  /** Tells the person at the terminal what to do. */
  readonly show: (text: string) => void;
  /** How long a person may take; five minutes by default. */
  readonly timeLimitMs?: number | undefined;
}

const TIME_LIMIT_MS = 5 * 60_000;

/**
 * Logs a person in through the browser, which brings the answer back to a loopback port (RFC 8252).
 * Undefined where no browser opens; then nothing was asked of anybody.
 *
 * The browser sees the end only when the token is there, so that its page says what is true.
 * Throws LOGIN_FAILED, ABORTED, and what `redeem` of an authorization throws.
 */
export async function logInWithBrowser(
  logIn: BrowserLogIn,
  provider: IdentityProvider,
  signal: AbortSignal | undefined,
): Promise<IdentityToken | undefined> {
  const server = await listenForCallback();
  try {
    const authorization = await beginAuthorization(logIn, provider, server.redirectUri);
    server.expect(authorization.state);
    if (!(await abortable(logIn.openBrowser(authorization.url), signal))) return undefined;
    logIn.show(
      `Your browser opens to log you in at ${provider.name}.\nIf it does not, open this address yourself:\n\n  ${authorization.url}\n\n`,
    );
    const callback = await server.callback(logIn.timeLimitMs ?? TIME_LIMIT_MS, signal);
    return await finish(callback, () => abortable(authorization.redeem(callback.parameters), signal));
  } finally {
    await server.close();
  }
}

async function finish(callback: Callback, redeem: () => Promise<IdentityToken>): Promise<IdentityToken> {
  try {
    const token = await redeem();
    await callback.show({ kind: "success", identity: token.identity });
    return token;
  } catch (error) {
    await callback.show({ kind: "failure" });
    throw error instanceof AssayError ? error : new AssayError("LOGIN_FAILED", "the log-in ended unexpectedly");
  }
}
