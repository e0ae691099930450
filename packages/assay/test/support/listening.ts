import { createServer, type RequestListener, type Server } from "node:http";
import { createServer as createTlsServer } from "node:https";
import type { AddressInfo, Server as NetServer } from "node:net";
import { after } from "node:test";

/** Where a server listens that is stopped after the tests of the file. */
export interface Listening<Kind extends NetServer = Server> {
  readonly server: Kind;
  readonly port: number;
  readonly url: string;
}

export async function listen(handle: RequestListener): Promise<Listening> {
  return started(createServer(handle), "http");
}

export async function listenWithTls(tls: { readonly key: string; readonly cert: string }, handle: RequestListener): Promise<Listening> {
  return started(createTlsServer(tls, handle), "https");
}

export async function started<Kind extends NetServer>(server: Kind, scheme: string): Promise<Listening<Kind>> {
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  after(() => {
    server.close();
    if ("closeAllConnections" in server) (server as unknown as Server).closeAllConnections();
  });
  const { port } = server.address() as AddressInfo;
  return { server, port, url: `${scheme}://127.0.0.1:${port}` };
}
