import { AssayError } from "../../core/error.ts";
import { plainServerText } from "../../network/server-text.ts";
import type { AmbientSystem, ObtainToken } from "./system.ts";

/** Buildkite: the job's agent asks for the token. */
export function buildkiteToken(audience: string, system: AmbientSystem, signal?: AbortSignal): ObtainToken | undefined {
  if (!system.environment["BUILDKITE"]) return undefined;
  return () => tokenOf(system, "Buildkite", ["buildkite-agent", "oidc", "request-token", "--audience", audience], signal);
}

/** CircleCI: the command of the job's machine asks for the token, of the issuer that all organizations share. */
export function circleciToken(audience: string, system: AmbientSystem, signal?: AbortSignal): ObtainToken | undefined {
  if (!system.environment["CIRCLECI"]) return undefined;
  const claims = JSON.stringify({ aud: audience });
  return () => tokenOf(system, "CircleCI", ["circleci", "run", "oidc", "get", "--claims", claims, "--root-issuer"], signal);
}

async function tokenOf(
  { run }: AmbientSystem,
  ci: string,
  [program, ...parameters]: readonly [string, ...string[]],
  signal: AbortSignal | undefined,
): Promise<string> {
  const end = await run(program, parameters, signal);
  if (end === undefined) {
    throw new AssayError(
      "IDENTITY_SOURCE_MISSING",
      `this is a ${ci} job, but ${program}, which gives out its identity tokens, is not here`,
      {
        hint: `Put ${program} on the PATH of the job, or of the container that it runs in.`,
      },
    );
  }
  const token = end.stdout.trim();
  if (end.exitCode === 0 && token !== "") return token;
  const how = end.exitCode === 0 ? "wrote nothing" : `ended with ${end.exitCode === undefined ? "a signal" : `exit code ${end.exitCode}`}`;
  const words = plainServerText(end.stderr);
  throw new AssayError("LOGIN_FAILED", `${program} gave no identity token: it ${how}${words === "" ? "" : `: ${words}`}`);
}
