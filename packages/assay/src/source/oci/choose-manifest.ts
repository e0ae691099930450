import { AssayError } from "../../core/error.ts";
import type { RemoteClient } from "../remote/remote-client.ts";
import type { Descriptor } from "./descriptor.ts";
import { loadManifest, type OciIndex, type OciManifest } from "./manifest.ts";

/** An index in an index is in use; deeper ones are not. */
const MAX_DEPTH = 2;
const MAX_MANIFESTS = 64;

/** The types by which artifacts say that they are models: of ModelPack and its draft, Docker Model Runner, KitOps, Ollama. */
const MODEL_TYPES =
  /^application\/(?:vnd\.cncf\.model\.(?:manifest|config)|vnd\.cnai\.model\.(?:manifest|config)|vnd\.docker\.ai\.model\.config|vnd\.kitops\.modelkit\.(?:manifest|config)|vnd\.ollama\.)/;

/**
 * The one model that a tag or digest names. An index is looked through: its only manifest, else the only one that is a model by its
 * type. What build tools attach to an index (attestations) is not a model.
 *
 * Throws REMOTE_SEVERAL, which names them, REMOTE_FORMAT for none, and what `loadManifest` throws.
 */
export async function chooseManifest(client: RemoteClient, repository: string, reference: string, what: string): Promise<OciManifest> {
  const found = await loadManifest(client, repository, reference, what);
  if (found.kind === "manifest") return found;
  const manifests = await manifestsOf(client, repository, found, what);
  const [only, ...others] = manifests;
  if (only === undefined) throw new AssayError("REMOTE_FORMAT", `${what} is an index without manifests`);
  if (others.length === 0) return only;
  const models = manifests.filter(({ artifactType }) => MODEL_TYPES.test(artifactType));
  const [model, ...more] = models;
  if (model !== undefined && more.length === 0) return model;
  const listed = (model === undefined ? manifests : models).map(({ digest, artifactType }) => `${digest} (${artifactType.slice(0, 100)})`);
  throw new AssayError(
    "REMOTE_SEVERAL",
    `${what} is an index of ${listed.length} ${model === undefined ? "manifests" : "models"}: ${listed.join(", ")}`,
    {
      remedy: "name-manifest",
    },
  );
}

/** Every manifest below an index, each once. */
async function manifestsOf(client: RemoteClient, repository: string, index: OciIndex, what: string): Promise<readonly OciManifest[]> {
  const manifests = new Map<string, OciManifest>();
  const asked = new Set<string>([index.digest]);
  let level: readonly Descriptor[] = index.manifests;
  for (let depth = 1; level.length > 0; depth++) {
    if (depth > MAX_DEPTH) throw new AssayError("REMOTE_FORMAT", `${what} is an index of indexes, over ${MAX_DEPTH} deep`);
    const next: Descriptor[] = [];
    for (const { digest, annotations } of level) {
      if (asked.has(digest) || annotations.get("vnd.docker.reference.type") === "attestation-manifest") continue;
      if (asked.size > MAX_MANIFESTS) throw new AssayError("REMOTE_FORMAT", `${what} is an index of over ${MAX_MANIFESTS} manifests`);
      asked.add(digest);
      const found = await loadManifest(client, repository, digest, `${what} (${digest})`);
      if (found.kind === "index") next.push(...found.manifests);
      else manifests.set(found.digest, found);
    }
    level = next;
  }
  return [...manifests.values()];
}
