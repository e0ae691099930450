import { encodeBase64 } from "../../encoding/base64.ts";
import { decodeHexInto, encodeHex } from "../../encoding/hex.ts";
import type { JsonNode } from "../../encoding/json.ts";
import { encodePem } from "../../encoding/pem.ts";
import { encodeUtf8 } from "../../encoding/utf8.ts";
import { AssayError } from "../../core/error.ts";
import type { InclusionProof, LogEntry } from "../../bundle/log-entry.ts";
import type { HttpAnswer, HttpClient } from "../../network/http.ts";
import { inPlainWords, jsonAnswer } from "../../network/json-answer.ts";
import { serverRefusal } from "../../network/refusal.ts";
import { urlUnder } from "../../network/url.ts";
import { checkedEntry } from "./entry-check.ts";
import { entryAlgorithm, type ContentToLog, signedDigest } from "./logged-content.ts";

const SERVICE = "the transparency log";
const ACCEPT = { accept: "application/json" };

/**
 * Puts a signature into a Rekor v1 log: dsse 0.0.1 for an envelope, hashedrekord 0.0.1 for a file. Where
 * the log holds it already, the entry is fetched. The log's promise (SET) and time are part of the entry.
 * https://github.com/sigstore/rekor/blob/main/openapi.yaml
 *
 * Throws ALGORITHM_FORBIDDEN, SERVER_UNREACHABLE, SERVER_REFUSED, SERVER_ANSWER, ABORTED.
 */
export async function logInRekorV1(http: HttpClient, url: string, logged: ContentToLog): Promise<LogEntry> {
  const request = {
    url: urlUnder(url, "api/v1/log/entries"),
    method: "POST",
    headers: { ...ACCEPT, "content-type": "application/json" },
    body: JSON.stringify(await proposedEntry(logged)),
    service: SERVICE,
  } as const;
  const answer = await http.request(request);
  const server = `${SERVICE} ${new URL(url).host}`;
  if (answer.status === 409) return checkedEntry(await fetchEntry(http, url, duplicateId(answer, server)), logged, server);
  if (answer.status !== 200 && answer.status !== 201) throw serverRefusal(request, answer);
  return checkedEntry(
    inPlainWords(() => readEntry(answer)),
    logged,
    server,
  );
}

async function proposedEntry(logged: ContentToLog): Promise<unknown> {
  const { kind, der } = logged.verifier;
  const verifier = encodeBase64(encodeUtf8(encodePem(kind === "certificate" ? "CERTIFICATE" : "PUBLIC KEY", der)));
  const { hash } = entryAlgorithm(logged);
  const { signed } = logged;
  if (signed.kind === "message") {
    const value = encodeHex(await signedDigest(logged, hash));
    return {
      apiVersion: "0.0.1",
      kind: "hashedrekord",
      spec: {
        data: { hash: { algorithm: hash.replace("-", "").toLowerCase(), value } },
        signature: { content: encodeBase64(logged.signature), publicKey: { content: verifier } },
      },
    };
  }
  if (hash !== "SHA-256") {
    // Its verifier of envelopes knows nothing else, and says only that the signature is wrong.
    throw new AssayError(
      "ALGORITHM_FORBIDDEN",
      `a Rekor v1 log takes envelopes signed with SHA-256 only, and ${logged.algorithm} signs with ${hash}`,
      {
        hint: "use a Rekor v2 log, or a P-256 or RSA key",
      },
    );
  }
  const envelope = JSON.stringify({
    payload: encodeBase64(signed.payload),
    payloadType: signed.payloadType,
    signatures: [{ sig: encodeBase64(logged.signature) }],
  });
  return { apiVersion: "0.0.1", kind: "dsse", spec: { proposedContent: { envelope, verifiers: [verifier] } } };
}

async function fetchEntry(http: HttpClient, url: string, id: string): Promise<LogEntry> {
  const request = { url: urlUnder(url, `api/v1/log/entries/${id}`), headers: ACCEPT, service: SERVICE };
  const answer = await http.request(request);
  if (answer.status !== 200) throw serverRefusal(request, answer);
  return inPlainWords(() => readEntry(answer));
}

/** The id of the equivalent entry, from the Location, whatever host that names, or from the words. */
function duplicateId(answer: HttpAnswer, server: string): string {
  const words = new TextDecoder().decode(answer.body.subarray(0, 4096));
  const places = [answer.headers.get("location")?.split("/").at(-1) ?? "", /with UUID ([0-9a-f]+)/u.exec(words)?.[1] ?? ""];
  const id = places.find((place) => /^(?:[0-9a-f]{64}|[0-9a-f]{80})$/u.test(place));
  if (id !== undefined) return id;
  throw new AssayError(
    "SERVER_REFUSED",
    `${server} holds this entry already and does not say where: the entry is public, and cannot be used`,
    {
      hint: "sign again: a new signature is a new entry",
    },
  );
}

/** The one entry of the answer, which names it by its id. Rekor's own JSON, not protobuf's: digests are in hex. */
function readEntry(answer: HttpAnswer): LogEntry {
  const root = jsonAnswer(answer, "answer of the transparency log");
  const [first, second] = root.members();
  if (first === undefined || second !== undefined) return root.fail("it does not hold exactly one entry");
  const [, node] = first;
  const body = node.require("body").base64("SERVER_ANSWER");
  const verification = node.require("verification");
  const proof = verification.optional("inclusionProof");
  return {
    logIndex: readInteger(node.require("logIndex")),
    logId: readHex(node.require("logID")),
    ...kindOf(body),
    integratedTime: readInteger(node.require("integratedTime")),
    inclusionPromise: verification.optional("signedEntryTimestamp")?.base64("SERVER_ANSWER"),
    inclusionProof: proof === undefined ? undefined : readProof(proof),
    canonicalizedBody: body,
  };
}

function kindOf(body: Uint8Array): { readonly kind: string; readonly version: string } {
  const root = jsonAnswer({ body }, "entry of the transparency log");
  return { kind: root.require("kind").string(), version: root.require("apiVersion").string() };
}

function readProof(node: JsonNode): InclusionProof {
  return {
    logIndex: readInteger(node.require("logIndex")),
    treeSize: readInteger(node.require("treeSize")),
    rootHash: readHex(node.require("rootHash")),
    hashes: Array.from(node.require("hashes").elements(), readHex),
    checkpoint: node.optional("checkpoint")?.string(),
  };
}

function readInteger(node: JsonNode): number {
  const value = node.number();
  return Number.isSafeInteger(value) && value >= 0 ? value : node.fail(`"${node.path}" is not a whole number`);
}

function readHex(node: JsonNode): Uint8Array {
  const bytes = new Uint8Array(32);
  return decodeHexInto(node.string(), bytes.length, bytes, 0) ? bytes : node.fail(`"${node.path}" is not a SHA-256 digest in hexadecimal`);
}
