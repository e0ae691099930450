import type { HttpClient } from "../network/http.ts";
import { ambientSystem, findAmbient } from "../oidc/ambient.ts";
import { ambientSource, givenToken, interactiveSource, type IdentitySource, type TokenUse } from "../oidc/identity-source.ts";
import { oneLogIn } from "../oidc/one-log-in.ts";
import { systemBrowser } from "../oidc/system-browser.ts";
import type { FoundTrust } from "../roots/find.ts";
import { keylessSigner, type KeylessSigner, type KeylessStep } from "../signing/sigstore/keyless-signer.ts";
import { selectServices, type SelectedServices } from "../signing/sigstore/select-services.ts";
import { servicesFromUrls, type ServiceUrls } from "../signing/sigstore/services-from-urls.ts";
import { readSigningConfig } from "../signing/sigstore/signing-config.ts";
import { openServers, type ServerAccess } from "./instance.ts";

/** Who signs, and where. */
export interface KeylessRequest {
  /** A token that the caller has. */
  readonly identityToken?: string | undefined;
  /** Without a token: use the credentials of the CI job or machine. Default: a person logs in. */
  readonly isAmbient?: boolean | undefined;
  /** Log in with a browser on another machine. */
  readonly forceOob?: boolean | undefined;
  /** The OAuth client, which is also the token's audience. Default `sigstore`. */
  readonly clientId?: string | undefined;
  readonly clientSecret?: string | undefined;
  /** Services that replace those of the instance. */
  readonly urls?: ServiceUrls | undefined;
}

/** What opening a keyless signer may use. */
export interface KeylessContext extends ServerAccess {
  readonly environment: Readonly<Record<string, string | undefined>>;
  /** Finds the instance: after the token was read, before any other server is asked. */
  readonly findInstance: () => Promise<FoundTrust>;
  /** Asks a person for a secret; undefined where none can be asked. */
  readonly askSecret: ((question: string) => Promise<string>) | undefined;
  /** Shows a person what a log-in needs, such as an address to open. */
  readonly say: (text: string) => void;
  /** Called with the time at which a given token expires, before any server is asked. */
  readonly onToken?: ((expires: Date) => void) | undefined;
  readonly onStep?: ((step: KeylessStep) => void) | undefined;
}

const DEFAULT_CLIENT = "sigstore";

/**
 * Opens the signer for an identity. A given token is read before any server is asked; a person logs in only when
 * `sign` has hashed the model. What can be checked before anything is public is checked now.
 *
 * Throws TOKEN_INVALID, TOKEN_EXPIRED, IDENTITY_SOURCE_MISSING, SIGNING_CONFIG_INVALID, USAGE, what finding the
 * instance throws, and what `KeylessSigner.prepare` throws.
 */
export async function openKeylessSigner(request: KeylessRequest, context: KeylessContext): Promise<KeylessSigner> {
  const use: TokenUse = { audience: request.clientId ?? DEFAULT_CLIENT, now: () => new Date() };
  const given = request.identityToken === undefined ? undefined : givenToken(request.identityToken.trim(), use);
  if (given?.expires !== undefined) context.onToken?.(given.expires);
  const http = openServers(context);
  const instance = await context.findInstance();
  const services = await chooseServices(request.urls ?? {}, instance, http);
  const signer = keylessSigner({
    services,
    trust: instance.material,
    identitySource: given ?? (await chooseIdentity(request, use, context, services, http)),
    http: () => http,
    ...(context.onStep === undefined ? {} : { onStep: context.onStep }),
  });
  // Before the model is hashed: a signature that cannot be made must not cost that time.
  await signer.prepare(context.signal);
  return signer;
}

async function chooseServices(urls: ServiceUrls, { signingConfig }: FoundTrust, http: HttpClient): Promise<SelectedServices> {
  const configured = signingConfig === undefined ? undefined : selectServices(readSigningConfig(signingConfig), new Date());
  const isNamed = Object.values(urls).some((url) => url !== undefined);
  return configured !== undefined && !isNamed ? configured : servicesFromUrls(urls, configured, http);
}

/** Without a token: the CI job's credentials where the caller wants them, else a person. */
async function chooseIdentity(
  { isAmbient, clientSecret, forceOob }: KeylessRequest,
  use: TokenUse,
  { environment, signal, askSecret, say }: KeylessContext,
  { oidcIssuer }: SelectedServices,
  http: HttpClient,
): Promise<IdentitySource> {
  if (isAmbient === true) {
    const system = ambientSystem(environment, http, signal);
    // The token is requested once the model is hashed; whether there is a system to request it from is checked now.
    await findAmbient(use.audience, system, signal);
    return ambientSource(system, use);
  }
  const source = interactiveSource({
    issuer: oidcIssuer ?? "",
    clientId: use.audience,
    clientSecret,
    http,
    now: use.now,
    openBrowser: systemBrowser({ platform: process.platform, environment }),
    askSecret,
    show: say,
    forceOob,
  });
  return oneLogIn(source, use.now);
}
