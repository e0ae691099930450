/**
 * What a reader of `formats` throws where it cannot go on: `malformed` where the bytes break the format's own rules,
 * `not-understood` where they may be right and this reader does not know them, or one of its bounds is reached.
 */
export class Unreadable extends Error {
  readonly kind: "malformed" | "not-understood";
  /** Where in the file, in bytes. */
  readonly offset: number | undefined;

  constructor(kind: "malformed" | "not-understood", why: string, offset?: number) {
    super(why);
    this.name = "Unreadable";
    this.kind = kind;
    this.offset = offset;
  }
}

export function malformed(why: string, offset?: number): never {
  throw new Unreadable("malformed", why, offset);
}

export function notUnderstood(why: string, offset?: number): never {
  throw new Unreadable("not-understood", why, offset);
}
