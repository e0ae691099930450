/**
 * Registries whose tokens are given at another origin than their own, 2026-11. What most of them use needs no line here, for it is
 * at their own: ghcr.io/token, quay.io/v2/auth, gcr.io/v2/token and REGION-docker.pkg.dev/v2/token, NAME.azurecr.io/oauth2/token,
 * nvcr.io/proxy_auth, icr.io/oauth/token, cgr.dev/token, registry.redhat.io/auth; Amazon's ask for the password itself.
 *
 * Sources: the `WWW-Authenticate` of each, as their documentation shows it (docs.docker.com/reference/api/registry/auth,
 * docs.gitlab.com/administration/packages/container_registry, docs.digitalocean.com/reference/api).
 */
const REALM_ORIGINS: ReadonlyMap<string, string> = new Map([
  ["https://registry-1.docker.io", "https://auth.docker.io"],
  ["https://registry.gitlab.com", "https://gitlab.com"],
  ["https://registry.digitalocean.com", "https://api.digitalocean.com"],
]);

/** Whether a registry is known to have its tokens given there: an account for the registry may then be used. */
export function isKnownRealm(registry: URL, realm: URL): boolean {
  return realm.origin === registry.origin || REALM_ORIGINS.get(registry.origin) === realm.origin;
}
