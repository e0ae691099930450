import { AssayError } from "../../core/error.ts";
import { resolve } from "node:path";
import type { FileInModel } from "../../source/inventory.ts";
import { openModel, type LocalModel } from "../../source/open-model.ts";
import { isRemoteReference } from "../../source/reference.ts";
import type { RemoteModel } from "../../source/remote/remote-model.ts";
import { onDisk } from "./on-disk.ts";
import type { AnyModel, OpenedModel, OpeningOptions } from "./opened-model.ts";

export { isRemoteReference } from "../../source/reference.ts";

/**
 * Runs some work on a model: opens one that is named and closes it afterwards; one that is already open stays open. Throws what
 * `openModel` and the openers of servers throw.
 */
export async function withOpened<Result>(
  model: AnyModel,
  options: OpeningOptions,
  work: <File extends FileInModel>(opened: OpenedModel<File>) => Promise<Result>,
): Promise<Result> {
  const opened = typeof model === "string" ? await open(model, options) : model;
  try {
    if (!("source" in opened)) {
      if (options.digests === "attested") throw new AssayError("USAGE", "no server attests the digests of a model on this machine");
      return await work(onDisk(opened));
    }
    // What reads servers is loaded where a model is on one.
    const { onServer } = await import("../remote/on-server.ts");
    return await work(onServer(opened, options));
  } finally {
    if (typeof model === "string") await opened.close();
  }
}

/** For work that opens a model several times: one on a server is opened once for all of them, as it does not change. */
export async function withOpenedServer<Result>(
  model: AnyModel,
  options: OpeningOptions,
  work: (model: AnyModel) => Promise<Result>,
): Promise<Result> {
  if (typeof model !== "string" || !isRemoteReference(model)) return work(model);
  const opened = await open(model, options);
  try {
    return await work(opened);
  } finally {
    await opened.close();
  }
}

/** What an answer calls a model that could not be opened. */
export function modelNameOf(model: AnyModel, cwd: string = process.cwd()): string {
  if (typeof model === "string") return isRemoteReference(model) ? model : resolve(cwd, model);
  return "source" in model ? model.source.pinned : model.place.given;
}

async function open(model: string, options: OpeningOptions): Promise<LocalModel | RemoteModel> {
  if (!isRemoteReference(model)) return openModel(model, { cwd: options.cwd });
  const { openRemote } = await import("../remote/open-remote.ts");
  return openRemote(model, options);
}
