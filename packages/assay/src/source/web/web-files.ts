import { asAssayError, type AssayError } from "../../core/error.ts";
import { MAX_BUNDLE_BYTES } from "../../bundle/limits.ts";
import type { StreamedAnswer } from "../../network/streamed-answer.ts";
import { sortByName } from "../../statement/name-order.ts";
import { isModelBundle } from "../signature-names.ts";
import { encodePath, type RemoteClient } from "../remote/remote-client.ts";
import type { RemoteFile } from "../remote/remote-model.ts";
import { checkRemoteNames } from "../remote/remote-names.ts";

/** A file of a web server, with what tells whether it is still the same one. */
export interface WebFile extends RemoteFile {
  /** Its ETag, else the time of its last change; undefined where the server gives neither. */
  readonly version: string | undefined;
}

/** A signature at the prefix. */
export interface WebSignature {
  readonly file: WebFile;
  readonly bytes: Uint8Array;
}

/** Names that signatures are published under, one request each. */
const SIGNATURE_NAMES = ["model.sig", "model.oms.sig", "skill.oms.sig", "model.sigstore.json", ".kaggle/signing.json"];
/** Requests for sizes at once. */
const AT_ONCE = 8;

/**
 * The signatures at the prefix, by the names that they usually have. What is there and is not a bundle counts where it is alone:
 * some servers answer every address with a page. Throws REMOTE_DENIED where all names are refused, and what the client throws.
 */
export async function findSignatures(client: RemoteClient): Promise<readonly WebSignature[]> {
  let denial: AssayError | undefined;
  const found = await eachOf(SIGNATURE_NAMES, async (name): Promise<WebSignature | undefined> => {
    try {
      const { bytes, headers } = await client.whole({ url: urlOf(client, name), what: name, redirects: "anywhere" }, MAX_BUNDLE_BYTES);
      return { file: { name, size: bytes.length, digest: undefined, version: versionOf(headers) }, bytes };
    } catch (thrown) {
      const error = asAssayError(thrown);
      if (error.code === "REMOTE_DENIED") denial ??= error;
      // Some servers deny what does not exist; what is too large is not a bundle.
      if (error.code === "REMOTE_DENIED" || error.code === "REMOTE_NOT_FOUND" || error.code === "SERVER_ANSWER") return undefined;
      throw error;
    }
  });
  const there = found.filter((signature) => signature !== undefined);
  const bundles = there.filter(({ bytes }) => isModelBundle(bytes));
  if (there.length === 0 && denial !== undefined) throw denial;
  return bundles.length > 0 || there.length > 1 ? bundles : there;
}

/** The files with these names that are there, with their sizes, in code-point order. Throws REMOTE_NAME, and what the client throws. */
export async function lookUpFiles(client: RemoteClient, names: readonly string[]): Promise<readonly WebFile[]> {
  checkRemoteNames(names, client.host);
  const found = await eachOf(names, async (name) => lookUpFile(client, name));
  return sortByName(found.filter((file) => file !== undefined));
}

/** The address of a file under the prefix. */
export function urlOf(client: RemoteClient, name: string): URL {
  return client.url(encodePath(name));
}

/** What an answer says of the version of its file. */
export function versionOf(headers: ReadonlyMap<string, string>): string | undefined {
  return headers.get("etag") ?? headers.get("last-modified");
}

async function lookUpFile(client: RemoteClient, name: string): Promise<WebFile | undefined> {
  try {
    const head = await headOf(client, name);
    const told = head === undefined ? undefined : lengthOf(head);
    if (head !== undefined && told !== undefined) return { name, size: told, digest: undefined, version: versionOf(head.headers) };
    const answer = await client.open({ url: urlOf(client, name), what: name, redirects: "anywhere" });
    const file = { name, digest: undefined, version: versionOf(answer.headers) };
    const length = lengthOf(answer);
    if (length === undefined) return { ...file, size: await countBytes(answer) };
    answer.discard();
    return { ...file, size: length };
  } catch (thrown) {
    if (asAssayError(thrown).code === "REMOTE_NOT_FOUND") return undefined;
    throw thrown;
  }
}

/** Undefined where the server does not take such requests. */
async function headOf(client: RemoteClient, name: string): Promise<StreamedAnswer | undefined> {
  try {
    const answer = await client.open({ method: "HEAD", url: urlOf(client, name), what: name, redirects: "anywhere" });
    answer.discard();
    return answer;
  } catch (thrown) {
    if (asAssayError(thrown).code === "SERVER_ANSWER") return undefined;
    throw thrown;
  }
}

/** A length of zero is often a missing one. */
function lengthOf({ headers }: StreamedAnswer): number | undefined {
  const length = headers.get("content-length") ?? "";
  return /^[1-9]\d{0,14}$/.test(length) ? Number(length) : undefined;
}

async function countBytes(answer: StreamedAnswer): Promise<number> {
  let count = 0;
  await answer.read((piece) => {
    count += piece.length;
    return undefined;
  });
  return count;
}

/** A few at a time, in order. All end before the first failure is thrown. */
async function eachOf<Item, Result>(items: readonly Item[], work: (item: Item) => Promise<Result>): Promise<readonly Result[]> {
  const results: Result[] = [];
  const pending = items.entries();
  const workers = Array.from({ length: Math.min(AT_ONCE, items.length) }, async () => {
    for (const [index, item] of pending) results[index] = await work(item);
  });
  await Promise.allSettled(workers);
  await Promise.all(workers);
  return results;
}
