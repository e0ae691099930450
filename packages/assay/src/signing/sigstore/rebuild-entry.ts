import { setTimeout as delay } from "node:timers/promises";
import { sameBytes } from "../../encoding/bytes.ts";
import { decodeUtf8 } from "../../encoding/utf8.ts";
import { AssayError } from "../../core/error.ts";
import type { LogEntry } from "../../bundle/log-entry.ts";
import type { HttpClient } from "../../network/http.ts";
import { serverRefusal } from "../../network/refusal.ts";
import { urlUnder } from "../../network/url.ts";
import { type Checkpoint, readCheckpoint } from "../../trust/sigstore/checkpoint.ts";
import type { TransparencyLog } from "../../trust/sigstore/trusted-root.ts";
import { checkedEntry } from "./entry-check.ts";
import type { ContentToLog } from "./logged-content.ts";
import { TiledTree } from "./tiles.ts";

/** A checkpoint may be served from a cache and be older than the entry. */
const CHECKPOINT_TRIES = 5;
const CHECKPOINT_PAUSE_MS = 1000;

/**
 * The entry that a Rekor v2 log holds at `index`, put together from what the log serves for reading:
 * its checkpoint, the bundle that holds the entry, and the tiles with the hashes of the proof.
 *
 * Throws SERVER_REFUSED where the log's whole id is not known, without which the entry is of no use in a
 * bundle; SERVER_ANSWER where what it holds there is something else, or the proof does not hold; and
 * what asking throws.
 *
 * @param pauseMs how long to wait for a newer checkpoint, a few times, where the one served is older than the entry
 */
export async function rebuildEntry(
  http: HttpClient,
  url: string,
  index: number,
  logged: ContentToLog,
  logs: readonly TransparencyLog[],
  pauseMs = CHECKPOINT_PAUSE_MS,
): Promise<LogEntry> {
  const server = `the transparency log ${new URL(url).host}`;
  const { note, checkpoint } = await checkpointCovering(http, url, index, pauseMs);
  const logId = idOfLog(checkpoint, logs);
  if (logId === undefined) {
    throw new AssayError("SERVER_REFUSED", `${server} holds this entry already, under the index ${index}, and is not in the trusted root`, {
      hint: "the entry is public and cannot be used: sign again, which makes a new one, or name the trusted root that lists the log",
    });
  }
  const tree = new TiledTree(http, urlUnder(url, "api/v2"), checkpoint.treeSize);
  const entry: LogEntry = {
    logIndex: index,
    logId,
    kind: "hashedrekord",
    version: "0.0.2",
    integratedTime: 0,
    inclusionPromise: undefined,
    inclusionProof: {
      logIndex: index,
      treeSize: checkpoint.treeSize,
      rootHash: checkpoint.rootHash,
      hashes: await tree.inclusionProof(index),
      checkpoint: note,
    },
    canonicalizedBody: await tree.entry(index),
  };
  return checkedEntry(entry, logged, server);
}

interface FetchedCheckpoint {
  readonly note: string;
  readonly checkpoint: Checkpoint;
}

async function checkpointCovering(http: HttpClient, url: string, index: number, pauseMs: number): Promise<FetchedCheckpoint> {
  for (let attempt = 1; ; attempt++) {
    const fetched = await fetchCheckpoint(http, url);
    if (fetched.checkpoint.treeSize > index) return fetched;
    if (attempt === CHECKPOINT_TRIES) {
      const server = `the transparency log ${new URL(url).host}`;
      throw new AssayError(
        "SERVER_ANSWER",
        `${server} says that it holds the entry under the index ${index}, and its checkpoint ends before that`,
      );
    }
    await delay(pauseMs);
  }
}

async function fetchCheckpoint(http: HttpClient, url: string): Promise<FetchedCheckpoint> {
  const request = { url: urlUnder(url, "api/v2/checkpoint"), maxBytes: 64 * 1024, service: "the transparency log" };
  const answer = await http.request(request);
  if (answer.status !== 200) throw serverRefusal(request, answer);
  const note = decodeUtf8(answer.body, "SERVER_ANSWER", "the transparency log's checkpoint");
  try {
    return { note, checkpoint: readCheckpoint(note) };
  } catch (error) {
    if (!(error instanceof AssayError)) throw error;
    throw new AssayError("SERVER_ANSWER", error.message);
  }
}

/** Signatures name a log's key by four bytes; entries name it by all of them. */
function idOfLog({ signatures }: Checkpoint, logs: readonly TransparencyLog[]): Uint8Array | undefined {
  return logs.find(({ checkpointKeyId }) => signatures.some(({ keyHint }) => sameBytes(keyHint, checkpointKeyId.subarray(0, 4))))?.logId;
}
