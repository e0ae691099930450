import { type CertificateRecipeOfServer, fulcioServer } from "./fulcio-server.ts";
import { type IdentityProvider, makeIdentityProvider, type TokenRecipe } from "./identity-provider.ts";
import { makeInstance, type SigstoreInstance, type TrustedRootRecipe } from "./instance.ts";
import type { LoopbackServer, Received } from "./loopback-server.ts";
import { type LoginRecipe, oidcServer } from "./oidc-server.ts";
import { type LogRecipe, rekorV1Server } from "./rekor-v1-server.ts";
import { rekorV2Server } from "./rekor-v2-server.ts";
import type { ServiceUrls } from "./signing-config.ts";
import type { TimestampRecipe } from "./timestamp-authority.ts";
import { timestampServer } from "./timestamp-server.ts";

/**
 * What the servers do otherwise than they should, by meaning: wrong keys, identities, entries, proofs, tokens.
 * May be set while they run. Failures on the wire are set by `fail` of each server.
 */
export interface Misdeeds {
  fulcio: CertificateRecipeOfServer;
  rekorV1: LogRecipe;
  rekorV2: LogRecipe;
  tsa: TimestampRecipe;
  oidc: LoginRecipe;
}

/** An instance that listens: each service on a port of its own on loopback. */
export interface SigstoreServers {
  readonly instance: SigstoreInstance;
  readonly provider: IdentityProvider;
  readonly fulcio: LoopbackServer;
  readonly rekorV1: LoopbackServer;
  readonly rekorV2: LoopbackServer;
  readonly tsa: LoopbackServer;
  readonly oidc: LoopbackServer;
  /** Every request to any of them, in order. */
  readonly requests: Received[];
  readonly misdeeds: Misdeeds;
  /** What the servers take the time to be. */
  now: () => Date;
  /** Where each listens; the authority with its whole path. Give it to `instance.signingConfig` and its siblings. */
  urls(): Required<ServiceUrls>;
  /** A token of this issuer for this e-mail address. */
  token(email?: string, recipe?: TokenRecipe): string;
  /** ClientTrustConfig, with the services that `offered` picks; all by default. */
  trustConfig(offered?: readonly (keyof ServiceUrls)[], recipe?: TrustedRootRecipe): Record<string, unknown>;
  /** Everything as it was made: no faults, no misdeeds, no record. The logs keep what they hold. */
  reset(): void;
  stop(): Promise<void>;
}

/** Starts the servers; the caller stops them. */
export async function startServers(instance: SigstoreInstance = makeInstance()): Promise<SigstoreServers> {
  const requests: Received[] = [];
  const provider = makeIdentityProvider();
  const misdeeds: Misdeeds = { fulcio: {}, rekorV1: {}, rekorV2: {}, tsa: {}, oidc: {} };
  const now = (): Date => servers.now();
  const services = {
    fulcio: fulcioServer(instance, provider, requests, () => misdeeds.fulcio, now),
    rekorV1: rekorV1Server(instance.rekorV1, requests, () => misdeeds.rekorV1, now),
    rekorV2: rekorV2Server(instance.rekorV2, requests, () => misdeeds.rekorV2, now),
    tsa: timestampServer(instance.tsa, requests, () => misdeeds.tsa, now),
    oidc: oidcServer(provider, requests, () => misdeeds.oidc, now),
  };
  const all = Object.values(services);
  const urls = (): Required<ServiceUrls> => ({
    fulcio: services.fulcio.url,
    oidc: services.oidc.url,
    rekorV1: services.rekorV1.url,
    rekorV2: services.rekorV2.url,
    tsa: `${services.tsa.url}/api/v1/timestamp`,
  });
  const servers: SigstoreServers = {
    instance,
    provider,
    ...services,
    requests,
    misdeeds,
    now: () => new Date(),
    urls,
    token: (email = "alice@example.com", recipe = {}) => provider.mint(services.oidc.url, email, { at: now(), ...recipe }),
    trustConfig(offered = ["fulcio", "oidc", "rekorV1", "rekorV2", "tsa"], recipe = {}) {
      return instance.trustConfig(
        Object.fromEntries(Object.entries(urls()).filter(([name]) => offered.includes(name as keyof ServiceUrls))),
        recipe,
      );
    },
    reset() {
      Object.assign(misdeeds, { fulcio: {}, rekorV1: {}, rekorV2: {}, tsa: {}, oidc: {} });
      for (const server of all) server.fail();
      requests.length = 0;
      servers.now = () => new Date();
    },
    async stop() {
      await Promise.all(all.map((server) => server.stop()));
    },
  };
  await Promise.all(all.map((server) => server.start()));
  return servers;
}
