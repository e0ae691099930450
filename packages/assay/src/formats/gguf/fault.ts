/** What is wrong with a GGUF file. `version`, `type` and `bound` say that it was not understood, the others that it is not whole. */
export type GgufFaultKind =
  | "version"
  | "malformed"
  | "truncated"
  | "duplicate-key"
  | "duplicate-tensor"
  | "shape"
  | "type"
  | "alignment"
  | "layout"
  | "trailing"
  | "bound";

export interface GgufFault {
  readonly kind: GgufFaultKind;
  /** A sentence part: what was found. */
  readonly what: string;
  /** In the file, in bytes. */
  readonly offset: number;
}

/** Ends the reading: what follows in the file cannot be found any more. */
export class GgufRefusal extends Error {
  override readonly name = "GgufRefusal";
  readonly fault: GgufFault;

  constructor(kind: GgufFaultKind, what: string, offset: number) {
    super(what);
    this.fault = { kind, what, offset };
  }
}
