import { createHash } from "node:crypto";
import type { IncomingMessage, RequestListener, ServerResponse } from "node:http";
import { listen, listenWithTls } from "../listening.ts";

export const COMMIT = "a".repeat(40);
export const COMMIT_2 = "b".repeat(40);

/** What a hub has of one file. */
export interface HubFile {
  readonly content: Uint8Array;
  /** As LFS, which lists the SHA-256; else a git blob. */
  readonly isLfs: boolean;
}

export interface Hub {
  readonly url: string;
  /** Every request: method is GET always. */
  readonly requests: { readonly path: string; readonly headers: IncomingMessage["headers"] }[];
}

/** Answers in the place of the hub; false: the hub answers. */
type Instead = (request: IncomingMessage, response: ServerResponse, path: string) => boolean;

export interface FakeHubOptions {
  readonly instead?: Instead;
  /** Entries of one page of the list of files. */
  readonly pageSize?: number;
  /** Another revision, `v2`, which is the commit `COMMIT_2`. */
  readonly v2?: Readonly<Record<string, HubFile | Uint8Array | string>>;
  /** Speaks TLS, by this key and certificate. */
  readonly tls?: { readonly key: string; readonly cert: string };
  /** Changes what is listed of the files. */
  readonly list?: (entries: readonly Record<string, unknown>[]) => readonly unknown[];
}

/** A hub on loopback with the model `acme/granite` at `main`, which is `COMMIT`. It has ranges, paging and LFS. */
export async function fakeHub(files: Readonly<Record<string, HubFile | Uint8Array | string>>, options: FakeHubOptions = {}): Promise<Hub> {
  const { instead = () => false, pageSize = 1000, list = (entries) => entries } = options;
  const versions = [
    { revision: "main", commit: COMMIT, all: hubFiles(files) },
    ...(options.v2 === undefined ? [] : [{ revision: "v2", commit: COMMIT_2, all: hubFiles(options.v2) }]),
  ];
  const requests: Hub["requests"] = [];
  const handle: RequestListener = (request, response) => {
    const url = new URL(request.url ?? "/", "http://hub");
    const path = decodeURIComponent(url.pathname);
    requests.push({ path, headers: request.headers });
    if (instead(request, response, path)) return;
    for (const { revision, commit, all } of versions) {
      if ([revision, commit].some((name) => path === `/api/models/acme/granite/revision/${name}`)) return json(response, { sha: commit });
      if (path === `/api/models/acme/granite/tree/${commit}`) {
        const entries = list([...all].map(([name, file]) => entryOf(name, file)));
        const from = Number(url.searchParams.get("cursor") ?? 0);
        const rest = entries.length > from + pageSize;
        url.searchParams.set("cursor", String(from + pageSize));
        const next = `<http://${request.headers.host}${url.pathname}${url.search}>; rel="next"`;
        return json(response, entries.slice(from, from + pageSize), 200, rest ? { link: next } : {});
      }
      const file = all.get(path.slice(`/acme/granite/resolve/${commit}/`.length));
      if (path.startsWith(`/acme/granite/resolve/${commit}/`) && file !== undefined) {
        return sendFile(request, response, file.content, commit);
      }
    }
    if (path.startsWith("/api/models/acme/granite/revision/")) {
      return json(response, { error: "Invalid rev id" }, 404, { "x-error-code": "RevisionNotFound" });
    }
    return json(response, { error: "Repository not found" }, 401, { "x-error-code": "RepoNotFound" });
  };
  const { url: own } = await (options.tls === undefined ? listen(handle) : listenWithTls(options.tls, handle));
  return { url: own, requests };
}

function hubFiles(files: Readonly<Record<string, HubFile | Uint8Array | string>>): ReadonlyMap<string, HubFile> {
  return new Map(Object.entries(files).map(([name, file]) => [name, hubFile(file)]));
}

function hubFile(file: HubFile | Uint8Array | string): HubFile {
  if (typeof file === "string") return { content: Buffer.from(file), isLfs: false };
  return file instanceof Uint8Array ? { content: file, isLfs: true } : file;
}

function entryOf(path: string, { content, isLfs }: HubFile): Record<string, unknown> {
  const size = content.length;
  if (!isLfs) return { type: "file", path, size, oid: gitBlob(content) };
  const oid = createHash("sha256").update(content).digest("hex");
  const pointer = Buffer.from(`version https://git-lfs.github.com/spec/v1\noid sha256:${oid}\nsize ${size}\n`);
  return { type: "file", path, size, oid: gitBlob(pointer), lfs: { oid, size, pointerSize: pointer.length } };
}

function gitBlob(content: Uint8Array): string {
  return createHash("sha1").update(`blob ${content.length}\0`).update(content).digest("hex");
}

export function json(response: ServerResponse, value: unknown, status = 200, headers: Record<string, string> = {}): void {
  response.writeHead(status, { "content-type": "application/json", ...headers }).end(JSON.stringify(value));
}

/** With ranges, as the hub has them. */
export function sendFile(request: IncomingMessage, response: ServerResponse, content: Uint8Array, commit = COMMIT): void {
  const [, first, last] = /^bytes=(\d+)-(\d*)$/.exec(request.headers.range ?? "") ?? [];
  const headers = { etag: '"1"', "x-repo-commit": commit };
  if (first === undefined) return void response.writeHead(200, { ...headers, "content-length": content.length }).end(content);
  const end = last === undefined || last === "" ? content.length - 1 : Number(last);
  const part = content.subarray(Number(first), end + 1);
  response
    .writeHead(206, { ...headers, "content-length": part.length, "content-range": `bytes ${first}-${end}/${content.length}` })
    .end(part);
}
