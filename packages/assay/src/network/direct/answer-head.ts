/** What starts an answer: status, headers, and how its body ends. RFC 9112. */
export interface AnswerHead {
  readonly status: number;
  /** By lowercase name; what came several times is joined by commas. */
  readonly headers: ReadonlyMap<string, string>;
  readonly body: BodyEnd;
  /** Whether the connection is kept for another request. */
  readonly isKept: boolean;
}

/** RFC 9112 section 6.3: where the body of an answer ends. */
export type BodyEnd =
  | { readonly by: "length"; readonly length: number }
  | { readonly by: "chunks" }
  /** Nothing but the end of the connection: a body that was cut off looks whole. */
  | { readonly by: "close" };

/** Why an answer is not taken, for the end of a message: "has two lengths". */
export class MalformedAnswer extends Error {
  override readonly name = "MalformedAnswer";
}

const MAX_HEADERS = 256;
const STATUS_LINE = /^HTTP\/1\.([01]) ([1-5]\d\d)(?: [\t\x20-\x7e\x80-\xff]*)?$/;
/** A name is a token; a value has no control character but the tab. No line is continued in the next one. */
const HEADER = /^([!#$%&'*+\-.^_`|~0-9A-Za-z]+):[\t ]*([\t\x20-\x7e\x80-\xff]*)$/;
const WITHOUT_BODY: ReadonlySet<number> = new Set([204, 304]);

/**
 * Reads the head of an answer, strictly: what two readers could understand in two ways is refused.
 *
 * `text`: the head without its last empty line, a character for each byte. `method`: that of the request. Throws MalformedAnswer.
 */
export function readAnswerHead(text: string, method: string): AnswerHead {
  const [statusLine = "", ...lines] = text.split("\r\n");
  const [, version, status] = STATUS_LINE.exec(statusLine) ?? [];
  if (status === undefined) throw new MalformedAnswer("is not HTTP");
  if (lines.length > MAX_HEADERS) throw new MalformedAnswer(`has over ${MAX_HEADERS} headers`);
  const headers = new Map<string, string>();
  for (const line of lines) {
    const [, name, value] = HEADER.exec(line) ?? [];
    if (name === undefined || value === undefined) throw new MalformedAnswer("has a malformed header");
    const key = name.toLowerCase();
    const before = headers.get(key);
    const trimmed = value.replace(/[\t ]+$/, "");
    headers.set(key, before === undefined ? trimmed : `${before}, ${trimmed}`);
  }
  const body = bodyEnd(Number(status), headers, method, version === "1");
  const isKept = version === "1" && body.by !== "close" && !/(?:^|,)\s*close\s*(?:,|$)/i.test(headers.get("connection") ?? "");
  return { status: Number(status), headers, body, isKept };
}

function bodyEnd(status: number, headers: ReadonlyMap<string, string>, method: string, isVersion11: boolean): BodyEnd {
  const length = headers.get("content-length");
  const coding = headers.get("transfer-encoding");
  // Two lengths, though they are equal, are joined by a comma.
  if (length !== undefined && !/^\d{1,15}$/.test(length)) throw new MalformedAnswer("has a malformed length, or several");
  if (length !== undefined && coding !== undefined) throw new MalformedAnswer("has a length and a transfer encoding");
  if (coding !== undefined && (coding.toLowerCase() !== "chunked" || !isVersion11))
    throw new MalformedAnswer("has an unknown transfer encoding");
  if (method === "HEAD" || status < 200 || WITHOUT_BODY.has(status)) return { by: "length", length: 0 };
  if (coding !== undefined) return { by: "chunks" };
  return length === undefined ? { by: "close" } : { by: "length", length: Number(length) };
}
