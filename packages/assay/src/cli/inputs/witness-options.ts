import type { WitnessRequest, WitnessTrust } from "../../index.ts";
import { findTrust } from "../../roots/find.ts";
import type { CommandContext, Invocation } from "../command.ts";
import { readCredentials } from "./credentials.ts";
import { openHttp } from "./instance-options.ts";

/** Whose word counts for a signature by key or certificate: `--tsa-chain`, `--trusted-root`. Undefined where nobody's does. */
export async function readWitnessTrust({ values }: Invocation, { cwd }: CommandContext): Promise<WitnessTrust | undefined> {
  const chains = values.texts("tsa-chain");
  const root = values.text("trusted-root");
  if (chains.length === 0 && root === undefined) return undefined;
  const trustedRoot = root === undefined ? undefined : (await findTrust({ trustedRoot: root, now: new Date(), cwd })).material;
  return {
    ...(trustedRoot === undefined ? {} : { trustedRoot }),
    ...(chains.length === 0
      ? {}
      : { timestampAuthorities: await readCredentials(chains, "certificate chain of the timestamp authority", cwd) }),
  };
}

/** Who is to witness a signature by key or certificate: `--tsa-url`, `--rekor-url`. Undefined where nobody is. */
export async function readWitnessRequest(invocation: Invocation, context: CommandContext): Promise<WitnessRequest | undefined> {
  const { values } = invocation;
  const [tsa, rekor] = [values.text("tsa-url"), values.text("rekor-url")];
  if (tsa === undefined && rekor === undefined) return undefined;
  const [http, trust] = await Promise.all([openHttp(context), readWitnessTrust(invocation, context)]);
  const { detectLog } = await import("../../signing/sigstore/services-from-urls.ts");
  const { webUrl } = await import("../../network/url.ts");
  if (tsa !== undefined) webUrl(tsa);
  const logs = rekor === undefined ? [] : [await detectLog(http, rekor)];
  if (trust?.trustedRoot !== undefined) {
    const { checkLogs } = await import("../../signing/sigstore/check-logs.ts");
    await checkLogs(http, logs, trust.trustedRoot, new Date());
  }
  return {
    timestampUrls: tsa === undefined ? [] : [tsa],
    logs,
    ...(trust?.trustedRoot === undefined ? {} : { knownLogs: trust.trustedRoot.root.logs }),
    ...(trust === undefined ? {} : { trust }),
    http,
    onStep: (step) => context.onStage(`waiting for the ${step === "log" ? "transparency log" : "timestamp authority"}`),
  };
}
