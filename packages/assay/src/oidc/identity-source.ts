import { AssayError, stopped } from "../core/error.ts";
import { abortable } from "./abortable.ts";
import type { AmbientSystem } from "./ambient.ts";
import type { LogIn } from "./identity-provider.ts";
import type { IdentityToken } from "./identity-token.ts";
import { checkNotExpired, readIdentityToken } from "./read-identity-token.ts";
import type { OpenBrowser } from "./system-browser.ts";

/** Where an identity comes from. Asked once the content is hashed: tokens and certificates live for minutes. */
export interface IdentitySource {
  /** Until when a token that is there already can be used. */
  readonly expires?: Date;
  /** Throws TOKEN_INVALID, TOKEN_EXPIRED, IDENTITY_SOURCE_MISSING, LOGIN_FAILED, SERVER_*, ABORTED, USAGE. */
  token(signal?: AbortSignal): Promise<IdentityToken>;
}

/** Which identity token is accepted, and when. */
export interface TokenUse {
  /** Whom the token must be for; `sigstore` for every public instance. */
  readonly audience: string;
  readonly now: () => Date;
}

/**
 * A token that the caller already has. It is read at once, so that one that cannot work fails before a
 * model is hashed for it, and looked at again when it is used.
 */
export function givenToken(raw: string, { audience, now }: TokenUse): IdentitySource {
  const token = readIdentityToken(raw, { now: now(), audience });
  return {
    expires: token.expires,
    token: async (signal) => {
      if (signal?.aborted === true) throw stopped("before the identity token was used");
      checkNotExpired(token, now());
      return token;
    },
  };
}

/** What the CI system or cloud around this process gives: see `ambientToken`. */
export function ambientSource(system: AmbientSystem, { audience, now }: TokenUse): IdentitySource {
  return {
    token: async (signal) => {
      const { ambientToken } = await import("./ambient.ts");
      const raw = await abortable(ambientToken(audience, system, signal), signal);
      return readIdentityToken(raw, { now: now(), audience });
    },
  };
}

/** How a person logs in. */
export interface InteractiveOptions extends LogIn {
  /** Undefined where this machine has no browser that a person would see: `systemBrowser` tells. */
  readonly openBrowser: OpenBrowser | undefined;
  /** Undefined where no person sits at a terminal. */
  readonly askSecret: ((question: string) => Promise<string>) | undefined;
  readonly show: (text: string) => void;
  /** Do not try a browser on this machine. */
  readonly forceOob?: boolean | undefined;
  readonly timeLimitMs?: number | undefined;
}

/**
 * A person who logs in: by this machine's browser, else by a code that a browser elsewhere shows. Throws
 * IDENTITY_SOURCE_MISSING at once where there is neither, before a model is hashed in vain.
 */
export function interactiveSource(options: InteractiveOptions): IdentitySource {
  const { openBrowser, askSecret } = options;
  const useBrowser = options.forceOob === true ? undefined : openBrowser;
  if (useBrowser === undefined && askSecret === undefined) throw noIdentitySource();
  return {
    token: async (signal) => {
      const { discover } = await import("./identity-provider.ts");
      const provider = await abortable(discover(options), signal);
      if (useBrowser !== undefined) {
        const { logInWithBrowser } = await import("./browser.ts");
        const token = await logInWithBrowser({ ...options, openBrowser: useBrowser }, provider, signal);
        if (token !== undefined) return token;
      }
      if (askSecret === undefined) throw noIdentitySource();
      const { logInOutOfBand } = await import("./out-of-band.ts");
      return logInOutOfBand({ ...options, askSecret }, provider, signal);
    },
  };
}

function noIdentitySource(): AssayError {
  return new AssayError("IDENTITY_SOURCE_MISSING", "no identity to sign as: no token, no browser to open, and no terminal for a log-in", {
    remedy: "give-identity-token",
  });
}
