import { AssayError } from "../../core/error.ts";
import type { AmbientSystem, ObtainToken } from "./system.ts";

/**
 * GitLab: the job's `id_tokens` put a token into the environment, under a name that depends on its
 * audience. Other systems use `SIGSTORE_ID_TOKEN` too, so that the name alone is enough.
 */
export function gitlabToken(audience: string, { environment }: AmbientSystem): ObtainToken | undefined {
  const name = variableName(audience);
  const token = environment[name]?.trim() ?? "";
  if (token !== "") return () => Promise.resolve(token);
  if (!environment["GITLAB_CI"]) return undefined;
  throw new AssayError("IDENTITY_SOURCE_MISSING", `this GitLab job has no identity token: ${name} is not set`, {
    hint: `Add to the job in .gitlab-ci.yml: "id_tokens: { ${name}: { aud: ${audience} } }".`,
  });
}

/** `SIGSTORE_ID_TOKEN` for the audience `sigstore`: capitals, and "_" for what a variable cannot have. */
function variableName(audience: string): string {
  const capitals = audience.toUpperCase().replaceAll(/[^A-Z0-9_]|^[^A-Z_]/g, "_");
  return `${capitals}_ID_TOKEN`;
}
