import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { temporaryFolder } from "../temporary-folder.ts";
import { freePort, startServer, type RealServer } from "./server-process.ts";
import { makeTlsFiles, type SecureServer } from "./tls-files.ts";
import { distribution, dockerRegistry, registryWithReferrers } from "./tools.ts";
import type { TokenRealm } from "./token-realm.ts";

/** Who may use a registry: the user of these tests by a password, or who has a token of this realm. */
export type RegistryAuth = "password" | TokenRealm;

export const USER = "reader";
export const PASSWORD = "a password: never to be seen";
/** The password's bcrypt hash. */
const PASSWORD_FILE = `${USER}:$2b$05$PriRaCDhwwuXEmybZ8boqORtATtIQHeCr3FFMAl3zMD4.tWLzuFyW\n`;

/** docker-registry 2.8.2: no referrers API, so clients keep referrers under a tag. */
export async function startDockerRegistry(auth?: RegistryAuth): Promise<RealServer> {
  return await start(dockerRegistry(), auth);
}

/** distribution 3: no referrers API either; it wants to be told that OCI manifests are accepted. */
export async function startDistribution(auth?: RegistryAuth): Promise<RealServer> {
  return await start(distribution(), auth);
}

/** The same with TLS. */
export async function startSecureDistribution(auth?: RegistryAuth): Promise<SecureServer> {
  const tls = makeTlsFiles();
  const server = await start(distribution(), auth, tls);
  return { ...server, address: `https://${server.host}`, root: tls.root };
}

/** go-containerregistry's registry with the referrers API; open to all, and in memory. */
export async function startRegistryWithReferrers(): Promise<RealServer> {
  const port = await freePort();
  return await startServer({ program: registryWithReferrers(), argv: [`127.0.0.1:${port}`], port, ready: "/v2/" });
}

/** Both read one kind of configuration; JSON is YAML. */
async function start(program: string, auth: RegistryAuth | undefined, tls?: ReturnType<typeof makeTlsFiles>): Promise<RealServer> {
  const port = await freePort();
  const folder = temporaryFolder();
  const configuration = join(folder, "registry.yml");
  const settings = {
    version: 0.1,
    log: { level: "warn", accesslog: { disabled: true } },
    storage: { filesystem: { rootdirectory: join(folder, "data") }, delete: { enabled: true } },
    http: {
      addr: `127.0.0.1:${port}`,
      secret: "of a test",
      ...(tls === undefined ? {} : { tls: { certificate: tls.chain, key: tls.key } }),
    },
    ...(auth === undefined ? {} : { auth: authSettings(auth, folder) }),
  };
  writeFileSync(configuration, JSON.stringify(settings));
  return await startServer({
    program,
    argv: ["serve", configuration],
    port,
    ...(tls === undefined ? { ready: "/v2/" } : {}),
    environment: { OTEL_TRACES_EXPORTER: "none" },
  });
}

function authSettings(auth: RegistryAuth, folder: string): object {
  if (auth === "password") {
    const path = join(folder, "htpasswd");
    writeFileSync(path, PASSWORD_FILE);
    return { htpasswd: { realm: "test", path } };
  }
  const rootcertbundle = join(folder, "realm.pem");
  writeFileSync(rootcertbundle, auth.certificate);
  return { token: { realm: auth.address, service: auth.service, issuer: auth.issuer, rootcertbundle } };
}
