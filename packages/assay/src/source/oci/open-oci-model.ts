import type { PieceListener } from "../../network/streamed-answer.ts";
import type { ModelReference } from "../reference.ts";
import { listedModel } from "../remote/listed-model.ts";
import { RemoteClient } from "../remote/remote-client.ts";
import type { RemoteFile, RemoteModel } from "../remote/remote-model.ts";
import type { RemoteAccess } from "../remote/remote-server.ts";
import { transfer } from "../remote/transfer.ts";
import { blobsAsSigned } from "./blob-names.ts";
import { chooseManifest } from "./choose-manifest.ts";
import { rawFiles } from "./raw-layers.ts";
import { attachedByDigest, findAttached } from "./referrers.ts";
import { registryServer } from "./registry-server.ts";
import { registryOf } from "./registry.ts";

/**
 * Opens a model in a registry (OCI distribution and image specifications). A tag is resolved once, to the digest of the manifest, and
 * only that is read: it binds every layer.
 *
 * Throws USAGE, REMOTE_NOT_FOUND, REMOTE_REVISION, REMOTE_SEVERAL, REMOTE_DENIED, REMOTE_LIMIT, REMOTE_FORMAT, REMOTE_NAME,
 * REMOTE_DIGEST, REMOTE_REDIRECT, ADDRESS_REFUSED, SERVER_UNREACHABLE, SERVER_ANSWER, ABORTED.
 */
export async function openOciModel(
  given: string,
  { name, revision = "latest" }: ModelReference,
  access: RemoteAccess,
): Promise<RemoteModel> {
  const registry = registryOf(name, access);
  const { host, repository } = registry;
  const client = new RemoteClient(registryServer(registry, access), access);
  const what = `${repository}${revision.includes(":") ? "@" : ":"}${revision}`;
  const manifest = await chooseManifest(client, repository, revision, what);
  const files = rawFiles(manifest, client.host, what);
  const source = { kind: "oci", given, pinned: `oci:${host}/${repository}@${manifest.digest}`, host } as const;
  const modelName = repository.slice(repository.lastIndexOf("/") + 1);
  const attached = { client, host, repository, manifest };
  const read = async (file: RemoteFile, from: number, end: number, onPiece: PieceListener): Promise<void> => {
    const url = client.url(`v2/${repository}/blobs/sha256:${file.digest?.hex ?? ""}`);
    return transfer({
      host: client.host,
      file,
      from,
      end,
      open: async (part) => client.open({ url, what: file.name, part, redirects: "anywhere" }),
      onPiece,
    });
  };
  const listed = { source, name: modelName, revision: manifest.digest, transfer: read };
  const model = listedModel({ ...listed, files });
  /** Of the blobs of the manifest themselves, where these were signed. */
  let asked = model;
  return {
    ...model,
    inventory: async (request = {}) => {
      const blobs = request.signed === undefined ? undefined : blobsAsSigned(manifest, request.signed.files, files, what);
      asked = blobs === undefined ? model : listedModel({ ...listed, files: blobs });
      return asked.inventory(request);
    },
    read: async (...wanted) => asked.read(...wanted),
    stream: async (...wanted) => asked.stream(...wanted),
    attachments: async () => findAttached(attached),
    attachedByDigest: async (digest) => attachedByDigest(attached, digest),
  };
}
