import { createHash } from "node:crypto";
import { AssayError } from "../../core/error.ts";
import type { JsonNode } from "../../encoding/json.ts";
import { sortByName } from "../../statement/name-order.ts";
import { checkRemoteNames } from "../remote/remote-names.ts";
import type { RemoteFile, ServerDigest } from "../remote/remote-model.ts";
import type { RemoteClient } from "../remote/remote-client.ts";

const MAX_FILES = 200_000;
const MAX_PAGES = 400;
const COMMIT = /^[0-9a-f]{40}$/;

/** The commit that a revision of a model is now. Throws what the client throws, SERVER_ANSWER. */
export async function resolveRevision(client: RemoteClient, id: string, revision: string): Promise<string> {
  const url = client.url(`api/models/${id}/revision/${encodeURIComponent(revision)}`);
  const { document } = await client.json(url, `${id}@${revision}`);
  const commit = document.require("sha").string();
  if (!COMMIT.test(commit)) document.fail("its sha is not a commit");
  // A commit that is asked for by its name is that commit.
  if (COMMIT.test(revision) && commit !== revision) {
    throw new AssayError("REMOTE_CHANGED", `${client.host} gives the commit ${commit} for ${revision}`);
  }
  return commit;
}

/** The files of a commit, in code-point order of names. Throws REMOTE_NAME, SERVER_ANSWER, and what the client throws. */
export async function listFiles(client: RemoteClient, id: string, commit: string): Promise<readonly RemoteFile[]> {
  const files: RemoteFile[] = [];
  const first = client.url(`api/models/${id}/tree/${commit}`);
  first.search = "?recursive=true";
  let url: URL | undefined = first;
  for (let page = 1; url !== undefined; page++) {
    const what = `the list of files of ${id}`;
    if (page > MAX_PAGES) throw new AssayError("SERVER_ANSWER", `${client.host} gives ${what} in over ${MAX_PAGES} pages`);
    const answer: Awaited<ReturnType<RemoteClient["json"]>> = await client.json(url, what);
    for (const entry of answer.document.elements()) {
      const file = fileOf(entry);
      if (file !== undefined) files.push(file);
    }
    if (files.length > MAX_FILES) throw new AssayError("SERVER_ANSWER", `${client.host} lists over ${MAX_FILES} files of ${id}`);
    url = answer.next;
  }
  checkRemoteNames(
    files.map(({ name }) => name),
    client.host,
  );
  return sortByName(files);
}

/** Undefined for a folder. */
function fileOf(entry: JsonNode): RemoteFile | undefined {
  const type = entry.require("type").string();
  if (type === "directory") return undefined;
  if (type !== "file") return entry.fail(`is of the type ${JSON.stringify(type.slice(0, 40))}, and neither a file nor a folder`);
  const lfs = entry.optional("lfs");
  const sized = lfs ?? entry;
  const size = sized.require("size");
  const bytes = size.natural() ?? size.fail("is not a number of bytes");
  return { name: entry.require("path").string(), size: bytes, digest: digestOf(entry, lfs, bytes) };
}

function digestOf(entry: JsonNode, lfs: JsonNode | undefined, size: number): ServerDigest {
  const node = lfs?.require("oid") ?? entry.require("oid");
  const hex = node.string().replace(/^sha256:/, "");
  const kind = lfs === undefined ? "git-blob" : "sha256";
  const isDigest = (kind === "sha256" ? /^[0-9a-f]{64}$/ : /^[0-9a-f]{40}$/).test(hex);
  if (!isDigest) return node.fail(`is not a ${kind === "sha256" ? "SHA-256" : "git SHA-1"} digest`);
  if (kind === "git-blob") return { kind, hex };
  return pointerBlob(hex, size) === entry.optional("oid")?.string() ? { kind, hex } : { kind, hex, isUnbound: true };
}

/**
 * The git blob of the pointer that git-LFS puts into the commit in the place of a file (its specification, "The Pointer"): it binds
 * the SHA-256 to the commit, whose tree names the blob.
 */
function pointerBlob(sha256: string, size: number): string {
  const pointer = `version https://git-lfs.github.com/spec/v1\noid sha256:${sha256}\nsize ${size}\n`;
  return createHash("sha1").update(`blob ${pointer.length}\0${pointer}`).digest("hex");
}
