import type { ReasonId } from "./reasons.ts";

/** Something that an examiner saw in a file. It grades nothing: the table of reasons says what it comes to. */
export interface LoadFinding {
  readonly reason: ReasonId;
  /** What it does or is, as the end of a sentence about the file: `calls os.system with a string`. */
  readonly what: string;
  /** Of an archive, from the outermost inwards: `archive/data.pkl`. */
  readonly member?: string | undefined;
  /** Bytes from the start of the file or of the member. */
  readonly offset?: number | undefined;
  /** The exact global that a caller can waive: `sklearn.tree._tree.Tree`. */
  readonly name?: string | undefined;
}

/** What a file says of the model in it, from headers alone. */
export interface LoadFacts {
  readonly tensors?: number | undefined;
  /** Numbers in all tensors. */
  readonly parameters?: number | undefined;
  /** Types of the numbers: `BF16`. */
  readonly types?: readonly string[] | undefined;
  /** `Q4_K_M`, `gptq, 4 bits`. */
  readonly quantization?: string | undefined;
  /** Bytes that the weights take in memory, as they are stored. */
  readonly weightBytes?: number | undefined;
  readonly architecture?: string | undefined;
  /** Tokens. */
  readonly contextLength?: number | undefined;
}

/** A member of an archive that was examined as a file of its own. */
export interface ExaminedMember {
  readonly member: string;
  /** Undefined where no examiner takes it. */
  readonly format: string | undefined;
}

/** What was seen of one file. */
export interface FileExamination {
  /** From the model's root, `/` between components. */
  readonly file: string;
  /** Bytes; 0 for what is not a regular file. */
  readonly size: number;
  /** Undefined where no examiner takes it. */
  readonly format: string | undefined;
  /** False for what no loader reads: text, images, licenses. Its findings count all the same. */
  readonly isLoaded: boolean;
  readonly findings: readonly LoadFinding[];
  /** Not read, by design: `the storages' checksums`. It changes no outcome. */
  readonly leftOut: readonly string[];
  readonly members: readonly ExaminedMember[];
  readonly facts: LoadFacts;
}
