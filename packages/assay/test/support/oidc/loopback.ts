import { once } from "node:events";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";

export interface Seen {
  readonly method: string | undefined;
  readonly url: URL;
  readonly headers: IncomingMessage["headers"];
  readonly body: string;
}

export interface Loopback {
  readonly url: string;
  readonly seen: Seen[];
  readonly close: () => Promise<void>;
}

/** A server on the loopback interface that remembers what it was asked. */
export async function listen(answer: (seen: Seen, response: ServerResponse) => void): Promise<Loopback> {
  const seen: Seen[] = [];
  const server = createServer((request, response) => {
    void respond();

    async function respond(): Promise<void> {
      const pieces = await request.toArray();
      const one = {
        method: request.method,
        url: new URL(request.url ?? "", "http://loopback"),
        headers: request.headers,
        body: Buffer.concat(pieces).toString(),
      };
      seen.push(one);
      answer(one, response);
    }
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  return {
    url: `http://127.0.0.1:${typeof address === "object" && address !== null ? address.port : 0}`,
    seen,
    close: async () => {
      server.close();
      server.closeAllConnections();
      await once(server, "close");
    },
  };
}
