import type { RemoteFile } from "../remote/remote-model.ts";
import type { OciManifest } from "./manifest.ts";
import { blobFile } from "./layer-files.ts";

const TITLE = "org.opencontainers.image.title";
const CONFIGURATION = "config.json";

/**
 * The blobs of a manifest as the Go implementation of OMS signs them from a file with the manifest: each layer under its title, else
 * `layer_NNN.tar.gz` by its place, whatever it is, and the configuration as `config.json` where no layer has that name.
 *
 * Undefined where the signed names are not these: then the files in the layers were signed. An archive that was signed as a blob is
 * proven by its digest as every file in it.
 */
export function blobsAsSigned(
  manifest: OciManifest,
  signed: ReadonlyMap<string, unknown>,
  files: readonly RemoteFile[],
  what: string,
): readonly RemoteFile[] | undefined {
  const usual = new Set(files.map(({ name }) => name));
  if ([...signed.keys()].every((name) => usual.has(name))) return undefined;
  const blobs = new Map<string, RemoteFile>();
  if (signed.has(CONFIGURATION)) blobs.set(CONFIGURATION, blobFile(CONFIGURATION, manifest.config, what));
  for (const [index, layer] of manifest.layers.entries()) {
    const name = layer.annotations.get(TITLE) ?? `layer_${String(index).padStart(3, "0")}.tar.gz`;
    blobs.set(name, blobFile(name, layer, what));
  }
  return [...signed.keys()].every((name) => blobs.has(name)) ? [...blobs.values()] : undefined;
}
