import { AssayError } from "../../core/error.ts";
import { readReference } from "../../source/reference.ts";
import type { RemoteModel } from "../../source/remote/remote-model.ts";
import type { RemoteAccess } from "../../source/remote/remote-server.ts";

/** Opens a model on a server by its reference, runs some work on it, and closes it. Throws what the opener of its kind throws. */
export async function withRemote<Result>(
  reference: string,
  access: RemoteAccess,
  work: (model: RemoteModel) => Promise<Result>,
): Promise<Result> {
  const model = await openRemote(reference, access);
  try {
    return await work(model);
  } finally {
    await model.close();
  }
}

/** Each kind's code is loaded where it is asked for. Throws what the opener of its kind throws. */
export async function openRemote(given: string, access: RemoteAccess): Promise<RemoteModel> {
  const reference = readReference(given);
  switch (reference.kind) {
    case "hf":
      return (await import("../../source/hub/open-hub-model.ts")).openHubModel(given, reference, access);
    case "oci":
    case "s3":
    case "https":
    case "file":
      throw new AssayError("USAGE", `${given} is not the reference of a model on a server that can be read`);
  }
}
