import { AssayError } from "../core/error.ts";
import { decodeBase64, encodeBase64 } from "./base64.ts";

/** One encapsulated object of a PEM text. */
export interface PemBlock {
  /** What follows BEGIN, for example `PRIVATE KEY`. */
  readonly label: string;
  readonly bytes: Uint8Array<ArrayBuffer>;
  /**
   * Headers of the older form (RFC 1421), by name: `Proc-Type` and `DEK-Info` mark a key that OpenSSL
   * encrypted in its own old way, and then `bytes` are ciphertext.
   */
  readonly headers: ReadonlyMap<string, string>;
}

const BEGIN = /^-----BEGIN ([^\r\n]*?)-----[ \t]*$/;
const END = /^-----END ([^\r\n]*?)-----[ \t]*$/;
const LABEL = /^[A-Z0-9][A-Z0-9 #.+-]*$/;
const BOUNDARY = /^\s*-----(?:BEGIN|END)/;
const HEADER = /^([A-Za-z0-9-]+):(.*)$/;
const BASE64_LINE = /^[A-Za-z0-9+/]+={0,2}$/;

/** A block that cannot be read, and why. */
export interface BrokenBlock {
  readonly label: string;
  readonly problem: AssayError;
}

/**
 * Reads every block of a PEM text (RFC 7468, parsed strictly inside of the blocks), in their order.
 * Text between blocks is skipped, for tools explain there what follows; a text without any block
 * gives an empty list. LF, CRLF and CR end lines.
 *
 * @throws PEM_INVALID for a block that is not closed, closed by another label, empty or not base64
 */
export function decodePem(text: string | Uint8Array): PemBlock[] {
  return findBlocks(text).map(readBlock);
}

/** The same for files of many blocks, each on its own: what is inside of one that cannot be read says nothing about the others. */
export function decodePemBlocks(text: string | Uint8Array): (PemBlock | BrokenBlock)[] {
  return findBlocks(text).map((block) => {
    try {
      return readBlock(block);
    } catch (error) {
      if (error instanceof AssayError) return { label: block.label, problem: error };
      throw error;
    }
  });
}

interface OpenBlock {
  readonly label: string;
  /** The number of its first line. */
  readonly line: number;
  readonly lines: string[];
}

function findBlocks(text: string | Uint8Array): OpenBlock[] {
  const blocks: OpenBlock[] = [];
  let open: OpenBlock | undefined;
  // Explanations may be in any encoding; inside of a block a byte that is not ASCII is damage anyway.
  // A byte order mark, which some editors write, must not hide the first boundary.
  const content = (typeof text === "string" ? text : new TextDecoder().decode(text)).replace(/^\uFEFF/, "");
  for (const [index, line] of content.split(/\r\n|\n|\r/).entries()) {
    const begin = BEGIN.exec(line)?.[1];
    if (begin !== undefined) {
      if (open) refuse(open.line, `the block "${open.label}" is not closed before line ${index + 1} opens another`);
      if (!LABEL.test(begin)) refuse(index + 1, "the label after BEGIN is not one");
      open = { label: begin, line: index + 1, lines: [] };
      continue;
    }
    const end = END.exec(line)?.[1];
    if (end !== undefined) {
      if (!open) refuse(index + 1, `END ${end} without its BEGIN`);
      if (open.label !== end) refuse(index + 1, `the block "${open.label}" is closed as "${end}"`);
      blocks.push(open);
      open = undefined;
      continue;
    }
    // A boundary that is almost one hides a key or certificate from the reader: better to say so.
    if (BOUNDARY.test(line)) refuse(index + 1, "the boundary is damaged");
    open?.lines.push(line);
  }
  if (open) refuse(open.line, `the block "${open.label}" is not closed: the text was cut off`);
  return blocks;
}

/** One PEM block: lines of 64 characters, each ended by LF, the last one too. */
export function encodePem(label: string, bytes: Uint8Array): string {
  const lines = encodeBase64(bytes).match(/.{1,64}/g) ?? [];
  return [`-----BEGIN ${label}-----`, ...lines, `-----END ${label}-----`, ""].join("\n");
}

function readBlock({ label, lines, line: opened }: OpenBlock): PemBlock {
  const headers = new Map<string, string>();
  let first = 0;
  for (; HEADER.test(lines[first] ?? ""); first++) {
    const [, name = "", value = ""] = HEADER.exec(lines[first] ?? "") ?? [];
    if (headers.has(name)) refuse(opened + 1 + first, `the header ${name} appears twice`);
    headers.set(name, value.trim());
  }
  if (headers.size > 0) {
    if ((lines[first] ?? "").trim() !== "") refuse(opened + 1 + first, "no empty line ends the headers");
    first++;
  }
  const body: string[] = [];
  for (const [index, line] of lines.entries()) {
    if (index < first) continue;
    const content = line.trimEnd();
    // RFC 7468 lets parsers pass over blank lines; anything else that is not base64 is damage.
    if (content === "") continue;
    if (!BASE64_LINE.test(content)) refuse(opened + 1 + index, "a line that is not base64");
    body.push(content);
  }
  const bytes = decodeBase64(body.join(""), "PEM_INVALID", `the PEM block "${label}" of line ${opened}`);
  if (bytes.length === 0) refuse(opened, `the block "${label}" is empty`);
  return { label, bytes, headers };
}

function refuse(line: number, why: string): never {
  throw new AssayError("PEM_INVALID", `the PEM text is damaged, line ${line}: ${why}`);
}
