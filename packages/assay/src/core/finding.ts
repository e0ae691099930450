/** What a probe saw of one file. */
export type FindingOutcome =
  /** The file itself shows it. */
  | "found"
  /** The file says it, and shows nothing of it. */
  | "claimed"
  /** The file shows too little of it to count. */
  | "insufficient"
  /** The file is not a whole file of the format that its name says. */
  | "damaged"
  /** The file's content is not here: a git-LFS pointer, a link that is not followed, an unreadable file. */
  | "not-available"
  /** The file's format is not read. */
  | "not-supported";

/**
 * What one probe saw of one file of a model, without any grade: what it comes to is decided by pure functions that take
 * findings, such as those of `openness`.
 */
export interface Finding<Probe extends string = string, Facts = unknown> {
  readonly probe: Probe;
  readonly outcome: FindingOutcome;
  /** From the model's root, `/` between components. */
  readonly file: string;
  /** Where in the file, as a person finds it: a field, a heading. Undefined for the file as a whole. */
  readonly location?: string | undefined;
  readonly facts: Facts;
}
