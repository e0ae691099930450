import { createHash } from "node:crypto";
import { sameBytes } from "../../encoding/bytes.ts";
import { decodePem } from "../../encoding/pem.ts";
import { decodeUtf8 } from "../../encoding/utf8.ts";
import { AssayError } from "../../core/error.ts";
import type { HttpClient } from "../../network/http.ts";
import { serverRefusal } from "../../network/refusal.ts";
import { urlUnder } from "../../network/url.ts";
import { type Checkpoint, readCheckpoint } from "../../trust/sigstore/checkpoint.ts";
import type { TransparencyLog } from "../../trust/sigstore/trusted-root.ts";
import type { TrustMaterial, TrustSource } from "../../trust/sigstore/trust-source.ts";
import { covers } from "../../trust/sigstore/validity.ts";
import type { SelectedLog } from "./select-services.ts";

const SERVICE = "the transparency log";
const MAX_ANSWER = 64 * 1024;
/** Names that checkpoints have in practice: a host, with or without a path. Another one is not shown. */
const ORIGIN = /^[A-Za-z0-9][A-Za-z0-9./_-]{0,99}$/u;

/**
 * Checks that the trusted root lists each log that is to hold a signature, now and by its own key and name. Nothing
 * of a signature is public yet: an entry in another log would be public for good and believed by no one with this root.
 *
 * Throws LOG_UNKNOWN, TRUST_ROOT_STALE where the root may just be too old, and what asking the logs throws.
 */
export async function checkLogs(http: HttpClient, logs: readonly SelectedLog[], { root, source }: TrustMaterial, now: Date): Promise<void> {
  for (const log of logs) await checkLog(http, log, root.logs, source, now);
}

async function checkLog(
  http: HttpClient,
  log: SelectedLog,
  known: readonly TransparencyLog[],
  source: TrustSource,
  now: Date,
): Promise<void> {
  const host = new URL(log.url).host;
  const listed = known.filter(({ baseUrl }) => isSamePlace(baseUrl, log.url));
  const checkpoint = log.version === 2 ? await fetchCheckpoint(http, log.url) : undefined;
  const found =
    checkpoint !== undefined ? known.filter((one) => signs(one, checkpoint)) : listed.length > 0 ? listed : await byKey(http, log, known);
  if (found.some(({ validFor }) => covers(validFor, now))) return;
  if (found.length === 0 && checkpoint === undefined && log.version === 2 && listed.some(({ validFor }) => covers(validFor, now))) return;
  throw unknownLog(host, source, found, listed, checkpoint, now);
}

function unknownLog(
  host: string,
  source: TrustSource,
  found: readonly TransparencyLog[],
  listed: readonly TransparencyLog[],
  checkpoint: Checkpoint | undefined,
  now: Date,
): AssayError {
  const ends = found.map(({ validFor }) => validFor.end).find((end) => end !== undefined && end < now);
  const start = found[0]?.validFor.start;
  const isRenamed = found.length === 0 && listed.length > 0 && checkpoint !== undefined;
  const origin = checkpoint !== undefined && ORIGIN.test(checkpoint.origin) ? checkpoint.origin : "another one";
  const why =
    ends !== undefined
      ? `trusts it until ${ends.toISOString()} only`
      : start !== undefined
        ? `trusts it from ${start.toISOString()} on only`
        : isRenamed
          ? `lists it with another key or origin: the origin in its checkpoints is ${origin}`
          : "does not list it";
  const message = `nothing was signed, and nothing is public: the trusted root ${source.name} ${why} (the log ${host})`;
  if (!source.isCurrent) return new AssayError("TRUST_ROOT_STALE", message, { remedy: "refresh-root" });
  return new AssayError("LOG_UNKNOWN", message, { remedy: isRenamed ? "name-log-origin" : "name-listed-log", outcome: "usage" });
}

function signs({ checkpointKeyId }: TransparencyLog, { signatures }: Checkpoint): boolean {
  return signatures.some(({ keyHint }) => sameBytes(keyHint, checkpointKeyId.subarray(0, 4)));
}

/** Undefined where the log serves none: a log that is read elsewhere. */
async function fetchCheckpoint(http: HttpClient, url: string): Promise<Checkpoint | undefined> {
  const request = { url: urlUnder(url, "api/v2/checkpoint"), maxBytes: MAX_ANSWER, service: SERVICE };
  const answer = await http.request(request);
  if (answer.status === 404) return undefined;
  if (answer.status !== 200) throw serverRefusal(request, answer);
  try {
    return readCheckpoint(decodeUtf8(answer.body, "SERVER_ANSWER", "the transparency log's checkpoint"));
  } catch {
    throw new AssayError("SERVER_ANSWER", `nothing was signed: the checkpoint of the transparency log ${new URL(url).host} is malformed`);
  }
}

/** A log of version 1 under an address that the root does not list may be one that it knows: its key tells. */
async function byKey(http: HttpClient, { url, version }: SelectedLog, known: readonly TransparencyLog[]): Promise<TransparencyLog[]> {
  if (version !== 1) return [];
  const request = { url: urlUnder(url, "api/v1/log/publicKey"), maxBytes: MAX_ANSWER, service: SERVICE };
  const answer = await http.request(request);
  if (answer.status === 404) return [];
  if (answer.status !== 200) throw serverRefusal(request, answer);
  try {
    const [block] = decodePem(decodeUtf8(answer.body, "SERVER_ANSWER", "the transparency log's key"));
    const id = createHash("sha256")
      .update(block?.bytes ?? new Uint8Array())
      .digest();
    return known.filter(({ logId }) => sameBytes(logId, id));
  } catch {
    return [];
  }
}

function isSamePlace(listed: string, url: string): boolean {
  const [a, b] = [URL.parse(listed), URL.parse(url)];
  return a !== null && b !== null && a.host === b.host && pathOf(a) === pathOf(b);
}

function pathOf({ pathname }: URL): string {
  return pathname.replace(/\/+$/u, "");
}
