import { AssayError } from "../core/error.ts";
import { abortable } from "./abortable.ts";
import { beginAuthorization } from "./authorization.ts";
import type { IdentityProvider, LogIn } from "./identity-provider.ts";
import type { IdentityToken } from "./identity-token.ts";

export interface OutOfBandLogIn extends LogIn {
  readonly show: (text: string) => void;
  /** Asks the person at the terminal, without showing what is typed. */
  readonly askSecret: (question: string) => Promise<string>;
}

const REDIRECT_URI = "urn:ietf:wg:oauth:2.0:oob";
/** RFC 6749, appendix A.11: visible ASCII; no provider's codes are longer. */
const CODE = /^[\x21-\x7e]{1,2048}$/;

/**
 * Logs a person in who uses a browser somewhere else: it shows a code at the end, which is typed or
 * pasted here. PKCE and the nonce bind code and token to this log-in, as they do with a browser.
 * Throws LOGIN_FAILED, ABORTED, and what `redeem` of an authorization throws.
 */
export async function logInOutOfBand(
  logIn: OutOfBandLogIn,
  provider: IdentityProvider,
  signal: AbortSignal | undefined,
): Promise<IdentityToken> {
  const authorization = await beginAuthorization(logIn, provider, REDIRECT_URI);
  logIn.show(`Open this address in a browser, on any machine, and log in:\n\n  ${authorization.url}\n\n`);
  const code = (await abortable(logIn.askSecret("Code that the browser shows: "), signal)).trim();
  if (!CODE.test(code)) {
    throw new AssayError("LOGIN_FAILED", code === "" ? "no code was given" : "what was given is not a code of an identity provider");
  }
  // No browser brings these back: who typed the code vouches for where it is from.
  const parameters = new URLSearchParams({ code, state: authorization.state, iss: provider.server.issuer });
  return abortable(authorization.redeem(parameters), signal);
}
