import { AssayError } from "../error.ts";
import { buildkiteToken, circleciToken } from "./ambient/agents.ts";
import { githubToken } from "./ambient/github.ts";
import { gitlabToken } from "./ambient/gitlab.ts";
import { googleCloudToken } from "./ambient/google-cloud.ts";
import type { AmbientSystem } from "./ambient/system.ts";

export { type AmbientSystem, ambientSystem } from "./ambient/system.ts";

interface Surrounding {
  readonly name: string;
  /** By what it is recognized, for the message that it was not. */
  readonly signs: string;
  /** Undefined where the system is not this one. */
  readonly token: (audience: string, system: AmbientSystem, signal?: AbortSignal) => Promise<string | undefined>;
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
 * The raw identity token, unread, that the system around this process gives it: of the first that is
 * recognized, even where it then refuses.
 *
 * @throws IDENTITY_SOURCE_MISSING where none is recognized, or one is that lacks a permission or program;
 *   SERVER_UNREACHABLE, SERVER_REFUSED, SERVER_ANSWER, LOGIN_FAILED, ABORTED, USAGE
 */
export async function ambientToken(audience: string, system: AmbientSystem, signal?: AbortSignal): Promise<string> {
  for (const { token } of SURROUNDINGS) {
    const raw = await token(audience, system, signal);
    if (raw !== undefined) return raw;
  }
  const looked = SURROUNDINGS.map(({ name, signs }) => `${name} (${signs})`).join("; ");
  throw new AssayError("IDENTITY_SOURCE_MISSING", `this system gives out no identity that Assay knows of; looked for ${looked}`, {
    hint: "Give a token with --identity-token, or log in without --use-ambient-credentials.",
  });
}
