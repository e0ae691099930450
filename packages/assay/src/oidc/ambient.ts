import { AssayError } from "../core/error.ts";
import { buildkiteToken, circleciToken } from "./ambient/agents.ts";
import { githubToken } from "./ambient/github.ts";
import { gitlabToken } from "./ambient/gitlab.ts";
import { googleCloudToken } from "./ambient/google-cloud.ts";
import type { AmbientSystem, ObtainToken } from "./ambient/system.ts";

export { type AmbientSystem, ambientSystem } from "./ambient/system.ts";

interface Surrounding {
  readonly name: string;
  /** By what it is recognized, for the message that it was not. */
  readonly signs: string;
  /** Undefined where the system is not this one. */
  readonly token: (
    audience: string,
    system: AmbientSystem,
    signal?: AbortSignal,
  ) => ObtainToken | undefined | Promise<ObtainToken | undefined>;
}

/** In the order in which they are looked for. */
const SURROUNDINGS: readonly Surrounding[] = [
  { name: "GitHub Actions", signs: "GITHUB_ACTIONS", token: githubToken },
  { name: "GitLab", signs: "SIGSTORE_ID_TOKEN, GITLAB_CI", token: gitlabToken },
  { name: "Google Cloud", signs: "GOOGLE_SERVICE_ACCOUNT_NAME, the machine's product name", token: googleCloudToken },
  { name: "Buildkite", signs: "BUILDKITE", token: buildkiteToken },
  { name: "CircleCI", signs: "CIRCLECI", token: circleciToken },
];

/**
 * How the system around this process gives out an identity token: by the first that is recognized, even
 * where it then refuses. No request is made yet, so that a job which cannot have a token is
 * told before hours of hashing.
 *
 * @throws IDENTITY_SOURCE_MISSING where none is recognized, or one is that lacks a permission; USAGE
 */
export async function findAmbient(audience: string, system: AmbientSystem, signal?: AbortSignal): Promise<ObtainToken> {
  for (const { token } of SURROUNDINGS) {
    const obtain = await token(audience, system, signal);
    if (obtain !== undefined) return obtain;
  }
  const looked = SURROUNDINGS.map(({ name, signs }) => `${name} (${signs})`).join("; ");
  throw new AssayError("IDENTITY_SOURCE_MISSING", `this system gives out no identity that Assay knows of; looked for ${looked}`, {
    remedy: "give-token-or-log-in",
  });
}

/**
 * The raw identity token, unread, that the system around this process gives it.
 *
 * @throws what `findAmbient` throws; IDENTITY_SOURCE_MISSING where a program is missing that gives it out;
 *   SERVER_UNREACHABLE, SERVER_REFUSED, SERVER_ANSWER, LOGIN_FAILED, ABORTED
 */
export async function ambientToken(audience: string, system: AmbientSystem, signal?: AbortSignal): Promise<string> {
  const obtain = await findAmbient(audience, system, signal);
  return obtain();
}
