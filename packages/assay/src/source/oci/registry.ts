import { AssayError } from "../../core/error.ts";
import { isLoopback } from "../../network/url.ts";

/** A repository of a registry: where it is asked for. */
export interface Registry {
  readonly endpoint: URL;
  /** As a reference names it: `docker.io`, `ghcr.io`, `localhost:5000`. */
  readonly host: string;
  readonly repository: string;
}

/** Names that Docker's clients give to one registry, which itself answers at another one. */
const DOCKER_HUB: ReadonlySet<string> = new Set(["docker.io", "index.docker.io", "registry-1.docker.io", "registry.hub.docker.com"]);
const DOCKER_HUB_HOST = "registry-1.docker.io";

/**
 * Where the repository `registry/name` is asked for: with TLS, save where the caller says otherwise. Throws USAGE for a host that cannot
 * be one.
 */
export function registryOf(name: string, { plainHttp = false }: { readonly plainHttp?: boolean | undefined } = {}): Registry {
  const slash = name.indexOf("/");
  const given = name.slice(0, slash);
  const isHub = DOCKER_HUB.has(given);
  const asked = isHub ? DOCKER_HUB_HOST : given;
  const secure = URL.parse(`https://${asked}/`);
  if (slash < 1 || secure === null || secure.pathname !== "/" || secure.username !== "") {
    throw new AssayError("USAGE", `${JSON.stringify(given.slice(0, 200))} is not the host of a registry`);
  }
  const endpoint = plainHttp ? new URL(`http://${asked}/`) : secure;
  const path = name.slice(slash + 1);
  const repository = isHub && !path.includes("/") ? `library/${path}` : path;
  return { endpoint, host: isHub ? "docker.io" : given, repository };
}

/** The same, without TLS also on this machine where the registry does not speak it. Throws USAGE. */
export async function reachableRegistry(name: string, access: { readonly plainHttp?: boolean | undefined }): Promise<Registry> {
  const registry = registryOf(name, access);
  if (access.plainHttp === true || !isLoopback(registry.endpoint)) return registry;
  const { speaksTls } = await import("./speaks-tls.ts");
  return (await speaksTls(registry.endpoint)) ? registry : registryOf(name, { plainHttp: true });
}

/** The names under which Docker's configuration may have an account for a registry, in the order in which they count. */
export function accountNames({ host, repository }: Registry): readonly string[] {
  if (host === "docker.io") return ["https://index.docker.io/v1/", "docker.io", "index.docker.io", DOCKER_HUB_HOST];
  // Accounts for a part of a registry, as the container tools have them.
  const parts = `${host}/${repository}`.split("/");
  return parts.map((_, index) => parts.slice(0, parts.length - index).join("/"));
}
