import type { RandomAccess } from "../../formats/random-access.ts";
import type { LoadFacts } from "../../risk/findings.ts";
import type { ReasonId } from "../../risk/reasons.ts";

/** Reads files of one format, and says what a loader does with them. All are listed in examiners.ts. */
export interface Examiner {
  /** What results call the format. */
  readonly format: string;
  /** True where a name is one that files of this format have; `name` is in lowercase. */
  readonly isNamed: (name: string) => boolean;
  /** True where the first bytes are those of this format. `head` has at most HEAD_BYTES bytes, `size` is the whole file's. */
  readonly begins: (head: Uint8Array, size: number) => boolean;
  /** Whether only files of this format begin so: then they are recognized under any name. */
  readonly isDistinctive: boolean;
  /**
   * True where the last bytes are those of a format that is read from its end, whatever precedes it: a zip archive.
   * `tail` has at most TAIL_BYTES bytes.
   */
  readonly ends?: (tail: Uint8Array, size: number) => boolean;
  /** True where files of this format are common under a name of another one, and that counts as no disguise. */
  readonly mayBeNamed?: (name: string) => boolean;
  /** True where an archive at the end belongs to the format: it is examined too, and makes no polyglot of the file. */
  readonly mayCarryArchive?: boolean;
  /** True where the name says enough, whatever the content is: a download that did not end. Default false. */
  readonly isNameDecisive?: boolean;
  /** True where an empty file is a valid one: text, code. Nothing is in it to be loaded. Default false. */
  readonly mayBeEmpty?: boolean;
  /**
   * Reports what a loader does with the file. Executes nothing, and reads no more than a stated bound. It throws about a
   * file's content only `FormatError`, which becomes `file/malformed` or `file/not-understood`; better is a reason of its own.
   */
  readonly examine: (input: ExamineInput) => Promise<void>;
}

/** Where in a file something was seen. */
export interface FindingPlace {
  readonly member?: string | undefined;
  readonly offset?: number | undefined;
  /** The exact global that a caller can waive. */
  readonly name?: string | undefined;
}

/** What is left of a bound on all archives inside one file together; examiners lower it. */
export interface ExamineBudget {
  members: number;
  inflatedBytes: number;
}

export interface ExamineInput {
  /** From the model's root; of a member of an archive, the member's own name. */
  readonly name: string;
  readonly file: RandomAccess;
  /** The first HEAD_BYTES bytes. */
  readonly head: Uint8Array;
  /** How many archives are around this file: 0 for a file of the model. */
  readonly depth: number;
  /** `what` is the end of a sentence about the file: `calls os.system with a string`. */
  readonly report: (reason: ReasonId, what: string, place?: FindingPlace) => void;
  readonly addFacts: (facts: LoadFacts) => void;
  /** Not read, by design, and without effect on the outcome: `the storages' checksums`. */
  readonly leaveOut: (what: string) => void;
  /** Says that no loader reads this file: text, an image. */
  readonly setNotLoaded: () => void;
  /** Examines a member as a file of its own; what is found carries the member's name. Too deep is a finding. */
  readonly examineMember: (member: string, file: RandomAccess) => Promise<void>;
  readonly budget: ExamineBudget;
  /** Throws `FormatError`: not-understood over `maxOutput` bytes, malformed for other data. */
  readonly inflate: Inflate;
  /** Whether the model has another file of this name. */
  readonly hasFile: (name: string) => boolean;
  /** Bytes of another file of the model; undefined where it has none of this name. */
  readonly sizeOf: (name: string) => number | undefined;
  /** Says that a loader of this file reads another file of the model as plain numbers: raw tensors without a header. */
  readonly claimAsData: (name: string) => void;
}

export type Compression = "deflate-raw" | "zlib" | "gzip";

/** `isStart`: `bytes` are the start of the compressed data, and what they give is the start of the content. */
export type Inflate = (compression: Compression, bytes: Uint8Array, maxOutput: number, isStart?: boolean) => Uint8Array;

/** What is at the end of a file that is read from there: the end record of a zip archive and its comment. */
export const TAIL_BYTES = 65_557;
