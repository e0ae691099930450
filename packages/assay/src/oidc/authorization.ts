import * as oauth from "oauth4webapi";
import { type IdentityProvider, type LogIn, providerFailure } from "./identity-provider.ts";
import type { IdentityToken } from "./identity-token.ts";
import { readIdentityToken } from "./read-identity-token.ts";

/** One attempt to log in: its secrets stay inside. */
export interface Authorization {
  /** What the person opens in a browser. It holds nothing that would help another person who sees it. */
  readonly url: string;
  readonly state: string;
  /** Exchanges the provider's answer to the browser for an identity token. Once only. */
  readonly redeem: (parameters: URLSearchParams) => Promise<IdentityToken>;
}

const SCOPE = "openid email";

/**
 * Starts an authorization code flow (OpenID Connect Core 1.0, section 3.1) with PKCE S256 (RFC 7636),
 * state against foreign answers and a nonce against foreign tokens.
 *
 * `redeem` throws LOGIN_FAILED where the provider says no, TOKEN_INVALID, TOKEN_EXPIRED, SERVER_ANSWER for
 * a token that is not the provider's for this log-in, SERVER_UNREACHABLE, SERVER_REFUSED, ABORTED.
 */
export async function beginAuthorization(logIn: LogIn, provider: IdentityProvider, redirectUri: string): Promise<Authorization> {
  const { server, client } = provider;
  const codeVerifier = oauth.generateRandomCodeVerifier();
  const state = oauth.generateRandomState();
  const nonce = oauth.generateRandomNonce();
  const url = new URL(provider.authorizationUrl);
  for (const [name, value] of [
    ["response_type", "code"],
    ["client_id", logIn.clientId],
    ["scope", SCOPE],
    ["redirect_uri", redirectUri],
    ["code_challenge", await oauth.calculatePKCECodeChallenge(codeVerifier)],
    ["code_challenge_method", "S256"],
    ["state", state],
    ["nonce", nonce],
  ] as const) {
    url.searchParams.set(name, value);
  }
  return { url: url.href, state, redeem };

  async function redeem(parameters: URLSearchParams): Promise<IdentityToken> {
    const { authentication, requests } = provider;
    try {
      const answered = oauth.validateAuthResponse(server, client, parameters, state);
      const answer = await oauth.authorizationCodeGrantRequest(
        server,
        client,
        authentication,
        answered,
        redirectUri,
        codeVerifier,
        requests,
      );
      const tokens = await oauth.processAuthorizationCodeResponse(server, client, answer, { expectedNonce: nonce, requireIdToken: true });
      // TLS would do (OpenID Connect Core, 3.1.3.7): but a certificate server is the next to read it, so know now.
      await oauth.validateApplicationLevelSignature(server, answer, requests);
      return readIdentityToken(tokens.id_token ?? "", { now: logIn.now(), audience: logIn.clientId });
    } catch (error) {
      throw providerFailure(error, provider.name, [logIn.clientSecret ?? "", ...parameters.getAll("code")]);
    }
  }
}
