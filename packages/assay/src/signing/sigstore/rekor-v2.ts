import { encodeBase64 } from "../../encoding/base64.ts";
import { AssayError } from "../../core/error.ts";
import { type LogEntry, readLogEntry } from "../../bundle/log-entry.ts";
import type { HttpAnswer, HttpClient } from "../../network/http.ts";
import { inPlainWords, jsonAnswer } from "../../network/json-answer.ts";
import { serverRefusal } from "../../network/refusal.ts";
import { urlUnder } from "../../network/url.ts";
import type { TransparencyLog } from "../../trust/sigstore/trusted-root.ts";
import { checkedEntry } from "./entry-check.ts";
import { entryAlgorithm, type ContentToLog, signedDigest } from "./logged-content.ts";
import { rebuildEntry } from "./rebuild-entry.ts";

/** The log answers when the next checkpoint holds the entry, which takes some 20 seconds on public ones, and more at times. */
const TIMEOUT_MS = 90_000;

/**
 * Puts a signature into a Rekor v2 log, as a hashedrekord 0.0.2, which is what represents a DSSE envelope
 * too (the digest is that of its pre-authentication encoding). Where the log holds it already, which a
 * second try after a broken connection meets, the entry is put together from the log's tiles.
 * https://github.com/sigstore/rekor-tiles/blob/main/CLIENTS.md
 *
 * @param logs the logs of the trusted root, if there is one: only they tell the whole id of a log that does not say it
 * @throws ALGORITHM_FORBIDDEN, SERVER_UNREACHABLE, SERVER_REFUSED, SERVER_ANSWER, ABORTED
 */
export async function logInRekorV2(
  http: HttpClient,
  url: string,
  logged: ContentToLog,
  logs: readonly TransparencyLog[] = [],
): Promise<LogEntry> {
  const { keyDetails, hash } = entryAlgorithm(logged);
  const { kind, der } = logged.verifier;
  const rawBytes = encodeBase64(der);
  const hashedRekordRequestV002 = {
    digest: encodeBase64(await signedDigest(logged, hash)),
    signature: {
      content: encodeBase64(logged.signature),
      verifier: { ...(kind === "certificate" ? { x509Certificate: { rawBytes } } : { publicKey: { rawBytes } }), keyDetails },
    },
  };
  const request = {
    url: urlUnder(url, "api/v2/log/entries"),
    method: "POST",
    headers: { "content-type": "application/json", accept: "application/json" },
    body: JSON.stringify({ hashedRekordRequestV002 }),
    timeoutMs: TIMEOUT_MS,
    service: "the transparency log",
  } as const;
  const answer = await http.request(request);
  const server = `the transparency log ${new URL(url).host}`;
  if (answer.status === 409) return rebuildEntry(http, url, duplicateIndex(answer, server), logged, logs);
  if (answer.status !== 200 && answer.status !== 201) throw serverRefusal(request, answer);
  const entry = inPlainWords(() => readLogEntry(jsonAnswer(answer, "answer of the transparency log"), "SERVER_ANSWER"));
  return checkedEntry(entry, logged, server);
}

/** Where the equivalent entry is: a header says it, and the message in words. */
function duplicateIndex(answer: HttpAnswer, server: string): number {
  const words = new TextDecoder().decode(answer.body.subarray(0, 4096));
  const text = answer.headers.get("x-log-index") ?? /with index (\d+)/u.exec(words)?.[1] ?? "";
  if (/^(?:0|[1-9]\d{0,14})$/u.test(text)) return Number(text);
  throw new AssayError(
    "SERVER_REFUSED",
    `${server} holds this entry already and does not say where: its proof cannot be had, and the entry is public`,
    {
      hint: "sign again: a new signature is a new entry",
    },
  );
}
