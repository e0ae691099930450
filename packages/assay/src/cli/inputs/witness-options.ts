import type { WitnessRequest, WitnessTrust } from "../../index.ts";
import type { CommandContext, Invocation } from "../command.ts";
import { readCredentials } from "./credentials.ts";
import { serverAccess } from "./instance-options.ts";

/** The witnesses that count for a signature by key or certificate: `--tsa-chain`, `--trusted-root`. Undefined without either. */
export async function readWitnessTrust({ values }: Invocation, { cwd }: CommandContext): Promise<WitnessTrust | undefined> {
  const chains = values.texts("tsa-chain");
  const trustedRoot = values.text("trusted-root");
  if (chains.length === 0 && trustedRoot === undefined) return undefined;
  return {
    ...(trustedRoot === undefined ? {} : { trustedRoot: await readNamedRoot(trustedRoot, cwd) }),
    ...(chains.length === 0
      ? {}
      : { timestampAuthorities: await readCredentials(chains, "certificate chain of the timestamp authority", cwd) }),
  };
}

async function readNamedRoot(trustedRoot: string, cwd: string): Promise<NonNullable<WitnessTrust["trustedRoot"]>> {
  const { findInstance } = await import("../../api/instance.ts");
  return (await findInstance({ trustedRoot, offline: true, cwd })).material;
}

/** The servers that are to witness a signature by key or certificate: `--tsa-url`, `--rekor-url`. Undefined without either. */
export async function readWitnessRequest(invocation: Invocation, context: CommandContext): Promise<WitnessRequest | undefined> {
  const [timestampUrl, logUrl] = [invocation.values.text("tsa-url"), invocation.values.text("rekor-url")];
  if (timestampUrl === undefined && logUrl === undefined) return undefined;
  const { openWitnesses } = await import("../../api/witnesses.ts");
  return openWitnesses({
    ...serverAccess(context),
    timestampUrl,
    logUrl,
    trust: await readWitnessTrust(invocation, context),
    onStep: (step) => context.onStage(`waiting for the ${step === "log" ? "transparency log" : "timestamp authority"}`),
  });
}
