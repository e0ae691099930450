import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { temporaryFolder } from "../temporary-folder.ts";
import { ipAddress, makeCa, makeCertificate } from "../x509/make.ts";
import { freePort, startServer, type RealServer } from "./server-process.ts";
import { webServer } from "./tools.ts";

const DAY = 86_400_000;
const SERVER_AUTHENTICATION = "1.3.6.1.5.5.7.3.1";

/** Python's web server over a folder: without ranges and entity tags. */
export async function startPythonWebServer(folder: string): Promise<RealServer> {
  const port = await freePort();
  const argv = ["-m", "http.server", "--bind", "127.0.0.1", "--directory", folder, String(port)];
  return await startServer({ program: "python3", argv, port, ready: "/" });
}

/** Go's web server over a folder: with ranges. */
export async function startGoWebServer(folder: string): Promise<RealServer> {
  const port = await freePort();
  return await startServer({ program: webServer(), argv: [`127.0.0.1:${port}`, folder], port, ready: "/" });
}

export interface SecureWebServer extends RealServer {
  /** The root that its certificate is under, PEM: for NODE_EXTRA_CA_CERTS. */
  readonly root: string;
}

/** The same with TLS. */
export async function startSecureWebServer(folder: string): Promise<SecureWebServer> {
  const port = await freePort();
  const own = temporaryFolder();
  const validity = { notBefore: new Date(Date.now() - DAY), notAfter: new Date(Date.now() + DAY) };
  const ca = makeCa({ subject: "Root of a test", ...validity });
  const certificate = makeCertificate({
    subject: "127.0.0.1",
    issuer: ca,
    names: [ipAddress(127, 0, 0, 1)],
    extendedKeyUsage: [SERVER_AUTHENTICATION],
    ...validity,
  });
  const [root, chain, key] = ["root.pem", "chain.pem", "key.pem"].map((name) => join(own, name)) as [string, string, string];
  writeFileSync(root, ca.pem);
  writeFileSync(chain, certificate.pem + ca.pem);
  writeFileSync(key, certificate.privateKey.export({ type: "pkcs8", format: "pem" }), { mode: 0o600 });
  const server = await startServer({ program: webServer(), argv: [`127.0.0.1:${port}`, folder, chain, key], port });
  return { ...server, address: `https://${server.host}`, root };
}
