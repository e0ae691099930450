import { AssayError } from "../../core/error.ts";
import { isBrokenConnection } from "../../network/connection-failure.ts";
import type { StreamedAnswer } from "../../network/stream.ts";
import { readReference } from "../reference.ts";
import { remoteInventory } from "../remote/remote-inventory.ts";
import type { RemoteFile, RemoteModel, SourceFacts } from "../remote/remote-model.ts";
import { HubClient, type RequestedPart, type HubAccess } from "./hub-client.ts";
import { hubAccount } from "./hub-account.ts";
import { listFiles, resolveRevision } from "./list-files.ts";

/** Breaks of one download after which it is still continued, each behind some progress. */
const MAX_BREAKS = 20;
/** Files of this size are read once, whole, for all their small reads. */
const WHOLE = 256 * 1024;

/**
 * Opens a model on a Hugging Face hub: `hf:owner/name`, `hf:owner/name@revision`, or its address. A branch or tag is resolved
 * once, to the commit that it is now, and only that is read.
 *
 * Throws USAGE, REMOTE_NOT_FOUND, REMOTE_REVISION, REMOTE_DENIED, REMOTE_LIMIT, REMOTE_NAME, REMOTE_REDIRECT, ADDRESS_REFUSED,
 * SERVER_UNREACHABLE, SERVER_ANSWER, ABORTED.
 */
export async function openHubModel(given: string, access: HubAccess): Promise<RemoteModel> {
  const { name, revision = "main" } = readReference(given);
  const client = new HubClient(hubAccount(access.environment ?? process.env), access);
  const id = name.split("/").map(encodeURIComponent).join("/");
  const commit = await resolveRevision(client, id, revision);
  const files = await listFiles(client, id, commit);
  return new HubModel({ kind: "hf", given, pinned: `hf:${name}@${commit}`, host: client.host }, client, id, commit, files);
}

class HubModel implements RemoteModel {
  readonly kind = "directory";
  readonly reference: string;
  readonly name: string;
  readonly revision: string;
  readonly source: SourceFacts;
  readonly files: readonly RemoteFile[];
  readonly #client: HubClient;
  readonly #id: string;
  readonly #small = new Map<string, Promise<Uint8Array>>();

  constructor(source: SourceFacts, client: HubClient, id: string, commit: string, files: readonly RemoteFile[]) {
    this.reference = source.given;
    this.name = decodeURIComponent(id.split("/").at(-1) ?? id);
    this.revision = commit;
    this.source = source;
    this.files = files;
    this.#client = client;
    this.#id = id;
  }

  async inventory(request: Parameters<RemoteModel["inventory"]>[0] = {}): ReturnType<RemoteModel["inventory"]> {
    return remoteInventory(this.name, this.source.pinned, this.files, request);
  }

  async read(file: RemoteFile, from: number, length: number): Promise<Uint8Array> {
    if (file.size <= WHOLE) {
      const whole = this.#small.get(file.name) ?? this.#readPart(file, 0, file.size);
      this.#small.set(file.name, whole);
      return (await whole).subarray(from, from + length);
    }
    return this.#readPart(file, from, Math.max(0, Math.min(length, file.size - from)));
  }

  async #readPart(file: RemoteFile, from: number, length: number): Promise<Uint8Array> {
    const part = Buffer.alloc(length);
    let read = 0;
    if (length === 0) return part;
    await this.#transfer(file, from, from + length, (piece) => {
      part.set(piece, read);
      read += piece.length;
    });
    return part;
  }

  async stream(file: RemoteFile, onPiece: (piece: Uint8Array) => void): Promise<void> {
    await this.#transfer(file, 0, file.size, onPiece);
  }

  /** Bytes `from` up to `end` of a file, in order, whatever breaks on the way. */
  async #transfer(file: RemoteFile, from: number, end: number, onPiece: (piece: Uint8Array) => void): Promise<void> {
    let at = from;
    let etag: string | undefined;
    for (let breaks = 0; ;) {
      const isWhole = from === 0 && end === file.size;
      const range: RequestedPart = { from: at, ...(isWhole ? {} : { to: end - 1 }), ...(etag === undefined ? {} : { ifRange: etag }) };
      const answer = await this.#client.open(this.#fileUrl(file), file.name, range);
      const before = at;
      try {
        const start = this.#startOf(file, answer, at, etag);
        etag = answer.headers.get("etag") ?? etag;
        let position = start;
        for await (const piece of answer.body) {
          const skipped = Math.max(0, at - position);
          position += piece.length;
          if (position > end) {
            if (position > file.size || answer.status === 206) throw this.#changed(file, "the server sends more than it listed");
            if (skipped < piece.length) onPiece(piece.subarray(skipped, piece.length - (position - end)));
            at = end;
            break;
          }
          if (skipped >= piece.length) continue;
          onPiece(skipped === 0 ? piece : piece.subarray(skipped));
          at = position;
        }
      } catch (error) {
        answer.discard();
        if (!isBrokenConnection(error) || ++breaks > MAX_BREAKS || at === before)
          throw at === end ? error : (this.#truncated(file, at, error) ?? error);
        continue;
      }
      if (at === end) {
        answer.discard();
        return;
      }
      if (++breaks > MAX_BREAKS || at === before)
        throw this.#truncated(file, at, undefined) ?? this.#changed(file, "it is shorter than listed");
    }
  }

  /** Where the bytes of an answer start: a server without ranges starts at the beginning. */
  #startOf(file: RemoteFile, { status, headers }: StreamedAnswer, at: number, etag: string | undefined): number {
    const commit = headers.get("x-repo-commit");
    if (commit !== undefined && commit !== this.revision)
      throw this.#changed(file, `the server gives it as of the commit ${commit.slice(0, 40)}`);
    const now = headers.get("etag");
    if (etag !== undefined && now !== undefined && now !== etag) throw this.#changed(file, "it changed while it was read");
    if (status === 200) return 0;
    const [, first, total] = /^bytes (\d{1,16})-\d{1,16}\/(\d{1,16}|\*)$/.exec(headers.get("content-range") ?? "") ?? [];
    if (Number(first) !== at || (total !== "*" && Number(total) !== file.size)) {
      throw new AssayError("SERVER_ANSWER", `${this.source.host} gives another part of ${file.name} than was asked for`);
    }
    return at;
  }

  #fileUrl({ name }: RemoteFile): URL {
    return this.#client.url(`${this.#id}/resolve/${this.revision}/${name.split("/").map(encodeURIComponent).join("/")}`);
  }

  #changed({ name }: RemoteFile, why: string): AssayError {
    return new AssayError("REMOTE_CHANGED", `${name} is not what ${this.source.host} listed: ${why}`);
  }

  #truncated({ name, size }: RemoteFile, at: number, cause: unknown): AssayError | undefined {
    if (cause !== undefined && !isBrokenConnection(cause)) return undefined;
    return new AssayError("REMOTE_TRUNCATED", `${this.source.host} ended ${name} after ${at} of ${size} bytes`, { cause });
  }

  async close(): Promise<void> {
    this.#small.clear();
  }
}
