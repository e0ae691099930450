import { createServer, type ServerResponse } from "node:http";
import { after } from "node:test";

export interface Mirror {
  readonly url: string;
  /** What it serves, by path; a function answers as it likes. */
  files: Map<string, Uint8Array | ((response: ServerResponse) => void)>;
  /** Every path that was asked for. */
  readonly asked: string[];
}

/** A server on this machine that is gone when the test file is done. */
export async function startMirror(files: ReadonlyMap<string, Uint8Array>): Promise<Mirror> {
  const mirror = { url: "", files: new Map<string, Uint8Array | ((response: ServerResponse) => void)>(files), asked: [] as string[] };
  const server = createServer((request, response) => {
    const path = (request.url ?? "").replace(/^\/tuf/, "");
    mirror.asked.push(path);
    const answer = mirror.files.get(path);
    if (typeof answer === "function") answer(response);
    else if (answer === undefined) response.writeHead(404).end("not here");
    else response.writeHead(200).end(answer);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  after(() => {
    server.closeAllConnections();
    server.close();
  });
  const address = server.address();
  mirror.url = `http://127.0.0.1:${typeof address === "object" && address !== null ? address.port : 0}/tuf`;
  return mirror;
}
