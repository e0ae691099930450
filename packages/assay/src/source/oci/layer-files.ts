import { createHash } from "node:crypto";
import { AssayError } from "../../core/error.ts";
import { formatBytes } from "../../core/sizes.ts";
import type { Warning } from "../../core/warning.ts";
import type { PieceListener } from "../../network/streamed-answer.ts";
import { sortByName } from "../../statement/name-order.ts";
import type { RemoteClient } from "../remote/remote-client.ts";
import { checkRemoteNames } from "../remote/remote-names.ts";
import type { RemoteFile } from "../remote/remote-model.ts";
import { listArchive, type Archive } from "./archive.ts";
import type { Descriptor } from "./descriptor.ts";
import { KeepingBudget } from "./kept-parts.ts";
import { kitFolders, KITFILE_TYPE } from "./kitfile.ts";
import { layerNotUnderstood } from "./layer-fault.ts";
import { layerKinds } from "./layer-names.ts";
import { MAX_MANIFEST_BYTES, type OciManifest } from "./manifest.ts";

/** Gets a part of a blob. `name` is for messages. */
export type ReadBlob = (blob: RemoteFile, from: number, end: number, onPiece: PieceListener) => Promise<void>;

/** The files of a manifest, and where each is. */
export interface LayerFiles {
  /** In code-point order of names. */
  readonly files: readonly RemoteFile[];
  /** The archive in which a file is; the others are layers themselves. */
  readonly archives: ReadonlyMap<RemoteFile, Archive>;
  readonly warnings: readonly Warning[];
}

interface Source {
  readonly client: RemoteClient;
  readonly repository: string;
  readonly readBlob: ReadBlob;
  /** For messages. */
  readonly what: string;
}

/**
 * Lists the files of a manifest. A layer is a file, of which size and SHA-256 are the descriptor's, or an archive of files; the digest
 * of the manifest binds both.
 *
 * Throws REMOTE_FORMAT, REMOTE_NAME, REMOTE_DIGEST, and what the client throws.
 */
export async function listLayers(manifest: OciManifest, source: Source): Promise<LayerFiles> {
  const { client, readBlob, what } = source;
  const files: RemoteFile[] = [];
  const archives = new Map<RemoteFile, Archive>();
  const warnings: Warning[] = [];
  const budget = new KeepingBudget();
  const folders = await foldersOf(manifest, source);
  for (const [index, kind] of layerKinds(manifest, what).entries()) {
    const layer = manifest.layers[index];
    if (layer === undefined || kind.kind === "nothing") continue;
    if (kind.kind === "file") {
      files.push(blobFile(kind.name, layer, what));
      continue;
    }
    const place = `layer ${index + 1} of ${what}`;
    const blob = blobFile(place, layer, what);
    const transfer = async (from: number, end: number, onPiece: PieceListener): Promise<void> => readBlob(blob, from, end, onPiece);
    const archive = await listArchive(
      { layer, compression: kind.compression, place, host: client.host, transfer },
      folders[index] ?? "",
      budget,
    );
    for (const file of archive.files) {
      if (isWhiteout(file.name))
        throw layerNotUnderstood(place, `it takes a file away that another layer has: ${JSON.stringify(file.name)}`);
      files.push(file);
      archives.set(file, archive);
    }
    if (kind.compression !== "none") warnings.push(streamed(place, kind.compression, layer.size));
  }
  checkRemoteNames(
    files.map(({ name }) => name),
    client.host,
  );
  return { files: sortByName(files), archives, warnings };
}

/** A blob as a file. Throws REMOTE_FORMAT for a digest that is not SHA-256. */
export function blobFile(name: string, { digest, sha256, size }: Descriptor, what: string): RemoteFile {
  if (sha256 === undefined) {
    throw new AssayError("REMOTE_FORMAT", `a layer of ${what} is named by a digest that is not SHA-256: ${digest.slice(0, 80)}`);
  }
  return { name, size, digest: { kind: "sha256", hex: sha256 } };
}

/** OCI image specification, layer.md, "Whiteouts". */
function isWhiteout(name: string): boolean {
  return name.slice(name.lastIndexOf("/") + 1).startsWith(".wh.");
}

function streamed(place: string, compression: string, bytes: number): Warning {
  return {
    code: "ARCHIVE_STREAMED",
    message: `${place} is compressed (${compression}): all of its ${formatBytes(bytes)} were read to list its files`,
  };
}

async function foldersOf(manifest: OciManifest, { client, repository, what }: Source): Promise<readonly string[]> {
  const { config } = manifest;
  if (config.mediaType !== KITFILE_TYPE) return [];
  const title = `the Kitfile of ${what}`;
  const url = client.url(`v2/${repository}/blobs/${config.digest}`);
  const { bytes } = await client.whole({ url, what: title, redirects: "anywhere" }, Math.min(config.size, MAX_MANIFEST_BYTES));
  const found = createHash("sha256").update(bytes).digest("hex");
  if (found !== config.sha256) {
    throw new AssayError(
      "REMOTE_DIGEST",
      `${title} is not what ${client.host} lists: its SHA-256 is ${found}, and ${config.digest.slice(0, 80)} is listed`,
    );
  }
  return kitFolders(client.parse(bytes, title), manifest, what);
}
