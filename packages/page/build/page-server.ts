import { createServer, type Server } from "node:http";
import type { BuiltPage } from "./build-page.ts";

/**
 * A server of the page, for this machine alone: it answers GET and HEAD of `/`, and only those who call it by a name of this
 * machine. A site elsewhere whose name comes to mean this machine would otherwise be the page's own origin.
 */
export function pageServer({ html, headers }: Pick<BuiltPage, "html" | "headers">): Server {
  return createServer((request, response) => {
    const port = request.socket.localPort;
    if (![`127.0.0.1:${port}`, `localhost:${port}`].includes(request.headers.host ?? "")) response.writeHead(421).end();
    else if (request.method !== "GET" && request.method !== "HEAD") response.writeHead(405, { allow: "GET, HEAD" }).end();
    else if (request.url !== "/") response.writeHead(404).end();
    else response.writeHead(200, headers).end(html);
  });
}
