import { createHash } from "node:crypto";
import type { IncomingMessage, ServerResponse } from "node:http";
import { listen } from "../listening.ts";

/** One request, as the server got it. */
export interface BucketRequest {
  readonly method: string;
  /** Not decoded. */
  readonly path: string;
  readonly query: URLSearchParams;
  readonly headers: IncomingMessage["headers"];
}

export interface Bucket {
  readonly url: string;
  readonly requests: BucketRequest[];
  /** What the bucket holds, by key; may be changed at any time. */
  readonly objects: Map<string, Uint8Array>;
}

export interface FakeBucketOptions {
  /** Answers in the place of the bucket; false: the bucket answers. */
  readonly instead?: (request: BucketRequest, response: ServerResponse) => boolean;
  /** Keys of one page of a list. */
  readonly pageSize?: number;
  /** Changes a list before it is sent. */
  readonly list?: (xml: string) => string;
  /** Whether If-Match is heeded, as not every server does. Default true. */
  readonly heedsIfMatch?: boolean;
}

/** A service on loopback with the bucket `models`, addressed by path: lists in pages, ranges, If-Match, and no check of signatures. */
export async function fakeBucket(files: Readonly<Record<string, Uint8Array | string>>, options: FakeBucketOptions = {}): Promise<Bucket> {
  const { instead = () => false, pageSize = 1000, list = (xml) => xml, heedsIfMatch = true } = options;
  const objects = new Map(Object.entries(files).map(([key, content]) => [key, Buffer.from(content) as Uint8Array]));
  const requests: BucketRequest[] = [];
  const { url: own } = await listen((incoming, response) => {
    const url = new URL(incoming.url ?? "/", "http://bucket");
    const request = { method: incoming.method ?? "", path: url.pathname, query: url.searchParams, headers: incoming.headers };
    requests.push(request);
    if (instead(request, response)) return;
    if (request.path === "/models/") return void response.writeHead(200).end(list(listOf(objects, request.query, pageSize)));
    if (!request.path.startsWith("/models/")) return sendError(response, 404, "NoSuchBucket");
    const content = objects.get(decodeURIComponent(request.path.slice("/models/".length)));
    if (content === undefined) return sendError(response, 404, "NoSuchKey");
    const match = request.headers["if-match"];
    if (heedsIfMatch && match !== undefined && match !== etagOf(content)) return sendError(response, 412, "PreconditionFailed");
    sendObject(request, response, content);
  });
  return { url: own, requests, objects };
}

/** An ETag that no digest is: as of an upload in parts. */
export function etagOf(content: Uint8Array): string {
  return `"${createHash("md5").update(content).digest("hex")}-2"`;
}

export function sendError(response: ServerResponse, status: number, code: string, more = "", headers: Record<string, string> = {}): void {
  const xml = `<?xml version="1.0" encoding="UTF-8"?>\n<Error><Code>${code}</Code><Message>The request was refused.</Message>${more}</Error>`;
  response.writeHead(status, { "content-type": "application/xml", ...headers }).end(xml);
}

/** With ranges. */
export function sendObject(request: BucketRequest, response: ServerResponse, content: Uint8Array, etag = etagOf(content)): void {
  const [, first, last] = /^bytes=(\d+)-(\d*)$/.exec(request.headers.range ?? "") ?? [];
  if (first === undefined) return void response.writeHead(200, { etag, "content-length": content.length }).end(content);
  const end = last === undefined || last === "" ? content.length - 1 : Number(last);
  const part = content.subarray(Number(first), end + 1);
  response.writeHead(206, { etag, "content-length": part.length, "content-range": `bytes ${first}-${end}/${content.length}` }).end(part);
}

function listOf(objects: ReadonlyMap<string, Uint8Array>, query: URLSearchParams, pageSize: number): string {
  const prefix = query.get("prefix") ?? "";
  const keys = [...objects.keys()].filter((key) => key.startsWith(prefix)).toSorted();
  const from = Number(query.get("continuation-token") ?? 0);
  const limit = Math.min(pageSize, Number(query.get("max-keys") ?? 1000));
  const isTruncated = keys.length > from + limit;
  const contents = keys.slice(from, from + limit).map((key) => {
    const content = objects.get(key) ?? Buffer.alloc(0);
    const encoded = key.split("/").map(encodeURIComponent).join("/").replaceAll("%20", "+");
    return `<Contents><Key>${encoded}</Key><ETag>${etagOf(content).replaceAll('"', "&quot;")}</ETag><Size>${content.length}</Size></Contents>`;
  });
  const next = isTruncated ? `<NextContinuationToken>${from + limit}</NextContinuationToken>` : "";
  return `<?xml version="1.0" encoding="UTF-8"?>
<ListBucketResult xmlns="http://s3.amazonaws.com/doc/2006-03-01/"><Name>models</Name><EncodingType>url</EncodingType><IsTruncated>${isTruncated}</IsTruncated>${contents.join("")}${next}</ListBucketResult>`;
}
