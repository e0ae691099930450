import { serverAccess } from "./model-options.ts";
import type { KeylessSigner, KeylessStep } from "../../index.ts";
import type { CommandContext } from "../command.ts";
import type { OptionValues } from "../command-line/tokens.ts";
import { chooseInstance } from "./instance.ts";

const STAGES: Readonly<Record<KeylessStep, string>> = {
  "waiting for log-in": "waiting for the identity",
  certificate: "waiting for the certificate",
  timestamp: "waiting for the timestamp authority",
  log: "waiting for the transparency log",
};

/**
 * The signer of `sign sigstore`: the identity and the instance that the options name. A given token is read now,
 * before anything is hashed; a person is asked when the hashing is done.
 */
export async function chooseKeylessSigner(values: OptionValues, context: CommandContext): Promise<KeylessSigner> {
  const { environment, say, signal } = context;
  const isAmbient = values.flag("use-ambient-credentials") === true;
  let endWatch: (() => void) | undefined;
  const api = await import("../../api/open-keyless-signer.ts");
  return api.openKeylessSigner(
    {
      // The variable is what Sigstore's other clients read; asking for the CI job's credentials names another source.
      identityToken: values.text("identity-token") ?? (isAmbient ? undefined : environment["SIGSTORE_ID_TOKEN"] || undefined),
      isAmbient,
      forceOob: values.flag("oauth-force-oob"),
      clientId: values.text("client-id"),
      clientSecret: values.text("client-secret") ?? (environment["ASSAY_CLIENT_SECRET"] || undefined),
      urls: {
        fulcioUrl: values.text("fulcio-url"),
        rekorUrl: values.text("rekor-url"),
        timestampUrl: values.text("tsa-url"),
        oidcIssuer: values.text("oidc-issuer"),
      },
    },
    {
      ...serverAccess(context),
      findInstance: () => chooseInstance(values, context),
      get askSecret() {
        return context.askSecret;
      },
      say,
      onToken: (expires) => {
        endWatch = watchToken({ expires, now: new Date(), say, signal });
      },
      onStep: (step) => {
        // The hashing is done: the token is used now.
        endWatch?.();
        context.onStage(STAGES[step]);
      },
    },
  );
}

/** A token with less than this left is spoken of: hashing a large model takes longer. */
const NOTICE_MS = 60_000;
/** The longest delay that a timer takes. */
const MAX_DELAY = 2 ** 31 - 1;

interface Deadline {
  readonly expires: Date;
  readonly now: Date;
  readonly say: (text: string) => void;
  /** Ends the watch with the work. */
  readonly signal: AbortSignal;
}

/**
 * Says in time that an identity token is about to expire: at once where little of it is left, else when that is so and
 * the work continues. Tokens of CI systems live for minutes, and hashing may take longer. Gives the end of the watch.
 */
export function watchToken({ expires, now, say, signal }: Deadline): () => void {
  const left = expires.getTime() - now.getTime();
  const notice = Math.max(0, left - NOTICE_MS);
  if (notice > MAX_DELAY) return () => undefined;
  const tell = (): void => {
    const seconds = Math.max(0, Math.round(Math.min(left, NOTICE_MS) / 1000));
    say(
      `warning: the identity token expires in ${seconds} s: a model that is not hashed by then is not signed. Use a token with a longer lifetime.`,
    );
  };
  if (notice === 0) {
    tell();
    return () => undefined;
  }
  const timer = setTimeout(tell, notice);
  timer.unref();
  const end = (): void => clearTimeout(timer);
  signal.addEventListener("abort", end, { once: true });
  return end;
}
