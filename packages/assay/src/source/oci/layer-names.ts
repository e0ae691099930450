import { AssayError } from "../../core/error.ts";
import type { Descriptor } from "./descriptor.ts";
import type { OciManifest } from "./manifest.ts";

/** The name of a file: ModelPack and Docker Model Runner (modelpack/model-spec, docs/annotations.md), and its draft. */
const FILE_PATHS = ["org.cncf.model.filepath", "org.cnai.model.filepath"] as const;
/** ORAS, and many others (OCI image specification, annotations.md). */
const TITLE = "org.opencontainers.image.title";
/** ORAS: the layer is an archive of the folder that the title names. */
const UNPACK = "io.deis.oras.content.unpack";

/** An artifact without content has this one layer (OCI image specification, manifest.md): `{}`. */
const EMPTY_TYPE = "application/vnd.oci.empty.v1+json";
const EMPTY_SHA256 = "44136fa355b3678a1146ad16f7e8649e94fb4fc21fe77e8310c060f61caaff8a";

/** Layers that are one file each, by their types, and the name that it gets without an annotation: as their own tools write it. */
const UNNAMED: ReadonlyMap<string, string> = new Map([
  // docker/model-spec, and its bundles in docker/model-runner.
  ["application/vnd.docker.ai.gguf.v3", "model.gguf"],
  ["application/vnd.docker.ai.gguf.v3.lora", "adapter.gguf"],
  ["application/vnd.docker.ai.gguf.v3.mmproj", "model.mmproj"],
  ["application/vnd.docker.ai.mmproj", "model.mmproj"],
  ["application/vnd.docker.ai.safetensors", "model.safetensors"],
  ["application/vnd.docker.ai.dduf", "model.dduf"],
  ["application/vnd.docker.ai.license", "LICENSE"],
  ["application/vnd.docker.ai.chat.template.jinja", "template.jinja"],
  // Ollama has no file names.
  ["application/vnd.ollama.image.model", "model.gguf"],
  ["application/vnd.ollama.image.projector", "projector.gguf"],
  ["application/vnd.ollama.image.adapter", "adapter.gguf"],
  ["application/vnd.ollama.image.template", "template"],
  ["application/vnd.ollama.image.prompt", "prompt"],
  ["application/vnd.ollama.image.system", "system"],
  ["application/vnd.ollama.image.license", "license"],
  ["application/vnd.ollama.image.params", "params.json"],
  ["application/vnd.ollama.image.messages", "messages.json"],
]);

/** Layers that are archives by their types: of ModelPack and its draft, KitOps, Docker Model Runner, and images of containers. */
const ARCHIVE =
  /^application\/(?:vnd\.cncf\.model\.[a-z.]+\.v1|vnd\.cnai\.model\.[a-z.]+\.v1|vnd\.kitops\.modelkit\.[a-z]+\.v1|vnd\.docker\.ai\.(?:vllm\.config|dir)|vnd\.oci\.image\.layer(?:\.nondistributable)?\.v1)\.tar(?:\+(gzip|zstd))?$|^application\/vnd\.docker\.image\.rootfs\.(?:diff|foreign\.diff)\.tar(?:\.(gzip|zstd))?$/;
const RAW_MODEL = /^application\/vnd\.(?:cncf|cnai)\.model\.[a-z.]+\.v1\.raw$/;

/** How an archive is compressed. */
export type LayerCompression = "none" | "gzip" | "zstd";

/** What a layer is, by its type and annotations. */
export type LayerKind =
  | { readonly kind: "file"; readonly name: string }
  | { readonly kind: "archive"; readonly compression: LayerCompression }
  | { readonly kind: "nothing" };

/**
 * What each layer of a manifest is. A layer is understood or refused: one that was passed over would be a part of the model that
 * nothing looked at. Throws REMOTE_FORMAT.
 */
export function layerKinds({ layers }: OciManifest, what: string): readonly LayerKind[] {
  const used = new Map<string, number>();
  return layers.map((layer, index) => {
    const kind = kindOf(layer);
    if (kind !== undefined) return kind;
    const usual = UNNAMED.get(layer.mediaType);
    if (usual === undefined) {
      const type = JSON.stringify(layer.mediaType.slice(0, 200));
      throw new AssayError(
        "REMOTE_FORMAT",
        `layer ${index + 1} of ${what} is not understood: it has the type ${type} and no file name (${layer.digest.slice(0, 80)})`,
      );
    }
    const count = (used.get(usual) ?? 0) + 1;
    used.set(usual, count);
    return { kind: "file", name: count === 1 ? usual : numbered(usual, count) };
  });
}

function kindOf(layer: Descriptor): LayerKind | undefined {
  const { mediaType, annotations, sha256, size } = layer;
  if (mediaType === EMPTY_TYPE && sha256 === EMPTY_SHA256 && size === 2) return { kind: "nothing" };
  const name = nameOf(annotations);
  const compression = compressionOf(mediaType);
  const isImageLayer = /^application\/vnd\.(?:oci|docker)\.image\./.test(mediaType);
  // ORAS gives files the type of an image's layer: there the title says that it is a file, and `unpack` that it is not.
  const isFile = isImageLayer ? name !== undefined && annotations.get(UNPACK) !== "true" : compression === undefined;
  if (compression !== undefined && !isFile) return { kind: "archive", compression };
  if (annotations.get(UNPACK) === "true") return { kind: "archive", compression: /gzip/.test(mediaType) ? "gzip" : "none" };
  if (name !== undefined && isFile) return { kind: "file", name };
  return undefined;
}

function compressionOf(mediaType: string): LayerCompression | undefined {
  const found = ARCHIVE.exec(mediaType);
  if (found === null || RAW_MODEL.test(mediaType)) return undefined;
  const compression = found[1] ?? found[2];
  return compression === "gzip" || compression === "zstd" ? compression : "none";
}

/** Two names for one file are refused where the shorter is not the end of the other: tools would write it to different places. */
function nameOf(annotations: ReadonlyMap<string, string>): string | undefined {
  const path = FILE_PATHS.map((key) => annotations.get(key)).find((value) => value !== undefined);
  const title = annotations.get(TITLE);
  if (path === undefined || title === undefined || path === title || path.endsWith(`/${title}`)) return path ?? title;
  throw new AssayError(
    "REMOTE_NAME",
    `a layer has two names: ${JSON.stringify(path.slice(0, 200))} and ${JSON.stringify(title.slice(0, 200))}`,
  );
}

/** `LICENSE` becomes `LICENSE-2`, `model.gguf` `model-2.gguf`. */
function numbered(name: string, count: number): string {
  const dot = name.lastIndexOf(".");
  return dot < 1 ? `${name}-${count}` : `${name.slice(0, dot)}-${count}${name.slice(dot)}`;
}
