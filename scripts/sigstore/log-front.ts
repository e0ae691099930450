import { createReadStream, statSync } from "node:fs";
import { createServer, request as send, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import { join, normalize } from "node:path";

/**
 * The public address of Rekor 2. The server itself only takes entries; its operator serves the log's files
 * (checkpoint, tiles, entry bundles; C2SP tlog-tiles) from a web server beside it, under /api/v2. This is both.
 */
export async function startLogFront(port: number, rekorPort: number, folder: string): Promise<Server> {
  const server = createServer((request, response) => {
    const { pathname } = new URL(request.url ?? "/", "http://localhost");
    if (request.method === "GET" && pathname.startsWith("/api/v2/")) serveFile(join(folder, normalize(pathname.slice(7))), response);
    else forward(request, response, rekorPort);
  });
  await new Promise<void>((resolve, reject) => server.once("error", reject).listen(port, "127.0.0.1", resolve));
  return server;
}

function serveFile(file: string, response: ServerResponse): void {
  if (statSync(file, { throwIfNoEntry: false })?.isFile() !== true) response.writeHead(404).end();
  else createReadStream(file).pipe(response.writeHead(200));
}

function forward(request: IncomingMessage, response: ServerResponse, port: number): void {
  const { method, url: path, headers } = request;
  const onward = send({ host: "127.0.0.1", port, method, path, headers }, (answer) => {
    answer.pipe(response.writeHead(answer.statusCode ?? 502, answer.headers));
  });
  // As a broken log looks from outside: the connection is closed.
  onward.on("error", () => response.destroy());
  request.pipe(onward);
}
