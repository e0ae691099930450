import { createHash } from "node:crypto";
import type { IncomingMessage, ServerResponse } from "node:http";
import { listen } from "../listening.ts";

export const MANIFEST_TYPE = "application/vnd.oci.image.manifest.v1+json";
export const INDEX_TYPE = "application/vnd.oci.image.index.v1+json";
export const BUNDLE_TYPE = "application/vnd.dev.sigstore.bundle.v0.3+json";
export const REPOSITORY = "acme/granite";

export interface RegistryRequest {
  readonly method: string;
  /** Path and query. */
  readonly path: string;
  readonly headers: IncomingMessage["headers"];
  readonly body: Buffer;
}

export interface FakeRegistryOptions {
  /** Answers in the place of the registry; false: the registry answers. */
  readonly instead?: (request: RegistryRequest, response: ServerResponse) => boolean;
  /** Whether it has the referrers API; without it, clients use the tag. Default true. */
  readonly referrers?: boolean;
  /** What must be sent as `Authorization`, and what a request without it is answered with. */
  readonly auth?: { readonly expected: () => string; readonly challenge: () => string };
  /** Entries on a page of the referrers API. */
  readonly pageSize?: number;
}

export interface DescriptorJson {
  readonly mediaType: string;
  readonly digest: string;
  readonly size: number;
  readonly artifactType?: string;
  readonly annotations?: Readonly<Record<string, string>>;
}

export interface LayerOptions {
  readonly mediaType?: string;
  readonly annotations?: Readonly<Record<string, string>>;
}

/** A registry on loopback, in memory. It takes pushes too. */
export class FakeRegistry {
  readonly requests: RegistryRequest[] = [];
  readonly blobs = new Map<string, Buffer>();
  /** By digest; of a tag, the digest. */
  readonly manifests = new Map<string, { readonly bytes: Buffer; readonly type: string }>();
  readonly tags = new Map<string, string>();
  host = "";

  blob(content: Uint8Array | string, { mediaType = "application/octet-stream", annotations }: LayerOptions = {}): DescriptorJson {
    const bytes = Buffer.from(content);
    const digest = digestOf(bytes);
    this.blobs.set(digest, bytes);
    return { mediaType, digest, size: bytes.length, ...(annotations === undefined ? {} : { annotations }) };
  }

  /** A file as ORAS pushes it. */
  file(name: string, content: Uint8Array | string, mediaType = "application/octet-stream"): DescriptorJson {
    return this.blob(content, { mediaType, annotations: { "org.opencontainers.image.title": name } });
  }

  manifest(document: unknown, tag: string | null = null, type = MANIFEST_TYPE): DescriptorJson {
    const bytes = Buffer.from(JSON.stringify(document));
    const digest = digestOf(bytes);
    this.manifests.set(digest, { bytes, type });
    if (tag !== null) this.tags.set(tag, digest);
    return { mediaType: type, digest, size: bytes.length };
  }

  /** An artifact of layers under a tag. */
  artifact(layers: readonly DescriptorJson[], more: Readonly<Record<string, unknown>> = {}, tag: string | null = "v1"): DescriptorJson {
    return this.manifest({ ...artifactOf(layers, this.blob("{}", { mediaType: "application/vnd.oci.empty.v1+json" })), ...more }, tag);
  }

  /** Attaches a bundle as cosign and `--attach` do. */
  attach(subject: DescriptorJson, bundle: Uint8Array, more: Readonly<Record<string, unknown>> = {}): DescriptorJson {
    const layer = this.blob(bundle, { mediaType: BUNDLE_TYPE });
    return this.artifact([layer], { artifactType: BUNDLE_TYPE, subject, ...more }, null);
  }

  /** What is about a manifest, as an index has it. */
  referrersOf(digest: string): DescriptorJson[] {
    return [...this.manifests].flatMap(([own, { bytes, type }]) => {
      const document = JSON.parse(bytes.toString()) as { subject?: { digest?: string }; artifactType?: string };
      if (document.subject?.digest !== digest) return [];
      const artifactType = document.artifactType === undefined ? {} : { artifactType: document.artifactType };
      return [{ mediaType: type, digest: own, size: bytes.length, ...artifactType }];
    });
  }
}

export function artifactOf(layers: readonly unknown[], config: unknown): Record<string, unknown> {
  return { schemaVersion: 2, mediaType: MANIFEST_TYPE, artifactType: "application/vnd.acme.model", config, layers };
}

export function digestOf(bytes: Uint8Array): string {
  return `sha256:${createHash("sha256").update(bytes).digest("hex")}`;
}

/** Starts one. Its one repository is `acme/granite`. */
export async function fakeRegistry(options: FakeRegistryOptions = {}): Promise<FakeRegistry> {
  const registry = new FakeRegistry();
  const { url } = await listen((incoming, response) => {
    const pieces: Buffer[] = [];
    incoming.on("data", (piece: Buffer) => pieces.push(piece));
    incoming.on("end", () => {
      const request = { method: incoming.method ?? "", path: incoming.url ?? "/", headers: incoming.headers, body: Buffer.concat(pieces) };
      registry.requests.push(request);
      answer(registry, request, response, options);
    });
  });
  registry.host = new URL(url).host;
  return registry;
}

function answer(registry: FakeRegistry, request: RegistryRequest, response: ServerResponse, options: FakeRegistryOptions): void {
  const { instead = () => false, auth } = options;
  if (instead(request, response)) return;
  if (auth !== undefined && request.headers.authorization !== auth.expected()) {
    return void response.writeHead(401, { "www-authenticate": auth.challenge() }).end(errors("UNAUTHORIZED"));
  }
  const url = new URL(request.path, "http://registry");
  const path = decodeURIComponent(url.pathname);
  const [, kind, name = ""] = new RegExp(`^/v2/${REPOSITORY}/(manifests|blobs|referrers)/(.+)$`).exec(path) ?? [];
  if (kind === undefined) return void response.writeHead(404).end(errors("NAME_UNKNOWN"));
  if (kind === "blobs") return blobs(registry, request, response, url, name);
  if (kind === "manifests") return manifests(registry, request, response, name, options.referrers ?? true);
  if (options.referrers === false) return void response.writeHead(404).end("404 page not found");
  const all = registry.referrersOf(name);
  const { pageSize = 100 } = options;
  const from = Number(url.searchParams.get("from") ?? 0);
  const link = all.length > from + pageSize ? { link: `<${url.pathname}?from=${from + pageSize}>; rel="next"` } : {};
  response
    .writeHead(200, { "content-type": INDEX_TYPE, ...link })
    .end(JSON.stringify({ schemaVersion: 2, mediaType: INDEX_TYPE, manifests: all.slice(from, from + pageSize) }));
}

function manifests(
  registry: FakeRegistry,
  { method, headers, body }: RegistryRequest,
  response: ServerResponse,
  name: string,
  referrers: boolean,
): void {
  if (method === "PUT") {
    const { digest } = registry.manifest(JSON.parse(body.toString()), name.includes(":") ? null : name, headers["content-type"]);
    const { subject } = JSON.parse(body.toString()) as { subject?: { digest: string } };
    const said = subject !== undefined && referrers ? { "oci-subject": subject.digest } : {};
    return void response.writeHead(201, { "docker-content-digest": digest, ...said }).end();
  }
  const digest = name.includes(":") ? name : registry.tags.get(name);
  const found = registry.manifests.get(digest ?? "");
  if (found === undefined || digest === undefined) return void response.writeHead(404).end(errors("MANIFEST_UNKNOWN"));
  // As distribution does: a type that is not asked for is not given.
  if (!(headers.accept ?? "").includes(found.type)) return void response.writeHead(404).end(errors("MANIFEST_UNKNOWN"));
  response.writeHead(200, { "content-type": found.type, "docker-content-digest": digest }).end(found.bytes);
}

function blobs(registry: FakeRegistry, request: RegistryRequest, response: ServerResponse, url: URL, name: string): void {
  if (request.method === "POST") return void response.writeHead(202, { location: `${url.pathname}upload-1?state=1` }).end();
  if (request.method === "PUT") {
    const digest = url.searchParams.get("digest") ?? "";
    if (digestOf(request.body) !== digest) return void response.writeHead(400).end(errors("DIGEST_INVALID"));
    registry.blobs.set(digest, request.body);
    return void response.writeHead(201, { location: url.pathname }).end();
  }
  const content = registry.blobs.get(name);
  if (content === undefined) return void response.writeHead(404).end(errors("BLOB_UNKNOWN"));
  if (request.method === "HEAD") return void response.writeHead(200, { "content-length": content.length }).end();
  sendBlob(request, response, content);
}

export function sendBlob({ headers }: Pick<RegistryRequest, "headers">, response: ServerResponse, content: Uint8Array): void {
  const [, first, last] = /^bytes=(\d+)-(\d*)$/.exec(headers.range ?? "") ?? [];
  if (first === undefined) return void response.writeHead(200, { "content-length": content.length }).end(content);
  const end = last === undefined || last === "" ? content.length - 1 : Number(last);
  const part = content.subarray(Number(first), end + 1);
  response.writeHead(206, { "content-length": part.length, "content-range": `bytes ${first}-${end}/${content.length}` }).end(part);
}

export function errors(code: string): string {
  return JSON.stringify({ errors: [{ code, message: code.toLowerCase().replaceAll("_", " ") }] });
}
