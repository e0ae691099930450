import type { ModelReference } from "../reference.ts";
import { listedModel } from "../remote/listed-model.ts";
import { RemoteClient } from "../remote/remote-client.ts";
import type { RemoteFile, RemoteModel } from "../remote/remote-model.ts";
import type { RemoteAccess } from "../remote/remote-server.ts";
import { transfer } from "../remote/transfer.ts";
import { blobsAsSigned } from "./blob-names.ts";
import { chooseManifest } from "./choose-manifest.ts";
import type { Archive } from "./archive.ts";
import { attachBundle } from "./attach.ts";
import { listLayers, type ReadBlob } from "./layer-files.ts";
import { attachedByDigest, findAttached } from "./referrers.ts";
import { registryServer } from "./registry-server.ts";
import { reachableRegistry } from "./registry.ts";

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
  const registry = await reachableRegistry(name, access);
  const { host, repository } = registry;
  const client = new RemoteClient(registryServer(registry, access), access);
  const what = `${repository}${revision.includes(":") ? "@" : ":"}${revision}`;
  const manifest = await chooseManifest(client, repository, revision, what);
  const readBlob: ReadBlob = async (blob, from, end, onPiece) => {
    const url = client.url(`v2/${repository}/blobs/sha256:${blob.digest?.hex ?? ""}`);
    return transfer({
      host: client.host,
      file: blob,
      from,
      end,
      open: async (part) => client.open({ url, what: blob.name, part, redirects: "anywhere" }),
      onPiece,
    });
  };
  const { files, archives, warnings } = await listLayers(manifest, { client, repository, readBlob, what });
  const source = { kind: "oci", given, pinned: `oci:${host}/${repository}@${manifest.digest}`, host } as const;
  const modelName = repository.slice(repository.lastIndexOf("/") + 1);
  const listed = { source, name: modelName, revision: manifest.digest };
  const read: ReadBlob = async (file, ...part) => archives.get(file)?.read(file, ...part) ?? readBlob(file, ...part);
  const model = listedModel({ ...listed, files, transfer: read });
  /** Of the blobs of the manifest themselves, where these were signed. */
  let asked = model;
  const attached = { client, host, repository, manifest };
  return {
    ...model,
    inventory: async (request = {}) => {
      const blobs = request.signed === undefined ? undefined : blobsAsSigned(manifest, request.signed.files, files, what);
      asked = blobs === undefined ? model : listedModel({ ...listed, files: blobs, transfer: readBlob });
      const inventory = await asked.inventory(request);
      return { ...inventory, warnings: [...inventory.warnings, ...warnings] };
    },
    read: async (...wanted) => asked.read(...wanted),
    stream: async (...wanted) => asked.stream(...wanted),
    digestRead: (file) => archives.get(file)?.digestRead(file),
    together: (wanted) => byArchive(wanted, archives),
    streamTogether: async (wanted, onPiece) => {
      const [first] = wanted;
      await (first === undefined ? undefined : archives.get(first)?.stream(wanted, onPiece));
    },
    attachments: async () => findAttached(attached),
    attach: async (bundle) => {
      // Asked for with the right to write, which only this needs.
      const writer = new RemoteClient(registryServer(registry, access, "pull,push"), access);
      return `oci:${host}/${repository}@${await attachBundle({ ...attached, client: writer }, bundle)}`;
    },
    attachedByDigest: async (digest) => attachedByDigest(attached, digest),
  };
}

/** The files of each archive, where one reading of it costs no more than reading them one by one. */
function byArchive(files: readonly RemoteFile[], archives: ReadonlyMap<RemoteFile, Archive>): readonly (readonly RemoteFile[])[] {
  const groups = new Map<Archive, RemoteFile[]>();
  for (const file of files) {
    const archive = archives.get(file);
    if (archive === undefined) continue;
    const group = groups.get(archive);
    if (group === undefined) groups.set(archive, [file]);
    else group.push(file);
  }
  return [...groups].filter(([archive, group]) => archive.isBestTogether(group)).map(([, group]) => group);
}
