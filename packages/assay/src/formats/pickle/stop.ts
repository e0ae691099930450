/** What is wrong with a stream, or not understood in it. The reasons of findings follow from it (probe/load/pickle). */
export type PickleFaultKind =
  /** A global whose name is not plain text: computed, escaped, or not a string. */
  | "computed-name"
  /** A global whose name has dots: it reaches through attributes. */
  | "dotted-name"
  /** A call of something that has no name in the stream. */
  | "computed-call"
  /** A call of an allowed name in a way that is not understood. */
  | "call"
  /** `_codecs.encode` with another codec than latin1. */
  | "codec"
  /** State or items for an object that takes none. */
  | "target"
  /** State that is more than attributes of plain names, or not what the class has. */
  | "state"
  | "object-dtype"
  | "persistent-id"
  | "extension"
  | "out-of-band"
  | "protocol"
  /** The readers of Python disagree about it. */
  | "disagreement"
  /** joblib and pickle read the bytes of an array differently, and both get somewhere. */
  | "two-readings"
  | "too-large"
  | "opcode"
  | "truncated"
  | "stack"
  | "memo"
  /** Bytes after the last STOP that are not a pickle. */
  | "after-stop";

/** Ends the reading of a stream: a loader would end here too, or what follows cannot be told. */
export class PickleStop extends Error {
  readonly kind: PickleFaultKind;

  constructor(kind: PickleFaultKind, what: string) {
    super(what);
    this.name = "PickleStop";
    this.kind = kind;
  }
}

/** A text is needed that is not in the window: the driver reads it, and the opcode runs again. */
export class TextNeeded extends Error {
  readonly offset: number;
  readonly length: number;

  constructor(offset: number, length: number) {
    super("a text outside the window is needed");
    this.name = "TextNeeded";
    this.offset = offset;
    this.length = length;
  }
}
