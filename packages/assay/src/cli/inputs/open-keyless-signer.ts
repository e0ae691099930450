import type { KeylessSigner, KeylessStep, SelectedServices } from "../../index.ts";
import type { HttpClient } from "../../network/http.ts";
import type { IdentitySource } from "../../oidc/identity-source.ts";
import type { FoundTrust } from "../../roots/find.ts";
import type { CommandContext, Invocation } from "../command.ts";
import { chooseInstance, openHttp } from "./instance-options.ts";
import { watchToken } from "./token-deadline.ts";

const STAGES: Readonly<Record<KeylessStep, string>> = {
  "waiting for log-in": "waiting for the identity",
  certificate: "waiting for the certificate",
  timestamp: "waiting for the timestamp authority",
  log: "waiting for the transparency log",
};

const DEFAULT_CLIENT = "sigstore";

/**
 * The signer of `sign sigstore`: whom the options say, on the instance that they say. A token that was
 * given is looked at now, before anything is hashed; a person is asked when the hashing is done.
 */
export async function openKeylessSigner(invocation: Invocation, context: CommandContext): Promise<KeylessSigner> {
  const given = await readGivenToken(invocation, context);
  const endWatch =
    given?.expires === undefined
      ? undefined
      : watchToken({ expires: given.expires, now: new Date(), say: context.say, signal: context.signal });
  const http = await openHttp(context);
  const instance = await chooseInstance(invocation, context);
  const services = await chooseServices(invocation, instance, http);
  const { keylessSigner } = await import("../../signing/sigstore/keyless-signer.ts");
  const signer = keylessSigner({
    services,
    trust: instance.material,
    identitySource: given ?? (await chooseIdentity(invocation, context, services, http)),
    http: () => http,
    onStep: (step) => {
      // The hashing is done: the token is used now.
      endWatch?.();
      context.onStage(STAGES[step]);
    },
  });
  // Before the model is hashed: no one should wait for a signature that cannot be.
  await signer.prepare(context.signal);
  return signer;
}

/** Undefined where no token was given. */
async function readGivenToken({ values }: Invocation, { environment }: CommandContext): Promise<IdentitySource | undefined> {
  // The variable is what Sigstore's other clients read; asking for the CI job's credentials says where to look instead.
  const isAmbient = values.flag("use-ambient-credentials") === true;
  const token = values.text("identity-token") ?? (isAmbient ? undefined : environment["SIGSTORE_ID_TOKEN"] || undefined);
  if (token === undefined) return undefined;
  const { givenToken } = await import("../../oidc/identity-source.ts");
  return givenToken(token.trim(), tokenUse(values));
}

function tokenUse(values: Invocation["values"]): { readonly audience: string; readonly now: () => Date } {
  return { audience: values.text("client-id") ?? DEFAULT_CLIENT, now: () => new Date() };
}

async function chooseServices({ values }: Invocation, { signingConfig }: FoundTrust, http: HttpClient): Promise<SelectedServices> {
  const [{ readSigningConfig }, { selectServices }, { servicesFromUrls }] = await Promise.all([
    import("../../signing/sigstore/signing-config.ts"),
    import("../../signing/sigstore/select-services.ts"),
    import("../../signing/sigstore/services-from-urls.ts"),
  ]);
  const configured = signingConfig === undefined ? undefined : selectServices(readSigningConfig(signingConfig), new Date());
  const urls = {
    fulcioUrl: values.text("fulcio-url"),
    rekorUrl: values.text("rekor-url"),
    timestampUrl: values.text("tsa-url"),
    oidcIssuer: values.text("oidc-issuer"),
  };
  const isNamed = Object.values(urls).some((url) => url !== undefined);
  return configured !== undefined && !isNamed ? configured : servicesFromUrls(urls, configured, http);
}

/** Without a token: the CI job's credentials where they are asked for, else a person. */
async function chooseIdentity(
  { values }: Invocation,
  { environment, askSecret, say, signal }: CommandContext,
  { oidcIssuer }: SelectedServices,
  http: HttpClient,
): Promise<IdentitySource> {
  const use = tokenUse(values);
  const { ambientSource, interactiveSource } = await import("../../oidc/identity-source.ts");
  if (values.flag("use-ambient-credentials") === true) {
    const { ambientSystem, findAmbient } = await import("../../oidc/ambient.ts");
    const system = ambientSystem(environment, http, signal);
    // The token is asked for when the hashing is done; that there is one to ask for is known now.
    await findAmbient(use.audience, system, signal);
    return ambientSource(system, use);
  }
  const { systemBrowser } = await import("../../oidc/system-browser.ts");
  return interactiveSource({
    issuer: oidcIssuer ?? "",
    clientId: use.audience,
    clientSecret: values.text("client-secret") ?? (environment["ASSAY_CLIENT_SECRET"] || undefined),
    http,
    now: use.now,
    openBrowser: systemBrowser({ platform: process.platform, environment }),
    askSecret,
    show: say,
    forceOob: values.flag("oauth-force-oob"),
  });
}
