// The hub of bench/remote.ts, in a process of its own: models of one file of zeros, `bench/BYTES`, over HTTP and TLS on loopback.
// Its ports are printed.
//
// Usage: node bench/remote-server.ts KEY CERTIFICATE BYTES=SHA256...
import { readFileSync } from "node:fs";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import { createServer as createTlsServer } from "node:https";
import type { AddressInfo, Server } from "node:net";

const [key = "", certificate = "", ...models] = process.argv.slice(2);
const digests = new Map(models.map((model): [string, string] => [model.split("=")[0] ?? "", model.split("=")[1] ?? ""]));
const COMMIT = "a".repeat(40);
const zeros = Buffer.alloc(1024 * 1024);

function answer(request: IncomingMessage, response: ServerResponse): void {
  const path = (request.url ?? "").replace(/\?.*$/, "");
  const size = Number(/\d+/.exec(path)?.[0]);
  if (path.endsWith("/revision/main")) return json(response, { sha: COMMIT });
  if (path.endsWith(`/tree/${COMMIT}`)) {
    const lfs = { oid: digests.get(String(size)), size, pointerSize: 130 };
    return json(response, [{ type: "file", path: "model.bin", size, oid: "0".repeat(40), lfs }]);
  }
  response.writeHead(200, { "content-length": size });
  sendZeros(response, size);
}

function sendZeros(response: ServerResponse, left: number): void {
  for (let rest = left; rest > 0;) {
    const piece = zeros.subarray(0, Math.min(rest, zeros.length));
    rest -= piece.length;
    if (response.write(piece)) continue;
    response.once("drain", () => sendZeros(response, rest));
    return;
  }
  response.end();
}

function json(response: ServerResponse, value: unknown): void {
  response.writeHead(200, { "content-type": "application/json" }).end(JSON.stringify(value));
}

async function portOf(server: Server): Promise<number> {
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return (server.address() as AddressInfo).port;
}

const http = await portOf(createServer(answer));
const https = await portOf(createTlsServer({ key: readFileSync(key), cert: readFileSync(certificate) }, answer));
process.stdout.write(`${JSON.stringify({ http, https })}\n`);
