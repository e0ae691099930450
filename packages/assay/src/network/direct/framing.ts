import { type BodyEnd, MalformedAnswer } from "./answer-head.ts";

/** Tells the bytes of a body from what is around them, as they arrive. */
export interface Framing {
  /**
   * Takes the next bytes of the connection, and moves those of the body to their front.
   * Returns how many there are. Throws MalformedAnswer.
   */
  take(bytes: Uint8Array): number;
  /** Whether the body is whole. */
  readonly isDone: boolean;
  /** Whether the end of the connection is the end of the body. */
  readonly endsByClose: boolean;
  /** Whether bytes came after its end: what they belong to is unknown. */
  readonly hasSurplus: boolean;
}

/** How the body that ends so is read. */
export function framingOf(end: BodyEnd): Framing {
  switch (end.by) {
    case "length":
      return new ByLength(end.length);
    case "chunks":
      return new ByChunks();
    default:
      return { take: ({ length }) => length, isDone: false, endsByClose: true, hasSurplus: false };
  }
}

class ByLength implements Framing {
  #left: number;
  readonly endsByClose = false;
  hasSurplus = false;

  constructor(length: number) {
    this.#left = length;
  }

  get isDone(): boolean {
    return this.#left === 0;
  }

  take({ length }: Uint8Array): number {
    const own = Math.min(length, this.#left);
    this.#left -= own;
    if (length > own) this.hasSurplus = true;
    return own;
  }
}

/** With extensions and the line's end. */
const MAX_SIZE_LINE = 256;
const MAX_TRAILERS = 8 * 1024;
/** 12 hexadecimal digits are 256 TiB. */
const SIZE_LINE = /^([0-9A-Fa-f]{1,12})(?:[\t ]*;[\t\x20-\x7e\x80-\xff]*)?\r\n$/;

/** RFC 9112 section 7.1. Extensions are passed over, and so are trailers. */
class ByChunks implements Framing {
  #state: "size" | "data" | "end of data" | "trailers" | "done" = "size";
  /** Of the chunk in hand. */
  #left = 0;
  /** The line in hand, up to and with its end. */
  #line = "";
  #trailers = 0;
  readonly endsByClose = false;
  hasSurplus = false;

  get isDone(): boolean {
    return this.#state === "done";
  }

  take(bytes: Uint8Array): number {
    let own = 0;
    for (let at = 0; at < bytes.length;) {
      if (this.#state === "done") {
        this.hasSurplus = true;
        break;
      }
      if (this.#state === "data") {
        const length = Math.min(this.#left, bytes.length - at);
        if (own !== at) bytes.copyWithin(own, at, at + length);
        own += length;
        at += length;
        this.#left -= length;
        if (this.#left === 0) this.#state = "end of data";
      } else {
        this.#addToLine(bytes[at] ?? 0);
        at += 1;
      }
    }
    return own;
  }

  #addToLine(byte: number): void {
    this.#line += String.fromCharCode(byte);
    const most = this.#state === "trailers" ? MAX_TRAILERS : this.#state === "size" ? MAX_SIZE_LINE : 2;
    if (this.#line.length > most) throw new MalformedAnswer("has a malformed chunk");
    if (byte !== 0x0a) return;
    this.#endLine(this.#line);
    this.#line = "";
  }

  #endLine(line: string): void {
    if (this.#state === "end of data") {
      if (line !== "\r\n") throw new MalformedAnswer("has a malformed chunk");
      this.#state = "size";
    } else if (this.#state === "size") {
      const [, size] = SIZE_LINE.exec(line) ?? [];
      if (size === undefined) throw new MalformedAnswer("has a malformed size of a chunk");
      this.#left = Number.parseInt(size, 16);
      this.#state = this.#left === 0 ? "trailers" : "data";
    } else {
      this.#trailers += line.length;
      if (!line.endsWith("\r\n") || this.#trailers > MAX_TRAILERS) throw new MalformedAnswer("has malformed trailers");
      if (line === "\r\n") this.#state = "done";
    }
  }
}
