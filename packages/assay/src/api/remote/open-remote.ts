import { AssayError } from "../../core/error.ts";
import { readReference } from "../../source/reference.ts";
import { consistentReads } from "../../source/remote/consistent-reads.ts";
import type { RemoteModel } from "../../source/remote/remote-model.ts";
import type { RemoteAccess } from "../../source/remote/remote-server.ts";

/** Opens a model on a server by its reference; each kind's code is loaded where it is asked for. Throws what the opener of its kind throws. */
export async function openRemote(given: string, access: RemoteAccess): Promise<RemoteModel> {
  return consistentReads(await openByKind(given, access));
}

async function openByKind(given: string, access: RemoteAccess): Promise<RemoteModel> {
  const reference = readReference(given);
  switch (reference.kind) {
    case "hf":
      return (await import("../../source/hub/open-hub-model.ts")).openHubModel(given, reference, access);
    case "oci":
      return (await import("../../source/oci/open-oci-model.ts")).openOciModel(given, reference, access);
    case "s3":
      return (await import("../../source/bucket/open-bucket.ts")).openBucketModel(given, access);
    case "https":
      return (await import("../../source/web/open-web-model.ts")).openWebModel(given, access);
    case "file":
      throw new AssayError("USAGE", `${given} is not the reference of a model on a server that can be read`);
  }
}
