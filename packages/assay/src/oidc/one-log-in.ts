import type { IdentitySource } from "./identity-source.ts";
import type { IdentityToken } from "./identity-token.ts";

/** A token with less than this left is not used again. */
const MIN_LEFT_MS = 60_000;

/** The same identity for several signatures: a person logs in once, and again only where the token is about to expire. */
export function oneLogIn(source: IdentitySource, now: () => Date): IdentitySource {
  let last: IdentityToken | undefined;
  return {
    ...(source.expires === undefined ? {} : { expires: source.expires }),
    async token(signal) {
      if (last === undefined || last.expires.getTime() - now().getTime() < MIN_LEFT_MS) last = await source.token(signal);
      return last;
    },
  };
}
