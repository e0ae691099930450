import { freePort, startServer, type RealServer } from "./server-process.ts";
import { makeTlsFiles, type SecureServer } from "./tls-files.ts";
import { webServer } from "./tools.ts";

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

/** The same with TLS. */
export async function startSecureWebServer(folder: string): Promise<SecureServer> {
  const port = await freePort();
  const { root, chain, key } = makeTlsFiles();
  const server = await startServer({ program: webServer(), argv: [`127.0.0.1:${port}`, folder, chain, key], port });
  return { ...server, address: `https://${server.host}`, root };
}
