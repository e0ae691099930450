/**
 * What a reader throws about the content of a file, and nothing else: `malformed` where it is not a file of its format,
 * `not-understood` where it may be one and a part is beyond the reader, a bound included. It never leaves the library: who
 * calls a reader makes a finding of it.
 */
export class FormatError extends Error {
  override readonly name = "FormatError";
  readonly kind: "malformed" | "not-understood";
  /** Bytes from the start of what was read. */
  readonly offset: number | undefined;

  /** `message` is the end of a sentence about the file: `ends within its header`. */
  constructor(kind: "malformed" | "not-understood", message: string, offset?: number) {
    super(message);
    this.kind = kind;
    this.offset = offset;
  }
}

/** Throws: the bytes break the format's own rules. */
export function malformed(why: string, offset?: number): never {
  throw new FormatError("malformed", why, offset);
}

/** Throws: the bytes may be right, and this reader does not know them. */
export function notUnderstood(why: string, offset?: number): never {
  throw new FormatError("not-understood", why, offset);
}
