import { AssayError } from "../../core/error.ts";
import { sortByName } from "../../statement/name-order.ts";
import { checkRemoteNames } from "../remote/remote-names.ts";
import type { RemoteFile } from "../remote/remote-model.ts";
import type { Descriptor } from "./descriptor.ts";
import { layerKinds } from "./layer-names.ts";
import type { OciManifest } from "./manifest.ts";

/**
 * The files of a manifest whose layers are one file each, in code-point order of names: size and SHA-256 are the descriptor's, so that
 * the manifest's digest binds them. Throws REMOTE_FORMAT, REMOTE_NAME.
 */
export function rawFiles(manifest: OciManifest, host: string, what: string): readonly RemoteFile[] {
  const files = layerKinds(manifest, what).flatMap((kind, index): RemoteFile[] => {
    const layer = manifest.layers[index];
    if (layer === undefined || kind.kind === "nothing") return [];
    if (kind.kind === "archive")
      throw new AssayError("REMOTE_FORMAT", `layer ${index + 1} of ${what} is an archive, which is not supported`);
    return [blobFile(kind.name, layer, what)];
  });
  checkRemoteNames(
    files.map(({ name }) => name),
    host,
  );
  return sortByName(files);
}

/** A blob as a file. Throws REMOTE_FORMAT for a digest that is not SHA-256. */
export function blobFile(name: string, { digest, sha256, size }: Descriptor, what: string): RemoteFile {
  if (sha256 === undefined) {
    throw new AssayError("REMOTE_FORMAT", `a layer of ${what} is named by a digest that is not SHA-256: ${digest.slice(0, 80)}`);
  }
  return { name, size, digest: { kind: "sha256", hex: sha256 } };
}
