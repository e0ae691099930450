import { createHash } from "node:crypto";
import type { IncomingMessage, ServerResponse } from "node:http";
import { listen } from "../listening.ts";

export interface Web {
  /** With the prefix of the model, `/models/granite/`. */
  readonly url: string;
  readonly requests: { readonly method: string; readonly path: string; readonly headers: IncomingMessage["headers"] }[];
  /** By name; may be changed at any time. */
  readonly files: Map<string, Uint8Array>;
}

type Instead = (request: IncomingMessage, response: ServerResponse, name: string) => boolean;

const PREFIX = "/models/granite/";

/** A web server on loopback with the files of one model: HEAD, ranges and ETags, and no lists. */
export async function fakeWeb(files: Readonly<Record<string, Uint8Array | string>>, instead: Instead = () => false): Promise<Web> {
  const all = new Map(Object.entries(files).map(([name, content]) => [name, Buffer.from(content) as Uint8Array]));
  const requests: Web["requests"] = [];
  const { url } = await listen((request, response) => {
    const path = decodeURIComponent(request.url ?? "/");
    requests.push({ method: request.method ?? "", path, headers: request.headers });
    const name = path.slice(PREFIX.length);
    if (instead(request, response, name)) return;
    const content = path.startsWith(PREFIX) ? all.get(name) : undefined;
    if (content === undefined) return void response.writeHead(404).end("not found");
    sendWebFile(request, response, content);
  });
  return { url: url + PREFIX, requests, files: all };
}

export function sendWebFile(request: IncomingMessage, response: ServerResponse, content: Uint8Array): void {
  const etag = `"${createHash("md5").update(content).digest("hex")}"`;
  const [, first, last] = /^bytes=(\d+)-(\d*)$/.exec(request.headers.range ?? "") ?? [];
  const ifRange = request.headers["if-range"];
  if (request.method === "HEAD" || first === undefined || (ifRange !== undefined && ifRange !== etag)) {
    response.writeHead(200, { etag, "content-length": content.length, "accept-ranges": "bytes" });
    return void response.end(request.method === "HEAD" ? undefined : content);
  }
  const end = last === undefined || last === "" ? content.length - 1 : Number(last);
  const part = content.subarray(Number(first), end + 1);
  response.writeHead(206, { etag, "content-length": part.length, "content-range": `bytes ${first}-${end}/${content.length}` }).end(part);
}
