import { randomBytes } from "node:crypto";
import { sameBytes } from "../../encoding/bytes.ts";
import { positiveInteger } from "../../encoding/der-writer.ts";
import { AssayError } from "../../core/error.ts";
import type { HttpClient } from "../../network/http.ts";
import { serverRefusal } from "../../network/refusal.ts";
import { plainServerText } from "../../network/server-text.ts";
import { digestOfBytes } from "../../trust/digest.ts";
import { readTimestampResponse, type TimestampToken } from "../../trust/sigstore/timestamp-token.ts";
import { writeTimestampRequest } from "./time-stamp-request.ts";

const SHA_256 = "2.16.840.1.101.3.4.2.1";
/** Twice what RFC 3161 section 2.4.1 asks for. */
const NONCE_BYTES = 16;

/**
 * Asks a timestamp authority to witness a signature: RFC 3161 over HTTP (section 3.4). The answer's
 * status, nonce and imprint are checked here; that the authority made it, and which one that is, is for
 * `verifyTimestamp`, which needs a trusted root.
 *
 * @param url where to post to, the whole of it
 * @returns TimeStampResp, DER
 * @throws SERVER_UNREACHABLE, SERVER_REFUSED, SERVER_ANSWER, ABORTED
 */
export async function requestTimestamp(http: HttpClient, url: string, signature: Uint8Array): Promise<Uint8Array> {
  const sha256 = await digestOfBytes("SHA-256", signature);
  const nonce = positiveInteger(randomBytes(NONCE_BYTES));
  const request = {
    url,
    method: "POST",
    headers: { "content-type": "application/timestamp-query", accept: "application/timestamp-reply" },
    body: writeTimestampRequest(sha256, nonce),
    maxBytes: 64 * 1024,
    service: "the timestamp authority",
  } as const;
  const answer = await http.request(request);
  if (answer.status !== 200 && answer.status !== 201) throw serverRefusal(request, answer);
  const server = `the timestamp authority ${new URL(url).host}`;
  const token = read(answer.body, server);
  if (token.nonce === undefined || !sameBytes(token.nonce, nonce))
    throw wrong(server, "is not an answer to this request: its nonce is another");
  if (token.imprint.algorithm !== SHA_256 || !sameBytes(token.imprint.digest, sha256)) throw wrong(server, "is not for this signature");
  return answer.body;
}

function read(body: Uint8Array, server: string): TimestampToken {
  try {
    return readTimestampResponse(body);
  } catch (error) {
    if (!(error instanceof AssayError)) throw error;
    throw wrong(server, `is refused: ${plainServerText(error.message)}`);
  }
}

function wrong(server: string, what: string): AssayError {
  return new AssayError("SERVER_ANSWER", `the timestamp of ${server} ${what}`);
}
