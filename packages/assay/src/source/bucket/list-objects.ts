import { AssayError } from "../../core/error.ts";
import { childText, parseXml, type XmlElement } from "../../encoding/xml.ts";
import { sortByName } from "../../statement/name-order.ts";
import type { BucketPlace } from "../bucket-reference.ts";
import type { RemoteClient } from "../remote/remote-client.ts";
import type { RemoteFile } from "../remote/remote-model.ts";
import { checkRemoteNames } from "../remote/remote-names.ts";
import { encodeAws } from "./sign-request.ts";

/** An object under the prefix, as it was listed. */
export interface BucketFile extends RemoteFile {
  /** Without quotes. It is not a digest of the bytes, and only says whether they are still the ones that were listed. */
  readonly etag: string;
}

const MAX_FILES = 200_000;
const MAX_PAGES = 400;
/** A thousand keys of 1024 bytes, each of them encoded, and what is said of each. */
const MAX_PAGE_BYTES = 8 * 1024 * 1024;
const ETAG = /^"?([\x21\x23-\x7e]{1,200})"?$/;

/**
 * The objects under a prefix, in code-point order of names: ListObjectsV2 of S3, version 2006-03-01. Empty objects whose keys end
 * with a slash mark folders, and are not files.
 *
 * Throws REMOTE_NAME, REMOTE_NOT_FOUND for a prefix without objects, SERVER_ANSWER, and what the client throws.
 */
export async function listObjects(client: RemoteClient, place: BucketPlace): Promise<readonly BucketFile[]> {
  const { bucket, prefix } = place;
  const what = `the list of objects of s3://${bucket}/${prefix}`;
  const files: BucketFile[] = [];
  let token: string | undefined;
  for (let page = 1; page === 1 || token !== undefined; page++) {
    if (page > MAX_PAGES) throw new AssayError("SERVER_ANSWER", `${client.host} gives ${what} in over ${MAX_PAGES} pages`);
    const listed = await listPage(client, prefix, what, token);
    files.push(...listed.files);
    if (files.length > MAX_FILES) throw new AssayError("SERVER_ANSWER", `${client.host} lists over ${MAX_FILES} objects in ${what}`);
    token = listed.next;
  }
  if (files.length === 0) throw await nothingThere(client, place, what);
  checkRemoteNames(
    files.map(({ name }) => name),
    client.host,
  );
  return sortByName(files);
}

/** ETags must be quoted in a header, and some servers list them without. */
export function bareEtag(etag: string): string | undefined {
  return ETAG.exec(etag)?.[1];
}

interface Page {
  readonly files: readonly BucketFile[];
  readonly next: string | undefined;
}

async function listPage(client: RemoteClient, prefix: string, what: string, token: string | undefined, keys = 1000): Promise<Page> {
  const url = client.url("");
  const query = [
    // As text, XML could not hold every key.
    ["encoding-type", "url"],
    ["list-type", "2"],
    ["max-keys", String(keys)],
    ["prefix", prefix],
    ...(token === undefined ? [] : [["continuation-token", token]]),
  ];
  url.search = query.map(([name = "", value = ""]) => `${name}=${encodeAws(value)}`).join("&");
  const { bytes } = await client.whole({ url, what }, MAX_PAGE_BYTES);
  const where = `${what} of ${client.host}`;
  const list = parseXml(bytes, { what: where, code: "SERVER_ANSWER", maxDepth: 6 });
  const refuse = (why: string): never => {
    throw new AssayError("SERVER_ANSWER", `${where} is not as expected: ${why}`);
  };
  if (list.name !== "ListBucketResult") return refuse(`it is a ${list.name.slice(0, 40)}`);
  const isEncoded = childText(list, "EncodingType", refuse) === "url";
  const files = list.children
    .filter(({ name }) => name === "Contents")
    .flatMap((entry) => fileOf(entry, prefix, (text) => (isEncoded ? decodeKey(text, refuse) : text), refuse));
  const truncated = childText(list, "IsTruncated", refuse);
  if (truncated !== "true" && truncated !== "false") return refuse("it does not say whether there is more");
  if (truncated === "false") return { files, next: undefined };
  return { files, next: childText(list, "NextContinuationToken", refuse) || refuse("it has a next page, and no token for it") };
}

/** Nothing for the mark of a folder. */
function fileOf(entry: XmlElement, prefix: string, decode: (key: string) => string, refuse: (why: string) => never): readonly BucketFile[] {
  const key = decode(childText(entry, "Key", refuse) ?? refuse("an object without a key"));
  if (!key.startsWith(prefix)) return refuse("it has an object outside of the prefix");
  const size = childText(entry, "Size", refuse) ?? "";
  if (!/^\d{1,15}$/.test(size)) return refuse("the size of an object is not a number of bytes");
  if (Number(size) === 0 && key.endsWith("/")) return [];
  const etag = bareEtag(childText(entry, "ETag", refuse) ?? "") ?? refuse("an object without an ETag");
  return [{ name: key.slice(prefix.length), size: Number(size), digest: undefined, etag }];
}

/** As a form encodes it: S3 itself writes a blank as a plus. */
function decodeKey(text: string, refuse: (why: string) => never): string {
  try {
    return decodeURIComponent(text.replaceAll("+", " "));
  } catch {
    return refuse("a key that is not encoded as UTF-8");
  }
}

async function nothingThere(client: RemoteClient, { bucket, prefix }: BucketPlace, what: string): Promise<AssayError> {
  const message = `${client.host} has no objects under s3://${bucket}/${prefix}`;
  const key = prefix.slice(0, -1);
  if (key === "") return new AssayError("REMOTE_NOT_FOUND", message);
  // Of the keys that begin so, the shortest is listed first.
  const { files } = await listPage(client, key, what, undefined, 1);
  if (files[0]?.name !== "") return new AssayError("REMOTE_NOT_FOUND", message);
  return new AssayError("REMOTE_NOT_FOUND", `${message}: s3://${bucket}/${key} is a single object`, {
    hint: "name the prefix that it is under",
  });
}
