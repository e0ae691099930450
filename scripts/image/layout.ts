// An OCI image layout (https://github.com/opencontainers/image-spec): blobs by their digests, and an index.
import { createHash } from "node:crypto";
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { gzipSync } from "node:zlib";

export interface Descriptor {
  readonly mediaType: string;
  readonly digest: string;
  readonly size: number;
  readonly platform?: { readonly architecture: string; readonly os: "linux" };
  readonly annotations?: Readonly<Record<string, string>>;
}

/** What an image is beside its files. */
export interface ImageConfig {
  readonly architecture: string;
  readonly created: string;
  /** `org.opencontainers.image.*` */
  readonly labels: Readonly<Record<string, string>>;
  readonly config: Readonly<Record<string, unknown>>;
}

const INDEX = "application/vnd.oci.image.index.v1+json";

export class Layout {
  readonly #folder: string;

  constructor(folder: string) {
    this.#folder = folder;
    mkdirSync(join(folder, "blobs", "sha256"), { recursive: true });
    writeFileSync(join(folder, "oci-layout"), '{"imageLayoutVersion":"1.0.0"}');
  }

  /** Adds an image of these layers, which are tar archives, and returns what names it. */
  addImage(
    layers: readonly { readonly tar: Buffer; readonly does: string }[],
    { architecture, created, labels, config }: ImageConfig,
  ): Descriptor {
    const blobs = layers.map(({ tar }) => this.#put("application/vnd.oci.image.layer.v1.tar+gzip", gzipSync(tar, { level: 6 })));
    const document = {
      created,
      architecture,
      os: "linux",
      config: { ...config, Labels: labels },
      rootfs: { type: "layers", diff_ids: layers.map(({ tar }) => digestOf(tar)) },
      history: layers.map(({ does }) => ({ created, created_by: does })),
    };
    const manifest = {
      schemaVersion: 2,
      mediaType: "application/vnd.oci.image.manifest.v1+json",
      config: this.#putJson("application/vnd.oci.image.config.v1+json", document),
      layers: blobs,
      annotations: labels,
    };
    return { ...this.#putJson(manifest.mediaType, manifest), platform: { architecture, os: "linux" } };
  }

  /** Ends the layout: one name for all architectures. Returns the digest that people pin. */
  finish(name: string, images: readonly Descriptor[], annotations: Readonly<Record<string, string>>): string {
    const index = this.#putJson(INDEX, { schemaVersion: 2, mediaType: INDEX, manifests: images, annotations });
    const top = { ...index, annotations: { "org.opencontainers.image.ref.name": name } };
    writeFileSync(join(this.#folder, "index.json"), JSON.stringify({ schemaVersion: 2, mediaType: INDEX, manifests: [top] }));
    return index.digest;
  }

  #putJson(mediaType: string, value: unknown): Descriptor {
    return this.#put(mediaType, Buffer.from(JSON.stringify(value)));
  }

  #put(mediaType: string, bytes: Buffer): Descriptor {
    const digest = digestOf(bytes);
    writeFileSync(join(this.#folder, "blobs", "sha256", digest.slice("sha256:".length)), bytes);
    return { mediaType, digest, size: bytes.length };
  }
}

function digestOf(bytes: Uint8Array): string {
  return `sha256:${createHash("sha256").update(bytes).digest("hex")}`;
}
