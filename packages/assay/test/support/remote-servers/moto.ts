import { freePort, startServer, type RealServer } from "./server-process.ts";
import { motoServer } from "./tools.ts";

/** Starts moto: an S3 server in memory, which takes any key pair. Its listings have pages of 1000 keys. */
export async function startMoto(): Promise<RealServer> {
  const port = await freePort();
  return await startServer({ program: motoServer(), argv: ["-H", "127.0.0.1", "-p", String(port)], port, ready: "/moto-api/" });
}
