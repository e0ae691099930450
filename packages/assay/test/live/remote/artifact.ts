import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import type { RealServer } from "../../support/remote-servers/server-process.ts";

export interface Blob {
  readonly mediaType: string;
  readonly bytes: Uint8Array;
  readonly annotations?: Readonly<Record<string, string>>;
}

export interface Artifact {
  readonly artifactType?: string;
  readonly config: Blob;
  readonly layers: readonly Blob[];
}

/** Pushes an artifact as it is described, by the requests of the OCI distribution specification; returns its digest. */
export async function pushArtifact(registry: RealServer, repository: string, tag: string, artifact: Artifact): Promise<string> {
  const base = `${registry.address}/v2/${repository}`;
  const push = async ({ bytes, ...rest }: Blob): Promise<object> => {
    const digest = digestOf(bytes);
    const begun = await fetch(`${base}/blobs/uploads/`, { method: "POST" });
    const url = new URL(begun.headers.get("location") ?? "", registry.address);
    url.searchParams.set("digest", digest);
    const ended = await fetch(url, { method: "PUT", body: Buffer.from(bytes), headers: { "content-type": "application/octet-stream" } });
    assert.equal(ended.status, 201, await ended.text());
    return { ...rest, digest, size: bytes.length };
  };
  const layers: object[] = [];
  for (const layer of artifact.layers) layers.push(await push(layer));
  const mediaType = "application/vnd.oci.image.manifest.v1+json";
  const { artifactType } = artifact;
  const type = artifactType === undefined ? {} : { artifactType };
  const manifest = JSON.stringify({ schemaVersion: 2, mediaType, ...type, config: await push(artifact.config), layers });
  const put = await fetch(`${base}/manifests/${tag}`, { method: "PUT", body: manifest, headers: { "content-type": mediaType } });
  assert.equal(put.status, 201, await put.text());
  return digestOf(Buffer.from(manifest));
}

function digestOf(bytes: Uint8Array): string {
  return `sha256:${createHash("sha256").update(bytes).digest("hex")}`;
}
