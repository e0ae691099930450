import type { HubAccess } from "../../source/hub/hub-client.ts";
import { openHubModel } from "../../source/hub/open-hub-model.ts";
import type { RemoteModel } from "../../source/remote/remote-model.ts";

/** Opens a model on a server by its reference, runs some work on it, and closes it. Throws what `openHubModel` throws. */
export async function withRemote<Result>(
  reference: string,
  access: HubAccess,
  work: (model: RemoteModel) => Promise<Result>,
): Promise<Result> {
  const model = await openHubModel(reference, access);
  try {
    return await work(model);
  } finally {
    await model.close();
  }
}
