import { AssayError } from "../../core/error.ts";
import type { PieceListener } from "../../network/streamed-answer.ts";
import { readBucketPlace, type BucketPlace } from "../bucket-reference.ts";
import type { Change } from "../change.ts";
import { listedModel } from "../remote/listed-model.ts";
import { RemoteClient } from "../remote/remote-client.ts";
import type { RemoteFile, RemoteModel } from "../remote/remote-model.ts";
import type { RemoteAccess } from "../remote/remote-server.ts";
import { transfer } from "../remote/transfer.ts";
import { awsAccount } from "./aws-account.ts";
import { bucketServer } from "./bucket-server.ts";
import { bareEtag, listObjects, type BucketFile } from "./list-objects.ts";
import { encodeAws } from "./sign-request.ts";

/**
 * Opens the objects under a prefix of a bucket as a model. A bucket has no revisions: each object is read only as it was listed, by
 * its ETag, and `changes` lists again.
 *
 * Throws USAGE, FILE_UNREADABLE, REMOTE_NOT_FOUND, REMOTE_DENIED, REMOTE_LIMIT, REMOTE_NAME, REMOTE_REDIRECT, SERVER_UNREACHABLE,
 * SERVER_ANSWER, ABORTED.
 */
export async function openBucketModel(given: string, access: RemoteAccess): Promise<RemoteModel> {
  const place = readBucketPlace(given);
  const { bucket, prefix } = place;
  const { client, files } = await listInItsRegion(place, access);
  const byName = new Map(files.map((file) => [file.name, file]));
  const name = prefix.split("/").at(-2) || bucket;
  return listedModel({
    source: { kind: "s3", given, pinned: `s3://${bucket}/${prefix}`, host: client.host },
    name,
    revision: undefined,
    files,
    changes: async () => changesOf(byName, await listObjects(client, place)),
    transfer: async (file, from, end, onPiece) => readObject(client, place, listed(byName, file), { from, end, onPiece }),
  });
}

/** A bucket is in one region, and only that answers for it: a server that names another one is asked again there, once. */
async function listInItsRegion(
  place: BucketPlace,
  access: RemoteAccess,
): Promise<{ readonly client: RemoteClient; readonly files: readonly BucketFile[] }> {
  const account = awsAccount(access);
  const server = bucketServer(place.bucket, account, account.region);
  const client = new RemoteClient(server, access);
  try {
    return { client, files: await listObjects(client, place) };
  } catch (error) {
    const region = server.otherRegion();
    if (region === undefined) throw error;
    const there = new RemoteClient(bucketServer(place.bucket, account, region), access);
    return { client: there, files: await listObjects(there, place) };
  }
}

interface Part {
  readonly from: number;
  readonly end: number;
  readonly onPiece: PieceListener;
}

async function readObject(client: RemoteClient, { prefix }: BucketPlace, file: BucketFile, { from, end, onPiece }: Part): Promise<void> {
  const url = client.url((prefix + file.name).split("/").map(encodeAws).join("/"));
  const ifMatch = `"${file.etag}"`;
  await transfer({
    host: client.host,
    file,
    from,
    end,
    // If-Match says more than If-Range: another object is an error, and not sent from its start.
    open: async ({ from: first, to }) => client.open({ url, what: file.name, part: { from: first, to }, ifMatch, redirects: "own-origin" }),
    whyChanged: (headers) => whyOther(file.etag, headers.get("etag")),
    onPiece,
  });
}

/** Not every server heeds If-Match. */
function whyOther(etag: string, given: string | undefined): string | undefined {
  if (given === undefined) return "the server sends it without its ETag";
  return bareEtag(given) === etag ? undefined : "it was replaced after it was listed";
}

function listed(files: ReadonlyMap<string, BucketFile>, { name }: RemoteFile): BucketFile {
  const file = files.get(name);
  if (file === undefined) throw new AssayError("INTERNAL", `${name} is not an object that was listed`);
  return file;
}

function changesOf(before: ReadonlyMap<string, BucketFile>, now: readonly BucketFile[]): readonly Change[] {
  const changes: Change[] = [];
  const gone = new Set(before.keys());
  for (const { name, etag, size } of now) {
    const known = before.get(name);
    gone.delete(name);
    if (known === undefined) changes.push({ name, what: "was added", isFolder: false });
    else if (known.etag !== etag || known.size !== size) changes.push({ name, what: "changed", isFolder: false });
  }
  for (const name of gone) changes.push({ name, what: "was removed", isFolder: false });
  return changes;
}
