import type { JsonNode } from "../encoding/json.ts";

/** An issuer that the public Fulcio takes tokens of, and what it makes of them: its config/identity/config.yaml. */
export type KnownIssuer =
  | { readonly kind: "email" }
  | {
      readonly kind: "uri";
      /** The URI that the certificate will carry; undefined where a claim is missing or would be rewritten. */
      readonly identity: (claims: JsonNode) => string | undefined;
      /** Whether the proof of possession is of an e-mail address where the token has one. */
      readonly provesEmail?: true;
    };

const EMAIL: KnownIssuer = { kind: "email" };
const uri = (identity: (claims: JsonNode) => string | undefined): KnownIssuer => ({ kind: "uri", identity });

const GITHUB = uri((claims) => joined(claim(claims, "url", "https://github.com"), "/", claim(claims, "job_workflow_ref")));
const GITLAB = uri((claims) => joined("https://", claim(claims, "ci_config_ref_uri")));
const BUILDKITE = uri((claims) =>
  joined(claim(claims, "url", "https://buildkite.com"), "/", claim(claims, "organization_slug"), "/", claim(claims, "pipeline_slug")),
);
const CIRCLECI = uri((claims) =>
  joined(
    claim(claims, "api_url", "https://circleci.com/api/v2"),
    "/projects/",
    claim(claims, "oidc.circleci.com/project-id"),
    "/pipeline-definitions/",
    claim(claims, "oidc.circleci.com/pipeline-definition-id"),
  ),
);
const CODEFRESH = uri((claims) =>
  joined(
    claim(claims, "platform_url", "https://g.codefresh.io"),
    "/",
    claim(claims, "account_name"),
    "/",
    claim(claims, "pipeline_name"),
    ":",
    claim(claims, "account_id"),
    "/",
    claim(claims, "pipeline_id"),
  ),
);
const BUDDY = uri((claims) =>
  joined(
    claim(claims, "base_url", "https://app.buddy.works"),
    "/",
    claim(claims, "workspace_domain"),
    "/",
    claim(claims, "project_name"),
    "/pipelines/pipeline/",
    claim(claims, "pipeline_id"),
  ),
);
const CHAINGUARD: KnownIssuer = {
  kind: "uri",
  identity: (claims) => joined("https://issuer.enforce.dev/", claim(claims, "sub")),
  provesEmail: true,
};
const KUBERNETES = uri((claims) => {
  const cluster = claims.optional("kubernetes.io");
  if (cluster?.kind !== "object") return undefined;
  const account = cluster.optional("serviceaccount");
  if (account?.kind !== "object") return undefined;
  return joined("https://kubernetes.io/namespaces/", claim(cluster, "namespace"), "/serviceaccounts/", claim(account, "name"));
});

const ISSUERS: ReadonlyMap<string, KnownIssuer> = new Map([
  ["https://accounts.google.com", EMAIL],
  ["https://auth.eclipse.org/auth/realms/foundation-service-accounts", EMAIL],
  ["https://issuer.hello.coop", EMAIL],
  ["https://oauth2.sigstage.dev/auth", EMAIL],
  ["https://oauth2.sigstore.dev/auth", EMAIL],
  ["https://sigstore.verify.ibm.com/oauth2", EMAIL],
  ["https://www.kaggle.com/api/v1/models/signing", EMAIL],
  ["https://token.actions.githubusercontent.com", GITHUB],
  ["https://gitlab.com", GITLAB],
  ["https://dev.gitlab.org", GITLAB],
  ["https://gitlab.archlinux.org", GITLAB],
  ["https://ops.gitlab.net", GITLAB],
  ["https://agent.buildkite.com", BUILDKITE],
  ["https://oidc.circleci.com", CIRCLECI],
  ["https://oidc.codefresh.io", CODEFRESH],
  ["https://issuer.enforce.dev", CHAINGUARD],
  ["https://oidc.buddyusercontent.com", BUDDY],
  ["https://asia-oidc.buddyusercontent.com", BUDDY],
  ["https://eu-oidc.buddyusercontent.com", BUDDY],
]);

/** Families of issuers: Fulcio's meta-issuers, where `*` matches letters, digits, `-` and `_`. */
const FAMILIES: readonly (readonly [RegExp, KnownIssuer])[] = [
  [/^https:\/\/token\.actions\.githubusercontent\.com\/[-\w]+$/, GITHUB],
  [/^https:\/\/oidc\.circleci\.com\/org\/[-\w]+$/, CIRCLECI],
  [/^https:\/\/container\.googleapis\.com\/v1\/projects\/[-\w]+\/locations\/[-\w]+\/clusters\/[-\w]+$/, KUBERNETES],
  [/^https:\/\/oidc\.eks\.[-\w]+\.amazonaws\.com\/id\/[-\w]+$/, KUBERNETES],
  [/^https:\/\/(?:[-\w]+\.oic|oidc)\.prod-aks\.azure\.com\/[-\w]+(?:\/[-\w]+)?\/?$/, KUBERNETES],
];

/** Sigstore's own log-in is a federation: the claim `federated_claims.connector_id` says who really vouches. */
const FEDERATIONS: ReadonlySet<string> = new Set(["https://oauth2.sigstore.dev/auth", "https://oauth2.sigstage.dev/auth"]);

export function knownIssuer(issuer: string): KnownIssuer | undefined {
  return ISSUERS.get(issuer) ?? FAMILIES.find(([pattern]) => pattern.test(issuer))?.[1];
}

/** The issuer that a certificate for these claims will name; undefined where only the server's settings tell. */
export function certificateIssuer(issuer: string, claims: JsonNode): string | undefined {
  const federated = claims.optional("federated_claims");
  if (!FEDERATIONS.has(issuer)) return federated === undefined ? issuer : undefined;
  return federated?.kind === "object" ? claim(federated, "connector_id") : undefined;
}

/** A claim as Fulcio's templates print it: strings and whole numbers. */
function claim(claims: JsonNode, name: string, ifAbsent?: string): string | undefined {
  const node = claims.get(name);
  if (node === undefined) return ifAbsent;
  if (node.kind === "string") return node.string();
  return node.kind === "number" && Number.isSafeInteger(node.number()) ? String(node.number()) : undefined;
}

/** Characters that Go's URL type, through which Fulcio sends the URI, leaves as they are. */
const UNCHANGED_URI = /^https:\/\/[A-Za-z0-9.-]+(?::\d+)?\/[A-Za-z0-9\-._~!$&'()*+,;=:@/]+$/;

function joined(...parts: readonly (string | undefined)[]): string | undefined {
  if (parts.includes(undefined) || parts.includes("")) return undefined;
  const whole = parts.join("");
  return UNCHANGED_URI.test(whole) ? whole : undefined;
}
