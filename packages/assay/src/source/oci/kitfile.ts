import type { JsonNode } from "../../encoding/json.ts";
import { layerNotUnderstood } from "./layer-fault.ts";
import type { OciManifest } from "./manifest.ts";

/** The configuration of a ModelKit, which says where its layers belong (kitops-ml/kitops, pkg/artifact/spec.md). */
export const KITFILE_TYPE = "application/vnd.kitops.modelkit.config.v1+json";

/** What names a ModelKit, by a tag or digest, and not a path. */
const REFERENCE = /^(?:[\w.-]+(?::\d+)?\/)?[a-z0-9]+(?:[._/-]+[a-z0-9]+)*(?::[\w.-]+|@sha256:[0-9a-f]{64})$/;
const LAYER_TYPE = /^application\/vnd\.kitops\.modelkit\.([a-z]+)\.v1\.tar/;

/**
 * The folder in which each layer of a ModelKit is unpacked, with a slash at its end. Those that say their layer's digest hold whole
 * paths; older ones hold paths from the folder of what they pack.
 *
 * Throws REMOTE_FORMAT for a ModelKit that takes its weights from another one, and where it does not fit the layers; SERVER_ANSWER.
 */
export function kitFolders(kitfile: JsonNode, { layers }: OciManifest, what: string): readonly string[] {
  const model = kitfile.optional("model");
  const path = model?.optional("path")?.string() ?? "";
  if (REFERENCE.test(path)) {
    throw layerNotUnderstood(what, `its weights are in another ModelKit, ${JSON.stringify(path.slice(0, 200))}`);
  }
  const left: Record<string, JsonNode[]> = {
    model: model === undefined ? [] : [model],
    modelpart: elementsOf(model, "parts"),
    code: elementsOf(kitfile, "code"),
    dataset: elementsOf(kitfile, "datasets"),
    docs: elementsOf(kitfile, "docs"),
  };
  return layers.map(({ mediaType, digest }) => {
    const type = LAYER_TYPE.exec(mediaType)?.[1];
    if (type === undefined) return "";
    const entry = left[type]?.shift();
    if (entry === undefined) throw layerNotUnderstood(what, `its Kitfile does not say where a layer of the type ${type} belongs`);
    const stated = entry.optional("digest")?.string();
    if (stated === undefined) return folderOf(entry.optional("path")?.string() ?? "");
    if (stated !== digest) throw layerNotUnderstood(what, `its Kitfile names another layer for its ${type}`);
    return "";
  });
}

function elementsOf(node: JsonNode | undefined, name: string): JsonNode[] {
  const list = node?.optional(name);
  return list === undefined ? [] : [...list.elements()];
}

function folderOf(path: string): string {
  const plain = path.replace(/^(?:\.\/+)+/, "").replace(/\/+$/, "");
  const slash = plain.lastIndexOf("/");
  return slash < 0 ? "" : `${plain.slice(0, slash)}/`;
}
