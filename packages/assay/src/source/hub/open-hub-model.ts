import type { ModelReference } from "../reference.ts";
import { listedModel } from "../remote/listed-model.ts";
import { encodePath, RemoteClient } from "../remote/remote-client.ts";
import type { RemoteModel } from "../remote/remote-model.ts";
import type { RemoteAccess } from "../remote/remote-server.ts";
import { transfer } from "../remote/transfer.ts";
import { hubAccount } from "./hub-account.ts";
import { hubServer } from "./hub-server.ts";
import { listFiles, resolveRevision } from "./list-files.ts";

/**
 * Opens a model on a Hugging Face hub. A branch or tag is resolved once, to the commit that it is now, and only that is read.
 *
 * Throws USAGE, REMOTE_NOT_FOUND, REMOTE_REVISION, REMOTE_DENIED, REMOTE_LIMIT, REMOTE_NAME, REMOTE_REDIRECT, ADDRESS_REFUSED,
 * SERVER_UNREACHABLE, SERVER_ANSWER, ABORTED.
 */
export async function openHubModel(given: string, { name, revision = "main" }: ModelReference, access: RemoteAccess): Promise<RemoteModel> {
  const client = new RemoteClient(hubServer(hubAccount(access.environment ?? process.env)), access);
  const id = encodePath(name);
  const commit = await resolveRevision(client, id, revision);
  const files = await listFiles(client, id, commit);
  return listedModel({
    source: { kind: "hf", given, pinned: `hf:${name}@${commit}`, host: client.host },
    name: name.slice(name.indexOf("/") + 1),
    revision: commit,
    files,
    transfer: async (file, from, end, onPiece) => {
      const url = client.url(`${id}/resolve/${commit}/${encodePath(file.name)}`);
      return transfer({
        host: client.host,
        file,
        from,
        end,
        open: async (part) => client.open({ url, what: file.name, part, redirects: "anywhere" }),
        whyChanged: (headers) => whyOfOther(commit, headers.get("x-repo-commit")),
        onPiece,
      });
    },
  });
}

function whyOfOther(commit: string, given: string | undefined): string | undefined {
  return given === undefined || given === commit ? undefined : `the server gives it as of the commit ${given.slice(0, 40)}`;
}
