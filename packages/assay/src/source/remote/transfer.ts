import { asAssayError, AssayError } from "../../core/error.ts";
import { isBrokenConnection } from "../../network/connection-failure.ts";
import type { PieceListener, StreamedAnswer } from "../../network/streamed-answer.ts";
import type { RequestedPart } from "./remote-client.ts";
import type { RemoteFile } from "./remote-model.ts";

/** Breaks of one download after which it is still continued, each behind some progress. */
const MAX_BREAKS = 20;
const MISSING: ReadonlySet<string> = new Set(["REMOTE_NOT_FOUND", "REMOTE_REVISION"]);

/** One file of one server, for `transfer`. */
export interface Transfer {
  /** Where the file is, for messages. */
  readonly host: string;
  readonly file: RemoteFile;
  /** The first byte, and the one after the last. */
  readonly from: number;
  readonly end: number;
  /** Asks for a part: status 200 or 206. */
  open(part: RequestedPart): Promise<StreamedAnswer>;
  /** Why an answer is of another file than was listed, by what only this kind of server says; undefined: it is the right one. */
  readonly whyChanged?: ((headers: ReadonlyMap<string, string>) => string | undefined) | undefined;
  readonly onPiece: PieceListener;
}

/**
 * Bytes `from` up to `end` of a file, in order, whatever breaks on the way: a connection that breaks is opened again where it
 * broke off, as long as it is the same file (RFC 9110, If-Range and Content-Range).
 *
 * Throws REMOTE_CHANGED, REMOTE_TRUNCATED, SERVER_ANSWER for another part than was asked for, and what `open` throws.
 */
export async function transfer(wanted: Transfer): Promise<void> {
  const { file, from, end, onPiece } = wanted;
  const isWhole = from === 0 && end === file.size;
  let at = from;
  let etag: string | undefined;
  for (let breaks = 0; ;) {
    const answer = await opened(wanted, {
      from: at,
      ...(isWhole ? {} : { to: end - 1 }),
      ...(etag === undefined ? {} : { ifRange: etag }),
    });
    const before = at;
    try {
      let position = startOf(wanted, answer, at, etag);
      etag = answer.headers.get("etag") ?? etag;
      await answer.read((piece) => {
        const skipped = Math.max(0, at - position);
        position += piece.length;
        if (position > end) {
          if (position > file.size || answer.status === 206) throw changed(wanted, "the server sends more than it listed");
          // A server without ranges would send the rest.
          answer.discard();
          at = end;
        } else if (position > at) at = position;
        const part = piece.subarray(skipped, piece.length - Math.max(0, position - end));
        return part.length > 0 ? onPiece(part) : undefined;
      });
    } catch (error) {
      answer.discard();
      if (!isBrokenConnection(error) || ++breaks > MAX_BREAKS || at === before)
        throw at === end ? error : (truncated(wanted, at, error) ?? error);
      continue;
    }
    if (at === end) {
      answer.discard();
      return;
    }
    if (++breaks > MAX_BREAKS || at === before) throw truncated(wanted, at, undefined) ?? changed(wanted, "it is shorter than listed");
  }
}

/** A file that was listed and is missing says nothing about whether the model exists. */
async function opened(wanted: Transfer, part: RequestedPart): Promise<StreamedAnswer> {
  try {
    return await wanted.open(part);
  } catch (thrown) {
    if (!MISSING.has(asAssayError(thrown).code)) throw thrown;
    throw new AssayError("REMOTE_CHANGED", `${wanted.host} lists ${wanted.file.name}, and does not have it`);
  }
}

/** Where the bytes of an answer start: a server without ranges starts at the beginning. */
function startOf(wanted: Transfer, { status, headers }: StreamedAnswer, at: number, etag: string | undefined): number {
  const { file, host, whyChanged } = wanted;
  const why = whyChanged?.(headers);
  if (why !== undefined) throw changed(wanted, why);
  const now = headers.get("etag");
  if (etag !== undefined && now !== undefined && now !== etag) throw changed(wanted, "it changed while it was read");
  if (status === 200) return 0;
  const [, first, last, total] = /^bytes (\d{1,16})-(\d{1,16})\/(\d{1,16}|\*)$/.exec(headers.get("content-range") ?? "") ?? [];
  if (Number(first) !== at || Number(last) < at || Number(last) >= file.size || (total !== "*" && Number(total) !== file.size)) {
    throw new AssayError("SERVER_ANSWER", `${host} gives another part of ${file.name} than was asked for`);
  }
  return at;
}

function changed({ file, host }: Transfer, why: string): AssayError {
  return new AssayError("REMOTE_CHANGED", `${file.name} is not what ${host} listed: ${why}`);
}

function truncated({ file: { name, size }, host }: Transfer, at: number, cause: unknown): AssayError | undefined {
  if (cause !== undefined && !isBrokenConnection(cause)) return undefined;
  return new AssayError("REMOTE_TRUNCATED", `${host} ended ${name} after ${at} of ${size} bytes`, { cause });
}
